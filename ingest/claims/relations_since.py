"""Since when a relation holds: the date that stands in the clause which says how it began (2019年3月成立)."""

import re

from ingest.claims.dates import year_at

_BEGINS = {
    "founded": "成立|组建|创办|创立|创建|设立|兴办|开办|办起|建成|建起|落成|揭牌|挂牌|开业|注册",
    "member_of": "加入|入盟|入社|入会|成立|组建|结成|组成|吸收|吸纳|并入|纳入",
    "partners_with": "签约|签订|签署|签了|结对|结成|携手|合作|共建|联手",
    "leads": "成立|组建|发起|牵头|创办",
    "operates": "接手|接管|承接|承包|租下|运营|交给|托管",
    "affiliated_with": "任|当选|出任|上任|到任|受聘",
    "invests_in": "投资|出资|入股|注资|投入|投了",
    "replicated_to": "推广|复制|搬到|带到|落户|照着|引进|移植",
}
_PATTERNS = {relation: re.compile(words) for relation, words in _BEGINS.items()}
LONGEST = 160  # characters from the beginning of the sentence to the end of the evidence
_DATED = re.compile("年")
_MONTH = re.compile(r"年(1[0-2]|[1-9])月")
_OVER = re.compile("目前|如今|眼下|至今|现在|现有|年[底末]?前|年来|年起步")  # these tell no beginning


def since_of(relation: str, text: str, evidence: tuple[int, int], report_date: str) -> str:
    """The year or month (ISO 8601, cut) in which the relation that `evidence` of `text` states began, else ''.

    Only where the sentence so far names one year, and the evidence a verb of beginning behind it; `report_date`
    resolves 去年.
    """
    start = max(text.rfind(mark, 0, evidence[0]) for mark in "。！？；\n") + 1
    said = text[start : evidence[1]]
    begins = _PATTERNS.get(relation)
    dated = _DATED.search(said) if begins and len(said) <= LONGEST else None
    if begins is None or dated is None or _OVER.search(said):
        return ""
    verb = begins.search(text, max(evidence[0], start + dated.end()), evidence[1])
    if verb is None:
        return ""
    year = year_at(text, start, verb.start(), report_date)
    if not year or year != year_at(text, start, evidence[1], report_date):
        return ""
    month = _MONTH.search(text, start, verb.start())
    return f"{year}-{int(month[1]):02d}" if month else str(year)

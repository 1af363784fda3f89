"""Which year a stretch of text speaks of, and whether it speaks of a plan; resolved against the report's date."""

import re

from ingest.claims.numerals import fold, parse_number

RELATIVE = {
    "前年": -2, "去年": -1, "上年": -1, "今年": 0, "本年": 0, "明年": 1, "后年": 2, "上半年": 0, "下半年": 0, "年初": 0,
    "目前": 0, "如今": 0, "眼下": 0, "至今": 0, "现在": 0, "去岁": -1, "现有": 0,
}  # fmt: skip
_YEAR = re.compile(
    r"(?P<year>(?:19|20)\d\d|[一二][零一二三四五六七八九]{3})年(?!代)|(?P<short>['’]\d\d)年|(?P<same>当年|同年|这一年|那年)|(?P<next>次年|翌年|第二年)|(?P<word>"
    + "|".join(sorted(RELATIVE, key=len, reverse=True))
    + ")"
)
_PLAN = re.compile(
    r"计划|拟(?!定)|打算|预计|预期|力争|争取|目标|规划|有望|准备(?!金)|筹划|将(?!近|来|军|领|士|信|就|.{0,4}(?:交给|分成|改|与|由))|明年|后年|下一步|十四五|今后|未来|要.{0,6}达到|达到.{0,8}(?:任务|指标)"
)
_DONE = re.compile(r"已经|已|实现了|累计|去年|前年|共计|了$")


def _explicit(match: re.Match[str]) -> int:
    if match["short"]:
        return 2000 + int(match["short"][1:])
    number = parse_number(match["year"]) if match["year"].isdigit() else None
    if number is None:
        number = float("".join(str("零一二三四五六七八九".index(c)) for c in match["year"]))
    return int(number)


def year_at(text: str, start: int, place: int, report_date: str = "", default: int = 0) -> int:
    """The year that text[start:place] last names, 0 where it names none.

    `report_date` (ISO 8601, may be cut or '') resolves 去年 and the like; `default` is what 当年 and 次年 look back to.
    """
    now = int(report_date[:4]) if report_date[:4].isdigit() else 0
    found, explicit = 0, default
    for match in _YEAR.finditer(fold(text[start:place])):
        if match["year"] or match["short"]:
            found = explicit = _explicit(match)
        elif match["word"]:
            found = now + RELATIVE[match["word"]] if now else 0
        elif explicit:
            found = explicit + (1 if match["next"] else 0)
    return found


def is_planned(clause: str) -> bool:
    """Whether a clause speaks of a plan, a target or a forecast rather than of a result."""
    plan = _PLAN.search(clause)
    return bool(plan) and not _DONE.search(clause[plan.end() :] if plan else "")

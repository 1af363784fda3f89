"""Who published a report: the newspaper's head, the site, the source named, or the office that issued it."""

import re
from collections.abc import Iterable, Iterator, Sequence

from ingest.reading.characters import HAN
from ingest.reading.dates import any_date

# Endings of the names of newspapers, periodicals, bulletins and sites.
MEDIUM_ENDINGS = (
    "日报 晚报 早报 晨报 时报 周报 学报 商报 快报 导报 新报 农报 校报 日報 晚報 早報 报 報 晨刊 周刊 "
    "月刊 期刊 内刊 杂志 杂志社 雜誌 "
    "通讯社 电视台 广播电台 新闻网 信息网 网 網 网站 在线 融媒 发布 简报 快讯 快訊 简讯 短讯 村讯 农讯 "
    "乡讯 鄉訊 微讯 资讯 参考 参阅 通讯 "
    "动态 信息 视野 论坛 周末 专报 之窗 文史 先锋 农情 研究"
)
ENDING = "|".join(sorted(MEDIUM_ENDINGS.split(" "), key=len, reverse=True))
MEDIUM_NAME = re.compile(rf"《?[{HAN}A-Za-z·]{{1,14}}(?:{ENDING})》?")
OFFICE_ENDING = (
    "办公室|编辑部|杂志社|人民政府|委员会|工作专班|联席会议|领导小组|促进会|研究院|政府|中心|党委|支部|"
    "公司|大学|学院|街道|部|局|委|办|院|"
    "会|厅|镇|乡|台|处|站"
)
ORGANISATION = re.compile(rf"(?:中共)?[{HAN}“”、()a-zàáèéìíòóùúǎǐǒǔěāēīōū]{{2,30}}(?:{OFFICE_ENDING})")
SOURCE = re.compile(
    r"(?:(?P<issuer>发布机构|发布单位|发文单位|发布者)|信息来源|文章来源|新闻来源|来源|來源|稿源|供稿单位|"
    r"供稿|本文转自)[:：]?\s*"
    r"《?(?P<name>[^\s，,|｜丨:：》【】\[\]]{2,24})》?"
)
NOBODY = re.compile(r"本站|本网|本刊|原创|原創|网络|網絡|admin|佚名|互联网|\d|的作品|单位|、")
WECHAT = re.compile(
    r"原[创創]\s.*?(\S+)\s+(?=(?:19|20)\d{2}[-年])|^(\S+)\s+(?:19|"
    r"20)\d{2}-\d\d-\d\d \d\d:\d\d\s+(?:发表于|發表於)|\d\d:\d\d · (\S+)$"
)
NUMBERED = re.compile(
    r"第 ?\d+ ?[期辑卷]|(?:^|\s)第? ?[A-Z]?\d{1,3} ?版|(?<![A-Za-z\d])[A-D]\d{1,2}(?![A-Za-z\d])|双月刊"
)
FIELDS = re.compile(
    r"\s{2,}|\s*[|｜]\s*|\s+[·•]\s+|\s(?=(?:19|20)\d{2}|第 ?\d)|(?<=》)(?=(?:19|20)\d{2})|"
    r"·(?=[\u4e00-\u9fff]{2,4}(?:\s|$))"
)
NO_NAME = re.compile(
    r"星期|农历|责编|编辑|版式|校对|电话|\d|第.+[期版卷]|^(?:要闻|民生|综合|专题|首[页頁]|导读|头版|广告|"
    r"作者|来源|记者|文|图|目录|县域|无障碍|仅供|请勿|党建$|内部|公开|.{0,4}编$|.*编辑部|.*(?:部|"
    r"办|室)编$)"
)
CRUMB = re.compile(rf"^([{HAN}]{{2,16}}(?:网|網|网站|在线|报|政府|先锋))\s*(?:>|＞|»|→)")
DATELINE = re.compile(rf"^([{HAN}]{{2,8}}?(?:通讯社|社|报|网|讯))[{HAN}]{{2,6}}\d{{1,2}}月\d{{1,2}}日(?:电|讯)")
BRACKETED = re.compile(
    rf"^[【〖]([{HAN}]{{2,8}}(?:{ENDING}))(?:·[^】〗]*)?[】〗]|^([{HAN}]{{2,8}}(?:快讯|快报|日报|晚报|发布))[｜|丨]"
)
ISSUED_BY = re.compile(rf"^(?P<name>(?:中共)?[{HAN}]{{3,24}}(?:{OFFICE_ENDING}))编?(?:\s{{2,}}|$)")


def closed_up(text: str) -> str:
    """A letter-spaced head in one: 乡 村 月 谈 → 乡村月谈."""
    return (
        re.sub(rf"(?<=[{HAN}]) +(?=[{HAN}](?: |$))", "", text)
        if re.fullmatch(rf"[{HAN}](?: +[{HAN}]){{2,}}", text)
        else text
    )


def _unquoted(name: str) -> str:
    quoted = re.fullmatch(r"《([^》]+)》(?:杂志社?|内刊|双月刊|月刊|季刊)?", name)
    return quoted[1] if quoted else name.strip("“”《》")


def _fields(line: str) -> list[str]:
    return [closed_up(field.strip()) for field in FIELDS.split(line) if field and field.strip()]


def _heads(lines: Sequence[str]) -> Iterator[str]:
    """Names in the first lines that carry a date, an issue or a page: the head of a newspaper or periodical."""
    for place, line in enumerate(lines[:3]):
        fields = [field for field in _fields(line) if re.search(f"[{HAN}]", field)]
        dated = bool(NUMBERED.search(line) or (any_date(line) and len(fields) > 1))
        paired = (
            place == 0
            and len(fields) == 2
            and bool(re.search("(?:对话|周刊|访谈|专栏|简讯|榜单|特刊|专刊)$", fields[1]))
        )
        if (dated or paired) and not SOURCE.search(line) and not re.match(r"第\d+版[:：]", line):
            names = [f for f in fields if re.fullmatch(rf"[《{HAN}》]{{2,14}}", f) and not NO_NAME.search(f)]
            yield from sorted(names, key=lambda name: not re.search("(?:报|報|网|社)$", name))


def _media(lines: Sequence[str]) -> Iterator[str]:
    """Lines that are nothing but a medium's name, or name it in brackets, a dateline or a path."""
    for line in lines:
        text = closed_up(line)
        if MEDIUM_NAME.fullmatch(text) and "·" not in text:
            yield text
        for pattern in (BRACKETED, CRUMB, DATELINE):
            if (match := pattern.search(text)) and not match.group().startswith("本"):
                yield next(group for group in match.groups() if group)
        if match := re.match(rf"([{HAN}]{{4,16}}(?:大学|学院)) ?[·|｜] ?(新闻网|[{HAN}]{{2,8}}处)(?:\s|$)", text):
            yield match[1] + match[2]
        elif match := re.match(rf"([{HAN}]{{4,16}}(?:新闻网|日报|晚报|电视台))\s", text):
            yield match[1]


def _sources(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        if match := WECHAT.search(line):
            yield next(group for group in match.groups() if group)
        for found in SOURCE.finditer(line):
            if not NOBODY.search(found["name"]):
                yield found["name"].strip("“”《》（）()")


def _issuers(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        if match := ISSUED_BY.match(line.removesuffix("文件")):
            yield match["name"]


def find_publisher(
    head: Sequence[str], foot: Sequence[str], title: str, *, paths: Sequence[str], bulletin: bool
) -> str:
    """The publisher by the page's first and last lines, '' where they name none.

    `head`: the first lines without furniture, `paths`: with it; foot[0] is how the story begins.

    `bulletin`: the title is the bulletin's own name, so the office that issues it publishes. A source that is a medium
    goes before the site's own name, and that before a source that is a unit of the site's owner.
    """
    rest = [line for line in head if line != title]
    sources = list(_sources((*rest, *foot)))
    issuers = [name for name in _issuers(rest) if name not in title]
    named = [s for s in sources if MEDIUM_NAME.fullmatch(s) or any(WECHAT.search(line) for line in rest)]
    own = [*_heads(head), *_media((*paths, foot[0], *foot[-2:]))]
    own = [*(name for line in head[:1] if MEDIUM_NAME.fullmatch(name := closed_up(line)) and line != title), *own]
    own += head[:1] if head and head[0] != title and ORGANISATION.fullmatch(head[0]) else []
    own = [name for name in own if name not in title or not bulletin]
    order = [*named, *issuers, *own, *sources] if bulletin else [*named, *own, *sources, *issuers]
    return _unquoted(order[0]) if order else (title if bulletin else "")

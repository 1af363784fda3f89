"""Headings, list items, questions and table rows of a clean text, as sections with offsets.

Rules read the form of a line alone: its numbering, its marks, its length and how it ends. What a line is about is for
`ingest.claims.cases` to say.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass

from ingest.segmenting.sentences import Span, paragraphs

CHINESE = "一二三四五六七八九十"
LONGEST_HEADING = 36  # characters; longer lines are prose even without a final full stop
_END = re.compile(r"[。！!…；;，,、~～][”’」』）)\"']*$")
_FURNITURE = re.compile(
    r"^(?:[（(【〔\[《]?(?:本报|记者|通讯员|见习|来源|信息来源|作者|编辑|责编|责任编辑|审核|校对|供稿|摄影|"
    r"图[/／:：①②③一二三\d]|图片|版式|监制|发布|日期|时间|字号|字体|点击|浏览|"
    r"打印|关闭|分享|扫一扫|上一[篇条版页]|下一[篇条版页]|相关|附件|联系|电话|地址|邮编|版权|备案|主办|承办|抄送|报[：:]|送[：:]|发[：:]|"
    r"索引号|索 引 号|文号|当前位置|您|首页|导航|广告|订阅|征订|转载|阅读|在看|点赞|网站|（?(?:上接|下转|完|未完)))"
    r"|[|｜>›»].*[|｜>›»]|\d{4}[-年/.]\d{1,2}|https?:|www\.|×××|第\s*\d+\s*[版期页]|^\d+$|版权所有|责任编辑|"
    r"责编[:：]|编辑[:：]|记者[:：　 ][^。]{2,12}$"
)
_QUESTION = re.compile(r"^(?:问|记者|主持人?|采访者|提问|Q\d*)[：:]")
_CASE = re.compile(
    rf"^(?:[【〔\[]?(?:典型)?(?:案例|样本|实例|故事|镜头|现场|做法|经验|样板|个案|掠影|之)[\s　]*"
    rf"[{CHINESE}\d]{{1,3}}[】〕\]]?(?=[\s　：:、，.．·—丨｜|]|$)"
    rf"|[一二三四五特]等奖[：:]?|NO\.?\s?\d+|No\.?\s?\d+|案例(?=[：:])|(?:材料|案例|典型)之[{CHINESE}]"
    rf"|第[{CHINESE}]+[站章篇辑则个])[\s　：:、，.．·—丨｜|]*"
)
_LEVELS = re.compile(r"^\d{1,2}(?:\.\d{1,2}){1,3}[\s　]+")
_PREFIX = re.compile(
    rf"^(?:[{CHINESE}]{{1,3}}[、.．]|[①-⑳❶-❿]|\d{{1,2}}(?:\.\d{{1,2}})*[\s　、.．]|编号[\s　]*[\w-]+)[\s　]*"
)
_NUMBERED = re.compile(rf"^[{CHINESE}]{{1,3}}[、.．]\s*")
_SUB = re.compile(rf"^[（(][{CHINESE}]{{1,3}}[)）]、?\s*")
_DIGIT = re.compile(r"^(?:\d{1,2}\s?[、.．)）]\s*(?!\d)|[⑴-⑽]\s*|[（(]\d{1,2}[)）]\s*)")
_CIRCLED = re.compile(r"^[①-⑳❶-❿]\s*")
_SIGN = re.compile(r"^(?:[—\-]+\s*)?(?:0\d|1\d|PART\s?\d+|Part\s?\d+)\s*(?:[｜|丨/、.．—\-]+\s*|\s+|$)")
_MARK = re.compile(r"^[■▲●◆★◇▶►▷✦□※◎○☆⊙▌▎◤❖✿]+\s*")
_BULLET = re.compile(r"^(?:[·•✅✔️☑●○▪▫◦\-—*➢➤👉🔸🔹]|[√✓])\s*")
_BRACKET = re.compile(r"^[【〖\[［][^】〗\]］]{2,24}[】〗\]］]\s*")
_ROW = re.compile(r"[│┃|\t]|[ 　]{2,}")
_RUN_IN = re.compile(r"^[^。：:；！？]{2,26}[。：:]")


@dataclass(frozen=True, slots=True)
class Section:
    """A part [start, end) of a text that its own first line introduces.

    `title` is the heading without numbering and marks, '' for a part that has none. `level` is 0 for the report's
    title, 1 for a case or story heading, 2 for 一、, 3 for （一）, 4 for 1., 5 for items, questions and rows;
    a section ends where the next of its level or above begins. `kind` is title, case, numbered, sub, digit,
    marked, bracket, line, question, item or row.
    """

    start: int
    end: int
    title: str
    level: int
    kind: str


def _plain(text: str) -> str:
    return re.sub(r"[\s　“”\"‘’'《》]+", "", text)


def _unnumbered(line: str) -> tuple[str, int, int] | None:
    """(kind, level, length of the numbering) of a line whose first characters say what it is."""
    forms: tuple[tuple[re.Pattern[str], str, int], ...]
    forms = (
        (_QUESTION, "question", 5), (_CASE, "case", 1), (_NUMBERED, "numbered", 2), (_SUB, "sub", 3),
        (_LEVELS, "digit", 3), (_SIGN, "case", 1), (_DIGIT, "digit", 4), (_CIRCLED, "marked", 2),
        (_BRACKET, "bracket", 2), (_MARK, "marked", 2), (_BULLET, "item", 5),
    )  # fmt: skip
    prefix = _PREFIX.match(line)
    inner = _CASE.match(line[prefix.end() :]) if prefix else None
    if prefix and inner:  # 3.2 案例一：, 编号A-03 案例：
        return "case", 1, prefix.end() + inner.end()
    for pattern, kind, level in forms:
        match = pattern.match(line)
        if match:
            return kind, level, match.end()
    return None


def _is_row(line: str) -> bool:
    cells = [cell for cell in _ROW.split(line.strip(" 　│┃|")) if cell.strip()]
    return len(cells) >= 3 and max(map(len, cells)) <= 24 and len(_ROW.findall(line)) >= 2


def _stands_alone(line: str, following: str) -> bool:
    """Whether an unmarked line is a heading: short, unfinished, and prose follows."""
    return 4 <= len(line) <= LONGEST_HEADING and not _END.search(line) and len(following) >= 30 and "　　" not in line


def _heading(line: str, following: str, title: str) -> tuple[str, int, str] | None:
    """(kind, level, title) of a line that opens a section, None for prose and page furniture."""
    bare = _plain(line)
    if title and len(bare) >= 4 and len(bare) <= len(title) + 24 and (bare in title or title in bare):
        return "title", 0, line
    if _FURNITURE.search(line) or (_MARK.match(line) and re.search(r"记者|通讯员|作者|文[/／]", line)):
        return None
    if _is_row(line):
        return "row", 5, ""
    marked = _unnumbered(line)
    if marked:
        return _marked(line, *marked)
    if _stands_alone(line, following):
        return "line", 2, line
    return None


def _marked(line: str, kind: str, level: int, length: int) -> tuple[str, int, str] | None:
    rest = line[length:].strip()
    if kind in ("question", "item"):
        return kind, level, rest[:LONGEST_HEADING]
    if kind == "bracket" and len(rest) > 20:  # 【人物名片】 before prose is a run-in heading
        return kind, level, line[:length].strip()
    if len(line) <= LONGEST_HEADING + 6 and not line.endswith(("。", "；", "，")):
        return kind, level, rest or line
    run_in = _RUN_IN.match(rest)
    if run_in and kind in ("numbered", "sub", "digit", "case"):
        return kind, max(level, 3), run_in[0][:-1]
    return ("item", 5, rest[:LONGEST_HEADING]) if kind in ("digit", "sub") else None


def headings(text: str, title: str = "") -> list[tuple[Span, str, int, str]]:
    """(line, kind, level, title) of every line that opens a section."""
    lines = paragraphs(text)
    wanted = _plain(title)
    found = []
    for i, span in enumerate(lines):
        line = text[span.start : span.end]
        following = text[lines[i + 1].start : lines[i + 1].end] if i + 1 < len(lines) else ""
        heading = _heading(line, following, wanted)
        if heading:
            found.append((span, *heading))
    return found


def sections(text: str, title: str = "") -> list[Section]:
    """The sections of `text` in its order; nested ones follow the one they lie in. `title` is the report's title."""
    found = headings(text, title)
    made = []
    for i, (span, kind, level, heading) in enumerate(found):
        end = next((later.start for later, _, other, _ in found[i + 1 :] if other <= level), len(text))
        if kind == "row":
            end = span.end
        made.append(Section(span.start, end, heading, level, kind))
    return made


def section_at(parts: list[Section], place: int) -> Section | None:
    """The innermost of `parts` that holds the character at `place`."""
    last = bisect_left([part.start for part in parts], place + 1)
    return next((part for part in reversed(parts[:last]) if part.end > place), None)

"""What a page says about itself in its first and last lines: title, publisher, date, edition, by-line, address."""

import re
from collections.abc import Sequence

from ingest.reading.bylines import authors
from ingest.reading.dates import any_date, full_date
from ingest.reading.furniture import PROSE, is_advertisement, is_furniture, is_page_mark, without_fields
from ingest.reading.publishers import MEDIUM_NAME, closed_up, find_publisher
from ingest.reading.result import Metadata
from ingest.reading.titles import find_title

HEAD, FOOT = 16, 8  # lines looked at from either end
PUBLISHED = re.compile(r"(?:发[布表稿佈]|發[布表佈])(?:时间|日期|時間)?[:：]")
DATED = re.compile(r"(?<!成文)(?<!截止)(?<!收稿)(?:时间|日期|時間|更新)[:：]")
NOT_ITS_DATE = re.compile(r"收稿|截止|公示|成文|至今|[晴阴雨雪云风雾]$|20\d\d年?[—至]|20\d\d年-")
DATELINE = re.compile(r"^\S{0,12}((?:19|20)\d{2}年\d{1,2}月\d{1,2}日)(?:电|讯)")
PAGE = re.compile(r"第? ?([A-Z]?\d{1,3}) ?版|(?<![\dA-Za-z])([A-D]\d{1,2})(?![\dA-Za-z])")
ISSUE = re.compile(
    r"(?:(?:(?:19|20)\d{2} ?年?|[（(](?:19|"
    r"20)\d{2}[)）]) ?)?第 ?\d{1,4} ?[期辑輯](?:\s*[（(]? ?总第? ?\d{1,5} ?期 ?[）)]?)?"
)
ADDRESS = re.compile(r"https?://[\w.-]+\.[\w./?=&%#~-]+")


def _is_body(line: str, following: str = "") -> bool:
    """Whether `line` is prose: a long line, or a wrapped one that the line `following` goes on with."""
    if len(line) >= 45:
        return PROSE.search(line) is not None
    if len(line) < 15 or line[0] in "（(〔【—":
        return False
    wrapped = (
        15 <= len(following) <= 1.4 * len(line) + 4
        and not re.match("[—（(〔]", following)
        and re.search("[，。]", following)
    )
    return "。" in line[:-1] or ("，" in line and bool(wrapped) and not re.search("[”！？]$", line))


def _split(lines: Sequence[str]) -> tuple[list[str], list[str], str]:
    """Head: the lines before the story's first paragraph; foot: the last lines that are none; and that paragraph."""
    count = len(lines)
    shown = [line for place, line in enumerate(lines) if not is_advertisement(line, place, count)]
    pairs = zip(shown[:HEAD], [*shown[1 : HEAD + 1], ""], strict=False)
    end = next((i for i, (line, following) in enumerate(pairs) if _is_body(line, following)), min(HEAD, len(shown)))
    foot = [line for line in shown[end:][-FOOT:] if not _is_body(line) and not is_furniture(line)]
    return shown[:end], foot, shown[end] if end < len(shown) else ""


def _date(head: Sequence[str], foot: Sequence[str], opening: str) -> str:
    top = [line for line in head if len(line) <= 120]
    bottom = [line for line in foot if len(line) <= 60 and not re.search("，.*，", line)]
    labelled = [line[m.end() :] for label in (PUBLISHED, DATED) for line in top for m in [label.search(line)] if m]
    own = [line for line in top if not NOT_ITS_DATE.search(line)]
    late = [line for line in bottom if not NOT_ITS_DATE.search(line)]
    dateline = DATELINE.match(opening)
    signed = (line for line in late if not re.search("[，。]", line[11:]))
    days = [*labelled, *own, *([dateline[1]] if dateline else []), *signed]
    found = next((day for text in days if (day := full_date(text))), "")
    rest = [line for line in (*own, *late) if not re.search("。|，.*，|^关于|计划|方案|安排|行动", line)]
    return found or next((day for text in rest if (day := any_date(text))), "")


def _edition(lines: Sequence[str]) -> str:
    for line in lines:
        if match := ISSUE.search(line):
            return re.sub(r"\s", "", match.group())
    for line in lines:
        if (match := PAGE.search(line)) and (full_date(line) or "版" in match.group()):
            return f"{match[1] or match[2]}版"
    return ""


def _plain_issue(edition: str) -> str:
    """2024年第3期 of 2024年第3期（总第37期）."""
    return re.sub(r"[（(]?总第.*|[（）()]", "", edition)


def _bulletin(head: Sequence[str]) -> str:
    """The name of a bulletin that stands alone in the first lines, with an issue below it: 第9期."""
    named = [closed_up(line) for line in head[:3] if MEDIUM_NAME.fullmatch(closed_up(line))]
    return named[0] if named and any(ISSUE.search(line) for line in head[:4]) else ""


def read_masthead(lines: Sequence[str]) -> Metadata:
    """Metadata from the raw lines of a page (characters normalised, blanks kept)."""
    head, foot, opening = _split([re.sub(r" {2,}", "  ", line.strip()) for line in lines])
    plain = [t for line in head if (t := without_fields(line)) and not is_furniture(t) and not is_page_mark(t)]
    title = find_title(plain)
    bulletin = "" if title else _bulletin(plain)
    edition = _edition(head)
    publisher = find_publisher(plain, [opening[:40], *foot], title or bulletin, paths=head, bulletin=bool(bulletin))
    bylines = [*head, opening[:60], *(line for line in foot if len(line) <= 60)]
    return Metadata(
        title=title or (f"{bulletin}（{_plain_issue(edition)}）" if bulletin else ""),
        publisher=publisher,
        date=_date(head, foot, opening),
        edition=edition,
        authors=authors(bylines),
        url=next((m.group() for line in (*head, *foot) if (m := ADDRESS.search(line))), ""),
    )

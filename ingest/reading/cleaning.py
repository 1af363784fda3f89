"""From the raw text of a page to the clean text that offsets point into: a line is a paragraph, and no more."""

import re

from ingest.reading.characters import HAN, normalise_characters
from ingest.reading.furniture import (
    INLINE_MARK,
    PROSE,
    elsewhere,
    is_advertisement,
    is_furniture,
    is_page_mark,
    is_running_head,
    running_heads,
    without_fields,
)
from ingest.reading.wrapping import Line, unwrap

LETTER_SPACED = re.compile(rf"(?<![^\s「『“（(【\[])[{HAN}](?: +[{HAN}]){{2,}}(?![^\s」』”）)】\]：:，。])")
CREDIT_SPAN = re.compile(
    r"[（(〔](?:[^（）()〔〕]{0,12})?(?:记者|記者|通讯员|通訊員|摄影|编辑|作者|文|图)[^（）()〔〕]{0,60}[)）〕]"
)
ROLES = "记者|記者|通讯员|通訊員|作者|摄影|攝影|撰稿|编辑|編輯|责编|版式|校对|整理|主持|采写"
NAME_PAIR = re.compile(
    rf"((?:{ROLES})】?[:：/丨｜ ]? *|[文图]\s*[/／:：丨｜] *)"
    rf"([{HAN}]) +([{HAN}])(?![{HAN}])"
)
ISSUE = re.compile(r"([第（(总總]) *(\d+) *([期版号號辑輯页頁])")
CLOSE_UP = re.compile(r" +(?=[，。、；：！？”’」』）》〉】])|(?<=[，。、；：！？“‘「『（《〈【]) +")
IN_PROSE = re.compile(
    rf"(?<=[{HAN}“”‘’」』）》]) {{1,2}}(?=[{HAN}\dA-Za-z“‘「『（《])|(?<=[\dA-Za-z%]) {{1,2}}(?=[{HAN}“‘「『（《])"
)
THOUSANDS = re.compile(r"(?<![\d.])(\d{1,3}(?: \d{3})+)(?!\d)")


def _is_prose(line: str) -> bool:
    return len(line) >= 25 and PROSE.search(line) is not None


def _close_gaps(line: str) -> str:
    """A line of prose without the blanks between its Chinese characters and numbers, credits in brackets apart."""
    kept = [match.span() for match in CREDIT_SPAN.finditer(line)]

    def close(match: re.Match[str]) -> str:
        return match.group() if any(start <= match.start() < end for start, end in kept) else ""

    line = IN_PROSE.sub(close, line)
    return THOUSANDS.sub(lambda m: m.group().replace(" ", ""), line)


def tidy(line: str) -> str:
    """One paragraph with its blanks set right: letter-spaced words closed up, fields kept one blank apart."""
    line = line.strip(" │┃║")
    line = LETTER_SPACED.sub(lambda m: m.group().replace(" ", ""), line)
    line = ISSUE.sub(r"\1\2\3", NAME_PAIR.sub(r"\1\2\3", line))
    line = _close_gaps(line) if _is_prose(line) else line
    return CLOSE_UP.sub("", re.sub(r" +", " ", line))


def raw_lines(text: str) -> list[str]:
    """The visible lines of a raw text with their characters normalised, before any is dropped."""
    return [line for line in normalise_characters(text).split("\n") if line.strip()]


def _lines(text: str) -> list[Line]:
    """The lines that are no furniture, each knowing what stood between it and the line before."""
    found: list[Line] = []
    blank = broken = False
    source = normalise_characters(text).replace("\f", "\n\f\n").split("\n")
    visible = [line.strip() for line in source if line.strip()]
    heads = running_heads(visible)
    end = elsewhere(visible)
    place = -1
    for whole in source:
        line = whole.strip()
        if not line:
            blank, broken = True, broken or "\f" in whole
            continue
        place += 1
        if place >= end:
            break
        kept = _without_furniture(line, place, len(visible))
        if is_page_mark(line) or INLINE_MARK.match(line) or (place > 3 and is_running_head(line, heads)):
            broken = True
        if kept and not (is_page_mark(line) or (place > 3 and is_running_head(line, heads))):
            found.append(Line(kept, len(whole) - len(whole.lstrip()), blank, broken))
            blank = broken = False
    return found


def _without_furniture(line: str, place: int, count: int) -> str:
    """What a line says besides furniture; '' where it is nothing else."""
    kept = INLINE_MARK.sub("", without_fields(line)).strip()
    return "" if is_furniture(line) or is_furniture(kept) or is_advertisement(kept, place, count) else kept


def clean(text: str) -> str:
    """The clean text of a raw one: paragraphs divided by one line break, without blank lines or page furniture."""
    paragraphs = (tidy(paragraph) for paragraph in unwrap(_lines(text)))
    return "\n".join(paragraph for paragraph in paragraphs if paragraph)

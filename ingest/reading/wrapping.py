"""Lines broken in mid-sentence put together again: fixed-width wrapping, stray line breaks, page breaks."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

NARROWEST, WIDEST = 20, 110  # columns of a hard-wrapped text; a Han character takes two
SLACK = 8  # columns by which a full line may fall short: no line begins with a comma or ends with an opening quote
KNOWN_BY = 120  # characters of a paragraph that tell what it is
STRAY = 40  # characters before a line break in mid-sentence is taken for an accident in a text that is not wrapped
TERMINAL = re.compile(r"[。！？!?；;：:…][”’」』）)】》\"']*$|[”」』）)】]$|[\u4e00-\u9fff]\.$")
UNFINISHED = re.compile(r"[，、“‘「『（《〈—]$")
CONTINUING = re.compile(r"[，。、；：！？”’」』）》]")
# What begins a heading, a list item, a table row or a credit: never joined to the line before it.
OPENING = re.compile(
    r"[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.．、)）](?!\d)|\[\d+\]|[①-⑳㈠-㈩Ⅰ-Ⅻ]|"
    r"[•·※#>|〔【]|第[一二三四五六七八九十百\d]+[章节節条條部篇、]|之[一二三四五六七八九十]\s|[报送发问答][:：]|"
    r"图[①-⑳\d一二三四五六七八九十][:：]|(?:编者按|编后|编者的话|附[:：件])|[（(](?:本报|记者|作者|通讯员|编辑|图片|据|本期|以下)"
)
SPEAKER = re.compile(r"(?:[问答]|记者|主持人|[\u4e00-\u9fff]{2,4})[:：]|——")
CREDIT = re.compile(
    r"[□■◎]?\s*(?:本[报刊网台]|首席|特[约派])?\s*(?:特[约派])?(?:记者|通讯员|作者|撰稿|采写|来源)(?:[\s:：/／]|$)|(?:文/图|图/文|[文图][:：/／])"
)
COLUMNS = re.compile(r"\S {2,}\S")  # fields of a table or a masthead
BULLETS = frozenset({"So", "Sk"})  # Unicode categories of ■ ▍ ✅ and the emoji that head items


def is_opening(text: str) -> bool:
    """Whether a line can only begin a paragraph, an item, a heading, a row or a credit."""
    fields = re.search(r"\S {4,}\S", text) is not None or (COLUMNS.search(text) is not None and "，" not in text)
    credit = CREDIT.match(text) is not None and not re.search("[，。]", text)
    bullet = unicodedata.category(text[0]) in BULLETS
    return bool(OPENING.match(text)) or bullet or (fields and "。" not in text) or credit


@dataclass(frozen=True, slots=True)
class Line:
    """A line without the blanks around it; `indent` in columns; `after` a blank line or a page break, or neither."""

    text: str
    indent: int = 0
    after_blank: bool = False
    after_break: bool = False


def columns(text: str) -> int:
    """How many columns `text` takes on a terminal or in a typewriter face."""
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)


@dataclass(frozen=True, slots=True)
class Shape:
    """How a text is set: `width` of a full line in columns (0: not wrapped), `margin` the indent of its body
    lines, `indents` whether paragraphs begin by standing in.
    """

    width: int
    margin: int
    indents: bool = False

    def is_full(self, line: Line) -> bool:
        """Whether the line reaches the right margin."""
        return self.width > 0 and line.indent + columns(line.text) >= self.width - SLACK

    def is_indented(self, line: Line) -> bool:
        """Whether the line begins a paragraph by standing in."""
        return line.indent >= self.margin + 2


def shape_of(lines: Sequence[Line]) -> Shape:
    """Tell a hard-wrapped text from one whose lines are paragraphs."""
    widths = [line.indent + columns(line.text) for line in lines]
    inner = sorted(w for w, nxt in zip(widths, lines[1:], strict=False) if not nxt.after_blank and w >= NARROWEST)
    margin = min((line.indent for line in lines if len(line.text) > 10), default=0)
    if len(inner) < 2:
        return Shape(0, margin)
    width = inner[int(len(inner) * 0.8)]
    near = sum(width - 2 * SLACK <= w <= width + SLACK for w in inner)
    beyond = sum(w > WIDEST for w in widths)
    few = len(inner) < 4 and (near < len(inner) or sum(bool(TERMINAL.search(line.text)) for line in lines[:-1]) > 1)
    wrapped = not few and NARROWEST <= width <= WIDEST and near * 2 >= len(inner) and beyond * 10 <= len(widths)
    indented = sum(line.indent >= margin + 2 and len(line.text) > 10 for line in lines)
    return Shape(width if wrapped else 0, margin, indents=2 <= indented < len(lines))


def _within_paragraph(paragraph: str, last: Line, shape: Shape) -> bool:
    """Whether a paragraph whose last line is `last` is still open there, by its own end."""
    if TERMINAL.search(last.text):
        return False
    if UNFINISHED.search(last.text) and len(paragraph) >= 10:
        return True
    if shape.width:
        return shape.is_full(last) or (
            columns(last.text) * 2 >= shape.width and bool(re.search("[，。：“、]", paragraph))
        )
    return len(last.text) >= STRAY and bool(re.search("[，。；]", paragraph))


def continues(paragraph: str, last: Line, line: Line, shape: Shape) -> bool:
    """Whether `line` goes on with `paragraph`, whose last line is `last`."""
    credited = CREDIT.match(paragraph) and not re.search("[，。]", paragraph)
    if is_opening(line.text) or credited or (COLUMNS.search(paragraph) and not re.search("[，。]", paragraph)):
        return False
    if CONTINUING.match(line.text):
        return not line.after_blank or len(line.text) > 1
    if line.after_break or line.after_blank:
        mid = last.text.endswith(("，", "、")) or (line.after_break and (_in_prose(paragraph) or shape.is_full(last)))
        return mid and not TERMINAL.search(last.text) and not SPEAKER.match(line.text)
    if shape.is_indented(line):
        return False
    if shape.is_full(last) and len(paragraph) >= 14 and (shape.indents or not TERMINAL.search(last.text)):
        return not _is_heading(paragraph)
    return _within_paragraph(paragraph, last, shape) and not SPEAKER.match(line.text)


def _in_prose(paragraph: str) -> bool:
    return len(paragraph) >= STRAY // 2 and bool(re.search("[，。；]", paragraph))


def _is_heading(paragraph: str) -> bool:
    return bool(OPENING.match(paragraph)) and len(paragraph) < 30 and not re.search("[。，]", paragraph)


def glue(left: str, right: str) -> str:
    """The second part of a broken line as it follows the first: Chinese without a blank, Latin words with one."""
    latin = re.search(r"[A-Za-z,.]$", left) and re.match(r"[A-Za-z]", right)
    return f" {right}" if latin else right


def unwrap(lines: Sequence[Line]) -> list[str]:
    """The paragraphs of `lines`, each in one string."""
    shape = shape_of(lines)
    paragraphs: list[list[str]] = []
    start = ""  # the beginning of the last paragraph: enough to know it by, however long it grows
    last: Line | None = None
    for line in lines:
        if last is not None and continues(start, last, line, shape):
            paragraphs[-1].append(glue(last.text, line.text))
            start = start if len(start) >= KNOWN_BY else start + line.text
        else:
            paragraphs.append([line.text])
            start = line.text
        last = line
    return ["".join(parts) for parts in paragraphs]

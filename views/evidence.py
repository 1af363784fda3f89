"""A stretch of a report's text as HTML, with the mentions in it coloured and evidence ready to be marked.

Spans may nest and overlap: the text is cut at every border, and each slice is escaped on its own.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from views.html import esc

BLANK = " \t\u3000\xa0\r\ufeff"


@dataclass(frozen=True, slots=True)
class Mark:
    """The span [start, end) of a report's text that is shown in a certain way.

    `key` names what it belongs to (a claim's or mention's id): clicking that elsewhere marks the span. A mention has a
    `colour` and usually an `href`; `lit` spans are marked from the start.
    """

    start: int
    end: int
    key: str = ""
    colour: str = ""
    href: str = ""
    title: str = ""
    lit: bool = False


@dataclass(frozen=True, slots=True)
class Slice:
    """A stretch without a border in it, and the marks that cover it, widest first."""

    start: int
    end: int
    marks: tuple[Mark, ...]


def slices(start: int, end: int, marks: Iterable[Mark]) -> list[Slice]:
    """[start, end) cut wherever a mark begins or ends; marks outside it are passed over."""
    inside = [m for m in marks if m.start < end and m.end > start and m.start < m.end]
    inside.sort(key=lambda m: (m.start - m.end, m.start))
    borders = sorted({start, end, *(b for m in inside for b in (m.start, m.end) if start < b < end)})
    opened: dict[int, list[Mark]] = {}
    closed: dict[int, list[Mark]] = {}
    for mark in inside:
        opened.setdefault(max(mark.start, start), []).append(mark)
        closed.setdefault(min(mark.end, end), []).append(mark)
    order = {id(mark): place for place, mark in enumerate(inside)}
    live: list[Mark] = []
    found = []
    for left, right in pairwise(borders):
        gone = {id(m) for m in closed.get(left, [])}
        live = [m for m in live if id(m) not in gone] + opened.get(left, [])
        live.sort(key=lambda m: order[id(m)])
        found.append(Slice(left, right, tuple(live)))
    return found


def _slice_html(text: str, piece: Slice) -> str:
    said = esc(text[piece.start : piece.end])
    named = [m for m in piece.marks if m.colour]
    if named:
        inner = named[-1]
        tip = f' title="{esc(inner.title)}"' if inner.title else ""
        style = f'class="ag-mention" style="--c:{esc(inner.colour)}"{tip}'
        said = (
            f'<a {style} href="{esc(inner.href)}" target="_self" data-go="1">{said}</a>'
            if inner.href
            else f"<span {style}>{said}</span>"
        )
    keys = " ".join(dict.fromkeys(f"at-{m.key}" for m in piece.marks if m.key))
    if not keys and not any(m.lit for m in piece.marks):
        return said
    lit = " ag-lit" if any(m.lit for m in piece.marks) else ""
    return f'<mark class="ag-span{lit} {esc(keys)}">{said}</mark>'


def inline(text: str, start: int, end: int, marks: Sequence[Mark]) -> str:
    """[start, end) of `text` as one run of HTML, without paragraphs."""
    return "".join(_slice_html(text, piece) for piece in slices(start, end, marks))


def lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Spans of the lines of [start, end) that say something, without the white space around them."""
    found = []
    at = start
    for line in text[start:end].split("\n"):
        said = line.strip(BLANK)
        if said:
            left = at + len(line) - len(line.lstrip(BLANK))
            found.append((left, left + len(said)))
        at += len(line) + 1
    return found


def paragraphs(text: str, start: int, end: int, marks: Sequence[Mark]) -> str:
    """[start, end) of `text` as paragraphs, a line each, blank lines left out."""
    shown = []
    for left, right in lines(text, start, end):
        near = [m for m in marks if m.start < right and m.end > left]
        shown.append(f"<p>{inline(text, left, right, near)}</p>")
    return "".join(shown)


def quote(text: str, start: int, end: int, marks: Sequence[Mark], around: int = 24) -> str:
    """The evidence [start, end), with a little of its line around it, as one run of HTML."""
    left = max(text.rfind("\n", 0, start) + 1, start - around)
    line_end = text.find("\n", end)
    right = min(line_end if line_end >= 0 else len(text), end + around)
    before = "…" if left > 0 and text[left - 1] not in "\n" else ""
    after = "…" if right < len(text) and text[right] not in "\n" else ""
    return before + inline(text, left, right, marks).strip() + after

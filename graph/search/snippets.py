"""Where the words of a question stand in a passage, and which stretch of it shows most of them."""

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from graph.records import Passage
from graph.search.tokens import RUN, terms
from graph.text import fold_with_offsets

# Characters that carry no meaning of their own: two of them side by side are no match worth showing.
EMPTY = frozenset("的了是在和与及等也都就着被把为以有之其而或所这那个们怎么样哪些什如何吗呢吧啊")


class Piece(NamedTuple):
    """A stretch of a passage, and whether it matches the question."""

    text: str
    is_match: bool


def matches(text: str, wanted: Collection[str]) -> list[tuple[int, int]]:
    """Spans of `text` where any of the `wanted` terms stands, ascending, overlapping ones joined.

    A Chinese character alone matches inside a word only where nothing longer is wanted: 户 of 300户 is everywhere.
    """
    folded, offsets = fold_with_offsets(text)
    lone = all(len(term) == 1 for term in wanted)
    spans: list[tuple[int, int]] = []
    for run in RUN.finditer(folded):
        for start, end in _terms_of(run.start(), run.end(), han=run.lastgroup == "han", lone=lone):
            if folded[start:end] in wanted and not EMPTY.issuperset(folded[start:end]):
                left, right = offsets[start], offsets[end - 1] + 1
                if spans and left <= spans[-1][1]:
                    spans[-1] = (spans[-1][0], max(right, spans[-1][1]))
                else:
                    spans.append((left, right))
    return spans


def _terms_of(start: int, end: int, *, han: bool, lone: bool) -> Iterable[tuple[int, int]]:
    """Spans of the terms of a run of one script."""
    if not han or end - start == 1:
        return [(start, end)]
    width = 1 if lone else 2
    return ((at, at + width) for at in range(start, end - width + 1))


def snippet(passage: Passage, query: str, meant: Iterable[str] = ()) -> list[Piece]:
    """The passage's text in pieces, without loss: those that match a term of `query`, and those between.

    `meant` are names that the question writes with a slip: their terms match too.
    """
    wanted = frozenset(term for said in (query, *meant) for term in terms(said))
    pieces: list[Piece] = []
    text, at = passage.text, 0
    for start, end in matches(text, wanted):
        if at < start:
            pieces.append(Piece(text[at:start], is_match=False))
        pieces.append(Piece(text[start:end], is_match=True))
        at = end
    if at < len(text):
        pieces.append(Piece(text[at:], is_match=False))
    return pieces


def densest(pieces: Sequence[Piece], length: int, before: int) -> int:
    """Where a stretch of `length` characters begins that shows most matching ones, the earliest of several.

    It begins up to `before` characters ahead of a match, or at 0 where nothing matches.
    """
    spans, at = [], 0
    for piece in pieces:
        if piece.is_match:
            spans.append((at, at + len(piece.text)))
        at += len(piece.text)
    starts = [max(0, min(start - before, at - length)) for start, _ in spans] or [0]

    def shown(left: int) -> int:
        return sum(max(0, min(end, left + length) - max(start, left)) for start, end in spans)

    return max(starts, key=lambda left: (shown(left), -left))

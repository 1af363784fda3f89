"""Where the words of a question stand in a passage."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from graph.records import Passage
from graph.search.tokens import RUN, terms
from graph.text import fold_with_offsets


class Piece(NamedTuple):
    """A stretch of a passage, and whether it matches the question."""

    text: str
    is_match: bool


def matches(text: str, wanted: Collection[str]) -> list[tuple[int, int]]:
    """Spans of `text` where any of the `wanted` terms stands, ascending, overlapping ones joined."""
    folded, offsets = fold_with_offsets(text)
    spans: list[tuple[int, int]] = []
    for run in RUN.finditer(folded):
        for start, end in _terms_of(run.start(), run.end(), pairs=run.lastgroup == "han"):
            if folded[start:end] in wanted:
                left, right = offsets[start], offsets[end - 1] + 1
                if spans and left <= spans[-1][1]:
                    spans[-1] = (spans[-1][0], max(right, spans[-1][1]))
                else:
                    spans.append((left, right))
    return spans


def _terms_of(start: int, end: int, *, pairs: bool) -> Iterable[tuple[int, int]]:
    if not pairs or end - start == 1:
        return [(start, end)]
    return ((at, at + 2) for at in range(start, end - 1))


def snippet(passage: Passage, query: str) -> list[Piece]:
    """The passage's text in pieces, without loss: those that match a term of `query`, and those between."""
    pieces: list[Piece] = []
    text, at = passage.text, 0
    for start, end in matches(text, frozenset(terms(query))):
        if at < start:
            pieces.append(Piece(text[at:start], is_match=False))
        pieces.append(Piece(text[start:end], is_match=True))
        at = end
    if at < len(text):
        pieces.append(Piece(text[at:], is_match=False))
    return pieces

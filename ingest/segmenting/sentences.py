"""Paragraphs and sentences of a clean text, with offsets."""

import re
from typing import NamedTuple

# A sentence ends at 。！？…; (full or half width) with the closing quotes and brackets behind it.
SENTENCE = re.compile(r"[^。！？!?…\n]+(?:[。！？!?…]+[”’」』）)】》〉\"']*)?|[。！？!?…]+[”’」』）)】》〉\"']*")


class Span(NamedTuple):
    """A stretch [start, end) of a text, in code points."""

    start: int
    end: int


def _trimmed(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    return Span(start + left, start + len(piece.rstrip()))


def paragraphs(text: str) -> list[Span]:
    """The non-empty lines of `text` without the white space around them: in a clean text a line is a paragraph."""
    spans = (_trimmed(text, m.start(), m.end()) for m in re.finditer(r"[^\n]+", text))
    return [span for span in spans if span.start < span.end]


def sentences(text: str) -> list[Span]:
    """The sentences of `text`; none crosses a line break, and every visible character belongs to one."""
    spans = (_trimmed(text, m.start(), m.end()) for m in SENTENCE.finditer(text))
    return [span for span in spans if span.start < span.end]

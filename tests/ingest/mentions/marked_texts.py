"""Reads invented sentences with a tagger that sees exactly the names a test marks."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from graph.records import Extraction, Mention, Report, span_errors
from ingest.lexicon import Lexicon
from ingest.mentions import find_mentions


@dataclass(frozen=True)
class Span:
    start: int
    end: int
    type: str
    score: float


class Marked:
    """A tagger that sees every occurrence of the given names, the longer first."""

    def __init__(self, score: float = 0.95, **names: Sequence[str]) -> None:
        self.score = score
        self.names = [(form, kind) for kind, forms in names.items() for form in forms]

    def tag(self, texts: Sequence[str]) -> list[list[Span]]:
        return [self._spans(text) for text in texts]

    def _spans(self, text: str) -> list[Span]:
        found: list[Span] = []
        for form, kind in sorted(self.names, key=lambda n: -len(n[0])):
            at = text.find(form)
            while at >= 0:
                if all(at + len(form) <= s.start or s.end <= at for s in found):
                    found.append(Span(at, at + len(form), kind, self.score))
                at = text.find(form, at + 1)
        return sorted(found, key=lambda s: s.start)


def read(text: str, score: float = 0.95, **names: Sequence[str]) -> tuple[Mention, ...]:
    """The mentions of `text`, whose records are sound and do not overlap."""
    report = Report(text, "test")
    mentions = find_mentions(report, Marked(score, **names), Lexicon.load(), "test@1")
    assert list(span_errors(Extraction(report, mentions=mentions))) == []
    assert all(text[m.start : m.end] == m.form for m in mentions)
    assert all(a.end <= b.start for a, b in pairwise(mentions))
    return mentions


def rows(mentions: Sequence[Mention]) -> list[tuple[str, str, str]]:
    return [(m.form, m.type, m.name) for m in mentions]


def named(mentions: Sequence[Mention], kind: str) -> list[str]:
    """The names of one type, in order of first appearance."""
    return list(dict.fromkeys(m.name for m in mentions if m.type == kind))

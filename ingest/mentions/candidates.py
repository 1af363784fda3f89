"""What every finder of names hands on: a typed stretch of text with how sure it is and who says so."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

SURE = 0.5  # candidates below it name nothing alone; they only help to read what another finder saw


@dataclass(frozen=True, slots=True, order=True)
class Candidate:
    """`text[start:end]` may name a `type`; `score` in [0, 1]; `codes` of what division or village it may be."""

    start: int
    end: int
    type: str
    score: float
    source: str
    codes: tuple[str, ...] = ()

    def overlaps(self, other: "Candidate") -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end


class TaggedSpan(Protocol):
    """A typed span of one text, as the tagger gives it."""

    @property
    def start(self) -> int:
        """First character, as an offset into its text."""

    @property
    def end(self) -> int:
        """Behind the last character."""

    @property
    def type(self) -> str:
        """Code of the entity type."""

    @property
    def score(self) -> float:
        """How sure the tagger is, in [0, 1]."""


class SpanTagger(Protocol):
    """Finds typed spans in texts; the learned tagger, or annotated spans in its place."""

    def tag(self, texts: Sequence[str]) -> Sequence[Sequence[TaggedSpan]]:
        """The spans of each text."""


def not_overlapping(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The candidates that no longer or surer one overlaps, in text order: of two that clash the longer stays."""
    chosen: list[Candidate] = []
    for candidate in sorted(candidates, key=lambda c: (c.start - c.end, -c.score, c.start)):
        if not any(candidate.overlaps(other) for other in chosen):
            chosen.append(candidate)
    return sorted(chosen)

"""Measures the tagger on annotated reports, span by span."""

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.mentions.tagger import Tagger
from ingest.training.annotations import Annotated


@dataclass(frozen=True, slots=True)
class Scores:
    """Counts of spans that are right in place and type, said in vain, and missed."""

    right: int
    spurious: int
    missed: int

    @property
    def precision(self) -> float:
        """Share of what was said that is right."""
        return self.right / max(1, self.right + self.spurious)

    @property
    def recall(self) -> float:
        """Share of what there is that was said."""
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.right / max(1, 2 * self.right + self.spurious + self.missed)

    def __str__(self) -> str:
        return f"P {self.precision:.3f}  R {self.recall:.3f}  F1 {self.f1:.3f}  ({self.right} right)"


def span_scores(tagger: Tagger, reports: Sequence[Annotated]) -> Scores:
    """How the tagger's spans agree with the marks; spans that touch a masked stretch do not count."""
    right = spurious = missed = 0
    for report, tags in zip(reports, tagger.tag([report.text for report in reports]), strict=True):
        masked = {at for start, end in report.masks for at in range(start, end)}
        said = {(t.start, t.end, t.type) for t in tags if masked.isdisjoint(range(t.start, t.end))}
        true = {(m.start, m.end, m.type) for m in report.marks}
        right += len(said & true)
        spurious += len(said - true)
        missed += len(true - said)
    return Scores(right, spurious, missed)

"""What a search answers with: a case, its score, and the reasons for it."""

from dataclasses import dataclass

from graph.records import Case, Passage, Report


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a case was found: `value` is the feature's own (a cosine, a BM25 sum, a share from 0 to 1), `share` its part
    of the score's positive parts, `text` says it in Chinese, `english` in English.
    """

    feature: str
    value: float
    share: float
    text: str
    english: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A case that was found; `passage` is the one that speaks best for it. A report without cases is one whole case.

    `score` orders the hits of one search; scores of different searches cannot be compared.
    """

    case: Case
    report: Report
    score: float
    reasons: tuple[Reason, ...]
    passage: Passage


@dataclass(frozen=True, slots=True)
class Part:
    """One feature's part in a unit's score, before shares are known."""

    feature: str
    value: float
    points: float
    text: str
    english: str


def reasons(parts: list[Part]) -> tuple[Reason, ...]:
    """The parts that spoke for a unit, strongest first, with their shares."""
    positive = sorted((p for p in parts if p.points > 0), key=lambda p: (-p.points, p.feature))
    total = sum(p.points for p in positive)
    return tuple(Reason(p.feature, round(p.value, 4), round(p.points / total, 4), p.text, p.english) for p in positive)

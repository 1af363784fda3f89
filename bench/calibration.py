"""Does a confidence say how often it is right? Relations in ten bins of confidence against the share that is right.

Used by bench.quality. Whether a relation is right is asked of the scorer of the benchmark, one relation at a time; what
costs and earns nothing there is left out.
"""

import importlib.util
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from bench.gold_records import GOLD

BINS = 10


@cache
def _scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", GOLD / "score.py")
    assert spec is not None  # noqa: S101 - the file is ours
    assert spec.loader is not None  # noqa: S101
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@dataclass(frozen=True, slots=True)
class Bin:
    """Relations whose confidence lies in one tenth: how many, their mean confidence, and the share that is right."""

    count: int
    confidence: float
    right: float

    @property
    def gap(self) -> float:
        """How far the confidence is from the truth."""
        return abs(self.confidence - self.right)


def judged(gold: dict[str, Any], found: dict[str, Any]) -> Iterator[tuple[float, bool]]:
    """(confidence, right) of each relation of one report that the scorer counts."""
    scorer = _scorer()
    for row in found.get("relations", []):
        tally = scorer.Tally()
        scorer.score_relations("", gold, {**found, "relations": [row]}, tally, scorer.Tally())
        if tally.right or tally.spurious:
            yield row["confidence"], bool(tally.right)


def bins(rows: Iterable[tuple[float, bool]]) -> list[Bin]:
    """The bins that hold anything, by rising confidence."""
    groups: dict[int, list[tuple[float, bool]]] = {}
    for confidence, right in rows:
        groups.setdefault(min(int(confidence * BINS), BINS - 1), []).append((confidence, right))
    return [
        Bin(len(group), sum(c for c, _ in group) / len(group), sum(r for _, r in group) / len(group))
        for _, group in sorted(groups.items())
    ]


def measure(pairs: Iterable[tuple[Path, Path]], found: Mapping[str, dict[str, Any]]) -> list[Bin]:
    """The bins over all relations found in these reports."""
    rows: list[tuple[float, bool]] = []
    for text, gold in pairs:
        rows += judged(json.loads(gold.read_text(encoding="utf-8")), found.get(text.stem, {}))
    return bins(rows)


def mean_gap(filled: Iterable[Bin]) -> float:
    """The gaps of the bins, each weighed by how many relations it holds."""
    kept = list(filled)
    return sum(b.gap * b.count for b in kept) / max(1, sum(b.count for b in kept))

"""Trains what finds and types cases from annotated reports.

    python -m ingest.training.casetypes FOLDER... [--out ingest/models] [--exclude-untouched]

Writes casetypes.npz and case_boundaries.json. It learns from all reports, or with --exclude-untouched from those whose
number three does not divide, to measure on the rest. Needs scikit-learn.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from ingest.claims.cases import BoundaryModel
from ingest.claims.cases_features import NAMES, Block, Extent, blocks, boundary_features
from ingest.claims.casetypes import BUCKETS, TypeModel, features, gram_counts, types
from ingest.lexicon import simplified
from ingest.training.gold import GoldReport, load_gold, occurrences, places

MODELS = Path(__file__).parent.parent / "models"
ALWAYS = 6.0  # log-odds of what all examples say
BALANCED = {"class_weight": "balanced"}
FEWEST_TEXTS = 3  # an n-gram met in fewer stories says nothing


@dataclass(frozen=True, slots=True)
class Story:
    """The text of one gold case and the types it has, and those nobody should be judged on."""

    text: str
    types: frozenset[str]
    optional: frozenset[str]


def _begins(gold: GoldReport, parts: Sequence[Block], row: dict[str, Any]) -> int:
    """The paragraph at which a gold case begins: its heading, else where its anchors gather."""
    bare, offsets = places(gold.report.text)
    for start, _ in occurrences(row["title"], bare, offsets):
        at = max((i for i, part in enumerate(parts) if part.span.start <= start), default=0)
        if parts[at].span.end - parts[at].span.start <= len(row["title"]) + 25:
            return at
    named = [sum(anchor in part.names for anchor in row["anchors"]) for part in parts]
    gathered = next((i for i, n in enumerate(named) if n * 2 >= len(row["anchors"])), 0)
    first = next((i for i, n in enumerate(named) if n), gathered)
    return first if gathered - first <= 2 else gathered


def stories(gold: GoldReport) -> list[Story]:
    """The gold cases of a report with the text from their beginning to the next one's."""
    parts = blocks(gold.report, gold.mentions)
    starts = [_begins(gold, parts, row) for row in gold.cases] if len(gold.cases) > 1 else [0]
    made = []
    for start, row in zip(starts, gold.cases, strict=False):
        end = min((s for s in starts if s > start), default=len(parts))
        text = gold.report.text[parts[start].span.start : parts[end - 1].span.end]
        made.append(Story(text, frozenset(row["types"]), frozenset(row.get("optional_types", []))))
    return made


def _fitted(
    rows: NDArray[np.float32], right: NDArray[np.bool_], model: LogisticRegression
) -> tuple[NDArray[np.float32], float]:
    """Weights and bias of `model`; where all answers are the same, nothing but a bias that gives that answer."""
    if right.all() or not right.any():
        return np.zeros(rows.shape[1], dtype=np.float32), ALWAYS if right.any() else -ALWAYS
    fitted = model.fit(rows, right)
    return fitted.coef_[0], float(fitted.intercept_[0])


def train_types(told: Sequence[Story], strength: float = 1.0) -> TypeModel:
    """One balanced logistic regression a type; stories where a type is optional do not teach that type."""
    present: NDArray[np.float32] = np.zeros(BUCKETS, dtype=np.float32)
    for story in told:
        present += gram_counts(simplified(story.text)) > 0
    idf = np.where(present >= FEWEST_TEXTS, np.log(len(told) / np.maximum(present, 1)), 0.0).astype(np.float32)
    rows = np.array([features(simplified(story.text), idf) for story in told])
    weights, biases = [], []
    for kind in types():
        asked = np.array([kind not in story.optional for story in told])
        right = np.array([kind in story.types for story in told])
        learned, bias = _fitted(rows[asked], right[asked], LogisticRegression(C=strength, max_iter=2000, **BALANCED))
        weights.append(learned)
        biases.append(bias)
    return TypeModel(types(), idf, np.array(weights, dtype=np.float32), np.array(biases, dtype=np.float32))


def train_boundaries(read: Sequence[GoldReport], strength: float = 1.0) -> BoundaryModel:
    """Logistic regression on every paragraph but the first: does a second or later story begin here?"""
    rows, right = [], []
    for gold in read:
        parts = blocks(gold.report, gold.mentions)
        starts = sorted(_begins(gold, parts, row) for row in gold.cases)[1:]
        extent = Extent(parts)
        for i in range(1, len(parts)):
            rows.append(boundary_features(parts, i, extent))
            right.append(i in starts)
    weights, bias = _fitted(np.array(rows), np.array(right), LogisticRegression(C=strength, max_iter=3000))
    return BoundaryModel(tuple(float(w) for w in weights), bias)


def main(arguments: Sequence[str] | None = None) -> None:
    """Train on the reports of the folders and write both models."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, default=MODELS)
    parser.add_argument("--exclude-untouched", action="store_true", help="leave out reports whose number three divides")
    args = parser.parse_args(arguments)
    read = [gold for folder in args.folders for gold in load_gold(folder)]
    if not args.exclude_untouched:
        read += [gold for folder in args.folders for gold in load_gold(folder, untouched=True)]
    train_types([story for gold in read for story in stories(gold)]).save(args.out / "casetypes.npz")
    boundaries = train_boundaries(read)
    weights = {name: round(w, 4) for name, w in zip(NAMES, boundaries.weights, strict=True)}
    text = json.dumps({"bias": round(boundaries.bias, 4), "weights": weights}, indent=1)
    (args.out / "case_boundaries.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

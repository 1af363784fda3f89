"""What several trainers share: hashed features as a matrix, trees that weigh candidates, the best threshold for F1."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from ingest.models.hashed import HashedModel
from ingest.models.trees import NO_TREES, Trees

GROWTH = {
    "n_estimators": 200,
    "learning_rate": 0.06,
    "max_depth": 4,
    "subsample": 0.5,
    "max_features": 0.3,
    "min_samples_leaf": 12,
}
TRIALS = 5  # parts of the reports that are held out in turn to choose the threshold


@dataclass(frozen=True, slots=True)
class Judged:
    """Candidates of held-out reports: `rows` as the trees see them, whether `right`, and the `report` each is of.

    `wanted` is how many gold rows there are in all, reached by a candidate or not.
    """

    rows: NDArray[np.float32]
    right: NDArray[np.bool_]
    report: NDArray[np.int64]
    wanted: int


def matrix_of(codes: NDArray[np.int64], bits: int) -> csr_matrix:
    """[examples, 2 ** bits]: 1 for each feature code of `codes` [examples, features]."""
    rows, features = codes.shape
    pointers = np.arange(0, rows * features + 1, features)
    return csr_matrix((np.ones(codes.size), codes.ravel(), pointers), shape=(rows, 1 << bits))


def linear(codes: NDArray[np.int64], right: NDArray[np.bool_], bits: int, strength: float) -> HashedModel:
    """Logistic regression over hashed features `codes` [examples, features]; a constant where all answers are one."""
    weights = np.zeros(1 << bits, dtype=np.float32)
    if right.all() or not right.any():
        return HashedModel(weights, 3.0 if right.all() else -3.0)
    matrix = matrix_of(codes, bits)
    used = np.unique(matrix.indices)
    model = LogisticRegression(C=strength, max_iter=500).fit(matrix[:, used], right)
    weights[used] = model.coef_[0]
    return HashedModel(weights, float(model.intercept_[0]))


def joined(parts: Sequence[Judged]) -> Judged:
    """The judgements of several folds as one."""
    return Judged(
        np.concatenate([part.rows for part in parts]),
        np.concatenate([part.right for part in parts]),
        np.concatenate([part.report for part in parts]),
        sum(part.wanted for part in parts),
    )


def grown(rows: NDArray[np.float32], right: NDArray[np.bool_], weight: NDArray[np.float64] | None = None) -> Trees:
    """Boosted trees learned from labelled candidates, of equal weight where none is told; same rows, same trees."""
    if right.all() or not right.any():
        return replace(NO_TREES, base=np.array([3.0 if right.all() else -3.0], dtype=np.float32))
    fitted = GradientBoostingClassifier(**GROWTH, random_state=0).fit(rows, right, weight)
    share = float(np.clip(np.average(right, weights=weight), 1e-6, 1 - 1e-6))
    trees = [tree.tree_ for tree in fitted.estimators_[:, 0]]
    sizes = np.array([tree.node_count for tree in trees])
    roots = np.cumsum(sizes) - sizes
    leaf = np.concatenate([tree.children_left < 0 for tree in trees])
    own, shift = np.arange(len(leaf)), np.repeat(roots, sizes)
    left, right_of, feature, threshold, value = (
        np.concatenate([np.ravel(getattr(tree, name)) for tree in trees])
        for name in ("children_left", "children_right", "feature", "threshold", "value")
    )
    return Trees(
        roots=roots.astype(np.int64),
        feature=np.where(leaf, 0, feature).astype(np.int64),
        threshold=threshold.astype(np.float32),
        left=np.where(leaf, own, left + shift).astype(np.int64),
        right=np.where(leaf, own, right_of + shift).astype(np.int64),
        value=(np.where(leaf, value, 0) * GROWTH["learning_rate"]).astype(np.float32),
        base=np.array([np.log(share / (1 - share))], dtype=np.float32),
        depth=np.array([max(tree.max_depth for tree in trees)], dtype=np.int64),
    )


def held_out_chances(judged: Judged, weight: NDArray[np.float64] | None = None) -> NDArray[np.float32]:
    """[candidates]: each report's by trees that grew without it."""
    weights = np.ones(len(judged.right)) if weight is None else weight
    chances = np.zeros(len(judged.right), dtype=np.float32)
    trials = min(TRIALS, len(np.unique(judged.report)))
    if trials < 2:
        return _chances(grown(judged.rows, judged.right, weights), judged.rows)
    for train, test in GroupKFold(trials).split(judged.rows, groups=judged.report):
        chances[test] = _chances(grown(judged.rows[train], judged.right[train], weights[train]), judged.rows[test])
    return chances


def _chances(trees: Trees, rows: NDArray[np.float32]) -> NDArray[np.float32]:
    return (1 / (1 + np.exp(-trees.logits(rows)))).astype(np.float32)


def best_threshold(judged: Judged, chances: NDArray[np.float32]) -> tuple[float, float]:
    """The least probability that gives the best F1 over all relations together, and that F1."""
    order = np.argsort(-chances, kind="stable")
    hits = np.cumsum(judged.right[order])
    f1 = 2 * hits / (np.arange(1, len(order) + 1) + judged.wanted)
    best = int(f1.argmax())
    return float(chances[order[best]]), float(f1[best])

"""Labels of the candidates that are weighed, the trees that learn from them, and the threshold that is best for F1."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.model_selection import GroupKFold

from graph.ontology import ontology
from ingest.claims.features import RELATIONS
from ingest.claims.relations_model import RelationModel
from ingest.claims.relations_rules import rule_hits
from ingest.claims.relations_trees import NO_TREES, Trees
from ingest.claims.relations_weighing import FEATURES, Candidates, candidates
from ingest.training.relations_examples import Example, implied_containment

GROWTH = {
    "n_estimators": 200,
    "learning_rate": 0.06,
    "max_depth": 4,
    "subsample": 0.5,
    "max_features": 0.3,
    "min_samples_leaf": 12,
}
TRIALS = 5  # parts of the reports that are held out in turn to choose the threshold
NO_ROWS = np.zeros((0, FEATURES), dtype=np.float32)
JOINED = frozenset({"member_of", "founded", "leads"})
Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Judged:
    """Candidates of held-out reports: `rows` as the trees see them, whether `right`, and the `report` each is of.

    `wanted` is how many gold rows there are in all, reached by a candidate or not.
    """

    rows: NDArray[np.float32]
    right: NDArray[np.bool_]
    report: NDArray[np.int64]
    wanted: int


def _key(relation: str, head: str, tail: str) -> Key:
    if ontology().relation(relation).symmetric:
        head, tail = min(head, tail), max(head, tail)
    return relation, head, tail


def _asked(made: Example) -> tuple[set[Key], set[Key]]:
    """Gold rows that are asked for, and those that cost nothing."""
    told = [(_key(row["type"], row["head"], row["tail"]), bool(row.get("optional"))) for row in made.rows]
    asked = {key for key, optional in told if not optional}
    implied = {_key("located_in", *ends) for ends in implied_containment(made.rows)}
    return asked, ({key for key, _ in told} | implied) - asked


def _labels(made: Example, found: Candidates, asked: set[Key], free: set[Key]) -> NDArray[np.int64]:
    """1 for what the gold says, 0 for what it does not, -1 where nobody is judged."""
    labels = np.zeros(len(found.relation), dtype=np.int64)
    parts = any(key[0] == "part_of" for key in asked)
    for number, (which, head, tail) in enumerate(zip(found.relation, found.head, found.tail, strict=True)):
        relation = RELATIONS[which]
        key = _key(relation, made.names[head], made.names[tail])
        joint = relation in JOINED and made.scene.mentions[tail].type == "PartyOrganization"
        known = bool(made.names[head] and made.names[tail])
        if key in asked:
            labels[number] = 1
        elif (known and (key in free or joint)) or (relation == "part_of" and not parts):
            labels[number] = -1
    return labels


def judge(model: RelationModel, examples: Sequence[Example], first: int = 0) -> Judged:
    """What `model`'s pair part makes of `examples`, numbered from `first`."""
    rows, right, report, wanted = [NO_ROWS], [NO_ROWS[:, 0] > 0], [np.zeros(0, dtype=np.int64)], 0
    for number, made in enumerate(examples, start=first):
        found = candidates(made.scene, made.pairs, model.logits(made.scene, made.pairs), rule_hits(made.scene))
        asked, free = _asked(made)
        labels = _labels(made, found, asked, free)
        rows.append(found.rows[labels >= 0])
        right.append(labels[labels >= 0] == 1)
        report.append(np.full(int((labels >= 0).sum()), number))
        wanted += len(asked)
    return Judged(np.concatenate(rows), np.concatenate(right), np.concatenate(report), wanted)


def joined(parts: Sequence[Judged]) -> Judged:
    """The judgements of several folds as one."""
    return Judged(
        np.concatenate([part.rows for part in parts]),
        np.concatenate([part.right for part in parts]),
        np.concatenate([part.report for part in parts]),
        sum(part.wanted for part in parts),
    )


def grown(rows: NDArray[np.float32], right: NDArray[np.bool_]) -> Trees:
    """Boosted trees learned from labelled candidates; the same rows give the same trees."""
    if right.all() or not right.any():
        return replace(NO_TREES, base=np.array([3.0 if right.all() else -3.0], dtype=np.float32))
    fitted = GradientBoostingClassifier(**GROWTH, random_state=0).fit(rows, right)
    share = float(np.clip(right.mean(), 1e-6, 1 - 1e-6))
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


def held_out_chances(judged: Judged) -> NDArray[np.float32]:
    """[candidates]: each report's by trees that grew without it."""
    chances = np.zeros(len(judged.right), dtype=np.float32)
    trials = min(TRIALS, len(np.unique(judged.report)))
    if trials < 2:
        return _chances(grown(judged.rows, judged.right), judged.rows)
    for train, test in GroupKFold(trials).split(judged.rows, groups=judged.report):
        chances[test] = _chances(grown(judged.rows[train], judged.right[train]), judged.rows[test])
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

"""Counts relations found against gold relations, entity by entity, and picks calibration and thresholds by them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from graph.ontology import ontology
from ingest.claims.features import RELATIONS
from ingest.claims.relations_model import RelationModel, permitted
from ingest.training.relations_examples import Example, implied_containment

GRID = (0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6)
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Judged:
    """What a model says of one relation between two entities of a held-out report, and whether the gold has it."""

    relation: int
    logit: float
    right: bool


@dataclass(frozen=True, slots=True)
class HeldOut:
    """Judgements of all reports measured, and [relations] how many gold rows there are, reached by a pair or not."""

    judged: list[Judged]
    wanted: NDArray[np.int64]


def _key(relation: int, head: str, tail: str) -> Key:
    symmetric = ontology().relation(RELATIONS[relation]).symmetric
    return (min(head, tail), max(head, tail)) if symmetric else (head, tail)


def _judge(model: RelationModel, made: Example) -> HeldOut:
    raw = model.raw(made.pairs)
    fits = permitted(made.scene, made.pairs)
    names = [m.name for m in made.scene.mentions]
    best: dict[tuple[int, Key], float] = {}
    for pair, relation in zip(*np.nonzero(fits & (raw > -6)), strict=True):
        key = (int(relation), _key(relation, names[made.pairs.head[pair]], names[made.pairs.tail[pair]]))
        best[key] = max(best.get(key, -99.0), float(raw[pair, relation]))
    wanted: dict[tuple[int, Key], bool] = {}
    for row in made.rows:
        number = RELATIONS.index(row["type"])
        key = (number, _key(number, row["head"], row["tail"]))
        wanted[key] = wanted.get(key, False) or not row.get("optional")
    located = RELATIONS.index("located_in")
    for names_pair in implied_containment(made.rows):
        wanted.setdefault((located, names_pair), False)
    counted = [key for key, asked in wanted.items() if asked]
    judged = [Judged(k[0], logit, k in wanted) for k, logit in best.items() if wanted.get(k, True)]
    counts = np.bincount([k[0] for k in counted], minlength=len(RELATIONS)).astype(np.int64)
    return HeldOut(judged, counts)


def judge(model: RelationModel, examples: Iterable[Example]) -> HeldOut:
    """The model's judgements on `examples`, optional rows and what follows from others left out."""
    return joined([_judge(model, made) for made in examples])


def joined(parts: Sequence[HeldOut]) -> HeldOut:
    """The judgements of several reports or folds as one."""
    return HeldOut([j for part in parts for j in part.judged], np.sum([part.wanted for part in parts], axis=0))


def calibrated(model: RelationModel, held: HeldOut) -> RelationModel:
    """The model with Platt's scaling over all relations, and the thresholds that give the best F1 on `held`."""
    logits = np.array([[j.logit] for j in held.judged])
    fitted = LogisticRegression(C=1e3).fit(logits, [j.right for j in held.judged])
    scale, shift = float(fitted.coef_[0, 0]), float(fitted.intercept_[0])
    chances = 1 / (1 + np.exp(-(logits[:, 0] * scale + shift)))
    count = len(RELATIONS)
    return replace(
        model,
        scale=np.full(count, scale, dtype=np.float32),
        shift=np.full(count, shift, dtype=np.float32),
        thresholds=_thresholds(held, chances).astype(np.float32),
    )


def _thresholds(held: HeldOut, chances: NDArray[np.float64]) -> NDArray[np.float64]:
    """One threshold a relation; each is set in turn to what is best for the F1 of all relations together."""
    relation = np.array([j.relation for j in held.judged])
    right = np.array([j.right for j in held.judged])
    said = {(r, g): (relation == r) & (chances >= g) for r in range(len(RELATIONS)) for g in GRID}
    table = {key: (int((chosen & right).sum()), int(chosen.sum())) for key, chosen in said.items()}
    best = np.full(len(RELATIONS), 0.3)
    for _ in range(3):
        for r in range(len(RELATIONS)):
            trials = [np.where(np.arange(len(best)) == r, g, best) for g in GRID]
            best = max(trials, key=lambda chosen: _f1(table, chosen, held))
    return best


def _f1(
    table: dict[tuple[int, float], tuple[int, int]], chosen: Sequence[float] | NDArray[np.float64], held: HeldOut
) -> float:
    rows = [table[r, float(g)] for r, g in enumerate(chosen)]
    return 2 * sum(hit for hit, _ in rows) / max(1, sum(said for _, said in rows) + int(held.wanted.sum()))

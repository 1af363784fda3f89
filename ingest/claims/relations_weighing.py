"""The second look: each relation between two entities is weighed by all that the report says around it.

The pair model judges one place in the text at a time. Here its judgements of a report are brought together: what it
says of the same two things elsewhere, in the other direction and of other relations, of the things listed beside them,
whether another head or tail fits better; what the rules say; how sure the mentions are. Boosted trees make one
calibrated probability of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ingest.claims.features import RELATIONS, Pairs
from ingest.claims.relations_rules import RULES, Hit
from ingest.claims.relations_scene import SUBTYPES, Ints, Scene
from ingest.claims.relations_triggers import CLASSES

Floats = NDArray[np.float32]
NONE = -8.0  # the logit of what no pair says
WORTH = -4.0  # pairs below this logit for every relation are set aside
_SYMMETRIC = RELATIONS.index("partners_with")


@dataclass(frozen=True, slots=True)
class Candidates:
    """Relations worth weighing: `relation` numbers RELATIONS, `head` and `tail` are the items that say it best.

    `rows` [candidates, features] is what the trees see; `hit` is the number of the rule hit that says so, -1 without.
    """

    relation: Ints
    head: Ints
    tail: Ints
    rows: Floats
    hit: Ints


@dataclass(frozen=True, slots=True)
class _Table:
    """What pairs say of two things in their order: `best` [rows, relations], `pair` says it best, `log_sum` of all."""

    key: Ints
    inverse: Ints
    best: Floats
    pair: Ints
    log_sum: Floats
    count: Ints


def _grouped(keys: Ints, values: Floats) -> tuple[Ints, Ints, Ints, Ints]:
    """Distinct keys, each value's group, the order that sorts values by group, and where each group begins in it."""
    distinct, inverse = np.unique(keys, return_inverse=True)
    order = np.argsort(inverse, kind="stable")
    begins = np.searchsorted(inverse[order], np.arange(len(distinct)))
    return distinct, inverse, order, begins


def _table(keys: Ints, logits: Floats) -> _Table:
    distinct, inverse, order, begins = _grouped(keys, logits)
    ranked = logits[order]
    best = np.maximum.reduceat(ranked, begins, axis=0)
    says = ranked >= best[inverse[order]]
    place = np.where(says, np.arange(len(order))[:, None], len(order))
    pair = order[np.minimum.reduceat(place, begins, axis=0)]
    log_sum = np.log(np.add.reduceat(np.exp(ranked), begins, axis=0))
    return _Table(distinct, inverse, best, pair, log_sum, np.bincount(inverse))


def _spread(keys: Ints, logits: Floats, chances: Floats) -> tuple[Floats, Floats]:
    """For each row the best logit and the sum of chances among the rows of the same key."""
    _, inverse, order, begins = _grouped(keys, logits)
    best = np.maximum.reduceat(logits[order], begins, axis=0)
    total = np.add.reduceat(chances[order], begins, axis=0)
    return best[inverse], total[inverse]


def _rivals(keys: Ints, best: Floats) -> tuple[Floats, Floats]:
    """For each row the best logit of another row of the same key, and how many such relations are to be expected."""
    _, inverse, order, begins = _grouped(keys, best)
    top = np.maximum.reduceat(best[order], begins, axis=0)[inverse]
    others = np.where(best >= top, np.float32(NONE), best)
    second = np.maximum.reduceat(others[order], begins, axis=0)[inverse]
    expected = np.add.reduceat(_chance(best)[order], begins, axis=0)[inverse]
    return np.where(best >= top, second, top), expected


def _chance(logits: Floats) -> Floats:
    return (1 / (1 + np.exp(-logits))).astype(np.float32)


def candidates(scene: Scene, pairs: Pairs, logits: Floats, hits: Sequence[Hit]) -> Candidates:
    """What is worth weighing, by `logits` [pairs, relations] (NONE where the ontology forbids) and by rule `hits`."""
    worth = np.flatnonzero(logits.max(axis=1, initial=NONE) > WORTH) if len(logits) else np.zeros(0, np.int64)
    count = int(scene.entity.max(initial=0)) + 1
    spoken = _Spoken(scene, pairs, logits, worth, count) if len(worth) else None
    found = spoken.found() if spoken else {}
    numbers: dict[tuple[int, int, int], list[int]] = {}
    for number, hit in enumerate(hits):
        ends = (int(scene.entity[hit.head]), int(scene.entity[hit.tail]))
        numbers.setdefault((*ends, RELATIONS.index(hit.relation)), []).append(number)
    keys = list(found)
    keys += [key for key in numbers if key not in found and key[0] != key[1]]
    row = np.array([found.get(key, -1) for key in keys], dtype=np.int64)
    relation = np.array([key[2] for key in keys], dtype=np.int64)
    first = [hits[numbers[key][0]] if key in numbers else None for key in keys]
    head = np.array([hit.head if hit else -1 for hit in first], dtype=np.int64)
    tail = np.array([hit.tail if hit else -1 for hit in first], dtype=np.int64)
    ruled = np.zeros((len(keys), len(RULES)), dtype=np.float32)
    for at, key in enumerate(keys):
        for number in numbers.get(key, ()):
            ruled[at, RULES.index(hits[number].name)] = 1
    said = np.full((len(keys), WIDTH), NONE, dtype=np.float32)
    said[:, COUNTED] = 0
    if spoken:
        told = row >= 0
        pair, said[told] = spoken.columns(row[told], relation[told])
        head[told], tail[told] = pairs.head[pair], pairs.tail[pair]
    rows = np.concatenate([relation[:, None], said, ruled, _ends(scene, head, tail)], axis=1).astype(np.float32)
    ruling = np.array([numbers[key][0] if key in numbers else -1 for key in keys], dtype=np.int64)
    return Candidates(relation, head, tail, rows, ruling)


WIDTH = 12 + len(RELATIONS) + len(CLASSES) + 4
ENDS = 25  # columns of `_ends`
FEATURES = 1 + WIDTH + len(RULES) + ENDS
COUNTED = [2, 5, 7, 9, 11, *range(12 + len(RELATIONS), WIDTH)]  # counts and flags: nothing said is 0, not NONE


class _Spoken:
    """What the pair model says of a report, brought together by entities and by lists."""

    def __init__(self, scene: Scene, pairs: Pairs, logits: Floats, worth: Ints, count: int) -> None:
        self.logits, self.worth, self.pairs, self.count = logits[worth], worth, pairs, count
        head, tail = pairs.head[worth], pairs.tail[worth]
        entity_head, entity_tail = scene.entity[head], scene.entity[tail]
        self.table = _table(entity_head * count + entity_tail, self.logits)
        chances = _chance(self.logits)
        self.head_list = _spread(scene.group[head] * count + entity_tail, self.logits, chances)
        self.tail_list = _spread(scene.group[tail] * count + entity_head, self.logits, chances)
        key = self.table.key
        back = key % count * count + key // count
        place = np.minimum(np.searchsorted(key, back), len(key) - 1)
        self.reverse = np.where(key[place] == back, place, -1)
        self.reversed = np.where((self.reverse >= 0)[:, None], self.table.best[self.reverse], np.float32(NONE))
        self._join_symmetric()
        self.other_tails = _rivals(key // count, self.table.best)
        self.other_heads = _rivals(key % count, self.table.best)

    def _join_symmetric(self) -> None:
        """A symmetric relation is one statement, whichever end stands first."""
        best, pair, back = self.table.best, self.table.pair, self.reverse
        mirrored = (back >= 0) & (self.reversed[:, _SYMMETRIC] > best[:, _SYMMETRIC])
        pair[mirrored, _SYMMETRIC] = pair[back[mirrored], _SYMMETRIC]
        best[:, _SYMMETRIC] = np.maximum(best[:, _SYMMETRIC], self.reversed[:, _SYMMETRIC])

    def found(self) -> dict[tuple[int, int, int], int]:
        """(head entity, tail entity, relation) → row of the table, of all worth weighing."""
        worth = self.table.best > WORTH
        second = (self.reverse >= 0) & (self.reverse < np.arange(len(worth)))
        worth[second, _SYMMETRIC] = False
        rows, relations = np.nonzero(worth)
        keys = self.table.key[rows]
        ends = zip((keys // self.count).tolist(), (keys % self.count).tolist(), relations.tolist(), strict=True)
        return dict(zip(ends, rows.tolist(), strict=True))

    def columns(self, row: Ints, relation: Ints) -> tuple[Ints, Floats]:
        """The pair that says each best, and [candidates, WIDTH] of what is said."""
        table = self.table
        local = table.pair[row, relation]
        at = (row, relation)
        lists = [part[local, relation] for part in (*self.head_list, *self.tail_list)]
        columns = [
            table.best[at],
            table.log_sum[at],
            table.count[row].astype(np.float32),
            self.reversed[at],
            self.other_tails[0][at],
            self.other_tails[1][at],
            self.other_heads[0][at],
            self.other_heads[1][at],
            *lists,
        ]
        words = self.pairs.words[self.worth[local]][:, -(len(CLASSES) + 4) :]
        said = np.concatenate([np.stack(columns, axis=1), table.best[row], words], axis=1)
        return self.worth[local], said.astype(np.float32)


def _ends(scene: Scene, head: Ints, tail: Ints) -> Floats:
    """[candidates, …]: the two things as such, how surely and how often they are named, and where they stand."""
    if not len(head):
        return np.zeros((0, ENDS), dtype=np.float32)
    entity, count = scene.entity, int(scene.entity.max()) + 1
    sure = np.array([m.confidence for m in scene.mentions])
    surest, times = np.zeros(count), np.bincount(entity[scene.kind == 0], minlength=count)
    np.maximum.at(surest, entity, sure)
    subtype = np.zeros(count, dtype=np.int64)
    subtype[entity] = scene.subtype
    alike = np.bincount(subtype, minlength=len(SUBTYPES))
    names, within = [""] * count, [""] * count
    for item, mention in zip(entity.tolist(), scene.mentions, strict=True):
        names[item] = mention.name
        within[item] = within[item] or mention.within
    a, b = entity[head], entity[tail]
    held = np.array(
        [(within[x] == names[y], bool(within[x]), within[y] == names[x]) for x, y in zip(a, b, strict=True)]
    )
    sentences = len(scene.sentence_starts)
    later = np.maximum(scene.sentence[head], scene.sentence[tail])
    columns: list[NDArray[np.generic]] = [
        sure[head], sure[tail], surest[a], surest[b], times[a], times[b], held[:, 0], held[:, 1], held[:, 2],
        np.abs(scene.sentence[head] - scene.sentence[tail]), np.abs(scene.start[head] - scene.start[tail]),
        scene.kind[head], scene.kind[tail], scene.rank[head] + scene.rank[tail], scene.start[head] < scene.start[tail],
        scene.group[head] == scene.group[tail], subtype[a], subtype[b], alike[subtype[a]], alike[subtype[b]],
        later / sentences, np.full(len(head), sentences), np.full(len(head), count),
        np.array([len(names[x]) for x in a]), np.array([len(names[x]) for x in b]),
    ]  # fmt: skip
    return np.stack([column.astype(np.float32) for column in columns], axis=1)

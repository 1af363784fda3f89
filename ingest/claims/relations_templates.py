"""Templates: one hashed code a pair each, for what the model sees of its types, its place and the words at its edges.

The order of the columns is part of the model file: a column added or moved needs a model trained again.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from ingest.claims.relations_scene import SUBTYPES, Ints, Scene
from ingest.claims.relations_triggers import CLASSES

TEMPLATE_BITS = 15
FAR = 4  # sentences: pairs farther apart look alike
_VERBS = CLASSES.index("locate")  # the classes before it are verbs of relations
Columns = list[tuple[Ints, ...]]


def mix(*columns: Ints | int) -> NDArray[np.uint64]:
    """Hash columns of small integers into one column of 64-bit codes (multiply and xor, splitmix64's constants)."""
    mixed = np.zeros(1, dtype=np.uint64)
    for column in columns:
        value = np.asarray(column, dtype=np.int64).astype(np.uint64)
        mixed = (mixed ^ value) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(29)
        mixed = mixed * np.uint64(0xBF58476D1CE4E5B9)
        mixed ^= mixed >> np.uint64(32)
    return mixed


def _bucket(values: Ints, edges: tuple[int, ...]) -> Ints:
    return np.searchsorted(np.array(edges), values, side="right")


class Edges:
    """Where the text between a pair begins and ends once both lists are folded together, in tokens."""

    def __init__(self, scene: Scene, first: Ints, second: Ints) -> None:
        self.first, self.second = first, second
        apart = scene.right[first] <= scene.left[second]
        self.left = np.where(apart, scene.right[first], scene.last[first])
        self.right = np.where(apart, scene.left[second], scene.first[second])
        self.left = np.minimum(self.left, self.right)
        self.outer_left = np.where(apart, scene.left[first], scene.first[first])
        self.outer_right = np.where(apart, scene.right[second], scene.last[second])
        self.same_list = (scene.group[first] == scene.group[second]) & (first != second)


def token(scene: Scene, places: Ints) -> Ints:
    """Tokens at `places`, -1 outside the text."""
    inside = (places >= 0) & (places < len(scene.tokens))
    return np.where(inside, scene.tokens[np.clip(places, 0, max(len(scene.tokens) - 1, 0))], -1)


@cache
def _name_code(name: str, length: int) -> int:
    code = 7
    for character in name.rstrip('”"）)')[-length:]:
        code = (code * 1_000_003 + ord(character)) % (1 << 40)
    return code


def _between_count(scene: Scene, first: Ints, second: Ints, subtype: Ints) -> Ints:
    """How many real mentions of `subtype` stand between two items (item order)."""
    counts = np.zeros((len(scene.start) + 1, len(SUBTYPES)), dtype=np.int64)
    counts[np.arange(len(scene.start)) + 1, scene.subtype] = scene.kind == 0
    counts = np.cumsum(counts, axis=0)
    between: Ints = counts[second, subtype] - counts[first + 1, subtype]
    return np.maximum(between, 0)


def _entities_of_subtype(scene: Scene) -> Ints:
    """For each item how many entities of its sub-type the report names."""
    pairs = np.unique(np.stack([scene.subtype, scene.entity]), axis=1)
    counts: Ints = np.bincount(pairs[0], minlength=len(SUBTYPES))[scene.subtype]
    return counts


@dataclass(frozen=True, slots=True)
class _Facts:
    """Columns that several templates use: direction, sub-types of head and tail, `types` of both with the direction."""

    forward: Ints
    head: Ints
    tail: Ints
    types: Ints
    gap: Ints
    apart: Ints
    count_head: Ints
    count_tail: Ints


def _facts(scene: Scene, head: Ints, tail: Ints, e: Edges) -> _Facts:
    forward = (head == e.first).astype(np.int64)
    h, t = scene.subtype[head], scene.subtype[tail]
    return _Facts(
        forward,
        h,
        t,
        types=_code(h, t, forward),
        gap=_bucket(e.right - e.left, (0, 1, 2, 3, 5, 8, 12, 20, 40, 80)),
        apart=np.minimum(np.abs(scene.sentence[head] - scene.sentence[tail]), FAR),
        count_head=np.minimum(_between_count(scene, e.first, e.second, h), 4),
        count_tail=np.minimum(_between_count(scene, e.first, e.second, t), 4),
    )


def templates(scene: Scene, head: Ints, tail: Ints, e: Edges, holds: Ints) -> Ints:
    """[pairs, templates] of codes below 2 ** TEMPLATE_BITS; `holds` says how names hold one another, see `features`."""
    f = _facts(scene, head, tail, e)
    columns = [
        *_layout_columns(scene, head, tail, e, f, holds),
        *_edge_columns(scene, head, tail, e, f),
        *_name_columns(scene, head, tail, f),
        *_content_columns(scene, e, f),
    ]
    return _hashed(columns, len(head))


def _hashed(columns: Columns, count: int) -> Ints:
    """[count, columns] of codes below 2 ** TEMPLATE_BITS; columns of as many parts are hashed at once."""
    codes = np.empty((len(columns), count), dtype=np.int64)
    for size in {len(parts) for parts in columns}:
        chosen = [number for number, parts in enumerate(columns) if len(parts) == size]
        mixed = np.array(chosen, dtype=np.uint64)[:, None] + np.uint64(1)
        for part in range(size):
            stacked = np.empty((len(chosen), count), dtype=np.int64)
            for at, number in enumerate(chosen):
                stacked[at] = columns[number][part]
            mixed = (mixed ^ stacked.view(np.uint64)) * _MULTIPLIER
            mixed ^= mixed >> np.uint64(32)
        mixed *= _MULTIPLIER
        codes[chosen] = (mixed >> np.uint64(64 - TEMPLATE_BITS)).view(np.int64)
    return codes.T


_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)


def _layout_columns(scene: Scene, head: Ints, tail: Ints, e: Edges, f: _Facts, holds: Ints) -> Columns:
    """Where the two stand: distance, what stands between, lists, chains of places, who opens the sentence."""
    same_clause = _flag(scene.clause[head] == scene.clause[tail])
    refs = _code(scene.kind[head], scene.rank[head], scene.kind[tail], scene.rank[tail])
    population = _entities_of_subtype(scene)
    many_head, many_tail = (_bucket(population[i], (1, 2, 3, 6)) for i in (head, tail))
    chain = _code(_flag(scene.prefix_of[tail] == head), _flag(scene.prefix_of[head] == tail))
    governs = _code(_flag(scene.governor[head] == tail), _flag(scene.governor[tail] == head))
    nested = holds[head, tail] * 5 + holds[tail, head]
    opens = _opens(scene)
    return [
        (f.types,),
        (f.types, f.apart),
        (f.types, f.gap),
        (f.types, f.gap, same_clause, _flag(f.apart == 0)),
        (f.types, refs),
        (f.forward, refs),
        (f.types, f.count_head),
        (f.types, f.count_tail),
        (f.types, np.minimum(f.count_head, 1), np.minimum(f.count_tail, 1), f.apart),
        (f.types, many_head),
        (f.types, many_tail),
        (f.types, chain),
        (f.types, governs),
        (f.forward, governs),
        (f.types, nested),
        (f.forward, nested, chain),
        (f.types, _flag(e.same_list)),
        (f.types, _flag(scene.prefix_of[head] >= 0), _flag(scene.prefix_of[tail] >= 0)),
        (f.types, np.minimum(scene.place_in_group[head], 3)),
        (f.types, np.minimum(scene.place_in_group[tail], 3)),
        (f.types, opens[head], opens[tail]),
        (f.types, opens[e.first], f.apart),
        (f.forward, opens[head], f.apart),
    ]


def _edge_columns(scene: Scene, head: Ints, tail: Ints, e: Edges, f: _Facts) -> Columns:
    """The words next to the two: the whole text between where it is short, and one or two tokens at each edge."""
    whole = _whole_between(scene, e)
    near = [token(scene, e.left + k) for k in range(2)] + [token(scene, e.right - k) for k in (1, 2)]
    behind = [token(scene, e.outer_right + k) for k in range(2)]
    ahead = [token(scene, e.outer_left - k) for k in (1, 2)]
    own = [token(scene, scene.last[i]) for i in (head, tail)] + [token(scene, scene.first[i] - 1) for i in (head, tail)]
    return [
        (f.types, whole),
        (f.forward, whole),
        (whole, f.tail),
        (whole, f.head),
        *((f.types, word) for word in (*near, *behind, *ahead, *own)),
        *((f.forward, word) for word in (*near, *behind, *ahead)),
        (f.forward, near[0], near[1]),
        (f.forward, near[3], near[2]),
        (f.forward, behind[0], behind[1]),
        (f.forward, ahead[1], ahead[0]),
        (f.tail, f.forward, near[3], near[2]),
        (f.tail, f.forward, behind[0], behind[1]),
        (f.head, f.forward, near[0], near[1]),
    ]


def _name_columns(scene: Scene, head: Ints, tail: Ints, f: _Facts) -> Columns:
    """How the two names end, in one, two and three characters (社, 委, 作社, 合作社)."""
    endings = [np.array([_name_code(m.name, n) for m in scene.mentions], dtype=np.int64) for n in (1, 2, 3)]
    return [
        *((ending[head], f.tail) for ending in endings),
        *((ending[tail], f.head) for ending in endings),
        (endings[0][head], endings[0][tail]),
    ]


def _content_columns(scene: Scene, e: Edges, f: _Facts) -> Columns:
    """Which sub-types and which classes of verbs stand between and behind the two."""
    inside = _types_between(scene, e)
    verbs = [_verb_set(scene.triggers[:, :_VERBS], low, high) for low, high in spans(scene, e)[:2]]
    return [
        (f.types, inside),
        (f.forward, inside),
        (f.types, verbs[0]),
        (f.types, verbs[1]),
        (f.forward, verbs[0], verbs[1]),
        (f.types, _flag(f.apart == 0), *verbs),
        (f.types, f.gap, np.minimum(f.count_head, 2), np.minimum(f.count_tail, 2)),
    ]


def _flag(condition: NDArray[np.bool_]) -> Ints:
    return condition.astype(np.int64)


def _code(*columns: Ints) -> Ints:
    return mix(*columns).astype(np.int64)


def spans(scene: Scene, e: Edges) -> list[tuple[Ints, Ints]]:
    """Where words are looked for, in characters: between the pair, behind it, before it, …"""
    first_end, second_start, second_end = scene.end[e.first], scene.start[e.second], scene.end[e.second]
    clause_1, clause_2 = scene.clause[e.first], scene.clause[e.second]
    begin, finish = scene.clause_bounds[clause_1], scene.clause_bounds[clause_2 + 1]
    first_clause_end = np.minimum(scene.clause_bounds[clause_1 + 1], second_start)
    return [
        (first_end, second_start),
        (second_end, finish),
        (begin, scene.start[e.first]),
        (np.maximum(scene.clause_bounds[clause_2], first_end), second_start),
        (second_end, scene.sentence_starts[scene.sentence[e.second]]),
        (first_end, first_clause_end),
        (begin, finish),
    ]


def _verb_set(counts: Ints, low: Ints, high: Ints) -> Ints:
    """Which verb classes stand in [low, high), as bits."""
    grows = (counts[np.maximum(high, low)] > counts[low]).astype(np.int64)
    bits: Ints = grows @ (1 << np.arange(counts.shape[1], dtype=np.int64))
    return bits


def _opens(scene: Scene) -> Ints:
    """For each item: 2 if it is the first of its sentence, 1 if the first of its clause, else 0."""
    new_sentence = np.ones(len(scene.start), dtype=np.int64)
    new_sentence[1:] = scene.sentence[1:] != scene.sentence[:-1]
    new_clause = np.ones(len(scene.start), dtype=np.int64)
    new_clause[1:] = scene.clause[1:] != scene.clause[:-1]
    return np.maximum(2 * new_sentence, new_clause)


def _types_between(scene: Scene, e: Edges) -> Ints:
    """A set of bits: which sub-types stand between the pair."""
    bits = np.zeros(len(e.first), dtype=np.int64)
    for subtype in range(len(SUBTYPES)):
        count = _between_count(scene, e.first, e.second, np.full(len(e.first), subtype))
        bits |= (count > 0).astype(np.int64) << subtype
    return bits


def _whole_between(scene: Scene, e: Edges) -> Ints:
    """A code of the whole text between where it is at most eight tokens, else 0."""
    length = e.right - e.left
    code = np.full(len(length), 11, dtype=np.int64)
    for k in range(8):
        code = np.where(k < length, mix(code, token(scene, e.left + k)).astype(np.int64), code)
    return np.where(length <= 8, code, 0)

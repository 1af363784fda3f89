"""Features of pairs of items: which pairs are candidates, and what the relation model sees of each.

Everything is an integer array over the candidate pairs, so a report costs a few hundred array operations and no loop
over pairs. Two kinds of features: *templates* (one hashed code a pair each: types, distances, words at the edges) and
*segments* (bags of hashed n-grams of masked tokens: before the first, behind the first, before the second, after it).
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from graph.ontology import ontology
from ingest.claims.modality import KINDS
from ingest.claims.relations_scene import SUBTYPES, Ints, Scene
from ingest.claims.relations_templates import Edges, mix, spans, templates
from ingest.claims.relations_triggers import CLASSES

RELATIONS = tuple(ontology().relations)
REACH = (2, 1, 0)  # sentences that two names, a name and a reference, two references may lie apart
CHARACTERS_APART = 400
GRAM_BITS = 16
SEGMENTS = 4
WORD_BITS = 7 * (len(CLASSES) + len(KINDS))
_BEFORE, _BETWEEN, _AFTER = 8, 16, 16  # tokens
_LONGEST = 32  # more than any of them


@dataclass(frozen=True, slots=True)
class Pairs:
    """Candidate pairs of one scene. `head`, `tail` are item numbers; `forward` says that the head stands first.

    `templates` is [pairs, templates] of hashed codes. `segments` [pairs, SEGMENTS] numbers the stretches of text around
    them: pairs share many, so `grams` holds the n-gram codes of each distinct one, one after the other, and `lengths`
    how many it has. `words` [pairs, WORD_BITS] says which words stand where.
    """

    head: Ints
    tail: Ints
    forward: NDArray[np.bool_]
    templates: Ints
    segments: Ints
    grams: Ints
    lengths: Ints
    words: NDArray[np.bool_]


@cache
def allowed() -> NDArray[np.bool_]:
    """[sub-types, sub-types, relations]: whether the ontology lets the relation lead from one to the other."""
    types = {
        "Community": "Village",
        "Province": "Division",
        "City": "Division",
        "County": "Division",
        "Township": "Division",
    }
    names = [types.get(s, s) for s in SUBTYPES]
    relations = [ontology().relation(r) for r in RELATIONS]
    rows = [[[r.allows(h, t) for r in relations] for t in names] for h in names]
    return np.array(rows, dtype=np.bool_)


@cache
def _related() -> NDArray[np.bool_]:
    """[sub-types, sub-types]: whether any relation may lead from one to the other."""
    return np.asarray(np.any(allowed(), axis=2), dtype=np.bool_)


def candidates(scene: Scene, holds: Ints) -> tuple[Ints, Ints]:
    """Numbers of head and tail items of every ordered pair worth judging; `holds` is `_contains(scene)`."""
    if not len(scene.start):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    references = (scene.kind[:, None] > 0).astype(np.int64) + (scene.kind[None, :] > 0)
    fits = np.abs(scene.sentence[:, None] - scene.sentence[None, :]) <= np.array(REACH)[references]
    fits &= np.abs(scene.start[:, None] - scene.start[None, :]) <= CHARACTERS_APART
    fits |= _distant(scene, holds)
    fits &= _related()[scene.subtype[:, None], scene.subtype[None, :]]
    fits &= scene.entity[:, None] != scene.entity[None, :]
    # Two guesses about one word never form a pair, nor do two second guesses.
    fits &= scene.start[:, None] != scene.start[None, :]
    fits &= (scene.rank[:, None] + scene.rank[None, :]) <= 1
    head, tail = np.nonzero(fits)
    return head, tail


_CONTAINERS = ("Township", "County", "City")
_CONTAINED = tuple(SUBTYPES.index(s) for s in ("Village", "Community", "Department", "PartyOrganization", "Township"))


def _distant(scene: Scene, holds: Ints) -> NDArray[np.bool_]:
    """Pairs however far apart: a thing where it is first named, with what its name holds and the places named last."""
    far = np.zeros((len(scene.start), len(scene.start)), dtype=bool)
    real = np.flatnonzero(scene.kind == 0)
    _, first = np.unique(scene.entity[real], return_index=True)
    for item in real[first]:
        held = real[holds[item, real] > 0]
        order = held[np.argsort(np.abs(scene.start[held] - scene.start[item]), kind="stable")]
        _, nearest = np.unique(scene.entity[order], return_index=True)
        far[item, order[nearest]] = True
        if scene.subtype[item] in _CONTAINED:
            for level in _CONTAINERS:
                before = real[(scene.subtype[real] == SUBTYPES.index(level)) & (real < item)]
                far[item, before[-1:]] = True
    return far


def _contains(scene: Scene) -> NDArray[np.int64]:
    """[items, items]: how the row's form holds the column's: at its beginning (4 whole, 3 the stem) or inside."""
    forms = sorted({m.form for m in scene.mentions})
    number = {form: i for i, form in enumerate(forms)}
    stems = [f.removesuffix("街道") if len(f) > 3 else f for f in forms]
    stems = [f[:-1] if len(f) > 2 and f[-1] in "省市县区镇乡村" else f for f in stems]
    table = np.zeros((len(forms), len(forms)), dtype=np.int64)
    for column, (name, stem) in enumerate(zip(forms, stems, strict=True)):
        for row, form in enumerate(forms):
            if stem in form and len(stem) > 1 and len(form) > len(name):
                table[row, column] = 2 * form.startswith(stem) + 1 + (name in form)
    index = np.array([number[m.form] for m in scene.mentions], dtype=np.int64)
    return np.asarray(table[index[:, None], index[None, :]], dtype=np.int64)


def pair_features(scene: Scene) -> Pairs:
    """The candidate pairs of `scene` with their features."""
    holds = _contains(scene)
    head, tail = candidates(scene, holds)
    forward = scene.start[head] < scene.start[tail]
    first, second = np.where(forward, head, tail), np.where(forward, tail, head)
    edges = Edges(scene, first, second)
    segments, grams, lengths = _segments(scene, first, second, edges)
    codes = templates(scene, head, tail, edges, holds)
    return Pairs(head, tail, forward, codes, segments, grams, lengths, _word_bits(scene, edges))


def _word_bits(scene: Scene, e: Edges) -> NDArray[np.bool_]:
    """[pairs, WORD_BITS]: which trigger classes and modality cues stand in each of the spans."""
    counts = np.concatenate([scene.triggers, scene.cues], axis=1)
    return np.concatenate([counts[np.maximum(high, low)] > counts[low] for low, high in spans(scene, e)], axis=1)


def gram_codes(tokens: Ints) -> tuple[Ints, Ints, Ints]:
    """Codes of the uni-, bi- and trigrams that begin at each token."""
    padded = np.concatenate([tokens, [-1, -1]])
    one = mix(padded[:-2], 1)
    two = mix(padded[:-2], padded[1:-1], 2)
    three = mix(padded[:-2], padded[1:-1], padded[2:], 3)
    mask = np.uint64((1 << GRAM_BITS) - 1)
    return (one & mask).astype(np.int64), (two & mask).astype(np.int64), (three & mask).astype(np.int64)


def _segments(scene: Scene, first: Ints, second: Ints, e: Edges) -> tuple[Ints, Ints, Ints]:
    """[pairs, SEGMENTS] numbers of distinct segments, the n-gram codes of these, flat, and how many each has."""
    if not len(first):
        return np.zeros((0, SEGMENTS), dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    bounds = scene.sentence_bounds
    begin = bounds[np.maximum(scene.sentence[first] - 1, 0)]
    finish = bounds[np.minimum(scene.sentence[second], len(bounds) - 1)]
    ranges = [
        (np.maximum(e.outer_left - _BEFORE, begin), e.outer_left),
        (e.left, np.minimum(e.left + _BETWEEN, e.right)),
        (np.maximum(e.right - _BETWEEN, e.left), e.right),
        (e.outer_right, np.minimum(e.outer_right + _AFTER, finish)),
    ]
    low = np.stack([low for low, _ in ranges], axis=1)
    size = np.maximum(np.stack([high for _, high in ranges], axis=1) - low, 0)
    distinct, number = np.unique((low * _LONGEST + size).ravel(), return_inverse=True)
    starts, sizes = distinct // _LONGEST, distinct % _LONGEST
    codes = gram_codes(scene.tokens)
    flat_starts, flat_sizes = np.repeat(starts, 3), np.empty(sizes.size * 3, dtype=np.int64)
    for n in range(3):
        flat_sizes[n::3] = np.maximum(sizes - n, 0)
    total = int(flat_sizes.sum())
    offset = np.repeat(np.cumsum(flat_sizes) - flat_sizes, flat_sizes)
    places = np.arange(total) - offset + np.repeat(flat_starts, flat_sizes)
    which = np.repeat(np.tile(np.arange(3), sizes.size), flat_sizes)
    table = np.stack(codes)
    grams: Ints = table[which, places]
    return number.reshape(low.shape).astype(np.int64), grams, flat_sizes.reshape(-1, 3).sum(axis=1)

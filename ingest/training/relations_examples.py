"""Training examples for relations: the candidate pairs of an annotated report and what its gold says of each."""

import random
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.ontology import ontology
from graph.records import Mention
from ingest.claims.features import RELATIONS, Pairs, pair_features
from ingest.claims.relations_model import permitted
from ingest.claims.relations_scene import Scene, build_scene
from ingest.training.gold import GoldReport, occurrences, places

OPTIONAL_WEIGHT = 0.5  # careful readers disagree on these rows: they teach half
DROPPED, RETYPED, INVENTED = 0.08, 0.03, 0.04  # shares of mentions that a tagger of F1 0.82 misses, mistypes, invents


@dataclass(frozen=True, slots=True)
class Example:
    """One report: `wanted`, `weight` [pairs, relations] (weight 0: nobody is judged there).
    `rows` are the report's gold relations.
    """

    name: str
    scene: Scene
    pairs: Pairs
    wanted: NDArray[np.float32]
    weight: NDArray[np.float32]
    rows: list[dict[str, Any]]


def implied_containment(rows: Iterable[dict[str, Any]]) -> set[tuple[str, str]]:
    """(inner, outer) pairs that follow from chains of located_in: neither asked for nor wrong."""
    inside: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row["type"] == "located_in":
            inside[row["head"]].add(row["tail"])
    implied = set()
    for start in list(inside):
        seen: set[str] = set()
        open_ends = list(inside[start])
        while open_ends:
            place = open_ends.pop()
            if place not in seen:
                seen.add(place)
                open_ends += inside.get(place, ())
        implied |= {(start, place) for place in seen}
    return implied


def blurred(mentions: Sequence[Mention], text: str, rng: random.Random) -> list[Mention]:
    """`mentions` as a tagger that errs would give them: some missing, some of a wrong type, some invented."""
    types = list(ontology().entity_types)
    retyped = {name: rng.choice(types) for name in sorted({m.name for m in mentions}) if rng.random() < RETYPED}
    taken = bytearray(len(text))
    for m in mentions:
        taken[m.start : m.end] = b"\1" * (m.end - m.start)
    kept = [replace(m, type=retyped.get(m.name, m.type)) for m in mentions if rng.random() >= DROPPED]
    for _ in range(int(len(mentions) * INVENTED)):
        size = rng.randint(2, 6)
        start = rng.randrange(max(len(text) - size, 1))
        form = text[start : start + size]
        if form and not any(taken[start : start + size]) and re.fullmatch(r"\w+", form):
            taken[start : start + size] = b"\1" * size
            kept.append(Mention(mentions[0].report, start, start + size, rng.choice(types), form, form))
    return sorted(kept, key=lambda m: m.start)


def example(gold: GoldReport, rng: random.Random | None = None) -> Example:
    """The example of one report; with `rng` its mentions are blurred first.

    The gold's `within` is blanked: it would give away located_in.
    """
    mentions: Sequence[Mention] = [replace(m, within="") for m in gold.mentions]
    if rng is not None and mentions:
        mentions = blurred(mentions, gold.report.text, rng)
    scene = build_scene(gold.report, mentions)
    pairs = pair_features(scene)
    fits = permitted(scene, pairs)
    made = Example(
        gold.report.stem,
        scene,
        pairs,
        np.zeros(fits.shape, dtype=np.float32),
        fits.astype(np.float32),
        gold.relations,
    )
    by_names: dict[tuple[str, str], list[int]] = defaultdict(list)
    for pair, (head, tail) in enumerate(zip(pairs.head, pairs.tail, strict=True)):
        by_names[scene.mentions[head].name, scene.mentions[tail].name].append(pair)
    for names in implied_containment(gold.relations):
        made.weight[by_names[names], RELATIONS.index("located_in")] = 0
    bare, offsets = places(gold.report.text)
    for row in gold.relations:
        spans = list(occurrences(row.get("evidence") or "", bare, offsets))
        _teach(made, row, spans, by_names, fits)
    return made


def _teach(
    made: Example,
    row: dict[str, Any],
    spans: Sequence[tuple[int, int]],
    by_names: dict[tuple[str, str], list[int]],
    fits: NDArray[np.bool_],
) -> None:
    """Mark the pairs that say `row`: those nearest to its evidence, and all inside it; the others are not judged."""
    relation = RELATIONS.index(row["type"])
    pairs = list(by_names[row["head"], row["tail"]])
    if ontology().relation(row["type"]).symmetric:
        pairs += by_names[row["tail"], row["head"]]
    pairs = [p for p in pairs if fits[p, relation]]
    distance = {p: _distance(made, p, spans) for p in pairs}
    nearest = min(distance.values(), default=0)
    for pair in pairs:
        if distance[pair] <= nearest or (spans and not distance[pair]):
            made.wanted[pair, relation] = 1
            made.weight[pair, relation] = OPTIONAL_WEIGHT if row.get("optional") else 1
        elif not made.wanted[pair, relation]:
            made.weight[pair, relation] = 0


def _distance(made: Example, pair: int, spans: Sequence[tuple[int, int]]) -> int:
    """How far the pair lies from the evidence; without evidence, how far its ends lie apart. In characters."""
    scene, items = made.scene, (made.pairs.head[pair], made.pairs.tail[pair])
    if not spans:
        return abs(int(scene.start[items[0]]) - int(scene.start[items[1]]))
    return min(sum(max(0, a - int(scene.end[i]), int(scene.start[i]) - b) for i in items) for a, b in spans)

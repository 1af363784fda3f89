"""Training examples for relations: the candidate pairs of an annotated report and what its gold says of each."""

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
from ingest.training.gold import GoldReport, bare_form, occurrences, places

OPTIONAL_WEIGHT = 0.5  # careful readers disagree on these rows: they teach half


@dataclass(frozen=True, slots=True)
class Example:
    """One report: `wanted`, `weight` [pairs, relations] (weight 0: nobody is judged there).
    `rows` are the report's gold relations; `names` [items] the gold names of the things meant, '' for what is none.
    """

    name: str
    scene: Scene
    pairs: Pairs
    names: list[str]
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


def aligned(mentions: Sequence[Mention], gold: Sequence[Mention]) -> dict[tuple[str, str], str]:
    """(type, name) of each thing in `mentions` → the gold thing that has one of its forms, '' where none has.

    A thing of the same type goes first.
    """
    typed: dict[tuple[str, str], str] = {}
    for m in gold:
        for form in (m.name, m.form):
            typed.setdefault((m.type, bare_form(form)), m.name)
    loose: dict[str, str] = {}
    for (_, form), name in typed.items():
        loose.setdefault(form, name)
    forms: dict[tuple[str, str], list[str]] = defaultdict(list)
    for m in mentions:
        forms[m.type, m.name] += [bare_form(m.name), bare_form(m.form)]
    found = {}
    for (kind, name), written in forms.items():
        fits = [typed[kind, form] for form in written if (kind, form) in typed]
        fits += [loose[form] for form in written if form in loose]
        found[kind, name] = fits[0] if fits else ""
    return found


def example(gold: GoldReport, mentions: Sequence[Mention] | None = None) -> Example:
    """The example of one report, with its gold mentions or with those that the program has found in it.

    The gold's `within` is blanked: it would give away located_in.
    """
    if mentions is None:
        mentions = [replace(m, within="") for m in gold.mentions]
    scene = build_scene(gold.report, mentions)
    pairs = pair_features(scene)
    fits = permitted(scene, pairs)
    meant = aligned(mentions, gold.mentions)
    names = [meant[m.type, m.name] for m in scene.mentions]
    shape = fits.shape
    made = Example(
        gold.report.stem, scene, pairs, names, np.zeros(shape, np.float32), fits.astype(np.float32), gold.relations
    )
    by_names: dict[tuple[str, str], list[int]] = defaultdict(list)
    for pair, (head, tail) in enumerate(zip(pairs.head, pairs.tail, strict=True)):
        by_names[names[head], names[tail]].append(pair)
    for ends in implied_containment(gold.relations):
        made.weight[by_names[ends], RELATIONS.index("located_in")] = 0
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

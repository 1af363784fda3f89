"""Which of the things spoken of nearby a figure measures: candidates ranked by a model with learned weights."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from ingest.claims.figures_cast import Cast
from ingest.claims.figures_features import ATOMS, CARRIED, CASE, STATIC, Candidate, Setting, atoms
from ingest.claims.figures_quantities import Quantity
from ingest.models.hashed import HashedModel, Ints

NEAREST = 8  # distinct things looked back at; those later in the sentence and the case's main bodies come on top
LATER = 2
MAIN = ("Alliance", "Village", "Enterprise", "Place", "Programme")


def candidates(quantity: Quantity, cast: Cast, bounds: tuple[int, int], main: dict[str, int]) -> list[Candidate]:
    """Distinct things around the number inside the case at `bounds`, each by its nearest place, and the case itself."""
    seen: set[int] = set()
    found: list[Candidate] = []
    at = cast.before(quantity.start)
    for index in range(at - 1, -1, -1):
        place = cast.spoken[index]
        if place.start < bounds[0] or len(found) >= NEAREST:
            break
        if place.thing not in seen:
            seen.add(place.thing)
            found.append(Candidate(place.thing, index, len(found)))
    end = min(cast.scene.sentence(quantity.number)[1], bounds[1])
    later = 0
    for index in range(at, len(cast.spoken)):
        place = cast.spoken[index]
        if place.start >= end or later == LATER:
            break
        if place.guess == 0 and place.thing not in seen:
            seen.add(place.thing)
            found.append(Candidate(place.thing, index, NEAREST + later))
            later += 1
    for kind in MAIN:
        thing = main.get(kind)
        if thing is not None and thing not in seen:
            seen.add(thing)
            index = cast.first[thing]
            found.append(Candidate(thing, index, NEAREST + LATER))
    return [*found, Candidate(CASE, -1, NEAREST + LATER + 1)]


class Ranked(NamedTuple):
    """One figure's candidates with their scores where the figure before was another's, and where it was theirs."""

    options: list[Candidate]
    another: list[float]
    same: list[float]


class Asked(NamedTuple):
    """One figure's candidates and the numbers of their features; `first` of its case."""

    options: list[Candidate]
    rows: list[list[int]]
    run: list[tuple[int, int, int]]
    first: bool


def asked(at: Setting, cast: Cast, main: dict[str, int], floor: int) -> Asked:
    """The candidates of one figure; `floor` is where the figure before in the same case ends, 0 for the first."""
    q = at.quantity
    options = candidates(q, cast, at.bounds, main)
    rows = atoms(options, at, cast, main)
    edges = (at.clause[0], at.sentence[0], at.earlier, at.line[0])
    gap = next((gap for gap, edge in enumerate(edges, start=1) if floor > edge), 5) if floor else 0
    new = min(3, sum(p.guess == 0 for p in cast.spoken[cast.before(floor) : cast.before(q.start)]))
    run = [(gap, new, int(o.place >= 0 and cast.spoken[o.place].start >= floor)) for o in options]
    return Asked(options, rows, run, not floor)


def codes(question: Asked, same: Sequence[int]) -> Ints:
    """[candidates, features] of one figure where `same` says which candidate was the subject before (2: none was)."""
    carried = [
        [*row[: len(ATOMS)], was, *run, int(question.first)]
        for row, run, was in zip(question.rows, question.run, same, strict=True)
    ]
    return np.concatenate([STATIC.codes(question.rows), CARRIED.codes(carried)], axis=1)


def ranked(questions: Sequence[Asked], model: HashedModel) -> list[Ranked]:
    """The scores of all candidates of all figures of a report."""
    if not questions:
        return []
    rows = np.array([row for question in questions for row in question.rows], dtype=np.int64)
    runs = np.array([(*run, int(q.first)) for q in questions for run in q.run], dtype=np.int64)
    static, plain = model.scores(STATIC.codes(rows)), rows[:, : len(ATOMS)]
    ways = []
    for same in (0, 1):
        was = np.where(runs[:, -1:] == 1, 2, same)
        ways.append((static + model.scores(CARRIED.codes(np.concatenate([plain, was, runs], axis=1)))).tolist())
    found, at = [], 0
    for question in questions:
        end = at + len(question.rows)
        found.append(Ranked(question.options, ways[0][at:end], ways[1][at:end]))
        at = end
    return found


def subjects(questions: Sequence[Ranked], carried: Sequence[bool]) -> list[int]:
    """The most probable thing of each figure of one case, in text order; `carried` says which share the one before's.

    What the figure before was about is known only in probability: each candidate's chances are summed over it.
    """
    found: list[int] = []
    before: dict[int, float] = {}
    for question, same in zip(questions, carried, strict=True):
        if not (same and found):
            before = _chances(question, before)
        found.append(max(before, key=before.__getitem__))
    return found


def _chances(question: Ranked, before: dict[int, float]) -> dict[int, float]:
    """Thing → probability, given those of the figure before (empty where there is none)."""
    things = [option.thing for option in question.options]
    scores = np.tile(np.array(question.another), (len(things) + 1, 1))  # a row for each that may have gone before
    np.fill_diagonal(scores, question.same)  # the last row: none of these
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    past = np.array([before.get(thing, 0.0) for thing in things])
    weights = np.append(past, 1.0 - past.sum())
    chances = weights @ (powers / powers.sum(axis=1, keepdims=True))
    return dict(zip(things, chances.tolist(), strict=True))

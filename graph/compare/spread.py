"""Where a model has been carried: steps of `replicated_to`, with when, how far, and whether it held.

    trees(spread_of(claims, entities, reports, cases)) -> list[Tree]
    chains(steps) -> list[list[Step]]

A step leads from what was carried (a model, a facility, an alliance, a village or a firm) to where it was carried.
Chains go on where that place is the origin of another step, or the home of what was carried on from there later.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from graph.compare.points import kilometres
from graph.compare.spread_home import Homes, Site
from graph.identity import Entities, Entity
from graph.records import Case, Claim, Report

CARRIED = "replicated_to"
STATES = {"asserted": "done", "planned": "planned", "negated": "given up"}
# Km to which a distance is rounded. By the table itself, a township lies 16 km from its county's point, a county 42 km
# from its prefecture's (medians).
GRAIN = {"township": 1, "county": 10, "prefecture": 50, "province": 100}
NOT_YET = re.compile("尚未|还未|暂未|仍未|未及|还没|尚无|有待")  # a denial that leaves the door open


@dataclass(frozen=True, slots=True)
class Step:
    """One carrying over. `state` is done, planned, `not yet` or given up; `claims` are the ids behind it.

    `date` is when it is said to hold, else (`dated` False) that of the earliest report. `levels` is how far apart home
    and target lie by official codes: 0 one township, 1 one county, 2 one prefecture, 3 one province, 4 across
    provinces; -1 where the codes are not known. `km` is the distance between their points, rounded as far as the
    coarser of the two is exact; None where it cannot be told.
    """

    origin: Entity
    target: Entity
    state: str
    date: str
    dated: bool
    home: Site
    goal: Site
    levels: int
    km: int | None
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """A step and what was carried on from where it led."""

    step: Step
    onward: tuple["Branch", ...] = ()


@dataclass(frozen=True, slots=True)
class Tree:
    """An origin to which nothing was carried before, where it is at home, and all that went out from it."""

    origin: Entity
    home: Site
    branches: tuple[Branch, ...]

    def steps(self) -> "list[Step]":
        """Every step of the tree once, in its order."""
        found = {id(step): step for branch in self.branches for path in paths(branch) for step in path}
        return list(found.values())


def levels_apart(one: str, other: str) -> int:
    """How many levels of administration two statistical codes (2 to 12 digits) lie apart; -1 where one is missing."""
    if not one or not other:
        return -1
    for apart, digits in enumerate((9, 6, 4, 2)):
        if len(one) >= digits and len(other) >= digits and one[:digits] == other[:digits]:
            return apart
    return 4 if one[:2] != other[:2] else 3


def distance(one: Site, other: Site) -> int | None:
    """Kilometres between two sites, rounded as far as their points are exact.

    None where a point is missing, or where the two are too near for what is known of them.
    """
    if not one.point or not other.point:
        return None
    grain = max(GRAIN[one.point.precision], GRAIN[other.point.precision])
    return round(kilometres(one.point.at, other.point.at) / grain) * grain or None


def spread_of(
    claims: Sequence[Claim], entities: Entities, reports: Mapping[str, Report], cases: Sequence[Case] = ()
) -> list[Step]:
    """All steps that the claims tell of, the earliest first; `cases` help to find where a model is at home."""
    found: dict[tuple[str, str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.type != CARRIED:
            continue
        origin, target = entities.of_mention.get(claim.head), entities.of_mention.get(claim.tail)
        if origin and target and origin != target:
            found[origin, target, _state(claim, reports[claim.report])].append(claim)
    homes = Homes(claims, entities, cases)
    steps = [_step(entities, homes, reports, key, own) for key, own in found.items()]
    return sorted(steps, key=lambda s: (s.date or "9999", s.origin.name, s.target.name, s.state, s.target.id))


def _state(claim: Claim, report: Report) -> str:
    if claim.modality == "negated" and NOT_YET.search(report.text[claim.start : claim.end]):
        return "not yet"
    return STATES[claim.modality]


def _step(
    entities: Entities, homes: Homes, reports: Mapping[str, Report], key: tuple[str, str, str], own: Sequence[Claim]
) -> Step:
    origin, target, state = key
    own = sorted(own, key=lambda claim: (reports[claim.report].date or "9999", claim.report, claim.start))
    home, goal = homes.site(origin, own), homes.site(target)
    said = min((claim.since for claim in own if claim.since), default="")
    return Step(
        entities.by_id[origin],
        entities.by_id[target],
        state,
        said or min((date for claim in own if (date := reports[claim.report].date)), default=""),
        bool(said),
        home,
        goal,
        levels_apart(home.code, goal.code),
        distance(home, goal),
        tuple(sorted(claim.id for claim in own)),
    )


def _onward(step: Step, steps: Mapping[str, Sequence[Step]]) -> Iterator[Step]:
    """The steps that go on from where `step` led: only what was done leads on."""
    for other in steps.get(step.target.id, ()) if step.state == "done" else ():
        itself = other.origin.id == step.target.id
        if itself or (other.origin.id != step.origin.id and other.date >= step.date):
            yield other


def trees(steps: Sequence[Step]) -> list[Tree]:
    """Steps as trees, an origin a tree, the earliest first.

    A place is followed onward once in a tree, so what was carried round in a circle ends where it began.
    """
    out_of: dict[str, list[Step]] = defaultdict(list)
    for step in steps:
        for source in {step.origin.id, step.home.entity.id if step.home.entity else step.origin.id}:
            out_of[source].append(step)
    led_to = {id(other) for step in steps for other in _onward(step, out_of)}
    found: dict[tuple[str, str], list[Branch]] = defaultdict(list)
    drawn: set[int] = set()
    for step in [*(s for s in steps if id(s) not in led_to), *steps]:  # what is left lies in circles
        if id(step) not in drawn:
            seen = {step.origin.id}
            found[step.origin.id, step.home.entity.id if step.home.entity else ""].append(
                _branch(step, out_of, seen, drawn)
            )
    made = [Tree(own[0].step.origin, own[0].step.home, tuple(own)) for own in found.values()]
    return sorted(made, key=lambda tree: (min(b.step.date or "9999" for b in tree.branches), tree.origin.name))


def _branch(step: Step, out_of: Mapping[str, Sequence[Step]], seen: set[str], drawn: set[int]) -> Branch:
    drawn.add(id(step))
    further = []
    if step.target.id not in seen:
        seen.add(step.target.id)
        further = [s for s in _onward(step, out_of) if s.target.id not in seen]
    return Branch(step, tuple(_branch(s, out_of, seen, drawn) for s in further))


def paths(branch: Branch) -> Iterator[list[Step]]:
    """Every way from a branch to its ends."""
    if not branch.onward:
        yield [branch.step]
    for further in branch.onward:
        for path in paths(further):
            yield [branch.step, *path]


def chains(steps: Sequence[Step]) -> list[list[Step]]:
    """Steps strung together: each list begins at an origin to which nothing was carried, and follows it onward.

    A step that was planned or given up ends its chain. What was carried round in a circle is followed once.
    """
    return [path for tree in trees(steps) for branch in tree.branches for path in paths(branch)]

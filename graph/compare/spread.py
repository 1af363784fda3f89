"""Where a model has been carried: chains of `replicated_to`, with when, how far, and whether it held.

    chains(spread_of(claims, entities, reports)) -> list[list[Step]]

A step leads from what was carried (a model, a facility, an alliance, a village or a firm) to where it was carried.
Chains go on where the place itself, or what lies in it, is the origin of another step.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.identity import Entities, Entity
from graph.records import Claim, Report

CARRIED = "replicated_to"
STATES = {"asserted": "done", "planned": "planned", "negated": "given up"}


@dataclass(frozen=True, slots=True)
class Step:
    """One carrying over. `state` is done, planned or given up; `date` when it is said to hold, else that of the report.

    `levels` is how far apart origin and target lie by official codes: 0 one township, 1 one county, 2 one prefecture,
    3 one province, 4 across provinces; -1 where the codes are not known. `claims` are the ids behind it.
    """

    origin: Entity
    target: Entity
    state: str
    date: str
    levels: int
    claims: tuple[str, ...]


def levels_apart(one: str, other: str) -> int:
    """How many levels of administration two statistical codes (2 to 12 digits) lie apart; -1 where one is missing."""
    if not one or not other:
        return -1
    for apart, digits in enumerate((9, 6, 4, 2)):
        if len(one) >= digits and len(other) >= digits and one[:digits] == other[:digits]:
            return apart
    return 4 if one[:2] != other[:2] else 3


def spread_of(claims: Sequence[Claim], entities: Entities, reports: Mapping[str, Report]) -> list[Step]:
    """All steps that the claims tell of, the earliest first."""
    found: dict[tuple[str, str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.type != CARRIED:
            continue
        origin, target = entities.of_mention.get(claim.head), entities.of_mention.get(claim.tail)
        if origin and target and origin != target:
            found[origin, target, claim.modality].append(claim)
    seats = _seats(claims, entities)
    steps = [
        Step(
            entities.by_id[origin],
            entities.by_id[target],
            STATES[modality],
            min((date for c in own if (date := c.since or reports[c.report].date)), default=""),
            levels_apart(_code(origin, entities, seats), _code(target, entities, seats)),
            tuple(sorted(c.id for c in own)),
        )
        for (origin, target, modality), own in found.items()
    ]
    return sorted(steps, key=lambda s: (s.date or "9999", s.origin.name, s.target.name, s.state))


def _seats(claims: Sequence[Claim], entities: Entities) -> dict[str, str]:
    """Entity → an entity that lies nearest above it, or that carries it out."""
    seats: dict[str, str] = {}
    for claim in claims:
        head, tail = entities.of_mention.get(claim.head), entities.of_mention.get(claim.tail)
        if head and tail and claim.modality == "asserted":
            if claim.type == "located_in":
                seats[head] = tail
            elif claim.type in ("implements", "member_of"):
                seats.setdefault(tail, head)
    return seats


def _code(entity: str, entities: Entities, seats: Mapping[str, str]) -> str:
    """The code of an entity, else that of the nearest thing it lies in or is carried out by."""
    seen: set[str] = set()
    while entity and entity not in seen:
        if code := entities.by_id[entity].code:
            return code
        seen.add(entity)
        entity = seats.get(entity, "")
    return ""


def chains(steps: Sequence[Step]) -> list[list[Step]]:
    """Steps strung together: each list begins at an origin to which nothing was carried, and follows it onward.

    A step that was planned or given up ends its chain. What was carried round in a circle is followed once.
    """
    onward: dict[str, list[Step]] = defaultdict(list)
    for step in steps:
        onward[step.origin.id].append(step)
    reached = {step.target.id for step in steps if step.state == "done"}
    starts = [step for step in steps if step.origin.id not in reached] or list(steps)
    found: list[list[Step]] = []

    def follow(path: list[Step]) -> None:
        last = path[-1]
        seen = {step.origin.id for step in path}
        further = [s for s in onward.get(last.target.id, []) if s.target.id not in seen] if last.state == "done" else []
        if not further:
            found.append(path)
        for step in further:
            follow([*path, step])

    for step in starts:
        follow([step])
    return found

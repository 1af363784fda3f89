"""Where else it could go: places that were before what the origin was before, with what they have and what they lack.

    ground = Atlas.of(records)
    elsewhere(ground.origin(case), ground, case, top=10) -> Elsewhere

Likeness is a sum of named features, each with its reason and the proofs on both sides: kind of place, products,
trades, resources, starting problems, and how alike what is told of both reads where the library has vectors. Places
that take part in the case already, or hold the origin, are left out; where it was carried to is marked, not ranked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.compare.before import KINDS, Holdings, Proof, Setting, Trait, products, settings_of
from graph.compare.elsewhere_needs import Need, Party, Ties, needs
from graph.compare.spread import Step, distance, levels_apart, spread_of
from graph.compare.spread_home import Homes, places_of
from graph.errors import NotFoundError
from graph.identity import Entity
from graph.records import Case

WEIGHTS = {"problem": 1.0, "product": 1.0, "resource": 0.8, "trade": 0.6, "kind": 0.5, "meaning": 0.3}
FEATURES = ("problem", "product", "resource", "trade")
SAID = {
    "problem": ("当初同样{}", "began with the same trouble: {}"),
    "product": ("都出产{}", "both make {}"),
    "resource": ("都有{}", "both have {}"),
    "trade": ("都做{}", "both are in {}"),
}
STATES = ("done", "planned", "not yet", "given up")  # what counts first where a place was carried to more than once
ALIKE = 2.0  # standard deviations above the mean from which reading alike says something by itself


@dataclass(frozen=True, slots=True)
class Likeness:
    """One feature of the likeness: what it adds, in both languages, and the proofs at the origin and at the place."""

    feature: str
    points: float
    text: str
    english: str
    here: tuple[Proof, ...] = ()
    there: tuple[Proof, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place it could go to. `state` is that of the step that led there before: planned, `not yet`, given up, or ''.

    `lacks` are traits of the origin of which nothing is said of this place; `levels` and `km` how far it is.
    """

    place: Entity
    kind: str
    score: float
    likeness: tuple[Likeness, ...]
    lacks: tuple[Trait, ...]
    needs: tuple[Need, ...]
    state: str = ""
    levels: int = -1
    km: int | None = None


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The answer for a place: what it was before, what its mechanism needs, where else, and where already."""

    case: Case | None
    origin: Setting
    needs: Mapping[str, tuple[Party, ...]]
    candidates: tuple[Candidate, ...]
    already: tuple[Step, ...]


@dataclass(frozen=True)
class Atlas:
    """What is gathered once for a library and serves every question."""

    records: Holdings
    settings: Mapping[str, Setting]
    ties: Ties
    steps: tuple[Step, ...]
    homes: Homes
    of_case: Mapping[str, str]

    @classmethod
    def of(cls, records: Holdings) -> "Atlas":
        """Gather it."""
        claims, entities, cases = records.claims, records.entities, records.cases
        steps = spread_of(claims, entities, records.reports, cases)
        homes = Homes(claims, entities, cases)
        return cls(records, settings_of(records), Ties(records), tuple(steps), homes, places_of(entities, cases))

    def origin(self, case: Case) -> Setting:
        """The setting of a case's place. NotFoundError where the case names no village, township or county."""
        return self.setting(self.of_case.get(case.id, ""), case.title)

    def setting(self, place: str, name: str = "") -> Setting:
        """The setting of a village, township or county by its entity's id, else NotFoundError."""
        if place not in self.settings:
            raise NotFoundError(
                f"{name or place} is at no village, township or county that this library knows, so nothing can be"
                " compared with its place. Name another case, or a place: `alliance elsewhere 某村`."
            )
        return self.settings[place]


def elsewhere(
    origin: Setting, ground: Atlas, case: Case | None = None, top: int = 10, meaning: Mapping[str, float] | None = None
) -> Elsewhere:
    """The `top` places most like `origin` was before; `meaning` says how alike places read (see nearness.py).

    What the mechanism needs is what took part in `case`; without one, whatever the place works with.
    """
    wanted = ground.ties.of_case(case) if case else ground.ties.of_place(origin.place.id)
    went = _went(case, origin, ground, wanted)
    states = {step.target.id: step.state for state in reversed(STATES) for step in went if step.state == state}
    done = {place for place, state in states.items() if state == "done"}
    left_out = {origin.place.id, *ground.homes.upward(origin.place.id), *done}
    left_out |= ground.ties.places_in(case) if case else set()
    found = []
    for setting in ground.settings.values():
        if (
            setting.place.id in left_out
            or _one_place(setting.place, origin.place, ground)
            or _reached(setting.place, done, ground)
        ):
            continue
        alike = likeness(origin, setting, (meaning or {}).get(setting.place.id, 0.0))
        if _tells(alike):
            found.append(_candidate(origin, setting, alike, ground, wanted, states.get(setting.place.id, "")))
    best = sorted(found, key=lambda c: (-c.score, c.place.name, c.place.id))[:top]
    return Elsewhere(case, origin, wanted, tuple(best), tuple(step for step in went if step.state == "done"))


def _went(case: Case | None, origin: Setting, ground: Atlas, wanted: Mapping[str, tuple[Party, ...]]) -> list[Step]:
    """The steps that went out from the place, or from what the case names as its programmes and alliances."""
    own = {party.entity.id for kind in ("Programme", "Alliance") for party in wanted.get(kind, ())}
    own.add(origin.place.id)
    told = {
        c.id for c in ground.records.claims if case and c.report == case.report and case.start <= c.start < case.end
    }
    return [
        step
        for step in ground.steps
        if step.origin.id in own or step.home.entity == origin.place or told.intersection(step.claims)
    ]


def _one_place(one: Entity, other: Entity, ground: Atlas) -> bool:
    """Whether one of two places lies in the other."""
    return ground.homes.inside(one.id, other.id) or ground.homes.inside(other.id, one.id)


def _reached(place: Entity, done: set[str], ground: Atlas) -> bool:
    """Whether the place lies in a township or county to which it was carried; a province is too wide."""
    reached = [ground.records.entities.by_id[d] for d in done if d in ground.settings]
    return any(ground.homes.inside(place.id, other.id) for other in reached if other.type == "Division")


def likeness(origin: Setting, other: Setting, meaning: float = 0.0) -> tuple[Likeness, ...]:
    """The features that two places share, those that count most first."""
    found, told = [], set[Trait]()  # a shared product tells of its trade already
    for feature in FEATURES:
        shared = [t for t in origin.traits if t.feature == feature and t in other.traits and t not in told]
        told |= {trade for trait in shared if feature == "product" for trade in products(trait.zh)}
        if shared:
            here = tuple(proof for trait in shared for proof in origin.traits[trait])
            there = tuple(proof for trait in shared for proof in other.traits[trait])
            zh, en = "、".join(t.zh for t in shared), ", ".join(t.en for t in shared)
            points = WEIGHTS[feature] * 2 * (1 - 0.5 ** len(shared))  # a second shared thing says less than the first
            found.append(
                Likeness(feature, points, SAID[feature][0].format(zh), SAID[feature][1].format(en), here, there)
            )
    if origin.kind == other.kind:
        zh, en = KINDS[origin.kind]
        found.append(Likeness("kind", WEIGHTS["kind"], f"同为{zh}", f"a {en} too"))
    if meaning > 0:
        points = WEIGHTS["meaning"] * min(meaning, 3.0)
        there = other.where[:1]
        found.append(Likeness("meaning", points, "讲到两地的文字相近", "what is told of both reads alike", (), there))
    return tuple(sorted(found, key=lambda part: -part.points))


def _tells(alike: Sequence[Likeness]) -> bool:
    """Whether more is alike than the kind of place."""
    return any(
        part.feature in FEATURES or (part.feature == "meaning" and part.points >= WEIGHTS["meaning"] * ALIKE)
        for part in alike
    )


def _candidate(
    origin: Setting,
    setting: Setting,
    alike: tuple[Likeness, ...],
    ground: Atlas,
    wanted: Mapping[str, tuple[Party, ...]],
    state: str,
) -> Candidate:
    lacks = tuple(t for t in origin.traits if t.feature in ("resource", "trade") and t not in setting.traits)
    one, other = ground.homes.at(origin.place.id), ground.homes.at(setting.place.id)
    return Candidate(
        setting.place,
        setting.kind,
        sum(part.points for part in alike),
        alike,
        lacks,
        needs(wanted, ground.ties.of_place(setting.place.id)),
        state,
        levels_apart(one.code, other.code),
        distance(one, other),
    )

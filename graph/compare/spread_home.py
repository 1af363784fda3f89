"""Where something that is carried comes from, and where that lies: the village or division behind a model or a firm.

    Homes(claims, entities, cases).site(entity_id, told) -> Site

A village or division is its own home. Anything else is at home where it is said to lie, else where those who lead,
found or carry it out are, else at the place of the case that tells of it. The place to which it was carried is not its
home, though people there carry it out as well.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.compare.points import Point, place
from graph.identity import Entities, Entity
from graph.records import Case, Claim

LIES = "located_in"
PLACES = frozenset({"Village", "Division"})
# Relation → what it is worth as a sign that the head's home is the tail's.
MADE_BY = {"founded": 3, "leads": 3, "implements": 2, "operates": 2, "member_of": 1}
DEEPEST = 6  # steps from a thing to its home


@dataclass(frozen=True, slots=True)
class Site:
    """Where something lies: the village or division `entity`, its code or that of what holds it, and its point.

    Whatever is not known is None or ''.
    """

    entity: Entity | None = None
    code: str = ""
    point: Point | None = None

    @property
    def why(self) -> str:
        """Why there is no point: `no place`, `no code`, `no coordinates`; '' where there is one."""
        if self.point:
            return ""
        return "no coordinates" if self.code else "no code" if self.entity else "no place"


Said = dict[str, dict[str, Counter[str]]]  # entity → report → what stands for it, with weight


class Homes:
    """Looks up homes; what the claims say is gathered once, by report: one name may be many villages' model."""

    def __init__(self, claims: Sequence[Claim], entities: Entities, cases: Sequence[Case] = ()) -> None:
        """Only asserted claims count."""
        self._entities = entities
        self._lies: Said = defaultdict(lambda: defaultdict(Counter))
        self._made: Said = defaultdict(lambda: defaultdict(Counter))
        self._carried: dict[str, set[str]] = defaultdict(set)  # entity → where it was carried, or was meant to be
        for claim in claims:
            head, tail = (entities.of_mention.get(end, "") for end in (claim.head, claim.tail))
            if not head or not tail or head == tail:
                continue
            if claim.type == "replicated_to":
                self._carried[head].add(tail)
            elif claim.modality != "asserted":
                continue
            elif claim.type == LIES:
                self._lies[head][claim.report][tail] += 1
            elif claim.type in MADE_BY:
                self._made[tail][claim.report][head] += MADE_BY[claim.type]
        self._above = {entity: _ranked(sum(said.values(), Counter())) for entity, said in self._lies.items()}
        self._places = _places_told(entities, cases)

    def inside(self, entity: str, other: str) -> bool:
        """Whether `entity` is said to lie in `other`, directly or not; by their codes too."""
        one, two = self._entities.by_id[entity].code, self._entities.by_id[other].code
        return (bool(two) and len(one) > len(two) and one.startswith(two)) or other in self.upward(entity)

    def upward(self, entity: str) -> Iterator[str]:
        """What `entity` lies in, nearest first."""
        seen = {entity}
        for _ in range(DEEPEST):
            entity = next((e for e in self._above.get(entity, []) if e not in seen), "")
            if not entity:
                return
            seen.add(entity)
            yield entity

    def site(self, entity: str, told: Sequence[Claim] = ()) -> Site:
        """The home of `entity`, by the reports of the claims `told` first, in their order.

        It is no place to which the thing was carried, nor in one where there is a choice.
        """
        if self._entities.by_id[entity].type in PLACES:
            return self.at(entity)
        groups = [*(self._told(entity, claim) for claim in told), self._reached(entity, None)]
        carried = self._carried.get(entity, set())
        kept = [[home for home in group if home not in carried] for group in groups]
        sites = [self.at(home) for group in kept for home in self._ordered(group, carried)]
        return next((site for site in sites if site.point), sites[0] if sites else Site())

    def _ordered(self, homes: Sequence[str], carried: set[str]) -> list[str]:
        """Those outside where it was carried first; before a division what lies in it and is named too."""
        outside = [home for home in homes if not any(self.inside(home, place) for place in carried)]
        found: dict[str, None] = {}
        for home in (*outside, *homes):
            finer = [other for other in outside or homes if other != home and self.inside(other, home)]
            found |= dict.fromkeys([*finer, home])
        return list(found)

    def _told(self, entity: str, claim: Claim) -> list[str]:
        """Villages and divisions that may be the home by the report of a claim, then by the place of its case."""
        by_cases = [place for start, end, place in self._places.get(claim.report, ()) if start <= claim.start < end]
        return list(dict.fromkeys([*self._reached(entity, claim.report), *by_cases]))

    def _reached(self, entity: str, report: str | None) -> list[str]:
        """Villages and divisions reached from `entity` over what a report (None: all) says, nearest first."""
        found: dict[str, None] = {}
        line, seen = [entity], {entity}
        for _ in range(DEEPEST):
            further = []
            for here in line:
                for near in (*_named(self._lies, here, report), *_named(self._made, here, report)):
                    if self._entities.by_id[near].type in PLACES:
                        found[near] = None
                    elif near not in seen:
                        seen.add(near)
                        further.append(near)
            line = further
        return list(found)

    def at(self, entity: str) -> Site:
        """A village's or division's own code and point, else those of what it lies in."""
        own = self._entities.by_id[entity]
        codes = [own.code, *(self._entities.by_id[e].code for e in self.upward(entity))]
        code = next((code for code in codes if code), "")
        return Site(own, code, place(code) if code else None)


def _named(said: Said, entity: str, report: str | None) -> list[str]:
    """What stands for `entity` in a report (None: in all), the surest first."""
    counts: Counter[str] = Counter()
    for where, own in said.get(entity, {}).items():
        if report is None or where == report:
            counts.update(own)
    return _ranked(counts)


def places_of(entities: Entities, cases: Sequence[Case]) -> dict[str, str]:
    """Case id → the village or division (its id) that its place names; cases whose place is none are left out."""
    named = {
        (report, form): e.id
        for e in entities.by_id.values()
        if e.type in PLACES
        for report in e.reports
        for form in (*e.aliases, e.name)
    }
    return {case.id: named[case.report, case.place] for case in cases if (case.report, case.place) in named}


def _places_told(entities: Entities, cases: Sequence[Case]) -> dict[str, list[tuple[int, int, str]]]:
    """Report → start, end and place of its cases."""
    placed = places_of(entities, cases)
    found: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for case in cases:
        if case.id in placed:
            found[case.report].append((case.start, case.end, placed[case.id]))
    return found


def _ranked(counts: "Counter[str]") -> list[str]:
    return sorted(counts, key=lambda entity: (-counts[entity], entity))

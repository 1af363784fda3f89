"""Local entities: what one report means by one name; and where each of them lies."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graph.identity.names import CITY, CODE_LEVELS, PlaceName, division_name, normal, village_name
from graph.records import Mention

LocalKey = tuple[str, str, str]  # report id, type, name
GEOGRAPHIC = ("Village", "Division")
CHAIN = 8  # a container chain longer than this goes round in a circle


@dataclass(frozen=True, slots=True)
class Local:
    """One thing in one report: all mentions there with equal type and name."""

    report: str
    type: str
    name: str
    within: str
    code: str
    forms: tuple[tuple[str, int], ...]
    mentions: tuple[str, ...]
    starts: tuple[int, ...]

    @property
    def key(self) -> LocalKey:
        """What tells it from every other local entity, and puts it in order."""
        return self.report, self.type, self.name

    @property
    def place_name(self) -> PlaceName:
        """The name of a village or division taken apart."""
        return village_name(self.name) if self.type == "Village" else division_name(self.name)


def _commonest(values: Iterable[str]) -> str:
    counts = Counter(value for value in values if value)
    return min(counts, key=lambda value: (-counts[value], value), default="")


def local_entities(mentions: Sequence[Mention]) -> list[Local]:
    """The local entities of all mentions, in the order of their keys."""
    groups: dict[LocalKey, list[Mention]] = defaultdict(list)
    for mention in mentions:
        groups[mention.report, mention.type, mention.name].append(mention)
    found = []
    for key in sorted(groups):
        own = sorted(groups[key], key=lambda m: (m.start, m.end, m.id))
        forms = tuple(sorted(Counter(m.form for m in own).items()))
        within, code = _commonest(m.within for m in own), _commonest(m.code for m in own)
        found.append(Local(*key, within, code, forms, tuple(m.id for m in own), tuple(m.start for m in own)))
    return found


class Neighbourhood:
    """The local entities by report: who contains whom, and what stands near what."""

    def __init__(self, locals_: Sequence[Local]) -> None:
        self.by_report: dict[str, list[Local]] = defaultdict(list)
        self._named: dict[tuple[str, str], Local] = {}
        for local in locals_:
            self.by_report[local.report].append(local)
        ranked = sorted(locals_, key=lambda x: (x.type not in GEOGRAPHIC, x.key))
        for local in ranked:  # names before other forms, places before other things
            self._named.setdefault((local.report, local.name), local)
        for local in ranked:
            for form, _ in local.forms:
                self._named.setdefault((local.report, form), local)

    def container(self, local: Local) -> Local | None:
        """The local entity that `local` lies in, where the report names it."""
        found = self._named.get((local.report, local.within)) if local.within else None
        return None if found is local else found

    def containers(self, local: Local) -> list[Local]:
        """The chain of containers, nearest first."""
        chain: list[Local] = []
        here = self.container(local)
        while here is not None and here not in chain and len(chain) < CHAIN:
            chain.append(here)
            here = self.container(here)
        return chain


Seat = dict[str, set[str]]  # level → stems of the containers at that level


def level_of(name: PlaceName, code: str) -> str:
    """The level of a division or village: by its code where it has one, else by its name."""
    return CODE_LEVELS.get(len(code), name.level) if code else name.level


def merged(seats: Iterable[Seat]) -> Seat:
    """One seat that holds what all of `seats` say."""
    whole: Seat = defaultdict(set)
    for seat in seats:
        for level, stems in seat.items():
            whole[level] |= stems
    return dict(whole)


def _of_name(name: str) -> tuple[str, str]:
    plain = normal(name)
    taken = village_name(plain) if plain.endswith(("村", "社区")) else division_name(plain)
    return taken.level, taken.stem


class Seats:
    """Where local entities lie, said by containers, by names that hold places, and by official codes."""

    def __init__(self, locals_: Sequence[Local], near: Neighbourhood) -> None:
        self._near = near
        self._stems: dict[str, set[str]] = defaultdict(set)  # code → stems of the divisions that bear it
        for local in locals_:
            if local.type == "Division" and local.code:
                self._stems[local.code].add(local.place_name.stem)
        self._own = {local.key: self._said(local) for local in locals_}

    def _said(self, local: Local) -> Seat:
        seat: Seat = defaultdict(set)
        for length in (2, 4, 6, 9):
            if len(local.code) > length and self._stems.get(local.code[:length]):
                seat[CODE_LEVELS[length]] |= self._stems[local.code[:length]]
        if local.type in GEOGRAPHIC:
            for place in local.place_name.places:
                level, stem = _of_name(place)
                seat[level].add(stem)
        if local.within and self._near.container(local) is None:
            level, stem = _of_name(local.within)
            seat[level].add(stem)
        return dict(seat)

    def of(self, local: Local) -> Seat:
        """Everything the report says of where `local` lies."""
        seats = [self._own[local.key]]
        for above in self._near.containers(local):
            seats.append(self._own[above.key])
            if above.type in GEOGRAPHIC:
                name = above.place_name
                seats.append({level_of(name, above.code): {name.stem}})
        return merged(seats)


NEAR_LEVELS = ("county", CITY, "township", "village")


def local_tokens(seat: Seat) -> set[str]:
    """The stems of a seat that are small enough to tell namesakes apart: county and below."""
    return {stem for level in NEAR_LEVELS for stem in seat.get(level, ())}

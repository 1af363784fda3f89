"""Local entities: what one report means by one name. All that identity knows of one is read from its report alone.

So a report's local entities are made once, whatever other reports say, and only what shares a name or code with them
has to be looked at again when the report comes or goes.
"""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from sys import intern

from graph.identity.bare import BODIES, has_bare_body, is_distinctive
from graph.identity.names import (
    CITY,
    CODE_LEVELS,
    COUNTY,
    PREFECTURE,
    PROVINCE,
    TOWNSHIP,
    PlaceName,
    body_name,
    division_name,
    is_prefecture,
    name_key,
    normal,
    village_name,
    without_container,
)
from graph.records import Mention

LocalKey = tuple[str, str, str]  # report id, type, name
Seat = dict[str, frozenset[str]]  # level → stems of the containers at that level
GEOGRAPHIC = ("Village", "Division")
OWNED = ("Department", "PartyOrganization", "Organization", "University")  # bodies of a place, often named by rank only
CHAIN = 8  # a container chain longer than this goes round in a circle
WINDOW = 150  # characters on either side in which something stands near
NEAR_LEVELS = (COUNTY, CITY, TOWNSHIP, "village")
CODE_SEATS = {6: "county code", 9: "township code"}
# Where to look in a seat for the owner of a body of this rank.
KIND_LEVELS = {
    "省": (PROVINCE,), "市": (CITY, PREFECTURE, COUNTY), "州": (PREFECTURE,),
    "县": (COUNTY, CITY), "区": (COUNTY, CITY), "旗": (COUNTY,),
    "镇": (TOWNSHIP,), "乡": (TOWNSHIP,), "街道": (TOWNSHIP,), "村": ("village",), "社区": ("village",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Local:
    """One thing in one report: all mentions there with equal type and name.

    `forms` are its forms with their counts, `mentions` ids in the order of the text. `seat` is all that the report
    says of where it lies, `tokens` the part of it that tells namesakes apart, `near` what stands around it or contains
    it, `context` the counties and townships that the report names, `province` the province that it names most, `owner`
    whose body it is (`淳安|县|委组织部`), '' where neither name nor place says.
    """

    report: str
    type: str
    name: str
    within: str
    code: str
    forms: tuple[tuple[str, int], ...]
    mentions: tuple[str, ...]
    date: str
    seat: Seat
    tokens: frozenset[str]
    near: frozenset[str]
    context: frozenset[str]
    province: str
    owner: str

    @property
    def key(self) -> LocalKey:
        """What tells it from every other local entity, and puts it in order."""
        return self.report, self.type, self.name

    @property
    def place_name(self) -> PlaceName:
        """The name of a village or division taken apart."""
        name = place_name(self.type, self.name)
        return without_container(name, _cities(self.seat)) if name.level == TOWNSHIP else name


def place_name(kind: str, name: str) -> PlaceName:
    """The name of a village or division taken apart."""
    return village_name(name) if kind == "Village" else division_name(name)


def _cities(seat: Mapping[str, frozenset[str]]) -> frozenset[str]:
    return seat.get(COUNTY, frozenset()) | seat.get(CITY, frozenset())


def local_tokens(seat: Mapping[str, Iterable[str]]) -> frozenset[str]:
    """The stems and codes of a seat that are of county level or below."""
    return frozenset(stem for level in (*NEAR_LEVELS, *CODE_SEATS.values()) for stem in seat.get(level, ()))


def level_of(name: PlaceName, code: str) -> str:
    """The level of a division or village: by its code where it has one, else by its name."""
    return CODE_LEVELS.get(len(code), name.level) if code else name.level


def local_entities(mentions: Iterable[Mention], dates: Mapping[str, str] | None = None) -> list[Local]:
    """The local entities of all mentions, in the order of their keys; `dates` are those of the reports."""
    ordered = sorted(mentions, key=lambda m: (m.report, m.type, m.name, m.start, m.end, m.id))
    found: list[Local] = []
    for report, own in groupby(ordered, key=lambda m: m.report):
        found += _Page(report, list(own), (dates or {}).get(report, "")).locals()
    return found


def _commonest(values: Iterable[str]) -> str:
    counts = Counter(value for value in values if value)
    return min(counts, key=lambda value: (-counts[value], value), default="")


@dataclass(frozen=True, slots=True, eq=False)
class _Item:
    """A local entity in the making."""

    type: str
    name: str
    within: str
    code: str
    forms: tuple[tuple[str, int], ...]
    mentions: tuple[str, ...]
    starts: tuple[int, ...]
    inside: set[str] = field(default_factory=set)  # stems of the counties and cities known to hold it

    @property
    def place_name(self) -> PlaceName:
        return without_container(place_name(self.type, self.name), self.inside)


class _Page:
    """One report: who contains whom there, and what stands near what."""

    def __init__(self, report: str, mentions: Sequence[Mention], date: str) -> None:
        """`mentions` in the order of type, name and place in the text."""
        self._report, self._date = report, date
        self._items = [_item(list(own)) for _, own in groupby(mentions, key=lambda m: (m.type, m.name))]
        self._named: dict[str, _Item] = {}
        ranked = sorted(self._items, key=lambda x: x.type not in GEOGRAPHIC)
        for item in ranked:  # names before other forms, places before other things
            self._named.setdefault(item.name, item)
        for item in ranked:
            for form, _ in item.forms:
                self._named.setdefault(form, item)
        for item in self._items:
            if item.type == "Division" and item.place_name.level == TOWNSHIP:
                item.inside.update(_cities(self._seat(item)))
        self._seats = {id(item): self._seat(item) for item in self._items}
        self._homes = self._home()
        self._context = frozenset(self._districts())
        marks = [(start, intern(key)) for item in self._items for key in self._landmarks(item) for start in item.starts]
        self._places = sorted(m for m in marks if m[1][0] in "DV")
        self._all = sorted(marks)

    def locals(self) -> Iterator[Local]:
        """The report's local entities, by type and name."""
        for x in self._items:
            own = self._report, intern(x.type), x.name, x.within, x.code, x.forms, x.mentions, self._date
            seat = self._seats[id(x)]
            around = self._near(x), self._context, self._homes.get(PROVINCE, "")
            yield Local(*own, seat, local_tokens(seat), *around, self._owner(x))

    def _container(self, item: _Item) -> _Item | None:
        found = self._named.get(item.within) if item.within else None
        return None if found is item else found

    def _containers(self, item: _Item) -> list[_Item]:
        """The chain of containers, nearest first."""
        chain: list[_Item] = []
        here = self._container(item)
        while here is not None and here not in chain and len(chain) < CHAIN:
            chain.append(here)
            here = self._container(here)
        return chain

    def _said(self, item: _Item) -> Iterator[tuple[str, str]]:
        """What an item itself says of where it lies."""
        yield from ((level, item.code[:size]) for size, level in CODE_SEATS.items() if len(item.code) > size)
        if item.type in GEOGRAPHIC:
            yield from (_of_name(place) for place in place_name(item.type, item.name).places)
        if item.within and self._container(item) is None:
            yield _of_name(item.within)

    def _seat(self, item: _Item) -> Seat:
        seat: dict[str, set[str]] = defaultdict(set)
        for level, stem in self._said(item):
            seat[level].add(stem)
        for above in self._containers(item):
            for level, stem in self._said(above):
                seat[level].add(stem)
            if above.type in GEOGRAPHIC:
                name = above.place_name
                seat[level_of(name, above.code)].add(name.stem)
                if len(above.code) in CODE_SEATS:
                    seat[CODE_SEATS[len(above.code)]].add(above.code)
        return {level: frozenset(map(intern, stems)) for level, stems in sorted(seat.items())}

    def _home(self) -> dict[str, str]:
        """Level → the stem of the division of that level that the report names most, where one leads clearly."""
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for item in self._items:
            if item.type == "Division":
                name = item.place_name
                counts[level_of(name, item.code)][name.stem] += len(item.starts)
        homes = {}
        for level, met in counts.items():
            (first, most), *rest = met.most_common(2)
            if not rest or most >= 2 * rest[0][1]:
                homes[level] = first
        return homes

    def _districts(self) -> Iterator[str]:
        for item in self._items:
            if item.type == "Division":
                name = item.place_name
                if level_of(name, item.code) in (COUNTY, CITY, TOWNSHIP):
                    yield name.stem

    def _owner(self, item: _Item) -> str:
        called = name_key(item.type, item.name)
        if item.type not in OWNED and not has_bare_body(item.type, called):
            return ""
        name, seat = body_name(called), self._seats[id(item)]
        if name.owner:
            return f"{name.owner}|{name.kind}|{name.rest}"
        levels = KIND_LEVELS.get(name.kind, ())
        for above in self._containers(item):
            place = above.place_name
            ranked = place.kind == name.kind or (not place.kind and level_of(place, above.code) in levels)
            if above.type in GEOGRAPHIC and ranked:  # the nearest of its rank, where there are several
                return f"{place.stem}|{name.kind}|{name.rest}"
        for level in levels:
            if len(seat.get(level, ())) == 1:
                return f"{min(seat[level])}|{name.kind}|{name.rest}"
        home = self._homes.get(PROVINCE) if name.kind == "省" else None
        return f"{home}|{name.kind}|{name.rest}" if home else ""

    def _is_wide(self, item: _Item) -> bool:
        """Whether it is a province or prefecture: to share one says little."""
        if item.code:
            return len(item.code) in (2, 4)
        name = item.place_name
        inside = (x for x in self._items if x.type == "Division" and self._container(x) is item)
        return (
            name.level in (PROVINCE, PREFECTURE)
            or (name.kind in ("", "市", "州") and is_prefecture(name.stem))
            or any(x.place_name.kind in ("县", "区", "市", "旗") for x in inside)
        )

    def _landmarks(self, item: _Item) -> list[str]:
        """The keys under which an item tells what stands near it from its like elsewhere."""
        if item.type == "Division":
            return [] if self._is_wide(item) else [f"D{item.place_name.stem}"]
        if item.type == "Village":
            stem, tokens = item.place_name.stem, local_tokens(self._seats[id(item)])
            return [f"V{stem}@{token}" for token in sorted(tokens)] or [f"V{stem}"]
        if item.type not in BODIES:
            return []
        owner = self._owner(item)
        named = [f"B{item.type}|{name_key(item.type, item.name)}"] if is_distinctive(item.type, item.name) else []
        return [*named, *([f"O{owner}"] if owner else [])]

    def _near(self, item: _Item) -> frozenset[str]:
        """What stands near an item, or contains it; places only, for people bodies too."""
        if item.type in ("Product", *GEOGRAPHIC):
            return frozenset()
        marks = self._all if item.type == "Person" else self._places
        found: set[str] = set()
        for at in item.starts:
            first, last = bisect_left(marks, (at - WINDOW, "")), bisect_right(marks, (at + WINDOW, "\U0010ffff"))
            found.update(key for _, key in marks[first:last])
        for above in self._containers(item):
            found.update(key for key in self._landmarks(above) if key[0] in "DV" or item.type == "Person")
        return frozenset(found.difference(self._landmarks(item)))


def _item(own: list[Mention]) -> _Item:
    first = own[0]
    forms = tuple(sorted(Counter(m.form for m in own).items()))
    within, code = _commonest(m.within for m in own), _commonest(m.code for m in own)
    return _Item(first.type, first.name, within, code, forms, tuple(m.id for m in own), tuple(m.start for m in own))


def _of_name(name: str) -> tuple[str, str]:
    plain = normal(name)
    taken = village_name(plain) if plain.endswith(("村", "社区")) else division_name(plain)
    return taken.level, taken.stem

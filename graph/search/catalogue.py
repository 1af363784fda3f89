"""What search knows of each case besides its passages: names, numbers, kinds, places. Made once a library version."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from functools import cached_property
from math import log
from typing import TypeVar
from weakref import WeakKeyDictionary

from graph.records import Case, Figure, Mention, Passage, Report
from graph.search.query import SMALLEST, numbers
from graph.store import Library
from graph.text import fold

LONGEST_NAME = 40
PLACES = frozenset({"Division", "Village", "Place"})

Owned = TypeVar("Owned", Case, Mention, Figure, Passage)
Key = TypeVar("Key", bound=Hashable)
Postings = dict[Key, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing that can be found: a case, or a whole report without cases (its `case` then spans the report).

    `names`, `products` and `alliances` map folded names and forms to how they are written; `partners` counts entities
    by type. `lead` are the passages between the cases of its report, which speak for all of them, though less.
    `places` are folded names, `codes` maps the statistical codes of its places to their folded names.
    """

    case: Case
    report: Report
    names: dict[str, str]
    products: dict[str, str]
    alliances: dict[str, str]
    places: frozenset[str]
    codes: dict[str, str]
    numbers: frozenset[float]
    partners: dict[str, int]
    passages: tuple[Passage, ...]
    lead: tuple[Passage, ...]


@dataclass(frozen=True)
class Catalogue:
    """All units of one library version, with what leads to them: position in `units` is what postings hold."""

    units: tuple[Unit, ...]

    @cached_property
    def passages(self) -> dict[str, Passage]:
        """Passage id → passage."""
        return {p.id: p for unit in self.units for p in (*unit.passages, *unit.lead)}

    @cached_property
    def of_passage(self) -> Postings[str]:
        """Passage id → the units it is of."""
        return _postings((p.id for p in unit.passages) for unit in self.units)

    @cached_property
    def of_lead(self) -> Postings[str]:
        """Passage id → the units it is a lead of."""
        return _postings((p.id for p in unit.lead) for unit in self.units)

    @cached_property
    def of_case(self) -> dict[str, int]:
        """Case id → unit."""
        return {unit.case.id: at for at, unit in enumerate(self.units)}

    @cached_property
    def named(self) -> Postings[str]:
        """Folded name → units."""
        return _postings(unit.names for unit in self.units)

    @cached_property
    def typed(self) -> Postings[str]:
        """Alliance type → units."""
        return _postings(unit.case.types for unit in self.units)

    @cached_property
    def partnered(self) -> Postings[str]:
        """Entity type → units."""
        return _postings(unit.partners for unit in self.units)

    @cached_property
    def numbered(self) -> Postings[float]:
        """Number → units, in ascending order of numbers."""
        return dict(sorted(_postings(unit.numbers for unit in self.units).items()))

    @cached_property
    def _ascending(self) -> list[float]:
        return list(self.numbered)

    def near(self, value: float, share: float) -> list[float]:
        """Numbers of the catalogue that differ from `value` by at most `share` of it."""
        low = bisect_left(self._ascending, value * (1 - share))
        return self._ascending[low : bisect_right(self._ascending, value * (1 + share))]

    def rarity(self, name: str) -> float:
        """How much a name tells: 1 where one unit bears it, towards 0 where all do."""
        bearers = len(self.named.get(name, ()))
        units = 1 + len(self.units)
        return max(0.0, log(units / (0.5 + bearers)) / log(units / 1.5)) if bearers else 0.0

    def names_in(self, folded: str) -> tuple[str, ...]:
        """Names borne by units that stand in a folded text; a name inside a longer one is passed over."""
        found: dict[str, None] = {}
        at = 0
        while at < len(folded):
            longest = min(LONGEST_NAME, len(folded) - at)
            name = next((folded[at : at + n] for n in range(longest, 1, -1) if folded[at : at + n] in self.named), "")
            if name:
                found[name] = None
            at += len(name) or 1
        return tuple(found)


_known: WeakKeyDictionary[Library, tuple[str, Catalogue]] = WeakKeyDictionary()


def catalogue(library: Library) -> Catalogue:
    """The catalogue of the library as it is now, kept until its next write."""
    version = library.version
    known = _known.get(library)
    if known is None or known[0] != version:
        known = _known[library] = (version, _read(library))
    return known[1]


def _read(library: Library) -> Catalogue:
    cases, mentions = _by_report(library.cases()), _by_report(library.mentions())
    figures, passages = _by_report(library.figures()), _by_report(library.passages())
    return Catalogue(
        tuple(
            _unit(report, case, mentions[report.id], figures[report.id], passages[report.id])
            for report in library.reports()
            for case in cases[report.id] or [Case(report.id, 0, 0, max(1, len(report.text)), report.title)]
        )
    )


def _by_report(records: Iterable[Owned]) -> dict[str, list[Owned]]:
    grouped: dict[str, list[Owned]] = defaultdict(list)
    for record in records:
        grouped[record.report].append(record)
    return grouped


def _postings(keys: Iterable[Iterable[Key]]) -> Postings[Key]:
    found: dict[Key, list[int]] = defaultdict(list)
    for at, own in enumerate(keys):
        for key in own:
            found[key].append(at)
    return {key: tuple(places) for key, places in found.items()}


def _unit(report: Report, case: Case, mentions: list[Mention], figures: list[Figure], passages: list[Passage]) -> Unit:
    whole = {p.case for p in passages} <= {"", case.id}  # the report tells of nothing else
    own = [m for m in mentions if case.start <= m.start < case.end]
    counted = [f.value for f in figures if f.case == case.id or case.start <= f.start < case.end]
    counted += numbers(fold(report.text[case.start : case.end]))
    return Unit(
        case=case,
        report=report,
        names=_names(own),
        products=_names(m for m in own if m.type == "Product"),
        alliances=_names(m for m in own if m.type == "Alliance"),
        places=frozenset(fold(form) for m in own if m.type in PLACES for form in (m.name, m.form, m.within) if form),
        codes={m.code: fold(m.name) for m in own if m.code},
        numbers=frozenset(value for value in counted if value >= SMALLEST),
        partners=_partners(own),
        passages=tuple(p for p in passages if p.case == case.id or whole),
        lead=() if whole else tuple(p for p in passages if not p.case),
    )


def _names(mentions: Iterable[Mention]) -> dict[str, str]:
    """Folded names and forms of at least two characters → as written."""
    pairs = ((fold(form).strip(), form) for m in mentions for form in (m.name, m.form))
    return {folded: form for folded, form in pairs if 1 < len(folded) <= LONGEST_NAME}


def _partners(mentions: Iterable[Mention]) -> dict[str, int]:
    """Entity type → how many different names of that type the case bears."""
    distinct: dict[str, set[str]] = defaultdict(set)
    for mention in mentions:
        distinct[mention.type].add(mention.name)
    return {kind: len(names) for kind, names in sorted(distinct.items())}

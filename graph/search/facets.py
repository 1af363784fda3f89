"""How many units have each value that one can filter by, among those that all other filters allow.

    found = facets(library, Filters(year=(2023,)));  found.regions[0].name, found.regions[0].count

The counts of a field leave its own filter out: so they say what choosing another of its values would give.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from graph.ontology import Term, ontology
from graph.search import divisions
from graph.search.facet_values import Held, Ints, Written, counts, held_by
from graph.search.filters import Filters, Mask, coded, folded_name, in_region, mask
from graph.search.unit_tables import Matrix
from graph.search.units import Units, units
from graph.store import Library

PARTNERS = tuple(code for code in ontology().entity_types if code in ontology().actors - {"Person", "Division"})
MOST = 200  # values listed of a field whose values are names
LEVELS = {2: "province", 4: "prefecture", 6: "county", 9: "township"}


@dataclass(frozen=True, slots=True)
class Value:
    """One value that `Filters` takes, how it is called in both languages, and how many units have it."""

    value: str
    count: int
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Region:
    """A division with how many units name it or lie in it; `code` is '' for a place whose code no report settles.

    `level` is province, prefecture, county or township, '' without a code; `children` hold units too.
    """

    code: str
    name: str
    level: str
    count: int
    children: tuple["Region", ...] = ()

    @property
    def value(self) -> str:
        """What `Filters.region` takes."""
        return self.code or self.name


@dataclass(frozen=True, slots=True)
class Facets:
    """`values`: field of `Filters` (all but the region) → its values, those of most units first, years latest first.

    Values that no unit has are left out, but for those chosen. `total` counts the units that fit all filters,
    `left_out` says of how many values a long list was cut.
    """

    total: int
    values: Mapping[str, tuple[Value, ...]]
    regions: tuple[Region, ...]
    left_out: Mapping[str, int]


def facets(library: Library, filters: Filters | None = None, most: int = MOST) -> Facets:
    """Count all fields; UsageError for a filter of a type that the ontology does not declare."""
    chosen = coded(filters or Filters())
    known = units(library)
    held = held_by(library, known)
    whole = mask(known, chosen)

    def among(field: str) -> Mask:
        found = mask(known, chosen.without(field)) if getattr(chosen, field) else whole
        return np.ones(len(known), dtype=bool) if found is None else found

    kinds, types = ontology().alliance_types, ontology().entity_types
    named = known.named.lists
    values = {
        "alliance_type": _coded(kinds, kinds, known.typed, among("alliance_type"), chosen.alliance_type),
        "year": _years(known.years[among("year")], chosen.year),
        "partner": _coded(PARTNERS, types, known.partnered, among("partner"), chosen.partner),
        "product": _names(held.products, counts(named, among("product")), chosen.product),
        "programme": _names(held.programmes, counts(named, among("programme")), chosen.programme),
        "publisher": _names(held.publishers, counts(known.published.lists, among("publisher")), chosen.publisher),
    }
    return Facets(
        len(known) if whole is None else int(whole.sum()),
        {field: rows[:most] for field, rows in values.items()},
        (*_tree(held, counts(held.units_of, among("region"))), *_uncoded(held, known, among("region"))),
        {field: len(rows) - most for field, rows in values.items() if len(rows) > most},
    )


def _coded(
    codes: Iterable[str], terms: Mapping[str, Term], has: Matrix, among: Mask, chosen: tuple[str, ...]
) -> tuple[Value, ...]:
    met = {code: int((has.of(code)[among] > 0).sum()) for code in codes}
    rows = [Value(code, n, terms[code].zh, terms[code].en) for code, n in met.items() if n or code in chosen]
    return tuple(sorted(rows, key=lambda row: -row.count))


def _years(years: npt.NDArray[np.int16], chosen: tuple[int, ...]) -> tuple[Value, ...]:
    found, times = np.unique(years[years > 0], return_counts=True)
    met = dict.fromkeys(chosen, 0) | dict(zip(found.tolist(), times.tolist(), strict=True))
    return tuple(Value(str(year), n, f"{year}年", str(year)) for year, n in sorted(met.items(), reverse=True))


def _names(written: Written, met: Ints, chosen: tuple[str, ...]) -> tuple[Value, ...]:
    """Names that units have, those chosen first where none has them."""
    found = {name: int(n) for name, n in zip(written.names, met[written.places], strict=True)}
    rows = [Value(name, n, name, name) for name, n in found.items() if n or (chosen and folded_name(name) in chosen)]
    return tuple(sorted(rows, key=lambda row: (-row.count, row.value)))


def _tree(held: Held, met: Ints) -> tuple[Region, ...]:
    """The divisions as a tree by their codes, a gap in the order of divisions giving way to what it holds."""
    below: dict[str, list[Region]] = defaultdict(list)
    for at in reversed(range(len(held.nodes))):  # so that what a division holds comes before it
        code = held.nodes[at]
        own = tuple(sorted(below.pop(code, ()), key=lambda region: (-region.count, region.code)))
        if not met[at]:
            continue
        if divisions.is_gap(code):
            below[divisions.parent(code)] += own
        else:
            row = Region(code, held.names[code] or code, LEVELS[len(code)], int(met[at]), own)
            below[divisions.parent(code)].append(row)
    return tuple(sorted(below[""], key=lambda region: (-region.count, region.code)))


def _uncoded(held: Held, known: Units, among: Mask) -> Iterable[Region]:
    rows = [Region("", name, "", int(among[in_region(known, folded_name(name))].sum())) for name in held.uncoded]
    return sorted((row for row in rows if row.count), key=lambda row: (-row.count, row.name))[:MOST]

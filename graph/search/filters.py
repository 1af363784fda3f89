"""What a search is restricted to, before anything is ranked.

Values of one field are alternatives, fields restrict together: any of the chosen years, and any of the chosen regions.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

import numpy as np
import numpy.typing as npt

from graph.errors import UsageError
from graph.ontology import Term, ontology
from graph.search import divisions
from graph.search.postings import NONE, Places
from graph.search.units import Units
from graph.text import fold

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Filters:
    """Empty fields restrict nothing; of several values of a field, any will do.

    `alliance_type` and `partner` (an entity type the case must bear) are codes or labels of the ontology, `region`
    names or statistical codes of divisions, villages or places, `year` that of the report, `product` and `programme`
    names that the case bears, `publisher` that of the report. Names may be written in traditional or full-width
    characters.
    """

    alliance_type: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    year: tuple[int, ...] = ()
    partner: tuple[str, ...] = ()
    product: tuple[str, ...] = ()
    programme: tuple[str, ...] = ()
    publisher: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for one in fields(self):
            if not isinstance(getattr(self, one.name), tuple):  # a lone text would be taken for its characters
                raise TypeError(f"Filters.{one.name} is a tuple of values, not {getattr(self, one.name)!r}.")

    def without(self, field: str) -> "Filters":
        """These filters with one field empty."""
        return replace(self, **{field: ()})

    def __bool__(self) -> bool:
        return any(getattr(self, one.name) for one in fields(self))


def allowed(known: Units, filters: Filters) -> Places:
    """The units that fit all filters, ascending; UsageError on a type the ontology does not declare."""
    found = mask(known, filters)
    return np.arange(len(known), dtype=np.int32) if found is None else np.flatnonzero(found).astype(np.int32)


def mask(known: Units, filters: Filters) -> Mask | None:
    """Which units fit all filters, None where nothing restricts them; UsageError on an undeclared type."""
    chosen = coded(filters)
    masks = [_any(known, one.name, getattr(chosen, one.name)) for one in fields(chosen) if getattr(chosen, one.name)]
    return np.logical_and.reduce(masks) if masks else None


def coded(filters: Filters) -> Filters:
    """The same filters with types and partners as codes, names folded; UsageError on a type that is not declared."""
    return Filters(
        tuple(_code(said, ontology().alliance_types, "alliance type") for said in filters.alliance_type),
        tuple("".join(fold(said).replace("/", " ").split()) for said in filters.region),
        filters.year,
        tuple(_code(said, ontology().entity_types, "entity type") for said in filters.partner),
        *(tuple(map(folded_name, names)) for names in (filters.product, filters.programme, filters.publisher)),
    )


def folded_name(said: str) -> str:
    """A name as the postings have it."""
    return fold(said).strip()


def _code(said: str, terms: Mapping[str, Term], what: str) -> str:
    wanted = folded_name(said)
    for code, term in terms.items():
        if wanted in (fold(code), fold(term.zh), fold(term.en)):
            return code
    known = ", ".join(f"{term.code} ({term.zh})" for term in terms.values())
    raise UsageError(f"No {what} is called {said!r}; known are {known}.")


def _any(known: Units, field: str, values: tuple[str, ...] | tuple[int, ...]) -> Mask:
    """Which units have one of the values of a field."""
    if field == "year":
        return np.isin(known.years, np.array(values, dtype=np.int64))
    found = np.zeros(len(known), dtype=bool)
    for value in values:
        found[bearers(known, field, str(value))] = True
    return found


def bearers(known: Units, field: str, value: str) -> Places:
    """The units that have a coded or folded value of a field other than the year; none for an unknown value."""
    if field == "alliance_type":
        return known.typed[value]
    if field == "partner":
        return known.partnered[value]
    if field == "region":
        return in_region(known, value)
    if field == "publisher":
        return known.published[value]
    return known.named[value]


def in_region(known: Units, region: str) -> Places:
    """Units that name a folded region, or lie in it by their codes or by the official table; of namesakes, all."""
    if not region:
        return NONE
    if region.isascii() and region.isdecimal():
        return known.regions.inside((), {divisions.prefix(region)})
    names = called(region)
    prefixes = {divisions.prefix(code) for code in known.regions.codes_of(names)}
    return known.regions.inside(names, prefixes | set(divisions.codes_called(region)))


def called(region: str) -> set[str]:
    """What a report may call a region: with and without its rank; with any rank, if no division has the bare name."""
    forms, official = divisions.forms(region), divisions.codes_called(region)
    found = {*forms, *(fold(divisions.name(code)) for code in official)}
    if len(forms) == 1 and not official:
        found.update(region + rank for rank in divisions.RANKS)
    return found - {""}

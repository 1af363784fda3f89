"""What a search is restricted to, before anything is ranked."""

from collections.abc import Mapping
from dataclasses import dataclass

from graph.errors import UsageError
from graph.ontology import Term, ontology
from graph.search.catalogue import Catalogue
from graph.text import fold

RANKS = "省市县区镇乡村"


@dataclass(frozen=True, slots=True)
class Filters:
    """Empty fields restrict nothing.

    `alliance_type` and `partner` (an entity type the case must bear) are codes or labels of the ontology, `region` the
    name or statistical code of a division, village or place, `year` that of the report.
    """

    alliance_type: str = ""
    region: str = ""
    year: int = 0
    partner: str = ""


def allowed(catalogue: Catalogue, filters: Filters) -> list[int]:
    """The units that fit all filters; UsageError on a type the ontology does not declare."""
    found = set(range(len(catalogue.units)))
    if filters.alliance_type:
        found &= set(catalogue.typed.get(_code(filters.alliance_type, ontology().alliance_types, "alliance type"), ()))
    if filters.partner:
        found &= set(catalogue.partnered.get(_code(filters.partner, ontology().entity_types, "entity type"), ()))
    if filters.year:
        found = {at for at in found if catalogue.units[at].report.date.startswith(f"{filters.year:04d}")}
    if filters.region.strip():
        found &= _in_region(catalogue, fold(filters.region).strip())
    return sorted(found)


def _code(said: str, terms: Mapping[str, Term], what: str) -> str:
    wanted = fold(said).strip()
    for code, term in terms.items():
        if wanted in (fold(code), fold(term.zh), fold(term.en)):
            return code
    known = ", ".join(f"{term.code} ({term.zh})" for term in terms.values())
    raise UsageError(f"No {what} is called {said!r}; known are {known}.")


def _in_region(catalogue: Catalogue, region: str) -> set[int]:
    """Units that name the region, or that lie in it by their codes; of namesakes, those of all."""
    forms = _forms(region)
    prefixes = (
        {_prefix(region)}
        if region.isdecimal()
        else {_prefix(code) for unit in catalogue.units for code, name in unit.codes.items() if name in forms}
    )
    return {
        at
        for at, unit in enumerate(catalogue.units)
        if forms & unit.places
        or fold(unit.case.place) in forms
        or any(code.startswith(prefix) for code in unit.codes for prefix in prefixes)
    }


def _forms(region: str) -> frozenset[str]:
    """A region's name with and without the word for its rank: 宁海 and 宁海县 mean the same."""
    stem = region[:-1] if len(region) > 2 and region[-1] in RANKS else region
    return frozenset({region, stem, *(stem + rank for rank in RANKS)})


def _prefix(code: str) -> str:
    """A statistical code without the zeros that pad it: 330200 is 3302, 330226104000 is 330226104."""
    for length, shorter in ((12, 9), (9, 6), (6, 4), (4, 2)):
        if len(code) == length and not code[shorter:].strip("0"):
            code = code[:shorter]
    return code

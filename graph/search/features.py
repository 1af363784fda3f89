"""The named features that stand beside words and meaning: pure functions of a question and the units it reaches.

Each gives an array of one value from 0 to 1 for every reached unit, and what to say about a unit it speaks for.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from graph.ontology import Term, ontology
from graph.search.postings import Places
from graph.search.query import Query
from graph.search.unit_tables import Matrix
from graph.search.units import Units

Values = npt.NDArray[np.float64]
NEAR = 0.1  # a number this close is likely the one that a vague question means

SaidOf = Callable[[int], tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature of the reached units for one question: values (n,), and what to say of the unit at a place."""

    name: str
    values: Values
    said: SaidOf


def features(query: Query, known: Units, units: Places) -> list[Feature]:
    """All features of a question for `units` (ascending), in the order of their declaration."""
    return [make(query, known, units) for make in (names, figures, types, partners)]


def names(query: Query, known: Units, units: Places) -> Feature:
    """Names in the question that the case bears, each counted by its rarity."""
    weights = {name: known.rarity(name) for name in known.names_in(query.folded)}
    values = np.zeros(len(units))
    total = sum(weights.values())
    for name, weight in weights.items():
        if total > 0:
            values += weight / total * np.isin(units, known.named[name], assume_unique=True)

    def said(at: int) -> tuple[str, str]:
        own = (known.written(int(units[at]), name) for name in weights)
        written = "、".join(name for name in own if name)
        return f"提到{written}", f"names {written}"

    return Feature("name", values, said)


def figures(query: Query, known: Units, units: Places) -> Feature:
    """Numbers in the question that the case states, or comes near to."""
    values = np.zeros(len(units))
    stated: dict[int, list[float]] = {}
    for number in sorted(query.numbers):
        best: dict[int, tuple[float, float]] = {}
        bearers, near = known.numbered.near(number, NEAR)
        at = np.minimum(np.searchsorted(units, bearers), max(0, len(units) - 1))
        fits = units[at] == bearers if len(units) else np.zeros(0, dtype=bool)
        for place, value in zip(at[fits].tolist(), near[fits].tolist(), strict=True):
            worth = 1.0 if value == number else 0.5
            best[place] = max(best.get(place, (0.0, 0.0)), (worth, value))
        for place, (worth, value) in best.items():
            values[place] += worth / len(query.numbers)
            stated.setdefault(place, []).append(value)

    def said(at: int) -> tuple[str, str]:
        written = "、".join(f"{value:,.10g}" for value in stated[at])
        return f"有数字{written}", f"states {written}"

    return Feature("number", values, said)


def types(query: Query, known: Units, units: Places) -> Feature:
    """Kinds of alliance that the question's words stand for."""
    return _of_codes("type", query.types, known.typed, ontology().alliance_types, units)


def partners(query: Query, known: Units, units: Places) -> Feature:
    """Kinds of partners that the question's words stand for."""
    return _of_codes("partner", query.partners, known.partnered, ontology().entity_types, units)


def _of_codes(name: str, codes: Iterable[str], table: Matrix, terms: Mapping[str, Term], units: Places) -> Feature:
    wanted = sorted(codes)
    borne = np.array([table.of(code)[units] > 0 for code in wanted], dtype=bool).reshape(len(wanted), len(units))

    def said(at: int) -> tuple[str, str]:
        own = [terms[code] for code, has in zip(wanted, borne[:, at], strict=True) if has]
        return f"属于{'、'.join(t.zh for t in own)}", f"has {', '.join(t.en for t in own)}"

    return Feature(name, borne.mean(axis=0) if wanted else np.zeros(len(units)), said)

"""The named features that stand on top of words and meaning: pure functions of a question and the catalogue.

Each gives an array of one value from 0 to 1 for every unit, and what to say about a unit it speaks for.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from graph.ontology import Term, ontology
from graph.search.catalogue import Catalogue, Postings
from graph.search.query import Query

Values = npt.NDArray[np.float64]
NEAR = 0.1  # a number this close is likely the one that a vague question means

SaidOf = Callable[[int], tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature of all units for one question: values (n,), and the words for a unit in Chinese and English."""

    name: str
    values: Values
    said: SaidOf


def features(query: Query, catalogue: Catalogue) -> list[Feature]:
    """All features of a question, in the order of their declaration."""
    return [make(query, catalogue) for make in (names, figures, types, partners)]


def names(query: Query, catalogue: Catalogue) -> Feature:
    """Names in the question that the case bears, each counted by its rarity."""
    weights = {name: catalogue.rarity(name) for name in catalogue.names_in(query.folded)}

    def said(at: int) -> tuple[str, str]:
        own = catalogue.units[at].names
        written = "、".join(own[name] for name in weights if name in own)
        return f"提到{written}", f"names {written}"

    return Feature("name", _shares(weights, catalogue.named, len(catalogue.units)), said)


def figures(query: Query, catalogue: Catalogue) -> Feature:
    """Numbers in the question that the case states, or comes near to."""
    values = np.zeros(len(catalogue.units))
    stated: dict[int, list[float]] = {}
    for number in sorted(query.numbers):
        best: dict[int, tuple[float, float]] = {}
        for near in catalogue.near(number, NEAR):
            worth = 1.0 if near == number else 0.5
            for at in catalogue.numbered[near]:
                best[at] = max(best.get(at, (0.0, 0.0)), (worth, near))
        for at, (worth, near) in best.items():
            values[at] += worth / len(query.numbers)
            stated.setdefault(at, []).append(near)

    def said(at: int) -> tuple[str, str]:
        written = "、".join(f"{value:,.10g}" for value in stated[at])
        return f"有数字{written}", f"states {written}"

    return Feature("number", values, said)


def types(query: Query, catalogue: Catalogue) -> Feature:
    """Kinds of alliance that the question's words stand for."""
    return _of_codes("type", query.types, catalogue.typed, ontology().alliance_types, catalogue)


def partners(query: Query, catalogue: Catalogue) -> Feature:
    """Kinds of partners that the question's words stand for."""
    return _of_codes("partner", query.partners, catalogue.partnered, ontology().entity_types, catalogue)


def _of_codes(
    name: str, codes: Iterable[str], postings: Postings[str], terms: Mapping[str, Term], catalogue: Catalogue
) -> Feature:
    wanted = sorted(codes)

    def said(at: int) -> tuple[str, str]:
        own = [terms[code] for code in wanted if at in postings.get(code, ())]
        return f"属于{'、'.join(t.zh for t in own)}", f"has {', '.join(t.en for t in own)}"

    return Feature(name, _shares(dict.fromkeys(wanted, 1.0), postings, len(catalogue.units)), said)


def _shares(weights: Mapping[str, float], postings: Postings[str], units: int) -> Values:
    """For each unit, the weight of the keys it bears, as a share of all."""
    values = np.zeros(units)
    total = sum(weights.values())
    for key, weight in weights.items():
        if total > 0:
            values[list(postings.get(key, ()))] += weight / total
    return values

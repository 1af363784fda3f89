"""Ranks cases for a question: words, glossary and meaning, with named features, by learned weights."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from graph.records import Case, Passage, Report
from graph.search.beside import beside
from graph.search.encoder import Encoder
from graph.search.features import Feature, features
from graph.search.filters import Filters, mask
from graph.search.forgiving import forgive
from graph.search.glossary import query_terms
from graph.search.hits import Hit, Part, reasons
from graph.search.query import parse
from graph.search.reaching import Reached, encoding, reach
from graph.search.snippets import matches
from graph.search.tokens import terms
from graph.search.unit_tables import RowIds
from graph.search.units import Units, units
from graph.search.weights import WAYS, Table, columns, table
from graph.store import Library

Values = npt.NDArray[np.float64]

SHOWN_WORDS = 6


@dataclass(frozen=True, slots=True)
class Ranking:
    """One question's reached units with everything that speaks for them; arrays run over `reached.units`."""

    reached: Reached
    features: tuple[Feature, ...]
    columns: dict[str, Values]

    def points(self, weights: Table) -> dict[str, Values]:
        """Feature → its points for each reached unit."""
        worth = weights.of(self.reached, list(self.features))
        return {name: worth[name] * values for name, values in self.columns.items() if worth[name]}


def search(
    library: Library, query: str, encoder: Encoder | None, top: int = 10, filters: Filters | None = None
) -> list[Hit]:
    """The `top` cases for a question in Chinese or English, best first, among those that fit `filters`.

    `encoder` None, or a library without vectors, searches by words and features alone; then only cases that share
    something with the question are found. UsageError for a question without words or a filter of an unknown type;
    EncoderError where the library's vectors were made by another encoder.
    """
    while (hits := _search(library, query, encoder, top, filters or Filters())) is None:
        pass  # the library was written to between looking and reading: look again
    return hits


def _search(library: Library, query: str, encoder: Encoder | None, top: int, filters: Filters) -> list[Hit] | None:
    """The hits; None where the rows that were found are no longer what they were."""
    known = units(library)
    ranking = rank(library, known, query, encoder, filters)
    points = ranking.points(table("zh" if ranking.reached.query.chinese else "en"))
    scores = np.sum(list(points.values()), axis=0) if points else np.zeros(len(ranking.reached.units))
    if not ranking.reached.has_meaning:
        scores = np.where(_shares_something(ranking), scores, -np.inf)
    order = [int(at) for at in np.argsort(-scores, kind="stable")[:top] if scores[at] > -np.inf]
    return _hits(library, known, ranking, points, scores, order)


def rank(
    library: Library, known: Units, query: str, encoder: Encoder | None, filters: Filters | None = None
) -> Ranking:
    """Take the question apart, reach for units, and work out what speaks for each."""
    asked = parse(query)
    vector = encoding(library, asked, encoder)
    asked = forgive(asked, known, library)
    reached = reach(library, known, asked, vector, mask(known, filters or Filters()))
    own = tuple(features(asked, known, reached.units))
    return Ranking(reached, own, columns(reached, list(own)))


def _shares_something(ranking: Ranking) -> npt.NDArray[np.bool_]:
    reached = ranking.reached
    shared = reached.words + reached.glossary + sum((f.values for f in ranking.features), np.zeros(len(reached.units)))
    found: npt.NDArray[np.bool_] = shared > 0
    return found


def _hits(
    library: Library, known: Units, ranking: Ranking, points: dict[str, Values], scores: Values, order: Sequence[int]
) -> list[Hit] | None:
    """The hits of these places among the reached units, read from the store; None where it has moved on."""
    chosen = [int(ranking.reached.units[at]) for at in order]
    records = beside.submit(known.records, library, chosen)
    rows = [_speaker(known, ranking.reached, unit) for unit in chosen]
    wanted = np.array([row for row in rows if row is not None], dtype=np.uint64)
    read = library.passages_at(wanted)
    if len(read) < len(wanted):
        return None
    passages = iter(read)
    found = []
    for at, row, (case, report) in zip(order, rows, records.result(), strict=True):
        passage = next(passages) if row is not None else _whole(case, report)
        found.append(Hit(case, report, float(scores[at]), reasons(_parts(ranking, points, at, passage)), passage))
    return found


def _speaker(known: Units, reached: Reached, unit: int) -> np.uint64 | None:
    """The row of the passage that speaks best for a unit: the most worth of those found, else its first."""
    rows: RowIds = np.concatenate([known.passages.rows_of(unit), known.passages.leads_of(unit)])
    if not len(rows):
        return None
    worth = [reached.worth.get(int(row), 0.0) for row in rows]
    best: np.uint64 = rows[int(np.argmax(worth))]
    return best


def _whole(case: Case, report: Report) -> Passage:
    return Passage(report.id, "", case.start, case.end, report.text[case.start : case.end])


def _parts(ranking: Ranking, points: dict[str, Values], at: int, passage: Passage) -> list[Part]:
    reached = ranking.reached
    parts = [
        _way(name, ranking, passage, float(getattr(reached, name)[at]), float(points[name][at]))
        for name in WAYS
        if name in points and getattr(reached, name)[at] > 0
    ]
    for feature in ranking.features:
        value = float(feature.values[at])
        if value > 0 and feature.name in points:
            parts.append(Part(feature.name, value, float(points[feature.name][at]), *feature.said(at)))
    return parts


def _way(name: str, ranking: Ranking, passage: Passage, value: float, points: float) -> Part:
    if name == "meaning":
        return Part(name, value, points, "意思相近", "close in meaning")
    query = ranking.reached.query
    wanted = query.terms if name == "words" else [t for form in query_terms(query.text) for t in terms(form)]
    spans = matches(passage.text, frozenset(wanted))
    written = dict.fromkeys(passage.text[a:b] for a, b in sorted(spans, key=lambda span: span[0] - span[1]))
    said = "、".join(list(written)[:SHOWN_WORDS])
    quoted = f"“{said}”等" if said else ""
    if name == "words":
        return Part(name, value, points, f"有{quoted}字词", f"has the words {said}".rstrip())
    return Part(
        name, value, points, f"有问句另一种语言的{quoted}字词", f"has its words in the other language {said}".rstrip()
    )

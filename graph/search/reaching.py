"""What a question reaches: the units that any of its ways leads to, and how well each way leads there."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from graph.search.beside import beside
from graph.search.encoder import Encoder, Vectors, check_encoder
from graph.search.filters import Mask
from graph.search.glossary import query_terms
from graph.search.postings import Places
from graph.search.query import Query
from graph.search.tokens import terms
from graph.search.unit_tables import Pairs
from graph.search.units import Units
from graph.store import Library, Rows

Values = npt.NDArray[np.float64]

REACH = 600  # passages that each way looks at; where a library has no more, every unit is looked at
FEW = 1000  # reports that a filter leaves, up to which the store is asked for theirs alone
WIDE = 4  # times as many passages are looked at for a wide filter, which then is laid over them
ENOUGH = 100  # passages that must fit it then; else the store is asked for its reports alone, however many
LEAD = 0.5  # what the words of a report's lead are worth for each of its cases


@dataclass(frozen=True, slots=True)
class Reached:
    """The units that a question is answered from, ascending, and for each of them what the three ways found there.

    `words` and `glossary` are BM25 sums of a unit's best passage for the question's own words and for those that the
    bilingual glossary adds, `meaning` its highest cosine; a unit that a way did not reach has 0, or the least cosine
    that was seen. `worth` says of every passage found, by its row, how well it speaks for the question.
    """

    query: Query
    units: Places
    words: Values
    glossary: Values
    meaning: Values
    worth: dict[int, float]
    has_meaning: bool


Ask = Callable[[int, Sequence[str] | None], Rows]


def encoding(library: Library, query: Query, encoder: Encoder | None) -> "Future[Vectors] | None":
    """The question's vector, which other threads work on from now; None without an encoder or vectors in the library.

    EncoderError where another encoder made the library's vectors.
    """
    if encoder is None or not check_encoder(library, encoder):
        return None
    return beside.submit(encoder.encode_question, query.text, chinese=query.chinese)


def reach(
    library: Library, known: Units, query: Query, vector: "Future[Vectors] | None", allowed: Mask | None
) -> Reached:
    """Ask the store by words and by meaning, and gather the units."""
    more = tuple(dict.fromkeys(term for form in query_terms(query.text) for term in terms(form)))
    # The store counts words while the question is encoded.
    waiting = [beside.submit(_ask, _by_words(library, own), known, allowed) for own in (query.terms, more)]
    meaning = _ask(_by_meaning(library, vector), known, allowed)
    words, glossary = (one.result() for one in waiting)
    found = (words, glossary, meaning)
    units = _units(known, query, found, allowed)
    return Reached(
        query=query,
        units=units,
        words=_words(known, units, words),
        glossary=_words(known, units, glossary),
        meaning=_meaning(known, units, meaning),
        worth=_worth(found),
        has_meaning=vector is not None,
    )


def _by_words(library: Library, wanted: Sequence[str]) -> Ask | None:
    return (lambda limit, reports: library.best_words(wanted, limit, reports)) if wanted else None


def _by_meaning(library: Library, vector: "Future[Vectors] | None") -> Ask | None:
    return (lambda limit, reports: library.nearest(vector.result(), limit, reports)) if vector else None


def _ask(way: Ask | None, known: Units, allowed: Mask | None) -> Rows:
    if way is None or (allowed is not None and not allowed.any()):
        return Rows(np.empty(0, np.uint64), np.empty(0, np.float32))
    if allowed is None:
        return way(REACH, None)
    reports = known.reports_of(np.flatnonzero(allowed))
    if len(reports) > FEW:
        found = way(WIDE * REACH, None)
        pairs = known.passages.own_of(found.rows)
        if np.count_nonzero(allowed[pairs.unit]) >= ENOUGH:
            return found
    return way(REACH, reports)


def _units(known: Units, query: Query, found: Sequence[Rows], allowed: Mask | None) -> Places:
    """All units of a small library or of a narrow filter, else those that a way or a telling name or number reaches."""
    everything = np.arange(len(known)) if allowed is None else np.flatnonzero(allowed)
    if len(everything) <= REACH:
        return everything.astype(np.int32)
    reached: list[npt.NDArray[np.signedinteger]] = [
        pairs.unit for rows in found for pairs in (known.passages.own_of(rows.rows), known.passages.lead_of(rows.rows))
    ]
    reached += [own for name in known.names_in(query.folded) if len(own := known.named[name]) <= REACH]
    units = np.unique(np.concatenate(reached)).astype(np.int32)
    return units if allowed is None else units[allowed[units]]


def _words(known: Units, units: Places, rows: Rows) -> Values:
    own = _best(units, known.passages.own_of(rows.rows), rows.scores)
    lead = _best(units, known.passages.lead_of(rows.rows), rows.scores)
    return np.maximum(own, LEAD * lead)


def _best(units: Places, pairs: Pairs, scores: npt.NDArray[np.float32], least: float = 0.0) -> Values:
    """For each of `units` the highest score of its passages, `least` where none was reached."""
    best = np.full(len(units), least)
    at, hit = _among(units, pairs)
    np.maximum.at(best, at, scores[hit])
    return best


def _meaning(known: Units, units: Places, rows: Rows) -> Values:
    """For each of `units` its highest cosine, the least one seen for a unit that was not reached."""
    least = float(rows.scores.min()) if len(rows.scores) else 0.0
    return _best(units, known.passages.own_of(rows.rows), rows.scores, least)


def _among(units: Places, pairs: Pairs) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The pairs whose unit is one of `units`: its place there, and the hit."""
    at = np.searchsorted(units, pairs.unit)
    at[at == len(units)] = 0
    fits = units[at] == pairs.unit if len(units) else np.zeros(0, dtype=bool)
    return at[fits], pairs.hit[fits]


def _worth(found: Sequence[Rows]) -> dict[int, float]:
    """Row → what the ways say of it together, each from 0 for the least it found to 1 for the best."""
    worth: dict[int, float] = {}
    for way in found:
        if len(way.scores):
            spread = float(way.scores.max() - way.scores.min()) or 1.0
            shares = (way.scores - way.scores.min()) / spread
            for row, share in zip(way.rows.tolist(), shares.tolist(), strict=True):
                worth[row] = worth.get(row, 0.0) + share
    return worth

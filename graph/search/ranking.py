"""Ranks cases for a question: words (BM25) and meaning (vectors), each standardised, with named features on top."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from graph.errors import EncoderError
from graph.records import Passage
from graph.search.catalogue import Catalogue, Postings, catalogue
from graph.search.encoder import Encoder
from graph.search.features import Feature, features
from graph.search.filters import Filters, allowed
from graph.search.hits import Hit, Part, reasons
from graph.search.query import Query, parse
from graph.search.snippets import matches
from graph.store import Hits, Library

Values = npt.NDArray[np.float64]

REACH = 5000  # passages that each half looks at; a case that has none among them is taken for the worst seen
LEAD = 0.5  # what the words of a report's lead are worth for each of its cases
BEST = 2  # a case is as close as the mean of its best passages
SHOWN_WORDS = 6


@dataclass(frozen=True, slots=True)
class Weights:
    """What a standard deviation of words and of meaning is worth, and a feature that fits in full."""

    words: float
    meaning: float
    name: float
    number: float
    type: float
    partner: float

    def of(self, feature: str) -> float:
        """The weight of a feature by its name."""
        value: float = getattr(self, feature)
        return value


# Words, meaning, names and numbers as bench/search_quality.py --tune sets them on the training questions that are not
# held out. Those have one right case each, so they cannot show what kinds and partners are worth: these are modest.
CHINESE = Weights(words=0.3, meaning=0.9, name=1.0, number=0.45, type=0.15, partner=0.1)
OTHER = Weights(words=0.1, meaning=0.6, name=1.0, number=0.5, type=0.3, partner=0.2)


@dataclass(frozen=True, slots=True)
class Ranking:
    """All that one question says of the allowed units; arrays run over all units of the catalogue.

    `words` and `meaning` map passages to BM25 and cosine.
    """

    query: Query
    allowed: npt.NDArray[np.int64]
    words: dict[str, float]
    meaning: dict[str, float]
    by_words: Values
    by_meaning: Values
    features: tuple[Feature, ...]

    def points(self, weights: Weights) -> dict[str, Values]:
        """Feature → its points for the allowed units, in their order."""
        found = {"words": weights.words * _standardised(self.by_words[self.allowed])}
        if self.meaning:
            found["meaning"] = weights.meaning * _standardised(self.by_meaning[self.allowed])
        for feature in self.features:
            found[feature.name] = weights.of(feature.name) * feature.values[self.allowed]
        return found


def search(
    library: Library, query: str, encoder: Encoder | None, top: int = 10, filters: Filters | None = None
) -> list[Hit]:
    """The `top` cases for a question in Chinese or English, best first, among those that fit `filters`.

    `encoder` None, or a library without vectors, searches by words and features alone; then only cases that share
    something with the question are found. UsageError for a question without words or a filter of an unknown type;
    EncoderError where the library's vectors were made by another encoder.
    """
    asked = parse(query)
    known = catalogue(library)
    ranking = rank(library, known, asked, encoder, allowed(known, filters or Filters()))
    weights = CHINESE if asked.chinese else OTHER
    points = ranking.points(weights)
    scores = sum(points.values(), start=np.zeros(len(ranking.allowed)))
    if not ranking.meaning:
        speaks = ranking.by_words[ranking.allowed] + sum(f.values[ranking.allowed] for f in ranking.features)
        scores = np.where(speaks > 0, scores, -np.inf)
    order = [at for at in np.argsort(-scores, kind="stable")[:top] if scores[at] > -np.inf]
    return [_hit(known, ranking, points, int(at), float(scores[at])) for at in order]


def rank(
    library: Library, known: Catalogue, query: Query, encoder: Encoder | None, units: list[int] | None = None
) -> Ranking:
    """Ask the store for both halves and work out the features, among `units` or all."""
    chosen = list(range(len(known.units))) if units is None else units
    within = None if len(chosen) == len(known.units) else [*sorted({known.units[at].case.id for at in chosen}), ""]
    words = _scores(library.match_text(query.terms, REACH, within)) if chosen else {}
    meaning = _scores(_nearest(library, query, encoder, within)) if chosen else {}
    return Ranking(
        query=query,
        allowed=np.array(chosen, dtype=np.int64),
        words=words,
        meaning=meaning,
        by_words=np.maximum(
            best_mean(known.of_passage, words, 1, len(known.units)),
            LEAD * best_mean(known.of_lead, words, 1, len(known.units)),
        ),
        by_meaning=best_mean(known.of_passage, meaning, BEST, len(known.units), min(meaning.values(), default=0.0)),
        features=tuple(features(query, known)),
    )


def _scores(hits: Hits) -> dict[str, float]:
    return dict(zip(hits.ids, hits.scores, strict=True))


def _nearest(library: Library, query: Query, encoder: Encoder | None, within: list[str] | None) -> Hits:
    if encoder is None or not library.encoder:
        return Hits([], [])
    check_encoder(library, encoder)
    return library.match_vector(encoder.encode_question(query.text, chinese=query.chinese), REACH, within)


def check_encoder(library: Library, encoder: Encoder) -> None:
    """EncoderError where the library's vectors were made by another encoder."""
    if library.encoder != encoder.name:
        raise EncoderError(
            f"The vectors of {library.uri} were made by {library.encoder}, not by {encoder.name}. "
            f"Ask with --model {library.encoder}, or index the library again with the other model."
        )


def best_mean(postings: Postings[str], scores: dict[str, float], best: int, units: int, least: float = 0.0) -> Values:
    """For each unit the mean of its `best` highest passage scores; one that has none gets `least`."""
    own: list[list[float]] = [[] for _ in range(units)]
    for passage, score in scores.items():
        for at in postings.get(passage, ()):
            own[at].append(score)
    means = (sorted(values, reverse=True)[:best] for values in own)
    return np.array([sum(values) / len(values) if values else least for values in means])


def _standardised(values: Values) -> Values:
    spread = float(values.std()) if len(values) else 0.0
    return (values - values.mean()) / spread if spread > 1e-9 else np.zeros(len(values))


def _hit(known: Catalogue, ranking: Ranking, points: dict[str, Values], at: int, score: float) -> Hit:
    unit_at = int(ranking.allowed[at])
    unit = known.units[unit_at]
    passage = _speaker((*unit.passages, *unit.lead), ranking) or Passage(
        unit.report.id, "", unit.case.start, unit.case.end, unit.report.text[unit.case.start : unit.case.end]
    )
    parts = [
        _half(name, ranking, unit_at, passage, float(points[name][at]))
        for name, values in (("words", ranking.by_words), ("meaning", ranking.by_meaning))
        if name in points and values[unit_at] > 0
    ]
    for feature in ranking.features:
        value = float(feature.values[unit_at])
        if value > 0:
            parts.append(Part(feature.name, value, float(points[feature.name][at]), *feature.said(unit_at)))
    return Hit(unit.case, unit.report, score, reasons(parts), passage)


def _speaker(passages: Iterable[Passage], ranking: Ranking) -> Passage | None:
    """The passage that speaks best for its case: by words and meaning alike, each against the best of all passages."""
    top = max(ranking.words.values(), default=0.0) or 1.0
    low = min(ranking.meaning.values(), default=0.0)
    spread = (max(ranking.meaning.values(), default=0.0) - low) or 1.0

    def worth(passage: Passage) -> float:
        nearness = (ranking.meaning.get(passage.id, low) - low) / spread
        return ranking.words.get(passage.id, 0.0) / top + nearness

    return max(passages, key=worth, default=None)


def _half(name: str, ranking: Ranking, unit: int, passage: Passage, points: float) -> Part:
    if name == "meaning":
        value = float(ranking.by_meaning[unit])
        return Part(name, value, points, "意思相近", "close in meaning")
    spans = matches(passage.text, frozenset(ranking.query.terms))
    written = dict.fromkeys(passage.text[a:b] for a, b in sorted(spans, key=lambda span: span[0] - span[1]))
    said = "、".join(list(written)[:SHOWN_WORDS])
    return Part(name, float(ranking.by_words[unit]), points, f"有“{said}”等字词", f"has the words {said}")

"""What cases are compared on: their records and traits, how rare names are, and which cases are worth a look.

    ground(library) -> Ground     kept until the library's next write

A small library is compared whole. In a large one only the cases that are near by their vectors or words, or that share
a rare name, are read and compared.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from graph.compare.likeness_spread import Spread
from graph.compare.traits import NONE, Records, Traits, Vectors, traits_of
from graph.errors import NotFoundError
from graph.identity import Entities, corrected, entities_of, standing_claims
from graph.records import Claim, Figure, Mention
from graph.search.units import Units, units
from graph.store import Library
from graph.text import fold

WHOLE = 200  # cases up to which all are compared
REACH = 200  # passages that words, and vectors, bring where not all are compared
TERMS = 40  # terms that stand for a text when cases near by words are looked for
BEARERS = 50  # a name that more cases bear than these brings none of them
SAMPLE = 200  # cases that say how common words are, and the mean of vectors, in a large library
HELD = 4000  # cases kept in memory


@dataclass(frozen=True, slots=True)
class Known:
    """A unit with its records, its traits, and the mean of its vectors at length 1, (0,) without vectors."""

    unit: int
    records: Records
    traits: Traits
    mean: Vectors


@dataclass(slots=True)
class _Told:
    """What is recorded of one report."""

    mentions: list[Mention] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)


class Ground:
    """One version of a library, as comparisons read it. A unit is a case by its place in graph.search.units."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.units: Units = units(library)
        self.small = len(self.units) <= WHOLE
        self._known: dict[int, Known] = {}
        self._sample: list[int] = np.unique(np.linspace(0, max(0, len(self.units) - 1), SAMPLE).astype(int)).tolist()
        if not len(self.units):
            self._sample = []
        self.centre = self._mean()

    def _mean(self) -> Vectors:
        """The mean vector of the library's passages, (0,) without vectors; of a large one, of evenly chosen cases."""
        rows = [self.units.passages.rows_of(unit) for unit in self._sample] if self.library.encoder else []
        together = np.concatenate(rows) if rows else np.zeros(0, dtype=np.uint64)
        return self.library.vectors_at(together).mean(axis=0) if len(together) else np.zeros(0, dtype=np.float32)

    def unit(self, case: str) -> int:
        """The unit of a case; NotFoundError where the library holds none of this id."""
        found = self.units.find(case)
        if found < 0:
            raise NotFoundError(f"The library {self.library.uri} holds no case {case}. `alliance search` finds cases.")
        return found

    def units_naming(self, mentions: Collection[Mention]) -> list[int]:
        """The units whose text holds any of these mentions, those with most of them first."""
        names = {form for mention in mentions for form in (mention.name, mention.form)}
        reports = {m.report for m in mentions}
        likely = {at for name in names for at in self.units.named[fold(name).strip()].tolist()}
        own = self.known([at for at in sorted(likely) if self.units.report_id(at) in reports])
        ids = {m.id for m in mentions}
        counts = {at: sum(m.id in ids for m in one.records.mentions) for at, one in own.items()}
        return [at for at, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])) if count]

    def known(self, wanted: Sequence[int]) -> dict[int, Known]:
        """Some units with their records and traits; those not yet known are read together."""
        fresh = [unit for unit in dict.fromkeys(wanted) if unit not in self._known]
        if fresh:
            if len(self._known) + len(fresh) > HELD:
                self._known = {unit: self._known[unit] for unit in wanted if unit in self._known}
            self._known.update({one.unit: one for one in self._read(fresh)})
        return {unit: self._known[unit] for unit in wanted}

    def _read(self, wanted: Sequence[int]) -> Iterable[Known]:
        found = self.units.records(self.library, wanted)
        told = self._told({report.id for _, report in found})
        rows = [self.units.passages.rows_of(unit) for unit in wanted]
        vectors = self._vectors(rows)
        for unit, (case, report), own, matrix in zip(wanted, found, rows, vectors, strict=True):
            said = told[report.id]
            records = Records(
                case,
                report,
                [m for m in said.mentions if case.start <= m.start < case.end],
                [c for c in said.claims if case.start <= c.start < case.end],
                [f for f in said.figures if f.case == case.id or case.start <= f.start < case.end],
                own,
                matrix,
            )
            yield Known(unit, records, traits_of(records), _unit_mean(matrix))

    def _vectors(self, rows: Sequence[NDArray[np.uint64]]) -> list[Vectors]:
        """For each unit its passages' vectors less the library's mean."""
        if not len(self.centre):
            return [NONE] * len(rows)
        whole = self.library.vectors_at(np.concatenate(rows)) - self.centre
        return np.split(whole, np.cumsum([len(own) for own in rows])[:-1])

    def _told(self, reports: Collection[str]) -> dict[str, _Told]:
        """What is recorded of some reports, as people corrected it."""
        library, judgements = self.library, self.library.judgements()
        mentions = list(library.mentions_of(reports))
        claims, figures = library.claims_of(reports), library.figures_of(reports)
        found: dict[str, _Told] = defaultdict(_Told)
        for mention in corrected(mentions, judgements):
            found[mention.report].mentions.append(mention)
        for claim in standing_claims(claims, judgements, mentions):
            found[claim.report].claims.append(claim)
        for figure in figures:
            found[figure.report].figures.append(figure)
        return found

    def near(self, traits: Traits, but: Collection[int] = ()) -> list[int]:
        """The units worth comparing with, in order, without those of `but`."""
        found = range(len(self.units)) if self.small else sorted(self._near(traits))
        return [at for at in found if at not in but]

    def _near(self, traits: Traits) -> set[int]:
        found: set[int] = set()
        for name in (*traits.names, *traits.products):
            bearers = self.units.named[name]
            if len(bearers) <= BEARERS:
                found.update(bearers.tolist())
        commonest = sorted(traits.terms, key=lambda term: (-traits.terms[term], term))[:TERMS]
        hits = [self.library.best_words(commonest, REACH).rows]
        if len(traits.vectors):
            hits.append(self.library.nearest(traits.vectors.mean(axis=0) + self.centre, REACH).rows)
        return found.union(*(self.units.passages.own_of(rows).unit.tolist() for rows in hits))

    @cached_property
    def entities(self) -> Entities:
        """The entities of the library."""
        return entities_of(self.library)

    @cached_property
    def spread(self) -> Spread:
        """How common words are in the library; in a large one, among evenly chosen cases."""
        return Spread([one.traits for one in self.known(self._sample).values()])


def _unit_mean(vectors: Vectors) -> Vectors:
    if not len(vectors):
        return np.zeros(vectors.shape[1], dtype=np.float32)
    mean: Vectors = vectors.sum(axis=0)
    return mean / max(float(np.linalg.norm(mean)), 1e-9)


_grounds: "WeakKeyDictionary[Library, Ground]" = WeakKeyDictionary()


def ground(library: Library) -> Ground:
    """The ground of the library as it is now, kept until its next write."""
    held = _grounds.get(library)
    if held is None or held.units.version != library.version:
        held = _grounds[library] = Ground(library)
    return held

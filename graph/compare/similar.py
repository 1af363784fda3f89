"""Comparable cases: those most like a case, an entity's cases or a description, feature by feature, with reasons.

    similar(library, case, encoder) -> Comparison        also an Entity, or a text that describes a case

Retellings of one case stand under the one that fits best, so that five accounts of one story do not fill the list;
those of the case that was asked about are named apart.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.compare.likeness import LITTLE, Asked, weights_with
from graph.compare.likeness_ground import Ground, Known, ground
from graph.compare.retellings import Retellings, Why, grouped
from graph.compare.traits import NONE, Traits, Vectors, described, merged
from graph.errors import NotFoundError
from graph.identity import Entities, Entity
from graph.records import Case, Passage
from graph.search.encoder import Encoder, check_encoder
from graph.search.hits import Hit, Part, reasons
from graph.search.query import parse
from graph.store import Library
from graph.text import fold

EXAMINED = 3  # times as many cases are looked through for retellings as are asked for
MOST = 100  # cases that are looked through for retellings; further ones stand for themselves
BEGINNING = 200  # characters of a case that stand for it where it has no passages
CASES = 50  # cases of an entity that are taken together


@dataclass(frozen=True, slots=True)
class Retold:
    """A case that tells of the same as another, and why it is taken to."""

    hit: Hit
    why: Why


@dataclass(frozen=True, slots=True)
class Alike:
    """A comparable case with the features it was weighed by, and the other accounts of it.

    `parts` are all features in their order: `value` from 0 to 1, `points` what it adds to the score.
    """

    hit: Hit
    parts: tuple[Part, ...]
    retold: tuple[Retold, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was found: `like` are the cases compared with, none for a description; `asked` the first of them by its name
    REPORT#POSITION, `weights` those used.

    `also_told` are other accounts of the case that was asked about, `alike` the comparable cases, best first.
    """

    like: tuple[Case, ...]
    asked: str
    weights: Mapping[str, float]
    also_told: tuple[Retold, ...]
    alike: tuple[Alike, ...]

    @property
    def ranking(self) -> list[Hit]:
        """All cases in one list: other accounts of the same first, each comparable case before its retellings."""
        own = [retold.hit for retold in self.also_told]
        return own + [hit for one in self.alike for hit in (one.hit, *(retold.hit for retold in one.retold))]


def similar(
    library: Library,
    like: Case | Entity | str,
    encoder: Encoder | None,
    top: int = 10,
    weights: Mapping[str, float] | None = None,
    entities: Entities | None = None,
) -> Comparison:
    """The `top` cases most like a case, the cases that an entity occurs in, or a description; those left out.

    `weights` sets some features' weights anew (see graph.compare.likeness); `entities` spares reading them. Without
    `encoder`, or vectors in the library, texts are compared by their words. UsageError for unknown features or a
    description without words; NotFoundError for a case or entity that is not in the library; EncoderError where the
    library's vectors were made by another encoder.
    """
    chosen = weights_with(weights)
    if encoder is not None and library.encoder:
        check_encoder(library, encoder)
    known = ground(library)
    own, mine = _start(known, like, encoder)
    others = list(known.known(known.near(mine, own)).values())
    nearness = _nearness(mine, others)
    near = dict(zip((one.unit for one in others), nearness.tolist(), strict=True)) if nearness is not None else {}
    found = _Found(known, Asked(mine, known.spread, known.units.rarity), near, chosen, Retellings(known, entities))
    scores = {one.unit: found.score(one) for one in others}
    ordered = sorted(others, key=lambda one: (-scores[one.unit], one.unit))
    return found.comparison(list(known.known(own[:CASES]).values()), ordered, top)


def meant(library: Library, said: str) -> Case | Entity | str:
    """What a user names by `said`: a case by id or REPORT#POSITION, an entity by id, name or alias, else a description.

    Of entities of one name the one that most reports name is meant. NotFoundError for a case or an id that is not
    there.
    """
    wanted = said.strip()
    if wanted.startswith("c-") or wanted.rpartition("#")[2].isdecimal():
        return library.case(wanted)
    known = ground(library)
    if wanted.startswith("e-"):
        if wanted not in known.entities.by_id:
            raise NotFoundError(
                f"No entity has the id {wanted!r} in {library.uri}. `alliance show NAME` finds entities."
            )
        return known.entities.by_id[wanted]
    if fold(wanted) not in known.units.named:
        return said
    exact = [e for e in known.entities.find(wanted) if fold(wanted) in map(fold, (e.name, *e.aliases))]
    return exact[0] if exact else said


def _start(known: Ground, like: Case | Entity | str, encoder: Encoder | None) -> tuple[list[int], Traits]:
    """The units that are asked about, and their traits taken together."""
    if isinstance(like, Case):
        unit = known.unit(like.id)
        return [unit], known.known([unit])[unit].traits
    if isinstance(like, Entity):
        wanted = set(like.mentions)
        units = known.units_naming([m for m in known.library.mentions_of(like.reports) if m.id in wanted])
        if not units:
            raise NotFoundError(f"No case of {known.library.uri} names {like.name}, so there is none to compare with.")
        several = known.known(units[:CASES])
        return units, merged([one.traits for one in several.values()])
    asked = parse(like)
    return [], described(
        asked, known.units.names_in(asked.folded), _encoded(known, like, encoder, chinese=asked.chinese)
    )


def _encoded(known: Ground, text: str, encoder: Encoder | None, *, chinese: bool) -> Vectors:
    """A description's vector (1, d) less the library's mean; in Chinese as a passage is, for it reads like one."""
    if encoder is None or not len(known.centre):
        return NONE
    vectors = encoder.encode_passages([text]) if chinese else encoder.encode_question(text, chinese=False)[None, :]
    found: Vectors = vectors - known.centre
    return found


def _nearness(mine: Traits, others: Sequence[Known]) -> NDArray[np.float64] | None:
    """Cosines of mean vectors, less their mean over all compared; None without vectors."""
    if not len(mine.vectors) or not others or not len(others[0].mean):
        return None
    own = mine.vectors.sum(axis=0)
    cosines = np.stack([one.mean for one in others]) @ (own / max(float(np.linalg.norm(own)), 1e-9))
    found: NDArray[np.float64] = cosines - cosines.mean()
    return found


@dataclass(frozen=True, slots=True)
class _Found:
    """What one comparison found, to be put in order."""

    known: Ground
    asked: Asked
    nearness: Mapping[int, float]
    weights: Mapping[str, float]
    retellings: Retellings

    def score(self, one: Known) -> float:
        """What orders the cases: values times weights."""
        values = self.asked.values(one.traits, self.nearness.get(one.unit))
        return sum(self.weights[code] * value for code, value in values.items())

    def comparison(self, own: list[Known], ordered: list[Known], top: int) -> Comparison:
        """The first `top` groups of retellings; the accounts of what was asked about apart."""
        examined, further = ordered[: min(MOST, EXAMINED * top)], ordered[min(MOST, EXAMINED * top) :]
        again: list[tuple[Known, Why]] = []
        if len(own) == 1:
            again = [(one, why) for one in examined if (why := self.retellings.why(own[0], one))]
        apart = {one.unit for one, _ in again}
        groups = grouped((one for one in examined if one.unit not in apart), self.retellings.why)
        groups = [*groups, *((one, []) for one in further)][:top]
        under = [one for first, rest in groups for one in (first, *(told for told, _ in rest))]
        hits = self._hits([*(one for one, _ in again), *under])
        alike = [
            Alike(*hits[first.unit], tuple(Retold(hits[one.unit][0], why) for one, why in rest))
            for first, rest in groups
        ]
        also_told = tuple(Retold(hits[one.unit][0], why) for one, why in again)
        asked = f"{own[0].records.report.stem}#{own[0].records.case.position}" if own else ""
        return Comparison(tuple(one.records.case for one in own), asked, self.weights, also_told, tuple(alike))

    def _hits(self, shown: Sequence[Known]) -> dict[int, tuple[Hit, tuple[Part, ...]]]:
        """Unit → hit, with the passage that is nearest to what was asked about, and its features."""
        rows = [one.records.rows[self._nearest(one)] for one in shown if len(one.records.rows)]
        found = iter(self.known.library.passages_at(np.array(rows, dtype=np.uint64)) if rows else ())
        return {one.unit: self._hit(one, next(found) if len(one.records.rows) else _first(one)) for one in shown}

    def _nearest(self, one: Known) -> int:
        mine = self.asked.mine.vectors
        return int(np.argmax(one.records.vectors @ mine.mean(axis=0))) if len(mine) and len(one.records.vectors) else 0

    def _hit(self, one: Known, passage: Passage) -> tuple[Hit, tuple[Part, ...]]:
        parts = self.asked.parts(one.traits, self.nearness.get(one.unit), self.weights)
        told = reasons([part for part in parts if part.value >= LITTLE])
        return Hit(one.records.case, one.records.report, sum(part.points for part in parts), told, passage), tuple(
            parts
        )


def _first(one: Known) -> Passage:
    """The beginning of a case that has no passages yet."""
    case, text = one.records.case, one.records.report.text
    end = min(case.end, case.start + BEGINNING)
    return Passage(case.report, case.id, case.start, end, text[case.start : end])

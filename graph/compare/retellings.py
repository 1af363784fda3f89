"""Retellings: cases of different reports that tell of the same, by what both name and by their words.

    Retellings(ground, entities).why(one, other) -> Why | None

Two cases of one alliance also share its name, its villages and often its people. They are told apart from two accounts
of one case by what they tell besides: an account of the same names further things and numbers, in like words.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import sqrt

from graph.compare.likeness_ground import Ground, Known
from graph.compare.likeness_spread import Weighed, cosine
from graph.identity import Entities, Entity, derive
from graph.search.query import SMALLEST, numbers
from graph.search.tokens import terms
from graph.text import fold

WHO = frozenset({"Alliance", "Person"})
TOWNSHIPS = ("镇", "乡", "街道")  # larger divisions hold many cases
SHARED = 6  # things that both name, or ...
SHARE, FEWEST = 0.6, 3  # ... so large a share of what the shorter one names, and so many
WORDS = 0.05  # cosine of their words, those of shared names apart
LIKELY_NAMES = 3  # names that both bear before they are looked at more closely; all forms of one thing count
LIKELY_WORDS = 0.3  # or so high a cosine of all their words
COPIED, SHINGLE, SHORTEST = 0.5, 6, 40  # share of the shorter text that both hold, in runs of so many characters
COMMON, FEW = 0.05, 8  # a name that more cases bear than this share, and than so many, tells nothing
YEARS = range(1900, 2101)
SHOWN = 4


@dataclass(frozen=True, slots=True)
class Why:
    """Why two cases are taken for one: near-identical text (`copied`), or the names of what both tell of."""

    copied: bool
    names: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """In Chinese."""
        return "文字几乎相同" if self.copied else f"讲的是同一件事：都有{'、'.join(self.names)}"

    @property
    def english(self) -> str:
        """In English."""
        return "nearly the same text" if self.copied else f"tells of the same: both name {', '.join(self.names)}"


class Retellings:
    """Recognises retellings among the cases of a library.

    `entities` are those of the library; without them they are read, or made of the reports in question alone where the
    library is large.
    """

    def __init__(self, ground: Ground, entities: Entities | None = None) -> None:
        self._ground = ground
        self._spread = ground.spread
        self._entities = entities
        self._rare: dict[int, frozenset[str]] = {}

    def why(self, one: Known, other: Known) -> Why | None:
        """Why the two tell of the same, or None. Two cases of one report never do."""
        if one.records.report.id == other.records.report.id:
            return None
        mine, theirs = self._rare_names(one), self._rare_names(other)
        both = len(mine & theirs)
        if both == 0 and mine and theirs:
            return None  # cheap, so that few pairs are looked at closely
        alike = cosine(*(self._spread.weighed("terms", known.traits) for known in (one, other)))
        if alike >= LIKELY_WORDS and copied(text_of(one), text_of(other)):
            return Why(copied=True)
        return self._told_again(one, other) if both >= LIKELY_NAMES else None

    def _rare_names(self, known: Known) -> frozenset[str]:
        if known.unit not in self._rare:
            named, most = self._ground.units.named, max(FEW, COMMON * len(self._ground.units))
            self._rare[known.unit] = frozenset(name for name in known.traits.names if len(named[name]) <= most)
        return self._rare[known.unit]

    def _told_again(self, one: Known, other: Known) -> Why | None:
        entities = self._entities_for(one, other)
        mine, theirs = (_named(known, entities) for known in (one, other))
        both = [entities.by_id[entity] for entity in mine if entity in theirs]
        who = [e for e in both if e.type in WHO]
        where = [e for e in both if _is_place(e)]
        alliances_and_places = {e.id for e in both if e.type == "Alliance" or _is_place(e)}
        what = [e for e in both if e.id not in alliances_and_places and e.type != "Division"]
        figures = _numbers(one) & _numbers(other)
        shared = len({e.id for e in (*who, *where, *what)}) + len(figures)
        fewer = min(len(mine), len(theirs))
        enough = shared >= SHARED or (shared >= FEWEST and shared >= SHARE * fewer)
        if not (who and where and enough and (what or figures)):
            return None
        names = {term for e in both for form in (*mine[e.id], *theirs[e.id]) for term in terms(fold(form))}
        if cosine(*(self._apart_from(names, known) for known in (one, other))) < WORDS:
            return None
        said = dict.fromkeys(e.name for e in (*who, *where, *what))
        return Why(copied=False, names=tuple(said)[:SHOWN])

    def _entities_for(self, one: Known, other: Known) -> Entities:
        if self._entities is not None:
            return self._entities
        if self._ground.small:
            self._entities = self._ground.entities
            return self._entities
        library = self._ground.library
        reports = [known.records.report for known in (one, other)]
        return derive(list(library.mentions_of({r.id for r in reports})), reports, library.judgements())

    def _apart_from(self, names: set[str], known: Known) -> Weighed:
        weights = {t: w for t, w in self._spread.weighed("terms", known.traits)[0].items() if t not in names}
        return weights, sqrt(sum(weight * weight for weight in weights.values()))


def text_of(known: Known) -> str:
    """The text of a case."""
    case = known.records.case
    return known.records.report.text[case.start : case.end]


def copied(one: str, other: str) -> bool:
    """Whether the shorter of two texts stands in the other for the most part, word for word."""
    mine, theirs = ("".join(c for c in fold(text) if c.isalnum()) for text in (one, other))
    if min(len(mine), len(theirs)) < SHORTEST:
        return False
    runs = [{text[at : at + SHINGLE] for at in range(len(text) - SHINGLE + 1)} for text in (mine, theirs)]
    return len(runs[0] & runs[1]) >= COPIED * min(map(len, runs))


def grouped(
    ordered: Iterable[Known], why: Callable[[Known, Known], Why | None]
) -> list[tuple[Known, list[tuple[Known, Why]]]]:
    """Cases in their order, each with the later ones that tell of the same; those stand under it alone."""
    groups: list[tuple[Known, list[tuple[Known, Why]]]] = []
    for known in ordered:
        for first, others in groups:
            if reason := why(first, known):
                others.append((known, reason))
                break
        else:
            groups.append((known, []))
    return groups


def _named(known: Known, entities: Entities) -> dict[str, set[str]]:
    """Entity → the forms in which a case names it; larger divisions are left out."""
    found: dict[str, set[str]] = {}
    for mention in known.records.mentions:
        entity = entities.by_id.get(entities.of_mention.get(mention.id, ""))
        if entity and (entity.type != "Division" or _is_place(entity)):
            found.setdefault(entity.id, set()).update((mention.form, mention.name))
    return found


def _is_place(entity: Entity) -> bool:
    return entity.type in {"Village", "Place"} or (entity.type == "Division" and entity.name.endswith(TOWNSHIPS))


def _numbers(known: Known) -> set[float]:
    """The numbers a case states, years and small ones left out."""
    return {n for n in numbers(fold(text_of(known))) if n >= SMALLEST and n not in YEARS}

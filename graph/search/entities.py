"""Finds entities by name: those a question is, names, or nearly names, each with the reason.

    find_entities(library, "石桥彎村")[0].zh  ->  "名称“石桥湾村”，写法相差一个字"

Names are compared as identity compares them: traditional as simplified characters, full-width as half-width, without
quotes, brackets and blanks. Exact names come first, then aliases, parts of names, and names that are nearly written.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from graph.identity import Entities, Entity, entities_of
from graph.identity.names import normal
from graph.search.kept import Kept
from graph.search.nearby import NearNames, Slip
from graph.store import Library

TOP = 5
SHORTEST, LONGEST = 2, 40  # characters of a name that is looked for inside a question
READ = 1000  # characters of a question that are looked through
PARTS = 2000  # names holding the question that are ranked
CLAUSES = re.compile(r"[、,，。;；:：!！?？\n\t]+")
RANKS = ("name", "code", "alias", "named", "named_alias", "begins", "part", "near", "near_named")
SLIPS = {
    "wrong": ("有一个字不同", "one character differs"),
    "missing": ("少一个字", "one character is missing"),
    "extra": ("多一个字", "one character too many"),
    "swapped": ("有两个字颠倒", "two characters are swapped"),
}


@dataclass(frozen=True, slots=True)
class EntityHit:
    """An entity that a question means: `kind` is one of RANKS, `asked` the stretch of the question (folded), `form` the
    name or alias it stands for; `zh` and `en` say why.
    """

    entity: Entity
    kind: str
    asked: str
    form: str
    zh: str
    en: str


class EntityNames:
    """The names of all entities, ready to be looked up; made once for each set of entities."""

    def __init__(self, entities: Entities) -> None:
        self._entities = entities
        self._bearers: dict[str, dict[str, str]] = defaultdict(dict)  # normal form → entity id → as written
        for entity in entities.by_id.values():
            for form in (entity.code, *entity.aliases, entity.name):  # the name stands where an alias reads the same
                self._bearers[normal(form)][entity.id] = form
        self._bearers.pop("", None)

    @cached_property
    def _near(self) -> NearNames:
        return NearNames(name for name in self._bearers if not name.isdecimal())

    @cached_property
    def _joined(self) -> tuple[str, list[str], list[int]]:
        forms = sorted(self._bearers, key=lambda form: (len(form), form))
        starts, at = [], 0
        for form in forms:
            starts.append(at)
            at += len(form) + 1
        return "\n".join(forms), forms, starts

    def find(self, question: str, top: int = TOP, seen: Callable[[str], bool] | None = None) -> list[EntityHit]:
        """The `top` entities that a question is, names or nearly names, surest first; none where it holds no name.

        `seen` says whether two characters stand together anywhere in the library (see `NearNames.near_in`); without
        it, a slip is looked for in the question as a whole alone.
        """
        if question.strip() in self._entities.by_id:
            entity = self._entities.by_id[question.strip()]
            return [EntityHit(entity, "name", entity.id, entity.name, "编号相同", "has this id")]
        best: dict[str, EntityHit] = {}
        for hit in self._hits(question[:READ], seen):
            held = best.get(hit.entity.id)
            if held is None or _rank(hit) < _rank(held):
                best[hit.entity.id] = hit
        return sorted(best.values(), key=_rank)[:top]

    def _hits(self, question: str, seen: Callable[[str], bool] | None) -> Iterator[EntityHit]:
        whole = normal(question)
        yield from self._called(whole, "name")
        if whole not in self._bearers:
            yield from self._holding(whole)
            for name, slip in self._near.near(whole):
                yield from self._nearly(whole, name, slip, "near")
        for clause in map(normal, CLAUSES.split(question)):
            spans = list(self._inside(clause))
            for start, end in spans:
                if clause[start:end] != whole:
                    yield from self._called(clause[start:end], "named")
            if seen is not None and whole not in self._bearers:
                for near in self._near.near_in(clause, seen, spans):
                    yield from self._nearly(near.written, near.name, near.slip, "near_named")

    def _inside(self, clause: str) -> Iterator[tuple[int, int]]:
        """Spans of names in a clause, the longest at each place, none over another."""
        at = 0
        while at < len(clause):
            ends = range(min(len(clause), at + LONGEST), at + SHORTEST - 1, -1)
            end = next((end for end in ends if clause[at:end] in self._bearers), 0)
            if end:
                yield at, end
            at = end or at + 1

    def _called(self, asked: str, kind: str) -> Iterator[EntityHit]:
        for identifier, form in self._bearers.get(asked, {}).items():
            entity = self._entities.by_id[identifier]
            own = "name" if form == entity.name else "code" if form == entity.code else "alias"
            yield EntityHit(entity, _kind(kind, own), asked, form, *_said(kind, own, form))

    def _holding(self, asked: str) -> Iterator[EntityHit]:
        """Entities with a name that holds the whole question."""
        if not SHORTEST <= len(asked) <= LONGEST or asked.isdecimal():
            return
        text, forms, starts = self._joined
        at, met = text.find(asked), 0
        while at >= 0 and met < PARTS:
            place = bisect_right(starts, at) - 1
            kind = "begins" if starts[place] == at else "part"
            for identifier, form in self._bearers[forms[place]].items():
                entity = self._entities.by_id[identifier]
                yield EntityHit(entity, kind, asked, form, f"“{form}”含有“{asked}”", f"“{form}” contains “{asked}”")
            met += 1
            at = text.find(asked, starts[place] + len(forms[place]))

    def _nearly(self, asked: str, name: str, slip: Slip, kind: str) -> Iterator[EntityHit]:
        zh, en = SLIPS[slip.kind]
        for identifier, form in self._bearers[name].items():
            said = f"“{asked}”与“{form}”相近：{zh}", f"“{asked}” is near to “{form}”: {en}"
            yield EntityHit(self._entities.by_id[identifier], kind, asked, form, *said)


def _kind(kind: str, own: str) -> str:
    if kind == "name":
        return own
    return "named_alias" if own == "alias" else "named"


def _said(kind: str, own: str, form: str) -> tuple[str, str]:
    if own == "code":
        return f"统计用区划代码是{form}", f"has the statistical code {form}"
    if kind == "name":
        return ("名称相同", "has this name") if own == "name" else (f"别名“{form}”", f"also called “{form}”")
    if own == "name":
        return f"检索内容提到“{form}”", f"the question names “{form}”"
    return f"检索内容提到别名“{form}”", f"the question names it as “{form}”"


def _rank(hit: EntityHit) -> tuple[int, int, int, int, str, str]:
    """Surest kind first; a longer name in a question, a shorter name around it; then what most reports tell of."""
    fit = len(normal(hit.form)) if hit.kind in ("begins", "part") else -len(hit.asked)
    entity = hit.entity
    return RANKS.index(hit.kind), fit, -len(entity.reports), -len(entity.mentions), entity.name, entity.id


_names: Kept[Entities, EntityNames] = Kept()


def names_of(entities: Entities) -> EntityNames:
    """The look-up of these entities, kept while they are."""
    return _names.of(entities, lambda: EntityNames(entities))


def seen_in(library: Library) -> Callable[[str], bool]:
    """Whether two characters stand together in any passage of a library."""
    return lambda pair: len(library.best_words([pair], 1).rows) > 0


def find_entities(library: Library, question: str, top: int = TOP) -> list[EntityHit]:
    """The entities of a library that a question is, names or nearly names, surest first."""
    return names_of(entities_of(library)).find(question, top, seen_in(library))

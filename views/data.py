"""What the pages ask of a library: its records held ready for looking up, and small queries over them."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from graph.identity import Entities, Entity, corrected, entities_of, standing_claims
from graph.ontology import ontology
from graph.records import Case, Claim, Figure, Mention, Report
from graph.store import Library

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
T = TypeVar("T", Claim, Figure, Mention)

PARTNERS = ontology().actors - {"Person", "Division"}


@dataclass(frozen=True)
class Line:
    """One relation between two entities in one modality and role, with every claim that says it."""

    relation: str
    head: Entity
    tail: Entity
    role: str
    modality: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True)
class Shelf:
    """The records and entities of one state of a library, and indexes over them."""

    reports: dict[str, Report]
    cases: dict[str, Case]
    mentions: dict[str, Mention]
    claims: dict[str, Claim]
    figures: dict[str, Figure]
    entities: Entities

    @classmethod
    def load(cls, library: Library) -> "Shelf":
        """Read a library whole. Claims that someone judged wrong are left out."""
        reports, mentions, judgements = library.reports(), library.mentions(), library.judgements()
        claims = standing_claims(library.claims(), judgements, mentions)
        return cls(
            {r.id: r for r in reports},
            {c.id: c for c in library.cases()},
            {m.id: m for m in corrected(mentions, judgements)},
            {c.id: c for c in claims},
            {f.id: f for f in library.figures()},
            entities_of(library),
        )

    @cached_property
    def cases_of(self) -> dict[str, list[Case]]:
        """Report id → its cases by position in the text."""
        found = group(self.cases.values(), lambda c: c.report)
        return {report: sorted(cases, key=lambda c: c.start) for report, cases in found.items()}

    @cached_property
    def mentions_of(self) -> dict[str, list[Mention]]:
        """Report id → its mentions in the order of the text."""
        found = group(self.mentions.values(), lambda m: m.report)
        return {report: sorted(mentions, key=lambda m: m.start) for report, mentions in found.items()}

    @cached_property
    def claims_of(self) -> dict[str, list[Claim]]:
        """Report id → its claims in the order of the text."""
        found = group(self.claims.values(), lambda c: c.report)
        return {report: sorted(claims, key=lambda c: (c.start, c.end)) for report, claims in found.items()}

    @cached_property
    def figures_of(self) -> dict[str, list[Figure]]:
        """Report id → its figures in the order of the text."""
        found = group(self.figures.values(), lambda f: f.report)
        return {report: sorted(figures, key=lambda f: (f.start, f.end)) for report, figures in found.items()}

    @cached_property
    def claims_about(self) -> dict[str, list[Claim]]:
        """Entity id → the claims with it at either end."""
        found: dict[str, list[Claim]] = defaultdict(list)
        for claim in self.claims.values():
            for entity in {self.entities.of_mention.get(claim.head), self.entities.of_mention.get(claim.tail)}:
                if entity:
                    found[entity].append(claim)
        return dict(found)

    @cached_property
    def figures_about(self) -> dict[str, list[Figure]]:
        """Entity id → the figures that measure it."""
        return group(
            (f for f in self.figures.values() if f.subject in self.entities.of_mention),
            lambda f: self.entities.of_mention[f.subject],
        )

    @cached_property
    def entity_counts(self) -> dict[str, int]:
        """Type → number of its entities, in the ontology's order; types without any are left out."""
        met = Counter(e.type for e in self.entities.by_id.values())
        return {code: met[code] for code in ontology().entity_types if met[code]}

    def entity(self, mention: str) -> Entity | None:
        """The entity a mention (its id) belongs to."""
        return self.entities.by_id.get(self.entities.of_mention.get(mention, ""))

    def case_at(self, report: str, offset: int) -> Case | None:
        """The case of `report` whose text covers `offset`, the latest to begin where several do."""
        cases = self.cases_of.get(report, [])
        at = bisect_right([c.start for c in cases], offset)
        return next((c for c in reversed(cases[:at]) if offset < c.end), None)

    def lines(self, claims: Iterable[Claim]) -> list[Line]:
        """The relations that `claims` say, each once, most often said first within a kind."""
        said: dict[tuple[str, str, str, str, str], list[Claim]] = defaultdict(list)
        for claim in claims:
            head, tail = self.entities.of_mention.get(claim.head), self.entities.of_mention.get(claim.tail)
            if not head or not tail:
                continue
            if head > tail and claim.type in ontology().relations and ontology().relation(claim.type).symmetric:
                head, tail = tail, head
            said[claim.type, head, tail, claim.role, claim.modality].append(claim)
        by_id = self.entities.by_id
        found = [
            Line(
                relation,
                by_id[head],
                by_id[tail],
                role,
                modality,
                tuple(sorted(own, key=lambda c: (c.report, c.start))),
            )
            for (relation, head, tail, role, modality), own in said.items()
        ]
        return sorted(found, key=lambda x: (-len(x.claims), x.claims[0].report, x.claims[0].start, x.claims[0].id))


def group(items: Iterable[V], key: Callable[[V], K]) -> dict[K, list[V]]:
    """`items` by what `key` says of each, in their order."""
    found: dict[K, list[V]] = defaultdict(list)
    for item in items:
        found[key(item)].append(item)
    return dict(found)


def within(records: Iterable[T], case: Case) -> list[T]:
    """Those of `records` that begin inside `case`."""
    return [r for r in records if r.report == case.report and case.start <= r.start < case.end]


def named_in(shelf: Shelf, report: str, start: int, end: int) -> list[tuple[Entity, int]]:
    """Entities named in [start, end) of a report with how often, most often named first."""
    counts: Counter[str] = Counter()
    for mention in shelf.mentions_of.get(report, []):
        entity = shelf.entities.of_mention.get(mention.id)
        if entity and start <= mention.start < end:
            counts[entity] += 1
    return [(shelf.entities.by_id[entity], count) for entity, count in counts.most_common()]


def leaders(shelf: Shelf, claims: Iterable[Claim]) -> list[Entity]:
    """Who leads in what `claims` assert, each once."""
    heads = [shelf.entity(c.head) for c in claims if c.type == "leads" and c.modality == "asserted"]
    return list(dict.fromkeys(head for head in heads if head))


def by_type(named: Iterable[tuple[Entity, int]]) -> dict[str, list[Entity]]:
    """Entities by type in the ontology's order, alliances first; within a type as they come."""
    found = group((entity for entity, _ in named), lambda e: e.type)
    order = ["Alliance", *(code for code in ontology().entity_types if code != "Alliance")]
    return {code: found[code] for code in order if code in found}


def relations_of(shelf: Shelf, entity: Entity) -> dict[tuple[str, bool], list[Line]]:
    """(relation, whether it points at the entity) → its lines, in the ontology's order; a symmetric one never does."""
    found: dict[tuple[str, bool], list[Line]] = defaultdict(list)
    for line in shelf.lines(shelf.claims_about.get(entity.id, [])):
        symmetric = ontology().relation(line.relation).symmetric
        found[line.relation, line.tail.id == entity.id and not symmetric].append(line)
    order = list(ontology().relations)
    return dict(sorted(found.items(), key=lambda item: (order.index(item[0][0]), item[0][1])))


def cases_naming(shelf: Shelf, entity: Entity) -> list[Case]:
    """The cases whose text names the entity, most often naming it first."""
    counts: Counter[str] = Counter()
    for mention in (shelf.mentions[m] for m in entity.mentions if m in shelf.mentions):
        if case := shelf.case_at(mention.report, mention.start):
            counts[case.id] += 1
    return [shelf.cases[case] for case, _ in counts.most_common()]


def find_container(shelf: Shelf, entity: Entity) -> Entity | None:
    """The entity that the reports say it lies in, else the one of that name; None where that is not known."""
    for claim in shelf.claims_about.get(entity.id, []):
        if claim.type == "located_in" and shelf.entities.of_mention.get(claim.head) == entity.id:
            return shelf.entity(claim.tail)
    named = [e for e in shelf.entities.find(entity.within) if e.name == entity.within] if entity.within else []
    return named[0] if len(named) == 1 else None


@dataclass(frozen=True)
class Counts:
    """How much a library holds: in all, and by type."""

    totals: dict[str, int]
    entities: Counter[str]
    relations: Counter[str]
    alliances: Counter[str]


def counts(shelf: Shelf) -> Counts:
    """How many reports, cases, entities, relations (each pair once, however often said) and figures there are."""
    lines = shelf.lines(shelf.claims.values())
    totals = {
        "reports": len(shelf.reports),
        "cases": len(shelf.cases),
        "entities": len(shelf.entities.by_id),
        "relations": len(lines),
        "figures": len(shelf.figures),
    }
    entities = Counter(e.type for e in shelf.entities.by_id.values())
    alliances = Counter(code for case in shelf.cases.values() for code in case.types)
    return Counts(totals, entities, Counter(line.relation for line in lines), alliances)


def entities_called(shelf: Shelf, wanted: str, kind: str | None = None) -> list[Entity]:
    """Entities of a type, or of all, with `wanted` in their name or an alias; most often named first."""
    sought = wanted.casefold()
    found = [
        e
        for e in shelf.entities.by_id.values()
        if (not kind or e.type == kind) and any(sought in name.casefold() for name in (e.name, *e.aliases))
    ]
    return sorted(found, key=lambda e: (-len(e.mentions), e.name, e.id))


def latest(shelf: Shelf) -> list[Case]:
    """All cases, those of the latest report first, within a report in their order."""
    dated = sorted(shelf.cases.values(), key=lambda c: (c.report, c.position))
    return sorted(dated, key=lambda c: shelf.reports[c.report].date, reverse=True)

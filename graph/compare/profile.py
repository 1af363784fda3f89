"""What a case is, in lines: setting, mechanism, partners, outcomes; every line with the records that say it.

    profile(case, source) -> Profile

Nothing is said that no record says. Results are kept apart from targets, what was given up or denied from what stands.
"""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from graph.identity import Entities, Entity
from graph.ontology import ontology
from graph.records import Case, Claim, Figure, Mention, Report

PROBLEMS = 3  # sentences that say what was wrong before
CHAIN = 4  # containers named behind a place: village, township, county, prefecture
SENTENCE = re.compile(r"[^。！？\n]+[。！？]?")
ACTS = frozenset({"partners_with", "supports", "member_of", "founded", "leads", "invests_in", "operates", "implements"})
ASSERTED = "asserted"


@dataclass(frozen=True, slots=True)
class Aspect:
    """A row of a profile, as declared in aspects.toml."""

    code: str
    zh: str
    en: str
    group: str
    relations: frozenset[str] = frozenset()
    ends: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing said of a case. `evidence` are spans [start, end) of its report's text, `records` the ids behind it.

    `entity` is the id of the entity named, '' where the line names none; `modality` is that of its claims.
    """

    text: str
    evidence: tuple[tuple[int, int], ...]
    records: tuple[str, ...] = ()
    entity: str = ""
    modality: str = ASSERTED


@dataclass(frozen=True, slots=True)
class Profile:
    """A case and its lines by aspect, in the order of ASPECTS; aspects without lines are left out."""

    case: Case
    report: Report
    lines: Mapping[str, tuple[Line, ...]]


@dataclass(frozen=True, slots=True)
class Source:
    """The records of the report that a case is in, and the entities its mentions belong to."""

    report: Report
    mentions: Sequence[Mention]
    claims: Sequence[Claim]
    figures: Sequence[Figure]
    entities: Entities

    def entity(self, mention: str) -> Entity | None:
        """The entity of a mention."""
        return self.entities.by_id.get(self.entities.of_mention.get(mention, ""))


def _read_aspects() -> dict[str, Aspect]:
    rows: dict[str, dict[str, Any]] = tomllib.loads(
        files("graph.compare").joinpath("aspects.toml").read_text(encoding="utf-8")
    )
    return {
        code: Aspect(code, **{**row, "relations": frozenset(row.get("relations", ()))}) for code, row in rows.items()
    }


ASPECTS = _read_aspects()


@cache
def _problem_words() -> "re.Pattern[str]":
    text = files("graph.compare").joinpath("problem_words.txt").read_text(encoding="utf-8")
    return re.compile("|".join(line for line in text.splitlines() if line and not line.startswith("#")))


def profile(case: Case, source: Source) -> Profile:
    """The profile of `case`."""
    inside = [m for m in source.mentions if case.start <= m.start < case.end]
    claims = [c for c in source.claims if case.start <= c.start < case.end]
    lines: dict[str, Iterable[Line]] = {
        "setting": _place(case, source, inside),
        "industry": _named(source, inside, {"Product"}),
        "problem": _problems(case, source.report),
        "type": _types(case),
        "alliance": _named(source, inside, {"Alliance"}),
        **_partners(source, claims),
        **_figures(case, source),
    }
    for code, aspect in ASPECTS.items():
        if aspect.relations:
            lines[code] = _ends(source, claims, aspect)
    made = {code: tuple(lines.get(code, ())) for code in ASPECTS}
    return Profile(case, source.report, {code: own for code, own in made.items() if own})


def _place(case: Case, source: Source, inside: Sequence[Mention]) -> list[Line]:
    """The case's place with what it lies in: 大佳何镇 · 宁海县 · 宁波市."""
    if not case.place:
        return []
    within = {m.name: m.within for m in source.mentions if m.type in ("Village", "Division") and m.within}
    chain = [case.place]
    while len(chain) < CHAIN and (container := within.get(chain[-1])) and container not in chain:
        chain.append(container)
    found = next((m for m in inside if m.name == case.place), None)
    entity = source.entity(found.id) if found else None
    spans = ((found.start, found.end),) if found else ()
    return [Line(" · ".join(chain), spans, (found.id,) if found else (), entity.id if entity else "")]


def _named(source: Source, inside: Sequence[Mention], types: set[str]) -> list[Line]:
    """Entities of these types named in the case, most often named first."""
    found: dict[str, list[Mention]] = defaultdict(list)
    for mention in inside:
        if mention.type in types and (entity := source.entity(mention.id)):
            found[entity.id].append(mention)
    ordered = sorted(found.items(), key=lambda item: (-len(item[1]), item[1][0].start))
    return [_line(source.entities.by_id[entity], own) for entity, own in ordered]


def _line(entity: Entity, own: Sequence[Mention]) -> Line:
    return Line(entity.name, tuple((m.start, m.end) for m in own), tuple(m.id for m in own), entity.id)


def _problems(case: Case, report: Report) -> list[Line]:
    """The first sentences of the case that say what was wrong, shortest told first as the text has them."""
    found = []
    for match in SENTENCE.finditer(report.text, case.start, case.end):
        if _problem_words().search(match.group()):
            found.append(Line(match.group().strip(), (match.span(),)))
    return found[:PROBLEMS]


def _types(case: Case) -> list[Line]:
    known = ontology().alliance_types
    return [Line(known[code].zh, (), (code,)) for code in case.types if code in known]


def _claimed(source: Source, entity: str, modality: str, own: Sequence[Claim]) -> Line:
    spans = tuple(sorted({(c.start, c.end) for c in own}))
    return Line(source.entities.by_id[entity].name, spans, tuple(c.id for c in own), entity, modality)


def _ends(source: Source, claims: Sequence[Claim], aspect: Aspect) -> list[Line]:
    """The entities at one end of the claims of an aspect, each once a modality, surest first."""
    found: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.type in aspect.relations:
            entity = source.entity(claim.head if aspect.ends == "head" else claim.tail)
            if entity:
                found[entity.id, claim.modality].append(claim)
    ordered = sorted(found.items(), key=lambda item: (-max(c.confidence for c in item[1]), item[1][0].start))
    return [_claimed(source, entity, modality, own) for (entity, modality), own in ordered]


def _partners(source: Source, claims: Sequence[Claim]) -> dict[str, list[Line]]:
    """Who takes part, by type: both ends of the claims in which something is done together."""
    found: dict[str, dict[tuple[str, str], list[Claim]]] = defaultdict(lambda: defaultdict(list))
    for claim in claims:
        if claim.type in ACTS:
            for mention in (claim.head, claim.tail):
                entity = source.entity(mention)
                if entity and entity.type in ASPECTS:
                    found[entity.type][entity.id, claim.modality].append(claim)
    return {kind: _partner_lines(source, own) for kind, own in found.items()}


def _partner_lines(source: Source, found: Mapping[tuple[str, str], list[Claim]]) -> list[Line]:
    stands = {entity for entity, modality in found if modality == ASSERTED}
    kept = {key: own for key, own in found.items() if key[1] == ASSERTED or key[0] not in stands}
    ordered = sorted(kept.items(), key=lambda item: (-len(item[1]), item[1][0].start))
    return [_claimed(source, entity, modality, own) for (entity, modality), own in ordered]


def _figures(case: Case, source: Source) -> dict[str, list[Line]]:
    """Results, and targets apart from them."""
    found: dict[str, list[Line]] = {"result": [], "target": []}
    for figure in sorted(source.figures, key=lambda f: f.start):
        if figure.case == case.id and figure.modality != "negated":
            kind = "target" if figure.modality == "planned" else "result"
            entity = source.entity(figure.subject)
            text = f"{entity.name} " if entity else ""
            line = Line(
                text + f"{figure.indicator} {_amount(figure)}",
                ((figure.start, figure.end),),
                (figure.id,),
                entity.id if entity else "",
                figure.modality,
            )
            found[kind].append(line)
    return found


def _amount(figure: Figure) -> str:
    signs = {"at_least": "≥", "at_most": "≤", "about": "≈"}
    year = f"（{figure.year}）" if figure.year else ""
    return f"{signs.get(figure.bound, '')}{figure.value:,.10g}{figure.unit}{year}"

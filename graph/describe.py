"""One thing of a library in plain rows, with its evidence; and the library as a whole."""

from collections import Counter
from collections.abc import Iterable
from importlib.metadata import version
from typing import Any

from graph.errors import NotFoundError
from graph.identity import Entities, Entity, entities_of
from graph.records import Case, Claim, Figure, Mention, Report
from graph.store import Library

Row = dict[str, Any]


def describe(library: Library, name: str) -> Row:
    """What the library knows of `name`: a report, case, claim, figure or entity, by id, stem, REPORT#POSITION or name.

    NotFoundError where it is none of these.
    """
    if name.startswith("c-") or name.rpartition("#")[2].isdecimal():
        return _case(library, library.case(name))
    if name.startswith(("k-", "f-")):
        return _single(library, name)
    reports = {r.id: r for r in library.reports()}
    report = next((r for r in reports.values() if name in (r.id, r.stem)), None)
    if report is not None:
        return _report(library, library.report(name))
    found = entities_of(library)
    entities = found.find(name)
    if not entities:
        raise NotFoundError(
            f"Nothing is called {name!r} in {library.uri}. "
            "`alliance status` lists reports, `alliance search` finds cases."
        )
    return _entity(library, entities, found, reports)


def _evidence(text: str, record: Claim | Figure) -> str:
    return text[record.start : record.end].replace("\n", " ")


def _claim_row(claim: Claim, mentions: dict[str, Mention], text: str) -> Row:
    return {
        "id": claim.id,
        "head": mentions[claim.head].name,
        "relation": claim.type,
        "tail": mentions[claim.tail].name,
        "role": claim.role,
        "modality": "" if claim.modality == "asserted" else claim.modality,
        "confidence": round(claim.confidence, 2),
        "evidence": f"“{_evidence(text, claim)}”",
    }


def _figure_row(figure: Figure, mentions: dict[str, Mention], text: str) -> Row:
    subject = mentions.get(figure.subject)
    return {
        "id": figure.id,
        "subject": subject.name if subject else "",
        "indicator": figure.indicator,
        "bound": "" if figure.bound == "exact" else figure.bound,
        "value": f"{figure.value:,.10g}{figure.unit}",
        "year": figure.year or "",
        "modality": "" if figure.modality == "asserted" else figure.modality,
        "evidence": f"“{_evidence(text, figure)}”",
    }


def _entity_rows(mentions: Iterable[Mention]) -> list[Row]:
    groups: dict[tuple[str, str], list[Mention]] = {}
    for mention in mentions:
        groups.setdefault((mention.type, mention.name), []).append(mention)
    return [
        {"name": name, "type": kind, "code": next((m.code for m in own if m.code), ""), "mentions": len(own)}
        for (kind, name), own in groups.items()
    ]


def _report(library: Library, report: Report) -> Row:
    mentions = {m.id: m for m in library.mentions(report.id)}
    return {
        "id": report.id,
        "stem": report.stem,
        "title": report.title,
        "publisher": report.publisher,
        "date": report.date,
        "edition": report.edition,
        "authors": "、".join(report.authors),
        "source": report.source,
        "cases": [
            {"case": f"{report.stem}#{c.position}", "title": c.title, "place": c.place, "types": "、".join(c.types)}
            for c in library.cases(report.id)
        ],
        "entities": _entity_rows(mentions.values()),
        "relations": [_claim_row(k, mentions, report.text) for k in library.claims(report.id)],
        "figures": [_figure_row(f, mentions, report.text) for f in library.figures(report.id)],
    }


def _case(library: Library, case: Case) -> Row:
    report = library.report(case.report)
    whole = {m.id: m for m in library.mentions(report.id)}

    def inside(records: Iterable[Any]) -> list[Any]:
        return [r for r in records if case.start <= r.start < case.end]

    return {
        "id": case.id,
        "case": f"{report.stem}#{case.position}",
        "title": case.title,
        "place": case.place,
        "types": "、".join(case.types),
        "reasons": " ".join(case.reasons),
        "report": f"{report.title} ({report.publisher}, {report.date})",
        "entities": _entity_rows(inside(whole.values())),
        "relations": [_claim_row(k, whole, report.text) for k in inside(library.claims(report.id))],
        "figures": [_figure_row(f, whole, report.text) for f in inside(library.figures(report.id))],
    }


def _single(library: Library, name: str) -> Row:
    records: list[Claim | Figure] = [*library.claims(), *library.figures()]
    record = next((r for r in records if r.id == name), None)
    if record is None:
        raise NotFoundError(f"No claim or figure has the id {name!r} in {library.uri}.")
    report = library.report(record.report)
    mentions = {m.id: m for m in library.mentions(report.id)}
    make = _claim_row(record, mentions, report.text) if isinstance(record, Claim) else None
    row = make or _figure_row(record, mentions, report.text)  # type: ignore[arg-type]
    return {**row, "report": report.stem, "start": record.start, "end": record.end, "extractor": record.extractor}


def _entity(library: Library, entities: list[Entity], found: Entities, reports: dict[str, Report]) -> Row:
    entity = entities[0]
    mentions = {m.id: m for m in library.mentions()}
    own = set(entity.mentions)
    claims = [k for k in library.claims() if k.head in own or k.tail in own]
    figures = [f for f in library.figures() if f.subject in own]
    return {
        "id": entity.id,
        "name": entity.name,
        "type": entity.type,
        "aliases": "、".join(entity.aliases),
        "code": entity.code,
        "within": entity.within,
        "reports": [{"report": reports[r].stem, "title": reports[r].title} for r in entity.reports],
        "relations": [_claim_row(k, mentions, reports[k.report].text) for k in claims],
        "figures": [_figure_row(f, mentions, reports[f.report].text) for f in figures],
        "others of this name": [
            {"id": e.id, "name": e.name, "type": e.type, "within": e.within} for e in entities[1:6]
        ],
    }


def overview(library: Library) -> Row:
    """Counts, versions and the list of reports."""
    reports, mentions = library.reports(), library.mentions()
    entities = entities_of(library)
    kinds = Counter(e.type for e in entities.by_id.values())
    relations = Counter(k.type for k in library.claims())
    return {
        "library": library.uri,
        "program": version("alliance-graph"),
        **library.manifest(),
        "cases": len(library.cases()),
        "mentions": len(mentions),
        "figures": len(library.figures()),
        "entities": dict(kinds.most_common()),
        "relations": dict(relations.most_common()),
        "reports": [
            {"id": r.id, "stem": r.stem, "title": r.title, "publisher": r.publisher, "date": r.date, "source": r.source}
            for r in reports
        ],
    }

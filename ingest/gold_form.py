"""Records of one report as the JSON form of the annotated benchmark: names in place of ids, evidence in words."""

from collections.abc import Iterable
from typing import Any

from graph.records import Case, Claim, Extraction, Figure, Mention


def to_gold(extraction: Extraction) -> dict[str, Any]:
    """What `alliance extract` writes for a report: the gold's keys, with mentions, evidence and confidence beside."""
    report = extraction.report
    mentions = {m.id: m for m in extraction.mentions}
    return {
        "id": report.stem,
        "title": report.title,
        "publisher": report.publisher,
        "date": report.date,
        "source": report.source,
        "text": report.text,
        "cases": [_case(c, extraction.mentions) for c in extraction.cases],
        "entities": [_entity(group) for group in _groups(extraction.mentions)],
        "relations": [_relation(k, mentions, report.text) for k in extraction.claims],
        "figures": [_figure(f, mentions, extraction.cases, report.text) for f in extraction.figures],
    }


def _groups(mentions: Iterable[Mention]) -> list[list[Mention]]:
    groups: dict[tuple[str, str], list[Mention]] = {}
    for mention in mentions:
        groups.setdefault((mention.type, mention.name), []).append(mention)
    return list(groups.values())


def _unique(forms: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(forms))


def _entity(group: list[Mention]) -> dict[str, Any]:
    name = group[0].name
    row: dict[str, Any] = {
        "name": name,
        "type": group[0].type,
        "aliases": [form for form in _unique(m.form for m in group) if form != name],
        "within": next((m.within for m in group if m.within), ""),
        "mentions": [{"start": m.start, "end": m.end} for m in group],
        "confidence": round(max(m.confidence for m in group), 4),
    }
    code = next((m.code for m in group if m.code), "")
    return {**row, "code": code} if code else row


def _case(case: Case, mentions: Iterable[Mention]) -> dict[str, Any]:
    inside = _unique(m.name for m in mentions if case.start <= m.start < case.end)
    return {
        "title": case.title,
        "types": list(case.types),
        "reasons": list(case.reasons),
        "place": case.place,
        "start": case.start,
        "end": case.end,
        "entities": inside,
    }


def _evidence(text: str, record: Claim | Figure) -> dict[str, Any]:
    return {"start": record.start, "end": record.end, "text": text[record.start : record.end]}


def _relation(claim: Claim, mentions: dict[str, Mention], text: str) -> dict[str, Any]:
    row = {
        "head": mentions[claim.head].name,
        "type": claim.type,
        "tail": mentions[claim.tail].name,
        "modality": claim.modality,
        "evidence": _evidence(text, claim),
        "confidence": round(claim.confidence, 4),
        "extractor": claim.extractor,
        "reason": claim.reason,
    }
    return row | ({"role": claim.role} if claim.role else {}) | ({"since": claim.since} if claim.since else {})


def _figure(figure: Figure, mentions: dict[str, Mention], cases: Iterable[Case], text: str) -> dict[str, Any]:
    titles = {case.id: case.title for case in cases}
    subject = mentions[figure.subject].name if figure.subject in mentions else titles.get(figure.subject, "")
    whole = figure.value.is_integer()
    row = {
        "subject": subject,
        "indicator": figure.indicator,
        "value": int(figure.value) if whole else figure.value,
        "unit": figure.unit,
        "bound": figure.bound,
        "modality": figure.modality,
        "evidence": _evidence(text, figure),
        "confidence": round(figure.confidence, 4),
        "extractor": figure.extractor,
    }
    return row | ({"year": figure.year} if figure.year else {})

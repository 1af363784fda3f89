"""Parts that several pages show: the text of a report with its marks, lists of relations, figures and entities."""

import re
from collections.abc import Iterable, Sequence

from graph.identity import Entity
from graph.ontology import ontology
from graph.ontology.vocabulary import Language
from graph.records import Case, Claim, Figure, Report
from views.data import Line, Shelf, by_type, group, leaders, named_in
from views.evidence import Mark, paragraphs, quote
from views.html import address, chip, dot, esc, jump, link
from views.text import (
    alliance_definition,
    alliance_label,
    amount,
    day,
    modality_label,
    relation_label,
    say,
    type_colour,
    type_label,
)

PLACE = re.compile(r"s-(\d{1,9})-(\d{1,9})")


def entity_link(entity: Entity, lang: Language) -> str:
    """An entity by its name, with the dot of its type."""
    return (
        f'<span class="ag-entity">{dot(entity.type, lang)}'
        f"{link(entity.name, address('entity', lang, id=entity.id))}</span>"
    )


def type_reasons(case: Case, lang: Language) -> str:
    """Why the case has its types, one line each; the words that speak for a type are quoted as the report has them."""
    said = []
    for kind, reason in zip(case.types, case.reasons, strict=False):
        words, label = re.findall(r"“.+?”(?=[、，])", reason), alliance_label(kind, lang)
        key = "case.reason_words" if words else "case.reason_whole"
        said.append(say(key, lang, words=("、" if lang == "zh" else ", ").join(words), type=label))
    return f"<ul class='ag-reasons'>{''.join(f'<li>{esc(one)}</li>' for one in said)}</ul>" if said else ""


def case_link(case: Case, lang: Language, at: str = "") -> str:
    """A case by its title, opened at a piece of evidence if `at` names one."""
    return link(case.title or say("case.untitled", lang), address("case", lang, id=case.id, at=at))


def source_line(report: Report, lang: Language) -> str:
    """Publisher and date of a report."""
    said = [report.publisher, day(report.date, lang), report.edition]
    return "".join(f"<span>{esc(part)}</span>" for part in said if part)


def mention_marks(shelf: Shelf, report: str, lang: Language) -> list[Mark]:
    """The mentions of a report, each in its type's colour and leading to its entity."""
    marks = []
    for mention in shelf.mentions_of.get(report, []):
        entity = shelf.entity(mention.id)
        name = entity.name if entity else mention.name
        tip = type_label(mention.type, lang) + (f" · {name}" if name != mention.form else "")
        href = address("entity", lang, id=entity.id) if entity else ""
        marks.append(Mark(mention.start, mention.end, mention.id, type_colour(mention.type), href, tip))
    return marks


def evidence_marks(records: Iterable[Claim | Figure], lit: str) -> list[Mark]:
    """The evidence of claims and figures; that of the record `lit` is marked from the start."""
    return [Mark(r.start, r.end, r.id, lit=r.id == lit) for r in records]


def text_pane(shelf: Shelf, report: Report, span: tuple[int, int], lang: Language, lit: str) -> str:
    """The stretch `span` of a report: mentions coloured, all evidence ready to be marked, that of `lit` marked.

    `lit` is the id of a claim or figure, or `s-START-END`, a stretch of the report's text.
    """
    claims, figures = shelf.claims_of.get(report.id, []), shelf.figures_of.get(report.id, [])
    marks = [*evidence_marks([*claims, *figures], lit), *mention_marks(shelf, report.id, lang)]
    if place := PLACE.fullmatch(lit):
        marks.append(Mark(int(place[1]), int(place[2]), lit, lit=True))
    body = paragraphs(report.text, *span, marks)
    return f'<article class="ag-pane ag-text" lang="zh" tabindex="0">{body}</article>'


def legend(shelf: Shelf, report: Report, span: tuple[int, int], lang: Language) -> str:
    """The entity types met in a stretch of text, in their colours."""
    met = {entity.type for entity, _ in named_in(shelf, report.id, *span)}
    shown = [code for code in ontology().entity_types if code in met]
    said = "".join(f"<span>{dot(code, lang)}{esc(type_label(code, lang))}</span>" for code in shown)
    return f'<div class="ag-legend">{said}</div>'


def modality_chip(modality: str, lang: Language) -> str:
    """A label for what is only planned, or denied; nothing for what is asserted."""
    return "" if modality == "asserted" else chip(modality_label(modality, lang), f"ag-{modality}")


def _jumps(line: Line, lang: Language, page_id: str) -> str:
    """Links to each claim's sentence, as 原文 or as numbers where there are several."""
    many = len(line.claims) > 1
    return "".join(
        jump(str(place) if many else say("case.sentence", lang), _page(page_id, claim.id, lang), claim.id)
        + wrong_link(claim, lang, short=many)
        for place, claim in enumerate(line.claims, 1)
    )


def wrong_link(claim: Claim, lang: Language, *, short: bool = False) -> str:
    """A link to the review of a claim, for a reader who finds it wrong; `short` where several stand in a row."""
    href = address("review", lang, item=claim.id)
    return link("?" if short else say("review.wrong", lang), href, "ag-wrong", say("review.wrong_hint", lang))


def _page(page_id: str, at: str, lang: Language) -> str:
    """Address of the case or report `page_id`, with the evidence `at` marked."""
    return address("case" if page_id.startswith("c") else "report", lang, id=page_id, at=at)


def relation_rows(lines: Sequence[Line], lang: Language, page_id: str) -> str:
    """Relations by kind, where things lie last; each row leads to its sentence on the page of `page_id`."""
    kinds = group(lines, lambda x: x.relation)
    order = sorted(kinds, key=list(ontology().relations).index)
    order.sort(key=lambda code: code == "located_in")
    blocks = []
    for code in order:
        rows = "".join(_relation_row(line, lang, page_id) for line in kinds[code])
        head = f"{esc(relation_label(code, lang))}<small>{len(kinds[code])}</small>"
        blocks.append(f'<section class="ag-kind"><h3>{head}</h3><ul>{rows}</ul></section>')
    return "".join(blocks)


def _relation_row(line: Line, lang: Language, page_id: str) -> str:
    arrow = "↔" if ontology().relation(line.relation).symmetric else "→"
    role = f'<em class="ag-role">{esc(line.role)}</em>' if line.role else ""
    jumps = _jumps(line, lang, page_id)
    return (
        f"<li>{entity_link(line.head, lang)}<b>{arrow}</b>{entity_link(line.tail, lang)}{role}"
        f"{modality_chip(line.modality, lang)}{jumps}</li>"
    )


def figure_rows(shelf: Shelf, figures: Sequence[Figure], lang: Language, page_id: str = "") -> str:
    """Figures as a table: whose, what, how much, when; each leads to its sentence, on `page_id` if it is given."""
    rows = "".join(_figure_row(shelf, figure, lang, page_id) for figure in figures)
    return f'<table class="ag-figures"><tbody>{rows}</tbody></table>' if rows else ""


def _figure_row(shelf: Shelf, figure: Figure, lang: Language, page_id: str) -> str:
    subject = shelf.entity(figure.subject)
    whose = (
        entity_link(subject, lang) if subject else f'<span class="ag-quiet">{esc(say("case.this_case", lang))}</span>'
    )
    year = esc(day(str(figure.year), lang)) if figure.year else ""
    target = page_id or (figure.case if figure.case in shelf.cases else figure.report)
    source = jump(say("case.sentence", lang), _page(target, figure.id, lang), figure.id)
    return (
        f"<tr><td>{whose}</td><td>{esc(figure.indicator)}</td><td class='ag-amount'>{esc(amount(figure, lang))}"
        f"{modality_chip(figure.modality, lang)}</td><td class='ag-quiet'>{year}</td><td>{source}</td></tr>"
    )


def quoted(shelf: Shelf, claim: Claim, lang: Language) -> str:
    """The sentence of a claim with both its ends coloured, and the case it stands in."""
    report = shelf.reports[claim.report]
    ends = [shelf.mentions[m] for m in (claim.head, claim.tail) if m in shelf.mentions]
    marks = [Mark(m.start, m.end, colour=type_colour(m.type)) for m in ends]
    marks.append(Mark(claim.start, claim.end, lit=True))
    said = quote(report.text, claim.start, claim.end, marks)
    return f'<blockquote lang="zh">{said}<cite>{where(shelf, claim, lang)}{wrong_link(claim, lang)}</cite></blockquote>'


def where(shelf: Shelf, record: Claim | Figure, lang: Language) -> str:
    """A link to the record's sentence in its case, or in its report outside any case, with publisher and date."""
    report, case = shelf.reports[record.report], shelf.case_at(record.report, record.start)
    title = (
        case_link(case, lang, record.id)
        if case
        else link(report.title or report.stem, address("report", lang, id=report.id, at=record.id))
    )
    return f"{title} {source_line(report, lang)}"


def entity_list(entities: Sequence[Entity], lang: Language, limit: int = 12) -> str:
    """Entities in a row; those beyond `limit` are folded away behind their number."""
    shown = "".join(entity_link(e, lang) for e in entities[:limit])
    rest = entities[limit:]
    if not rest:
        return shown
    folded = "".join(entity_link(e, lang) for e in rest)
    return f"{shown}<details><summary>{esc(say('frame.more', lang, n=len(rest)))}</summary>{folded}</details>"


def profile(shelf: Shelf, case: Case, claims: Sequence[Claim], lang: Language) -> list[tuple[str, str]]:
    """What a case is made of: who leads, then whom and what it names by type; (heading, HTML)."""
    named = by_type(named_in(shelf, case.report, case.start, case.end))
    first = [(say("case.leaders", lang), entity_list(leaders(shelf, claims), lang))]
    return first + [(type_label(code, lang), entity_list(found, lang)) for code, found in named.items()]


def case_line(case: Case, lang: Language) -> str:
    """A case in one line: title, place, alliance types."""
    place = f'<span class="ag-quiet">{esc(case.place)}</span>' if case.place else ""
    return f"{case_link(case, lang)}{place}{alliance_chips(case, lang)}"


def alliance_chips(case: Case, lang: Language) -> str:
    """The alliance types of a case, each with its definition as tip."""
    return "".join(
        chip(alliance_label(code, lang), "ag-alliance", alliance_definition(code, lang)) for code in case.types
    )


def report_line(report: Report, lang: Language) -> str:
    """A report in one line: title, publisher, date."""
    title = link(report.title or report.stem, address("report", lang, id=report.id))
    return f'{title}<span class="ag-quiet">{source_line(report, lang)}</span>'


def entity_relations(shelf: Shelf, entity: Entity, head: str, lines: Sequence[Line], lang: Language) -> str:
    """The relations of one kind of an entity: who stands at the other end, and the sentences that say so."""
    items = []
    for line in lines:
        other = line.tail if line.head.id == entity.id else line.head
        role = f'<em class="ag-role">{esc(line.role)}</em>' if line.role else ""
        said = quoted(shelf, line.claims[0], lang)
        if rest := line.claims[1:]:
            more = "".join(quoted(shelf, claim, lang) for claim in rest)
            said += (
                f"<details><summary>{esc(say('entity.more_sentences', lang, n=len(rest)))}</summary>{more}</details>"
            )
        items.append(f"<li>{entity_link(other, lang)}{role}{modality_chip(line.modality, lang)}{said}</li>")
    return (
        f'<section class="ag-kind"><h3>{esc(head)}<small>{len(lines)}</small></h3>'
        f'<ul class="ag-said">{"".join(items)}</ul></section>'
    )


def report_card(shelf: Shelf, report: Report, lang: Language) -> str:
    """A report with its cases and how much was found in it."""
    cases = "".join(f"<li>{case_line(case, lang)}</li>" for case in shelf.cases_of.get(report.id, []))
    found = say(
        "reports.found_in",
        lang,
        m=len(shelf.mentions_of.get(report.id, [])),
        k=len(shelf.claims_of.get(report.id, [])),
        f=len(shelf.figures_of.get(report.id, [])),
    )
    title = link(report.title or report.stem, address("report", lang, id=report.id))
    return (
        f'<section class="ag-card"><h3 lang="zh">{title}</h3><p class="ag-meta">{source_line(report, lang)}'
        f'<span>{esc(found)}</span></p><ul class="ag-cases">{cases}</ul></section>'
    )


def entity_line(shelf: Shelf, entity: Entity, lang: Language) -> str:
    """An entity in one line: name, where it lies, how often named."""
    said = [entity.within, say("browse.named", lang, n=len(entity.mentions))]
    if linked := len(shelf.claims_about.get(entity.id, [])):
        said.append(say("browse.relations", lang, n=linked))
    notes = "".join(f'<span class="ag-quiet">{esc(note)}</span>' for note in said if note)
    return f"<div>{entity_link(entity, lang)}{notes}</div>"

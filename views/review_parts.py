"""Pieces of the review page: the question, both sides with their sentences, the reasons."""

from collections.abc import Sequence

from graph.identity.review import Desk, Item, Quote, Reason, Side, pair_id
from graph.ontology import ontology
from graph.ontology.vocabulary import Language
from graph.records import Judgement
from views.evidence import Mark, inline
from views.html import address, chip, dot, esc, link
from views.panes import modality_chip, source_line
from views.text import relation_label, say, strings, type_colour, type_label


def item_label(item: Item, lang: Language) -> str:
    """The type of a pair, or the relation of a claim."""
    return relation_label(item.type, lang) if item.kind == "claim" else type_label(item.type, lang)


def kind_type_label(code: str, lang: Language) -> str:
    """An entity type or a relation by its code."""
    return type_label(code, lang) if code in ontology().entity_types else relation_label(code, lang)


def question(desk: Desk, item: Item, sides: tuple[Side, Side], lang: Language) -> str:
    """What is asked, with the claim's sentence where there is one."""
    one, other = sides
    said = desk.evidence(item)
    if said is None:
        state = say("review.together" if item.together else "review.apart", lang)
        return (
            f"<div class='ag-ask'><h2>{esc(say('review.same_or_not', lang))}</h2>"
            f"<p>{esc(type_label(item.type, lang))} {chip(state)}</p></div>"
        )
    claim = desk.claims[item.subject]
    arrow = "↔" if ontology().relation(item.type).symmetric else "→"
    role = f'<em class="ag-role">{esc(claim.role)}</em>' if claim.role else ""
    relation = f"<b>{esc(relation_label(item.type, lang))} {arrow}</b>"
    return (
        f"<div class='ag-ask'><h2>{esc(say('review.right_or_not', lang))}</h2><p class='ag-claim'>"
        f"{_name(one, lang)}{relation}{_name(other, lang)}{role}{modality_chip(claim.modality, lang)}</p>"
        f"{quoted(said, sides, lang, claim.id, (claim.start, claim.end))}</div>"
    )


def _name(side: Side, lang: Language) -> str:
    href = address("entity", lang, id=side.mention)
    return f'<span class="ag-entity">{dot(side.type, lang)}{link(side.name, href)}</span>'


def quoted(quote: Quote, sides: tuple[Side, ...], lang: Language, at: str, lit: tuple[int, int] | None = None) -> str:
    """A sentence with its marks in the colour of their side, and the report it stands in, opened at `at`."""
    colour = type_colour(sides[0].type)
    marks = [Mark(start, end, colour=colour) for start, end in quote.marks]
    if lit:
        marks.append(Mark(*lit, lit=True))
    report = quote.report
    where = link(report.title or report.stem, address("report", lang, id=report.id, at=at))
    said = inline(report.text, quote.start, quote.end, marks)
    place = f'<span title="{esc(say("review.offsets", lang))}">{quote.start}–{quote.end}</span>'
    return f'<blockquote lang="zh">{said}<cite>{where} {source_line(report, lang)}{place}</cite></blockquote>'


def side(one: Side, number: int, lang: Language, known: Quote | None, corrections: Sequence[str]) -> str:
    """One side of the decision: its name, what is known of it, and its sentences but for the one `known` already."""
    facts = [
        (say("entity.aliases", lang), "、".join(one.aliases)),
        (say("entity.within", lang), one.within),
        (say("entity.code", lang), one.code),
    ]
    rows = "".join(f"<div><dt>{esc(head)}</dt><dd>{esc(body)}</dd></div>" for head, body in facts if body)
    counts = say("review.counts", lang, m=one.mentions, k=one.claims, r=one.reports)
    quotes = [q for q in one.quotes if known is None or (q.report.id, q.start) != (known.report.id, known.start)]
    body = "".join(quoted(q, (one,), lang, one.mention if n == 0 else "") for n, q in enumerate(quotes))
    body = body or f"<p class='ag-quiet'>{esc(say('review.only_here', lang))}</p>"
    return (
        f"<section class='ag-card ag-twin'><h3 lang='zh'><small>{number}</small>{_name(one, lang)}</h3>"
        f"<p class='ag-meta'><span>{esc(type_label(one.type, lang))}</span><span>{esc(counts)}</span>"
        f"{''.join(chip(said) for said in corrections)}</p>"
        f"<dl>{rows}</dl>{body}</section>"
    )


def why(item: Item, reasons: tuple[Reason, ...], lang: Language) -> str:
    """The score, and how much each reason gives to it; what forbids is marked by a cross."""
    most = max((r.share for r in reasons), default=0.0) or 1.0
    rows = "".join(_reason_row(r, most, lang) for r in reasons)
    score = say("review.score", lang, score=f"{item.score:.2f}")
    return f"<div class='ag-reckoning'><b>{esc(score)}</b><table><tbody>{rows}</tbody></table></div>"


def _reason_row(reason: Reason, most: float, lang: Language) -> str:
    told = strings().get(f"feature.{reason.name}", {}).get(lang, reason.text(lang))
    bar = f"<i style='width:{reason.share / most * 5:.2f}rem'></i>" if reason.share else ""
    share = f"+{reason.share:.2f}" if reason.share else "✗"
    return f"<tr><td>{bar}</td><td>{share}</td><td>{esc(told)}</td></tr>"


def verdict_label(judgement: Judgement, lang: Language) -> str:
    """What was decided, in words."""
    if judgement.kind == "type":
        return say("review.made_type", lang, value=type_label(judgement.verdict, lang))
    if judgement.kind == "name":
        return say("review.made_name", lang, value=judgement.verdict)
    return say(f"verdict.{judgement.verdict}", lang)


def about(desk: Desk, judgement: Judgement, lang: Language) -> str:
    """What a judgement is about: its names, linked to where it can be decided again."""
    ids = [i for i in (judgement.subject, judgement.object) if i]
    if judgement.subject in desk.claims:
        claim = desk.claims[judgement.subject]
        names = f"{desk.mentions[claim.head].name} {relation_label(claim.type, lang)} {desk.mentions[claim.tail].name}"
    elif all(i in desk.mentions for i in ids):
        names = " · ".join(desk.mentions[i].name for i in ids)
    else:
        return f"<span class='ag-quiet'>{esc(say('review.not_held', lang))}</span>"
    if judgement.kind in ("identity", "claim"):
        return link(names, address("review", lang, item=pair_id(*ids) if len(ids) > 1 else ids[0]))
    return link(names, address("entity", lang, id=judgement.subject))

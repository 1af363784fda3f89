"""Suggested partners of an entity, with their reasons and the sentences behind each."""

from collections.abc import Sequence

from graph.compare import Ground, SetAside, Suggestion, set_aside, suggest
from graph.compare.partners import PARTNERS
from graph.compare.partners_reasons import FEATURES, Reason
from graph.identity import Entity
from graph.network.roles import Roles
from graph.ontology.vocabulary import Language
from views import panes
from views.data import Shelf
from views.html import address, esc, link
from views.text import say

ASKED = PARTNERS | {"Division"}  # who is shown suggestions
SHOWN = 6
QUOTED = 4  # sentences of one reason


def suggestions(shelf: Shelf, ground: Ground, entity: Entity, lang: Language) -> str:
    """The section of an entity's page; '' for those that are no partners, such as a product."""
    if entity.type not in ASKED or entity.id not in ground.network.graph:
        return ""
    found = suggest(ground, entity.id, SHOWN)
    items = "".join(_suggestion(shelf, one, lang) for one in found)
    lead = f"<p class='ag-quiet'>{esc(say('partners.lead' if found else 'partners.none', lang))}</p>"
    body = f"<ul class='ag-said'>{items}</ul>" if found else ""
    return (
        f"<section class='ag-kind'><h2>{esc(say('partners.title', lang))}</h2>{lead}{body}"
        f"{_aside(shelf, set_aside(ground, entity.id), lang)}</section>"
    )


def _suggestion(shelf: Shelf, one: Suggestion, lang: Language) -> str:
    within = f"<span class='ag-quiet'>{esc(one.entity.within)}</span>" if one.entity.within else ""
    said = "".join(_reason(shelf, reason, lang) for reason in one.reasons)
    return f"<li>{panes.entity_link(one.entity, lang)}{within}<ul class='ag-reasons'>{said}</ul></li>"


def _reason(shelf: Shelf, reason: Reason, lang: Language) -> str:
    words = reason.text if lang == "zh" else reason.english
    feature = FEATURES[reason.feature][0 if lang == "zh" else 1]
    head = f"<b title='{esc(feature)}'>{reason.share:.0%}</b> {esc(words)}"
    records = dict.fromkeys(record for path in reason.paths for record in (*path.one, *path.other))
    quotes = [panes.quoted(shelf, shelf.claims[r], lang) for r in records if r in shelf.claims]
    cases = [panes.case_line(shelf.cases[r], lang) for r in records if r in shelf.cases]
    body = "".join([*quotes[:QUOTED], *(f"<p>{case}</p>" for case in cases[:QUOTED])])
    rest = max(0, len(quotes) - QUOTED) + max(0, len(cases) - QUOTED)
    more = f"<p class='ag-quiet'>{esc(say('frame.more', lang, n=rest))}</p>" if rest else ""
    return f"<li><details><summary>{head}</summary>{body}{more}</details></li>" if body else f"<li>{head}</li>"


def _aside(shelf: Shelf, left: Sequence[SetAside], lang: Language) -> str:
    """Those with whom a tie is planned or was denied, which is why they are not suggested."""
    said = []
    for row in left:
        known = [shelf.claims[claim] for claim in row.claims if claim in shelf.claims]
        quotes = "".join(panes.quoted(shelf, claim, lang) for claim in known[:QUOTED])
        name = f"{panes.entity_link(row.entity, lang)}{panes.modality_chip(row.state, lang)}"
        said.append(f"<li>{name}{quotes}</li>")
    if not said:
        return ""
    title = esc(say("partners.aside", lang, n=len(said)))
    return f"<details><summary>{title}</summary><ul class='ag-said'>{''.join(said)}</ul></details>"


def place(roles: Roles, entity: Entity, lang: Language) -> str:
    """Where an entity stands in the alliance network: partners, and the community it is in; '' outside of it."""
    if entity.id not in roles.graph:
        return ""
    found = roles.communities[roles.community_of[entity.id]]
    partners = say("partners.count", lang, n=roles.graph.degree(entity.id))
    group = say("partners.group", lang, name=found.name) if len(found.members) > 2 else ""
    there = link(group, address("roles", lang, view="community", id=entity.id)) if group else ""
    return f"{esc(partners)} · {there}" if there else esc(partners)

"""One entity: who it is, where it lies, what it does with whom and which sentence says so, its figures and cases."""

import streamlit as st

from views import frame, panes, partners_panel
from views.data import cases_naming, find_container, relations_of
from views.html import address, esc, link, rows, type_chip
from views.standing import ground, measured
from views.text import relation_label, say

lang = frame.language()
shelf = frame.shelf(lang)
asked = st.query_params.get("id", "")
entity = shelf.entities.by_id.get(asked) or shelf.entity(asked)  # a mention stands for its entity
if entity is None:
    frame.missing("entity.missing", lang)

review = address("review", lang, kind="identity", entity=entity.mentions[0])
st.html(
    f"<div class='ag-title'><h1 lang='zh'>{esc(entity.name)}</h1><p class='ag-meta'>{type_chip(entity.type, lang)}"
    f"{link(say('entity.in_network', lang), address('network', lang, id=entity.id))}"
    f"{link(say('review.of_entity', lang), review)}</p></div>"
)
container = find_container(shelf, entity)
inside = panes.entity_link(container, lang) if container else esc(entity.within)
st.html(
    rows(
        [
            (say("entity.aliases", lang), esc("、".join(a for a in entity.aliases if a != entity.name))),
            (say("entity.within", lang), inside),
            (say("entity.code", lang), esc(entity.code)),
            (say("partners.network", lang), partners_panel.place(measured(lang), entity, lang)),
            (say("entity.named", lang), esc(say("entity.times", lang, n=len(entity.mentions), r=len(entity.reports)))),
        ]
    )
)

left, right = st.columns([11, 8], gap="large")
kinds = relations_of(shelf, entity)
blocks = [
    panes.entity_relations(shelf, entity, relation_label(relation, lang, inward=inward), lines, lang)
    for (relation, inward), lines in kinds.items()
]
left.html(f"<h2>{esc(say('entity.relations', lang))}</h2>" + ("".join(blocks) or esc(say("entity.no_relations", lang))))

figures = panes.figure_rows(shelf, shelf.figures_about.get(entity.id, []), lang)
cases = "".join(f"<li>{panes.case_line(case, lang)}</li>" for case in cases_naming(shelf, entity))
reports = "".join(f"<li>{panes.report_line(shelf.reports[r], lang)}</li>" for r in entity.reports)
right.html(
    (f"<h2>{esc(say('entity.figures', lang))}</h2>{figures}" if figures else "")
    + (f"<h2>{esc(say('entity.cases', lang))}</h2><ul class='ag-cases'>{cases}</ul>" if cases else "")
    + partners_panel.suggestions(shelf, ground(shelf, lang), entity, lang)
    + f"<h2>{esc(say('entity.reports', lang))}</h2><ul class='ag-cases'>{reports}</ul>"
)

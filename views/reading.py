"""A report's text beside what was found in it: the part that the pages of cases and of reports share."""

from collections.abc import Sequence

import streamlit as st

from graph.ontology.vocabulary import Language
from graph.records import Claim, Figure, Report
from views import panes
from views.data import Shelf
from views.html import esc
from views.text import say


def side_by_side(
    shelf: Shelf,
    report: Report,
    span: tuple[int, int],
    found: tuple[Sequence[Claim], Sequence[Figure]],
    page_id: str,
    lang: Language,
) -> None:
    """Show the stretch `span` of a report, and the claims and figures `found` in it.

    `page_id` is the id of the case or report whose page this is; the evidence that the address names is marked.
    """
    claims, figures = found
    lit = st.query_params.get("at", "")
    left, right = st.columns([11, 10], gap="medium")
    left.html(panes.legend(shelf, report, span, lang) + panes.text_pane(shelf, report, span, lang, lit))
    lines = shelf.lines(claims)
    names = [f"{say('case.relations', lang)} {len(lines)}", f"{say('case.figures', lang)} {len(figures)}"]
    relations, numbers = right.tabs(names, default=names[1] if lit in shelf.figures else names[0])
    listed = panes.relation_rows(lines, lang, page_id) or _none("case.no_relations", lang)
    relations.html(f'<div class="ag-pane ag-list">{listed}</div>')
    counted = panes.figure_rows(shelf, figures, lang, page_id) or _none("case.no_figures", lang)
    numbers.html(f'<div class="ag-pane ag-list">{counted}</div>')


def _none(key: str, lang: Language) -> str:
    return f"<p class='ag-quiet'>{esc(say(key, lang))}</p>"

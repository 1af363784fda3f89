"""One case: its profile, the report's text with what was found in it, and every relation and figure by its sentence."""

import streamlit as st

from views import alike, frame, panes
from views.data import within
from views.html import address, esc, link, rows
from views.reading import side_by_side
from views.text import say

lang = frame.language()
shelf = frame.shelf(lang)
case = shelf.cases.get(st.query_params.get("id", ""))
if case is None:
    frame.missing("case.missing", lang)

report = shelf.reports[case.report]
claims = within(shelf.claims_of.get(report.id, []), case)
figures = within(shelf.figures_of.get(report.id, []), case)

st.html(
    f"<div class='ag-title'><h1 lang='zh'>{esc(case.title or say('case.untitled', lang))}</h1>"
    f"<p class='ag-meta'>{panes.alliance_chips(case, lang)}<span>{esc(case.place)}</span>"
    f"{panes.source_line(report, lang)}"
    f"{link(say('case.whole_report', lang), address('report', lang, id=report.id))}"
    f"{link(say('case.in_network', lang), address('network', lang, case=case.id))}</p></div>"
)
why = panes.type_reasons(case, lang)
st.html(rows([*panes.profile(shelf, case, claims, lang), (say("case.why_types", lang), why)]))
side_by_side(shelf, report, (case.start, case.end), (claims, figures), case.id, lang)
alike.section(frame.library(lang), shelf, case, lang)

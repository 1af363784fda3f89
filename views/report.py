"""One report whole: its head, its cases, its text with what was found in it, and the relations and figures."""

import streamlit as st

from views import frame, panes
from views.html import esc, rows
from views.reading import side_by_side
from views.text import say

lang = frame.language()
shelf = frame.shelf(lang)
report = shelf.reports.get(st.query_params.get("id", ""))
if report is None:
    frame.missing("report.missing", lang)

st.html(
    f"<div class='ag-title'><h1 lang='zh'>{esc(report.title or report.stem)}</h1>"
    f"<p class='ag-meta'>{panes.source_line(report, lang)}</p></div>"
)
cases = "".join(f"<li>{panes.case_line(case, lang)}</li>" for case in shelf.cases_of.get(report.id, []))
head = [
    (say("report.authors", lang), esc("、".join(report.authors))),
    (say("report.source", lang), esc(report.url or report.stem)),
    (say("report.cases", lang), f"<ol class='ag-cases'>{cases}</ol>" if cases else ""),
    (say("report.warnings", lang), esc("；".join(report.warnings))),
]
st.html(rows(head))
found = shelf.claims_of.get(report.id, []), shelf.figures_of.get(report.id, [])
side_by_side(shelf, report, (0, len(report.text)), found, report.id, lang)

"""All reports of the library, with what was found in each."""

import streamlit as st

from views import frame, panes
from views.html import esc
from views.text import say

lang = frame.language()
shelf = frame.shelf(lang)

st.html(f"<h1>{esc(say('reports.title', lang))}</h1>")
tie = frame.tied("q", str)
wanted = st.text_input(say("reports.filter", lang), tie.value or "", key=tie.key, width=420).strip()
frame.keep("q", wanted)

found = [
    report
    for report in sorted(shelf.reports.values(), key=lambda r: (r.date, r.stem), reverse=True)
    if wanted.casefold() in f"{report.title} {report.publisher} {report.date} {report.stem}".casefold()
]
if not found:
    st.html(f"<p class='ag-quiet'>{esc(say('reports.none', lang))}</p>")
    st.stop()

cases = sum(len(shelf.cases_of.get(report.id, [])) for report in found)
st.html(f"<p class='ag-quiet'>{esc(say('reports.count', lang, n=len(found), c=cases))}</p>")
st.html("".join(panes.report_card(shelf, report, lang) for report in found))

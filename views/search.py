"""Find cases: by what one asks in plain words, narrowed by alliance type, region, year and kind of partner."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from views import frame
from views.data import facets, latest
from views.finding import ask, fitting
from views.hits import case_card, hit_card
from views.html import address, esc, link
from views.text import alliance_label, day, say, type_label

SHOWN = 20

lang = frame.language()
shelf = frame.shelf(lang)

st.html(f"<p class='ag-lead'>{esc(say('search.lead', lang))}</p>")
query = st.text_input(
    say("search.query", lang),
    key=frame.tied("q", str),
    placeholder=say("search.placeholder", lang),
    icon=":material/search:",
    label_visibility="collapsed",
).strip()
frame.keep("q", query)

offered = facets(shelf)
labels: dict[str, Callable[[str], str]] = {
    "type": lambda code: alliance_label(code, lang),
    "region": lambda place: place,
    "year": lambda year: day(year, lang),
    "partner": lambda code: type_label(code, lang),
}
chosen: dict[str, list[str]] = {}
for column, (name, label) in zip(st.columns(4), labels.items(), strict=True):
    chosen[name] = column.multiselect(
        say(f"search.{name}", lang),
        offered[name],
        key=frame.tied(name, frame.some_of(offered[name])),
        format_func=label,
        placeholder=say("search.any", lang),
    )
    frame.keep(name, ",".join(chosen[name]))

library = frame.library(lang)
trouble = ""
if query:
    with st.spinner(say("search.working", lang)):
        answer = ask(library, query, chosen)
    trouble = say(answer.trouble, lang, detail=answer.detail) if answer.trouble else ""
    cards = [partial(hit_card, shelf, hit, query, lang) for hit in answer.hits]
else:
    kept = fitting(library, chosen)
    cards = [partial(case_card, shelf, case, lang) for case in latest(shelf) if kept is None or case.id in kept]

if waiting := len(library.unindexed_reports()) if query else 0:
    trouble = say("search.unindexed", lang, n=waiting)
if trouble:
    st.html(f"<p class='ag-note'>{esc(trouble)}</p>")
if not cards:
    st.html(f"<p class='ag-quiet'>{esc(say('search.none', lang))}</p>")
    st.stop()

shown = len(cards) if st.query_params.get("all") == "1" else min(SHOWN, len(cards))
wording = ("best", "best_all") if query else ("first_cases", "all_cases")
heading = say(f"search.{wording[shown == len(cards)]}", lang, n=shown, total=len(cards))
more = link(say("search.show_all", lang), address("search", lang, **frame.parameters(), all="1"))
st.html(f"<p class='ag-quiet'><span>{esc(heading)}</span>{more if shown < len(cards) else ''}</p>")
st.html("".join(card() for card in cards[:shown]))

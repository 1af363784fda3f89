"""Find cases and entities: by what one asks in plain words, narrowed by filters that say how much each would leave."""

from functools import partial
from pathlib import Path

import streamlit as st

from graph.search.query import LONGEST
from views import frame
from views.choosing import choose
from views.finding import Answer, ask, listed
from views.hits import case_card, entity_cards, hit_card
from views.html import address, esc, link
from views.text import say

SHOWN, MOST = 20, 200

lang = frame.language()
shelf = frame.shelf(lang)

st.html(Path(__file__).with_name("search.css"))
st.html(f"<p class='ag-lead'>{esc(say('search.lead', lang))}</p>")
tie = frame.tied("q", str)
query = st.text_input(
    say("search.query", lang),
    value=tie.value or "",
    key=tie.key,
    placeholder=say("search.placeholder", lang),
    icon=":material/search:",
    label_visibility="collapsed",
).strip()
frame.keep("q", query)

library = frame.library(lang)
chosen, found = choose(library, lang)
limit = MOST if st.query_params.get("all") == "1" else SHOWN
if query:
    with st.spinner(say("search.working", lang)):
        answer = ask(library, shelf, query, chosen, limit + 1)
    names = tuple(name for _, name in answer.meant)
    cards = [partial(hit_card, shelf, hit, query, lang, names) for hit in answer.hits]
    total = found.total if len(cards) > limit else len(cards)
else:
    answer = Answer()
    cards = [partial(case_card, shelf, case, lang) for case in listed(library, shelf, chosen)]
    total, limit = len(cards), len(cards) if limit == MOST else SHOWN

notes = [say(answer.trouble, lang, detail=answer.detail)] if answer.trouble else []
notes += [say("search.meant", lang, written=written, name=name) for written, name in answer.meant]
if answer.left_out:
    notes.append(say("search.long", lang, n=f"{LONGEST:,}"))
if waiting := len(library.unindexed_reports()) if query else 0:
    notes.append(say("search.unindexed", lang, n=waiting))
if notes:
    st.html("".join(f"<p class='ag-note'>{esc(note)}</p>" for note in notes))
if answer.entities:
    st.html(f"<p class='ag-quiet'>{esc(say('search.entities', lang))}</p>{entity_cards(answer.entities, lang)}")
if not cards:
    st.html(f"<p class='ag-quiet'>{esc(say('search.none', lang))}</p>")
    st.stop()

shown = min(limit, len(cards))
wording = ("best", "best_all") if query else ("first_cases", "all_cases")
heading = say(f"search.{wording[shown == total]}", lang, n=shown, total=total)
more = link(say("search.show_all", lang), address("search", lang, **frame.parameters() | {"all": "1"}))
offer = more if shown < min(total, MOST if query else total) else ""
st.html(f"<p class='ag-quiet'><span>{esc(heading)}</span>{offer}</p>")
st.html("".join(card() for card in cards[:shown]))

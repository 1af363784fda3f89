"""Entities by type, most often named first, with a filter on their names."""

import streamlit as st

from views import frame, panes
from views.data import entities_called
from views.html import esc
from views.text import say, type_label

SHOWN = 300

lang = frame.language()
shelf = frame.shelf(lang)

st.html(f"<h1>{esc(say('browse.title', lang))}</h1>")
types = list(shelf.entity_counts)
tie = frame.tied("type", frame.one_of(types))
kind = st.pills(
    say("browse.kind", lang),
    types,
    default=tie.value,
    key=tie.key,
    format_func=lambda code: f"{type_label(code, lang)} {shelf.entity_counts[code]:,}",
)
frame.keep("type", kind or "")
tie = frame.tied("q", str)
wanted = st.text_input(say("browse.filter", lang), tie.value or "", key=tie.key, width=420).strip()
frame.keep("q", wanted)

found = entities_called(shelf, wanted, kind)
if not found:
    st.html(f"<p class='ag-quiet'>{esc(say('browse.none', lang))}</p>")
    st.stop()

said = (
    say("browse.first_of", lang, n=SHOWN, total=f"{len(found):,}")
    if len(found) > SHOWN
    else say("browse.count", lang, n=len(found))
)
names = "".join(panes.entity_line(shelf, entity, lang) for entity in found[:SHOWN])
st.html(f"<p class='ag-quiet'>{esc(said)}</p><div class='ag-names'>{names}</div>")

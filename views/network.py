"""The network around an entity, of a case, or of the whole library; clicking shows who and which sentence."""

import streamlit as st

from views import drawing, frame, network_component
from views.html import esc
from views.layout import arranged
from views.network_choice import choose
from views.network_panel import panel
from views.text import say

lang = frame.language()
shelf = frame.shelf(lang)
choice = choose(shelf, lang)
network = frame.network(lang)

part = drawing.part(shelf, network, choice)
notes = "".join(f"<span>{esc(note)}</span>" for note in drawing.summary(part, lang))
st.html(f"<p class='ag-quiet'>{notes}</p>")
if not part.graph:
    st.html(f"<p class='ag-quiet'>{esc(say('network.nothing', lang))}</p>")
    st.stop()

kept = st.session_state.get("drawn", {})
if kept.get("view") != choice.view:
    kept = {"view": choice.view, "positions": {}}
kept["positions"] |= arranged(network, part.graph, kept["positions"])
st.session_state["drawn"] = kept

left, right = st.columns([7, 3], gap="medium")
with left:
    clicked = network_component.draw(
        {
            "view": choice.view,
            "nodes": drawing.nodes(part.graph, kept["positions"], choice.centre),
            "edges": drawing.edges(part.graph, lang),
            "picked": st.query_params.get("pick", ""),
            "legend": drawing.legend(part.graph, lang),
            "words": {key: say(f"network.{key}", lang) for key in ("title", "fit", "save", "file")},
        }
    )
if clicked:
    st.query_params["pick"] = clicked
    st.rerun()
right.html(panel(shelf, part.graph, choice, st.query_params.get("pick", "") or choice.centre, lang))

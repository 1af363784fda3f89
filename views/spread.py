"""Where models have been carried: each chain from its origin to the places that took it up, tried it or plan to."""

import streamlit as st

from graph.compare import Step, chains, spread_of
from graph.ontology.vocabulary import Language
from views import frame, panes
from views.data import Shelf, group
from views.html import chip, esc
from views.text import day, say

KINDS = {"done": "", "planned": "ag-planned", "given up": "ag-negated"}


def _step(shelf: Shelf, step: Step, depth: int, lang: Language) -> str:
    said = [day(step.date, lang) if step.date else "", say(f"spread.levels{step.levels}", lang)]
    notes = "".join(f"<span>{esc(note)}</span>" for note in said if note)
    quotes = "".join(panes.quoted(shelf, shelf.claims[claim], lang) for claim in step.claims)
    state = chip(say(f"spread.{step.state.replace(' ', '_')}", lang), KINDS[step.state])
    return (
        f"<details class='ag-step' style='--depth:{depth}'><summary><b>→</b>"
        f"{panes.entity_link(step.target, lang)}{state}<span class='ag-meta'>{notes}</span></summary>{quotes}</details>"
    )


def _tree(shelf: Shelf, own: list[list[Step]], lang: Language) -> str:
    """Chains of one origin as a tree: what two of them begin with is said once."""
    said: set[tuple[str, ...]] = set()
    rows = []
    for chain in own:
        for depth, step in enumerate(chain):
            path = tuple(f"{s.target.id}:{s.state}" for s in chain[: depth + 1])
            if path not in said:
                said.add(path)
                rows.append(_step(shelf, step, depth, lang))
    return "".join(rows)


lang = frame.language()
shelf = frame.shelf(lang)
steps = spread_of(list(shelf.claims.values()), shelf.entities, shelf.reports)
st.html(f"<p class='ag-lead'>{esc(say('spread.lead', lang))}</p>")
if not steps:
    st.html(f"<p class='ag-quiet'>{esc(say('spread.none', lang))}</p>")
wanted = st.text_input(say("spread.filter", lang), key=frame.tied("q", str), icon=":material/search:").strip()
frame.keep("q", wanted)
found = [
    chain
    for chain in chains(steps)
    if any(wanted in name for name in (chain[0].origin.name, *(step.target.name for step in chain)))
]
for own in group(found, lambda chain: chain[0].origin.id).values():
    head = panes.entity_link(own[0][0].origin, lang)
    st.html(f"<section class='ag-card'><h3 lang='zh'>{head}</h3>{_tree(shelf, own, lang)}</section>")
if steps and not found:
    st.html(f"<p class='ag-quiet'>{esc(say('spread.no_match', lang))}</p>")

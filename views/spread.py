"""Where models have been carried, as tree, map and timeline, and where else they could go."""

from pathlib import Path

import streamlit as st

from graph.compare import Atlas, Chart, Elsewhere, Step, Tree, elsewhere, map_of, nearness, spread_of, trees
from graph.ontology.vocabulary import Language
from views import frame, panes
from views.data import Shelf, group, latest
from views.html import esc
from views.spread_else import candidate_card, holdings, origin_card
from views.spread_map import picture
from views.spread_parts import STATES, quotes, state_chip, state_label, step_notes, tree_card
from views.spread_time import rows, strip
from views.text import say

STYLE = Path(__file__).with_name("spread.css")
VIEWS = ("tree", "map", "time", "else")
BEST = 10  # places offered


@st.cache_resource(show_spinner=False, max_entries=2)
def _steps(path: str, version: str, _shelf: Shelf) -> list[Step]:
    """Once a library version, which `path` and `version` name."""
    return spread_of(list(_shelf.claims.values()), _shelf.entities, _shelf.reports, list(_shelf.cases.values()))


@st.cache_resource(show_spinner=False, max_entries=2)
def _atlas(path: str, version: str, _shelf: Shelf) -> Atlas:
    return Atlas.of(holdings(_shelf))


@st.cache_resource(show_spinner=False, max_entries=50)
def _answer(path: str, version: str, case: str, _shelf: Shelf) -> Elsewhere:
    atlas, library = _atlas(path, version, _shelf), frame.library("zh")
    chosen = _shelf.cases[case]
    origin = atlas.origin(chosen)
    meaning = nearness(origin, atlas.settings, library.passages(), library.vectors())
    return elsewhere(origin, atlas, chosen, BEST, meaning)


def _quiet(key: str, lang: Language) -> None:
    st.html(f"<p class='ag-quiet'>{esc(say(key, lang))}</p>")


def _view(lang: Language) -> str:
    """Which of the views the page shows, tied to the address."""
    tie = frame.tied("view", lambda said: said if said in VIEWS else VIEWS[0])
    chosen = st.segmented_control(
        say("spread.view", lang),
        VIEWS,
        default=tie.value,
        key=tie.key,
        required=True,
        format_func=lambda code: say(f"spread.view_{code}", lang),
        label_visibility="collapsed",
    )
    chosen = chosen or VIEWS[0]
    frame.keep("view", chosen if chosen != VIEWS[0] else "")
    return chosen


def _filters(lang: Language) -> tuple[str, list[str]]:
    """Part of a name and the states asked for; none asked for are all."""
    left, right = st.columns(2)
    tie = frame.tied("q", str)
    wanted = left.text_input(
        say("spread.filter", lang),
        value=tie.value or "",
        key=tie.key,
        icon=":material/search:",
        placeholder=say("spread.filter", lang),
        label_visibility="collapsed",
    ).strip()
    frame.keep("q", wanted)
    asked = frame.tied("state", frame.some_of(list(STATES)))
    states = right.multiselect(
        say("spread.states", lang),
        STATES,
        default=asked.value,
        key=asked.key,
        format_func=lambda state: state_label(state, lang),
        placeholder=say("spread.all_states", lang),
        label_visibility="collapsed",
    )
    frame.keep("state", ",".join(states))
    return wanted, states


def _names(step: Step) -> list[str]:
    return [step.origin.name, step.target.name, step.home.entity.name if step.home.entity else ""]


def _kept(steps: list[Step], wanted: str, states: list[str]) -> list[Tree]:
    """The trees of the steps in these states that name what is wanted anywhere."""
    grown = trees([step for step in steps if not states or step.state in states])
    return [tree for tree in grown if any(wanted in name for step in tree.steps() for name in _names(step))]


def _map(shelf: Shelf, steps: list[Step], lang: Language) -> None:
    chart = map_of(steps)
    drawn = picture(chart, shelf, lang)
    if not drawn:
        _quiet("spread.map_none", lang)
    else:
        key = "".join(
            f"<span class='ag-key'>{state_chip(s, lang)}</span>" for s in STATES if s in {a.state for a in chart.arcs}
        )
        st.html(f"{drawn}<p class='ag-quiet'>{key}{esc(say('spread.map_source', lang))}</p>")
    st.html(_unplaced(chart, lang) + _arcs(shelf, chart, lang))


def _unplaced(chart: Chart, lang: Language) -> str:
    """The places that the map cannot show, each with the reason."""
    if not chart.unplaced:
        return ""
    said = [(one.entity, say(f"spread.why_{one.why.replace(' ', '_')}", lang)) for one in chart.unplaced]
    shown = "".join(f"{panes.entity_link(entity, lang)}<small>{esc(why)}</small> " for entity, why in said)
    return f"<p class='ag-quiet'>{esc(say('spread.unplaced', lang))}{shown}</p>"


def _arcs(shelf: Shelf, chart: Chart, lang: Language) -> str:
    """The arrows in words, each opening to its sentences."""
    return "".join(
        f"<details class='ag-step'><summary>{panes.entity_link(arc.home, lang)}<b>→</b>"
        f"{panes.entity_link(arc.target, lang)}{state_chip(arc.state, lang)}"
        f"<span class='ag-meta'>{step_notes(arc.steps[0], lang)}</span></summary>"
        f"{''.join(quotes(shelf, step, lang) for step in arc.steps)}</details>"
        for arc in chart.arcs
    )


def _elsewhere(shelf: Shelf, lang: Language) -> None:
    path, version = frame.library_path(), frame.library(lang).version
    atlas = _atlas(path, version, shelf)
    offered = [case.id for case in latest(shelf) if atlas.of_case.get(case.id) in atlas.settings]
    st.html(f"<p class='ag-lead'>{esc(say('spread.else_lead', lang))}</p>")
    if not offered:
        _quiet("spread.else_none", lang)
        return
    tie = frame.tied("case", lambda said: said if said in offered else offered[0])
    case = st.selectbox(
        say("spread.else_case", lang),
        offered,
        index=tie.index(offered) or 0,
        key=tie.key,
        format_func=lambda code: " · ".join(p for p in (shelf.cases[code].title, shelf.cases[code].place) if p),
    )
    frame.keep("case", case)
    found = _answer(path, version, case, shelf)
    cards = "".join(candidate_card(shelf, found, candidate, lang) for candidate in found.candidates)
    st.html(origin_card(shelf, found, lang) + cards)
    if not found.candidates:
        _quiet("spread.else_nobody", lang)


def _carried(shelf: Shelf, view: str, lang: Language) -> None:
    """The tree, the map or the timeline of what was carried."""
    steps = _steps(frame.library_path(), frame.library(lang).version, shelf)
    if not steps:
        _quiet("spread.none", lang)
        return
    kept = _kept(steps, *_filters(lang))
    own = [step for tree in kept for step in tree.steps()]
    if not own:
        _quiet("spread.no_match", lang)
    elif view == "tree":
        homes = group(kept, lambda tree: (tree.home.entity or tree.origin).id)
        st.html("".join(tree_card(shelf, own, lang) for own in homes.values()))
    elif view == "map":
        _map(shelf, own, lang)
    else:
        st.html(strip(shelf, own, lang) + rows(shelf, own, lang))


lang = frame.language()
shelf = frame.shelf(lang)
st.html(STYLE)
st.html(f"<p class='ag-lead'>{esc(say('spread.lead', lang))}</p>")
chosen = _view(lang)
if chosen == "else":
    _elsewhere(shelf, lang)
else:
    _carried(shelf, chosen, lang)

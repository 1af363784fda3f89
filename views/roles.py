"""Hubs and bridges: who has many partners, who ties groups together, and which groups there are."""

import streamlit as st

from graph.network.roles import MEASURES, RANKED, Roles
from graph.ontology import ontology
from graph.ontology.vocabulary import Language
from views import frame, roles_tables
from views.data import Shelf
from views.html import address, esc, link
from views.standing import measured
from views.text import say, type_label

VIEWS = ("hub", "broker", "community")
SHOWN, EVERY = 40, 1000  # rows, and rows where all are asked for
TYPES = [code for code in ontology().entity_types if code in ontology().actors]


def _view(lang: Language) -> str:
    tie = frame.tied("view", lambda said: said if said in VIEWS else VIEWS[0])
    chosen = st.segmented_control(
        say("roles.view", lang),
        VIEWS,
        default=tie.value,
        key=tie.key,
        required=True,
        format_func=lambda code: say(f"roles.{code}", lang),
        label_visibility="collapsed",
    )
    view = chosen or VIEWS[0]
    frame.keep("view", view if view != VIEWS[0] else "")
    return view


def _measure(view: str, lang: Language) -> str:
    """One of the measures of the view; the address keeps any but the first."""
    offered = [code for code in RANKED if MEASURES[code].role == view]
    tie = frame.tied(f"by_{view}", lambda said: said if said in offered else offered[0])
    chosen = st.segmented_control(
        say("roles.measure", lang),
        offered,
        default=tie.value,
        key=tie.key,
        required=True,
        format_func=lambda code: MEASURES[code].label(lang),
        label_visibility="collapsed",
    )
    measure = chosen or offered[0]
    frame.keep(f"by_{view}", measure if measure != offered[0] else "")
    return measure


def _types(lang: Language) -> frozenset[str]:
    tie = frame.tied("type", frame.some_of(TYPES))
    chosen: list[str] = st.multiselect(
        say("roles.type", lang),
        TYPES,
        default=tie.value,
        key=tie.key,
        format_func=lambda code: type_label(code, lang),
        placeholder=say("roles.all_types", lang),
        label_visibility="collapsed",
    )
    frame.keep("type", ",".join(chosen))
    return frozenset(chosen)


def _all(lang: Language) -> str:
    """A link to the same page without its limit."""
    return link(say("roles.all", lang), address("roles", lang, **{**frame.parameters(), "all": "1", "id": ""}))


def _communities(shelf: Shelf, roles: Roles, limit: int, lang: Language) -> None:
    """The communities, or the one that the entity named by the address is in."""
    st.html(roles_tables.words("community", lang))
    asked = st.query_params.get("id", "")
    large = [c for c in roles.communities if len(c.members) >= roles_tables.LEAST]
    small = len(roles.communities) - len(large)
    shown = large[:limit]
    said = say("roles.communities", lang, n=len(shown), total=len(large), small=small)
    if asked in roles.community_of:
        shown = [roles.communities[roles.community_of[asked]]]
        said = say("roles.of_entity", lang, name=shelf.entities.by_id[asked].name)
    more = _all(lang) if len(shown) < len(large) else ""
    st.html(f"<p class='ag-quiet'><span>{esc(said)}</span>{more}</p>")
    st.html("".join(roles_tables.community(shelf, roles, c, lang) for c in shown))


def _ranked(shelf: Shelf, roles: Roles, asked: tuple[str, frozenset[str]], limit: int, lang: Language) -> None:
    """The table of one measure (its code and the types let through)."""
    st.html(roles_tables.words(asked[0], lang))
    if asked[0] not in roles.values:
        st.html(f"<p class='ag-quiet'>{esc(say('roles.too_large', lang))}</p>")
        return
    ranked = roles.ranked(*asked)
    if not ranked:
        st.html(f"<p class='ag-quiet'>{esc(say('roles.nobody', lang))}</p>")
        return
    total = len(ranked)
    said = say("roles.shown", lang, n=limit, total=total) if total > limit else say("roles.shown_all", lang, n=total)
    st.html(f"<p class='ag-quiet'><span>{esc(said)}</span>{_all(lang) if len(ranked) > limit else ''}</p>")
    st.html(roles_tables.standings(shelf, roles, ranked[:limit], lang))


lang = frame.language()
shelf = frame.shelf(lang)
roles = measured(lang)
st.html(f"<p class='ag-lead'>{esc(say('roles.lead', lang))}</p>")
if not roles.graph:
    st.html(f"<p class='ag-quiet'>{esc(say('roles.none', lang))}</p>")
    st.stop()

left, middle, right = st.columns([4, 4, 4], vertical_alignment="center")
with left:
    view = _view(lang)
limit = EVERY if st.query_params.get("all") else SHOWN
if view == "community":
    _communities(shelf, roles, limit, lang)
else:
    with middle:
        measure = _measure(view, lang)
    with right:
        types = _types(lang)
    _ranked(shelf, roles, (measure, types), limit, lang)
st.html(roles_tables.counted(lang))

"""The choices above the network: what to draw, how far to go, and which relations and types to leave in."""

from collections.abc import Mapping
from functools import partial

import streamlit as st

from graph.ontology import Term, ontology
from graph.ontology.vocabulary import Language
from views import frame
from views.data import Shelf, entities_called
from views.drawing import Choice
from views.text import say, type_label

OFFERED = 1000  # entities in the list, the most often named; any other can be typed
SCOPES = ("entity", "case", "whole")


def choose(shelf: Shelf, lang: Language) -> Choice:
    """Show the choices, tied to the address, and return them."""
    left, middle, right = st.columns([4, 4, 3], vertical_alignment="center")
    with left:
        scope = _scope(lang)
    centre, case, depth = "", "", 1
    if scope == "entity":
        with middle:
            centre = _centre(shelf, lang)
        with right:
            depth = _depth(lang)
    elif scope == "case":
        with middle:
            case = _case(shelf, lang)
    expanded = [e for e in st.query_params.get("more", "").split(",") if e in shelf.entities.by_id]
    return Choice(centre, case, depth, tuple(expanded) if centre else (), *_filters(lang))


def _scope(lang: Language) -> str:
    """What is drawn: as the address says, else as its `id` or `case` implies."""
    implied = "entity" if "id" in st.query_params else "case" if "case" in st.query_params else "whole"
    tie = frame.tied("scope", lambda said: said if said in SCOPES else implied)
    scope = st.segmented_control(
        say("network.scope", lang),
        SCOPES,
        default=tie.value,
        key=tie.key,
        required=True,
        format_func=lambda code: say(f"network.scope_{code}", lang),
        label_visibility="collapsed",
    )
    scope = scope or implied
    frame.keep("scope", scope if scope != implied else "")
    return scope


def _centre(shelf: Shelf, lang: Language) -> str:
    """The entity in the middle: one of those offered, or any other by its name."""
    ranked = entities_called(shelf, "")
    first, asked = ranked[0].id, st.query_params.get("id", "")
    options = [e.id for e in ranked[:OFFERED]]
    if asked in shelf.entities.by_id and asked not in options:
        options.append(asked)
    tie = frame.tied("id", lambda said: said if said in options else first)
    said = st.selectbox(
        say("network.centre", lang),
        options,
        index=tie.index(options) or 0,
        key=tie.key,
        format_func=lambda entity: _called(shelf, entity, lang),
        accept_new_options=True,
        label_visibility="collapsed",
    )
    if said not in shelf.entities.by_id:
        found = shelf.entities.find(said or "")
        if not found:
            frame.missing("network.unknown", lang)
        said = found[0].id
    frame.keep("id", said if asked or said != first else "")
    return str(said)


def _called(shelf: Shelf, entity_id: str, lang: Language) -> str:
    entity = shelf.entities.by_id.get(entity_id)
    if entity is None:
        return entity_id  # a name someone typed
    return " · ".join(part for part in (entity.name, type_label(entity.type, lang), entity.within) if part)


def _case(shelf: Shelf, lang: Language) -> str:
    cases = sorted(shelf.cases.values(), key=lambda c: (shelf.reports[c.report].date, c.report, -c.position))
    options = [case.id for case in reversed(cases)]
    if not options:
        frame.missing("network.no_case", lang)
    asked = st.query_params.get("case", "")
    tie = frame.tied("case", lambda said: said if said in options else options[0])
    case = st.selectbox(
        say("network.case", lang),
        options,
        index=tie.index(options) or 0,
        key=tie.key,
        label_visibility="collapsed",
        format_func=lambda code: " · ".join(p for p in (shelf.cases[code].title, shelf.cases[code].place) if p),
    )
    frame.keep("case", case if asked or case != options[0] else "")
    return case


def _depth(lang: Language) -> int:
    tie = frame.tied("depth", lambda said: int(said) if said in ("2", "3") else 1)
    depth = st.segmented_control(
        say("network.depth", lang),
        [1, 2, 3],
        default=tie.value,
        key=tie.key,
        required=True,
        format_func=lambda steps: say("network.steps", lang, n=steps),
        label_visibility="collapsed",
    )
    frame.keep("depth", str(depth) if depth != 1 else "")
    return depth or 1


def _label(terms: Mapping[str, Term], lang: Language, code: str) -> str:
    return terms[code].label(lang)


def _filters(lang: Language) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Relations, entity types and modalities to let through; an empty set lets all through."""
    known = ontology()
    chosen = []
    offered: dict[str, Mapping[str, Term]] = {
        "rel": known.relations,
        "type": known.entity_types,
        "mod": known.modalities,
    }
    for column, (name, terms) in zip(st.columns([4, 4, 3]), offered.items(), strict=True):
        tie = frame.tied(name, frame.some_of(list(terms)))
        values: list[str] = column.multiselect(
            say(f"network.{name}", lang),
            list(terms),
            default=tie.value,
            key=tie.key,
            format_func=partial(_label, terms, lang),
            placeholder=say("network.all", lang, what=say(f"network.{name}", lang)),
            label_visibility="collapsed",
        )
        frame.keep(name, ",".join(values))
        chosen.append(frozenset(values))
    return chosen[0], chosen[1], chosen[2]

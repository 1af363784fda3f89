"""The filters of the search: what each offers with its counts, the choices in the address, chips to take them back."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from graph.ontology import ontology
from graph.ontology.vocabulary import Language
from graph.search.advice import advice
from graph.search.facets import Facets, Region, Value, facets
from graph.store import Library
from views import frame
from views.finding import FIELDS, Chosen, filters_of
from views.html import address, esc, link
from views.text import alliance_label, day, say, type_label

FIRST, MORE = ("type", "region", "year", "partner"), ("product", "programme", "publisher")
YEAR = re.compile(r"[12]\d{3}")
STEP = "\u2003"  # how far a division stands in under the one that holds it


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a filter: how a list shows it, with its count, and how a chip says it."""

    value: str
    label: str
    chip: str


def written(values: Sequence[str]) -> str:
    """Values as one parameter of the address; commas inside them are escaped."""
    return ",".join(value.replace("%", "%25").replace(",", "%2C") for value in values)


def read(said: str) -> list[str]:
    """The values that `written` made a parameter of, each once."""
    parts = (part.replace("%2C", ",").replace("%25", "%") for part in said.split(",") if part)
    return list(dict.fromkeys(parts))


def is_value(name: str, value: str) -> bool:
    """Whether a filter may have this value; an address may hold anything."""
    if name == "year":
        return YEAR.fullmatch(value) is not None
    if name == "type":
        return value in ontology().alliance_types
    return value in ontology().entity_types if name == "partner" else True


def chosen_now() -> dict[str, list[str]]:
    """The choices of all filters, as the address or the reader's last click has them; call before the widgets."""
    found = {}
    for name in (*FIRST, *MORE):
        key = frame.tied(name, read).key
        values = [value for value in st.session_state[key] if is_value(name, value)]
        st.session_state[key] = found[name] = values  # set anew, or a widget whose labels change forgets its choice
    return found


def options(found: Facets, name: str, lang: Language) -> list[Option]:
    """What a filter offers."""
    if name == "region":
        return _regions(found.regions, "", lang, 0)
    values: tuple[Value, ...] = found.values[FIELDS.get(name, name)]
    called = [(v, _label(name, v.value, lang)) for v in values]
    return [Option(v.value, f"{label} ({v.count})", label) for v, label in called]


def _label(name: str, value: str, lang: Language) -> str:
    if name == "type":
        return alliance_label(value, lang)
    if name == "year":
        return day(value, lang)
    return type_label(value, lang) if name == "partner" else value


def _regions(regions: Sequence[Region], above: str, lang: Language, depth: int) -> list[Option]:
    found = []
    for region in regions:
        path = f"{above}{region.name}"
        found.append(Option(region.value, f"{STEP * depth}{region.name} ({region.count})", path))
        found += _regions(region.children, f"{path} › ", lang, depth + 1)
    return found


def choose(library: Library, lang: Language) -> tuple[Chosen, Facets]:
    """Show the filters; returns the choices and the counts."""
    whole = facets(library)
    chosen = chosen_now()
    found = facets(library, filters_of(chosen))
    for column, name in zip(st.columns(len(FIRST)), FIRST, strict=True):
        with column:
            _widget(name, found, chosen[name], lang)
    with st.expander(say("search.more_filters", lang), expanded=any(chosen[name] for name in MORE)):
        for column, name in zip(st.columns(len(MORE)), MORE, strict=True):
            with column:
                _widget(name, found, chosen[name], lang)
    _chips(library, whole, chosen, lang)
    return chosen, found


def _widget(name: str, found: Facets, chosen: Sequence[str], lang: Language) -> None:
    offered = {option.value: option for option in options(found, name, lang)}
    values = [*offered, *(value for value in chosen if value not in offered)]

    def shown(value: str) -> str:
        label = offered[value].label if value in offered else f"{_label(name, value, lang)} (0)"
        return label.strip(STEP) if value in chosen else label

    st.multiselect(
        say(f"search.{name}", lang),
        values,
        key=f"w-{name}",
        format_func=shown,
        placeholder=say("search.any", lang),
        select_all=False,
    )
    frame.keep(name, written(chosen))


def _chips(library: Library, whole: Facets, chosen: Chosen, lang: Language) -> None:
    """Each choice as a chip that leads to the page without it; and what to say of a choice that nothing has."""
    if not any(chosen.values()):
        return
    here = {key: value for key, value in frame.parameters().items() if key != "all"}
    chips = []
    for name, values in chosen.items():
        called = {option.value: option.chip for option in options(whole, name, lang)}
        for value in values:
            rest = {**here, name: written([other for other in values if other != value])}
            said = called.get(value, _label(name, value, lang))
            text = f"{say(f'search.{name}', lang)}{say('search.colon', lang)}{said} ×"
            chips.append(link(text, address("search", lang, **rest), "ag-chosen", say("search.remove", lang)))
    none = {**here, **dict.fromkeys(chosen, "")}
    clear = link(say("search.clear", lang), address("search", lang, **none)) if len(chips) > 1 else ""
    st.html(f"<p class='ag-choices'>{''.join(chips)}{clear}</p>")
    notes = [one.zh if lang == "zh" else one.en for one in advice(library, filters_of(chosen))]
    if notes:
        st.html(f"<p class='ag-note'>{esc(' '.join(notes))}</p>")

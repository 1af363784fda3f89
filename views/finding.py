"""Asking the search: filters as the page has them, the encoder loaded once and only when a question is asked."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import streamlit as st

from graph.errors import EncoderError, UsageError
from graph.search.catalogue import catalogue
from graph.search.encoder import DEFAULT_NAME, Encoder
from graph.search.filters import Filters, allowed
from graph.search.hits import Hit
from graph.search.ranking import search
from graph.store import Library

REACH = 1000  # cases ranked before the filters of several values are applied

Chosen = Mapping[str, Sequence[str]]  # type, region, year, partner → the values chosen, any of which will do


@dataclass(frozen=True)
class Answer:
    """The cases for a question, best first. `trouble` is the wording (its key) of what went wrong, or ''."""

    hits: tuple[Hit, ...]
    trouble: str = ""
    detail: str = ""


@st.cache_resource(show_spinner=False, max_entries=1)
def _encoder(name: str) -> Encoder:
    return Encoder.load(None if name == DEFAULT_NAME else name)


FILTERS: dict[str, Callable[[str], Filters]] = {
    "type": lambda value: Filters(alliance_type=value),
    "region": lambda value: Filters(region=value),
    "year": lambda value: Filters(year=int(value)),
    "partner": lambda value: Filters(partner=value),
}


def fitting(library: Library, chosen: Chosen) -> set[str] | None:
    """Ids of the cases that have, for every filter with a choice, one of the values chosen; None where all will do."""
    wanted = [[FILTERS[name](value) for value in values] for name, values in chosen.items() if values]
    if not wanted:
        return None
    known = catalogue(library)
    fit = partial(allowed, known)
    units = set.intersection(*(set[int]().union(*map(fit, either)) for either in wanted))
    return {known.units[at].case.id for at in units}


def ask(library: Library, question: str, chosen: Chosen) -> Answer:
    """The cases for a question, among those that fit. Without the encoder, words alone must do."""
    trouble = detail = ""
    encoder = None
    try:
        encoder = _encoder(library.encoder) if library.encoder else None
    except EncoderError as error:
        trouble, detail = "search.no_encoder", str(error)
    kept = fitting(library, chosen)
    try:
        hits = search(library, question, encoder, top=REACH)
    except UsageError:
        return Answer((), "search.no_words")
    return Answer(tuple(hit for hit in hits if kept is None or hit.case.id in kept), trouble, detail)

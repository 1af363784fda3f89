"""Asking the search: filters as the page has them, the encoder loaded once and only when a question is asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from graph.errors import EncoderError, UsageError
from graph.records import Case
from graph.search.encoder import DEFAULT_NAME, Encoder
from graph.search.entities import EntityHit, names_of, seen_in
from graph.search.filters import Filters, mask
from graph.search.forgiving import forgive
from graph.search.hits import Hit
from graph.search.query import parse
from graph.search.ranking import search
from graph.search.units import units
from graph.store import Library
from views.data import Shelf, latest

ENTITIES = 6  # entity cards above the cases

Chosen = Mapping[str, Sequence[str]]  # type, region, year, … → the values chosen, any of which will do
FIELDS = {"type": "alliance_type"}  # parameters of the address that have another name than their field of `Filters`


@dataclass(frozen=True)
class Answer:
    """The cases for a question, best first, and the entities it names. `meant` are names it writes with a slip, as
    (written, name). `trouble` is the wording (its key) of what went wrong, or '', `left_out` the characters not read.
    """

    hits: tuple[Hit, ...] = ()
    entities: tuple[EntityHit, ...] = ()
    meant: tuple[tuple[str, str], ...] = ()
    trouble: str = ""
    detail: str = ""
    left_out: int = 0


@st.cache_resource(show_spinner=False, max_entries=1)
def encoder_named(name: str) -> Encoder:
    """The encoder that a library says its vectors were made with; EncoderError where it is not at hand."""
    return Encoder.load(None if name == DEFAULT_NAME else name)


def filters_of(chosen: Chosen) -> Filters:
    """The filters that the page's choices stand for."""
    said = {FIELDS.get(name, name): tuple(values) for name, values in chosen.items()}
    return Filters(year=tuple(map(int, said.pop("year", ()))), **said)


def fitting(library: Library, chosen: Chosen) -> set[str] | None:
    """Ids of the cases that have, for every filter with a choice, one of the values chosen; None where all will do."""
    known = units(library)
    fits = mask(known, filters_of(chosen))
    return None if fits is None else {known.case_id(int(unit)) for unit in fits.nonzero()[0]}


def listed(library: Library, shelf: Shelf, chosen: Chosen) -> list[Case]:
    """All cases that fit, those of the latest report first; a report without cases is one whole case, as in search."""
    kept = fitting(library, chosen)
    bare = [r for r in shelf.reports.values() if r.id not in shelf.cases_of]
    whole = [Case(r.id, 0, 0, max(1, len(r.text)), r.title) for r in bare]
    found = sorted([*latest(shelf), *whole], key=lambda case: shelf.reports[case.report].date, reverse=True)
    return [case for case in found if kept is None or case.id in kept]


def ask(library: Library, shelf: Shelf, question: str, chosen: Chosen, top: int) -> Answer:
    """The `top` cases for a question, among those that fit. Without the encoder, words alone must do."""
    trouble = detail = ""
    encoder = None
    try:
        encoder = encoder_named(library.encoder) if library.encoder else None
    except EncoderError as error:
        trouble, detail = "search.no_encoder", str(error)
    named = names_of(shelf.entities).find(question, ENTITIES, seen_in(library))
    try:
        asked = forgive(parse(question), units(library), library)
        hits = search(library, question, encoder, top=top, filters=filters_of(chosen))
    except UsageError:
        return Answer(entities=tuple(named), trouble="search.no_words")
    return Answer(tuple(hits), tuple(named), asked.meant, trouble, detail, asked.left_out)

"""Comparable cases on the pages: what is alike and how much, other accounts of one case, links to compare two."""

from collections.abc import Mapping
from functools import partial

import streamlit as st

from graph.compare.likeness import MOST, Feature, features
from graph.compare.similar import Alike, Comparison, Retold, similar
from graph.errors import EncoderError, UsageError
from graph.ontology.vocabulary import Language
from graph.records import Case
from graph.search.hits import Hit
from graph.store import Library
from views import frame, panes
from views.data import Shelf
from views.finding import encoder_named
from views.html import address, chip, esc, link
from views.text import say

REASONS = 5
STEP = 0.5


def weight_sliders(lang: Language) -> dict[str, float]:
    """A slider for each feature; what differs from the declared weight is kept in the address (w_type=0.5)."""
    columns = st.columns(4)
    chosen = {}
    for at, feature in enumerate(features().values()):
        name = f"w_{feature.code}"
        with columns[at % 4]:
            tie = frame.tied(name, partial(_read, feature))
            value = st.slider(
                feature.zh if lang == "zh" else feature.en[:1].upper() + feature.en[1:],
                0.0,
                MOST,
                step=STEP,
                format="%.1f",
                value=tie.value,
                key=tie.key,
                help=feature.meaning_zh if lang == "zh" else feature.meaning_en,
            )
        frame.keep(name, "" if value == feature.weight else f"{value:g}")
        chosen[feature.code] = float(value)
    return chosen


def _read(feature: Feature, said: str) -> float:
    """A weight out of an address; the declared one for what is no weight."""
    try:
        value = round(float(said) / STEP) * STEP
    except (ValueError, OverflowError):
        return feature.weight
    return value if 0 <= value <= MOST else feature.weight


def compared(
    library: Library, shelf: Shelf, like: Case | str, top: int, weights: Mapping[str, float] | None = None
) -> Comparison | str:
    """The comparable cases, or what is wrong with what was asked. A description is encoded where that is possible."""
    encoder = None
    try:
        if isinstance(like, str) and library.encoder:
            encoder = encoder_named(library.encoder)
    except EncoderError:
        encoder = None  # words and features must do
    try:
        return similar(library, like, encoder, top, weights, shelf.entities)
    except UsageError as error:
        return str(error)


def cards(shelf: Shelf, found: Comparison, lang: Language) -> str:
    """All comparable cases, and before them the other accounts of the case itself."""
    own = _told(shelf, found.also_told, "compare.own_told", lang)
    note = f"<p class='ag-note'>{own}</p>" if own else ""
    return note + "".join(_card(shelf, found, alike, lang) for alike in found.alike)


def _card(shelf: Shelf, found: Comparison, alike: Alike, lang: Language) -> str:
    hit = alike.hit
    said = [(reason.text if lang == "zh" else reason.english, reason.share) for reason in hit.reasons[:REASONS]]
    why = "".join(chip(f"{text} {share:.0%}") for text, share in said)
    told = _told(shelf, alike.retold, "compare.also_told", lang)
    side = _beside(shelf, found, hit, lang)
    return (
        f"<section class='ag-card'><h3 lang='zh'>{_title(shelf, hit, lang)}</h3>"
        f"<p class='ag-meta'>{panes.alliance_chips(hit.case, lang)}{panes.source_line(hit.report, lang)}{side}</p>"
        f"<p class='ag-why'>{why}</p>{f'<p class=ag-quiet>{told}</p>' if told else ''}</section>"
    )


def _title(shelf: Shelf, hit: Hit, lang: Language) -> str:
    """A link to the case; to the report, where it has no cases."""
    if hit.case.id in shelf.cases:
        return panes.case_link(hit.case, lang)
    return link(hit.report.title or hit.report.stem, address("report", lang, id=hit.report.id))


def _beside(shelf: Shelf, found: Comparison, hit: Hit, lang: Language) -> str:
    """A link that lays a case beside the one that was asked about."""
    if len(found.like) != 1 or hit.case.id not in shelf.cases:
        return ""
    both = f"{found.like[0].id},{hit.case.id}"
    return link(say("compare.side_by_side", lang), address("compare", lang, cases=both), "ag-button")


def _told(shelf: Shelf, retold: tuple[Retold, ...], key: str, lang: Language) -> str:
    """Other accounts of a case, each with why it is taken for one."""
    said = []
    for one in retold:
        why = one.why.text if lang == "zh" else one.why.english
        source = panes.source_line(one.hit.report, lang)
        said.append(f"{_title(shelf, one.hit, lang)} {source} <span class='ag-quiet'>{esc(why)}</span>")
    return esc(say(key, lang)) + "<br>".join(said) if said else ""


def section(library: Library, shelf: Shelf, case: Case, lang: Language, top: int = 5) -> None:
    """The cases most like a case, at the end of its page."""
    found = compared(library, shelf, case, top)
    if isinstance(found, str) or not (found.alike or found.also_told):
        return
    more = link(say("compare.alike_more", lang), address("compare", lang, like=case.id))
    st.html(f"<h2>{esc(say('compare.alike', lang))}</h2>{cards(shelf, found, lang)}<p>{more}</p>")

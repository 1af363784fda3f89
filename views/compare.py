"""Two to five cases side by side, what they share marked, every line leading to its sentence; and comparable cases."""

import streamlit as st

from graph.compare import ASPECTS, Line, Profile, Row, Source, matrix, profile
from graph.compare.matrix import FEWEST, MOST
from graph.ontology.vocabulary import Language
from views import frame, panes
from views.alike import cards, compared, weight_sliders
from views.data import Shelf, latest
from views.html import address, chip, esc, link
from views.text import alliance_label, amount, day, modality_label, say

ALIKE = 10  # comparable cases
SHOWN = 8  # lines of a cell before the rest is folded away


def _profile(shelf: Shelf, case_id: str) -> Profile:
    case = shelf.cases[case_id]
    report = shelf.reports[case.report]
    return profile(
        case,
        Source(
            report,
            shelf.mentions_of.get(report.id, []),
            shelf.claims_of.get(report.id, []),
            shelf.figures_of.get(report.id, []),
            shelf.entities,
        ),
    )


def _words(shelf: Shelf, line: Line, row: Row, lang: Language) -> str:
    """What a line says, figures and alliance types in the reader's language."""
    record = line.records[0] if line.records else ""
    if row.aspect == "type":
        return alliance_label(record, lang)
    if figure := shelf.figures.get(record):
        subject, year = shelf.entity(figure.subject), day(str(figure.year), lang) if figure.year else ""
        said = [subject.name if subject else "", figure.indicator, amount(figure, lang), year and f"({year})"]
        return " ".join(part for part in said if part)
    return line.text


def _line(shelf: Shelf, line: Line, row: Row, made: Profile, lang: Language) -> str:
    words = esc(_words(shelf, line, row, lang))
    if line.entity and row.aspect not in ("result", "target", "setting"):
        words = link(line.text, address("entity", lang, id=line.entity))
    state = "" if line.modality == "asserted" else chip(modality_label(line.modality, lang), f"ag-{line.modality}")
    sentence = ""
    if line.evidence:
        start, end = line.evidence[0]
        at = line.records[0] if line.records else f"s-{start}-{end}"
        there = address("case", lang, id=made.case.id, at=at)
        sentence = link(say("case.sentence", lang), there, "ag-quiet")
    kind = ' class="ag-shared"' if line.text in row.shared else ""
    return f"<li{kind}><span lang='zh'>{words}</span>{state}{sentence}</li>"


def _cell(shelf: Shelf, lines: tuple[Line, ...], row: Row, made: Profile, lang: Language) -> str:
    said = [_line(shelf, line, row, made, lang) for line in lines]
    if not said:
        return f"<td class='ag-quiet'>{esc(say('compare.nothing', lang))}</td>"
    rest = "".join(said[SHOWN:])
    more = f"<details><summary>{esc(say('frame.more', lang, n=len(said) - SHOWN))}</summary><ul>{rest}</ul></details>"
    return f"<td><ul>{''.join(said[:SHOWN])}</ul>{more if rest else ''}</td>"


def _table(shelf: Shelf, profiles: list[Profile], lang: Language) -> str:
    heads = "".join(
        f"<th>{panes.case_link(p.case, lang)}<small>{panes.source_line(p.report, lang)}</small></th>" for p in profiles
    )
    body, last = [], ""
    for row in matrix(profiles):
        aspect = ASPECTS[row.aspect]
        if aspect.group != last:
            last = aspect.group
            body.append(f"<tr><th colspan='{len(profiles) + 1}'>{esc(say(f'compare.{last}', lang))}</th></tr>")
        cells = "".join(_cell(shelf, cell, row, made, lang) for cell, made in zip(row.cells, profiles, strict=True))
        body.append(f"<tr><td class='ag-aspect'>{esc(aspect.zh if lang == 'zh' else aspect.en)}</td>{cells}</tr>")
    head = f"<thead><tr><th></th>{heads}</tr></thead>"
    table = f"<table class='ag-compare' style='--cases:{len(profiles)}'>{head}<tbody>{''.join(body)}</tbody></table>"
    return f"<div class='ag-scroll'>{table}</div>"


lang = frame.language()
shelf = frame.shelf(lang)
offered = [case.id for case in latest(shelf)]

st.html(f"<p class='ag-lead'>{esc(say('compare.lead', lang, least=FEWEST, most=MOST))}</p>")
cases_tie = frame.tied("cases", frame.some_of(offered))
chosen = st.multiselect(
    say("compare.cases", lang),
    offered,
    default=cases_tie.value,
    key=cases_tie.key,
    format_func=lambda case: shelf.cases[case].title or say("case.untitled", lang),
    placeholder=say("compare.choose", lang),
    max_selections=MOST,
)
frame.keep("cases", ",".join(chosen))
if len(chosen) < FEWEST:
    st.html(f"<p class='{'ag-note' if chosen else 'ag-quiet'}'>{esc(say('compare.too_few', lang, least=FEWEST))}</p>")
else:
    st.html(_table(shelf, [_profile(shelf, case) for case in chosen], lang))

st.html(f"<h2>{esc(say('compare.find', lang))}</h2>")
like_tie = frame.tied("like", frame.one_of(offered))
asked = st.selectbox(
    say("compare.like_case", lang),
    offered,
    index=like_tie.index(offered),
    key=like_tie.key,
    format_func=lambda case: shelf.cases[case].title or say("case.untitled", lang),
    placeholder=say("compare.choose_one", lang),
)
frame.keep("like", asked or "")
about_tie = frame.tied("about", str)
described = st.text_area(
    say("compare.describe", lang),
    value=about_tie.value or "",
    key=about_tie.key,
    placeholder=say("compare.describe_hint", lang),
    height=80,
).strip()
frame.keep("about", described)
with st.expander(say("compare.weights", lang), expanded=any(p.startswith("w_") for p in frame.parameters())):
    weights = weight_sliders(lang)
    kept = {name: value for name, value in frame.parameters().items() if not name.startswith("w_")}
    st.html(link(say("compare.reset", lang), address("compare", lang, **kept)))
if described or asked:
    library = frame.library(lang)
    found = compared(library, shelf, described or shelf.cases[str(asked)], ALIKE, weights)
    if isinstance(found, str):
        st.html(f"<p class='ag-note'>{esc(found)}</p>")
    elif not found.alike:
        st.html(f"<p class='ag-note'>{esc(say('compare.none_alike', lang))}</p>")
    else:
        st.html(cards(shelf, found, lang))

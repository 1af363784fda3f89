"""What the library holds, how it came about, and the versions of what made it."""

from importlib.metadata import PackageNotFoundError, version

import streamlit as st

from graph.ontology import ontology
from views import frame
from views.data import counts
from views.html import address, chip, dot, esc, link, rows
from views.text import say

lang = frame.language()
shelf = frame.shelf(lang)
held = counts(shelf)

st.html(f"<h1>{esc(say('about.title', lang))}</h1>")
parts = ("reports", "cases", "entities", "relations", "figures")
tiles = "".join(f"<div><b>{held.totals[p]:,}</b><span>{esc(say(f'about.{p}', lang))}</span></div>" for p in parts)
st.html(f"<h2>{esc(say('about.contents', lang))}</h2><div class='ag-tiles'>{tiles}</div>")


def table(title: str, lines: list[tuple[str, str, int]]) -> str:
    """A table of kinds: (ready HTML of the name, meaning, count)."""
    body = "".join(
        f"<tr><td class='ag-name'>{name}</td><td class='ag-number'>{count:,}</td><td>{esc(meaning)}</td></tr>"
        for name, meaning, count in lines
    )
    return f"<h2>{esc(title)}</h2><table class='ag-table'><tbody>{body}</tbody></table>"


left, right = st.columns(2, gap="large")
entity_types = [
    (
        dot(t.code, lang) + link(t.label(lang), address("browse", lang, type=t.code)),
        t.definition(lang),
        held.entities[t.code],
    )
    for t in ontology().entity_types.values()
]
relations = [(esc(r.label(lang)), r.definition(lang), held.relations[r.code]) for r in ontology().relations.values()]
alliances = [
    (
        link(a.label(lang), address("search", lang, type=a.code)),
        a.definition(lang),
        held.alliances[a.code],
    )
    for a in ontology().alliance_types.values()
]
left.html(table(say("about.entity_types", lang), entity_types) + table(say("about.alliance_types", lang), alliances))
right.html(table(say("about.relation_types", lang), relations))

method = "".join(
    f"<p>{esc(say(f'about.{part}', lang))}</p>" for part in ("method_1", "method_2", "method_3", "method_4")
)
st.html(
    f"<div class='ag-prose'><h2>{esc(say('about.method', lang))}</h2>{method}"
    f"<p>{esc(say('about.privacy', lang))}</p></div>"
)
library = frame.library(lang)
manifest = library.manifest()
try:
    program = version("alliance-graph")
except PackageNotFoundError:
    program = "—"
st.html(
    f"<h2>{esc(say('about.versions', lang))}</h2>"
    + rows(
        [
            (say("about.program", lang), esc(program)),
            (say("about.extractor", lang), "".join(chip(e) for e in manifest.get("extractors", "").split(", ") if e)),
            (say("about.encoder", lang), esc(library.encoder or say("about.no_encoder", lang))),
            (say("about.library", lang), esc(library.uri)),
        ]
    )
)

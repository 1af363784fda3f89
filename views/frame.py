"""What every page shares: header and style, the language, the library it reads, and what shows where there is none.

The address holds the whole state of a page: `lang` and the page's own parameters. Widgets are tied to it by `tied`.
"""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, NoReturn, TypeVar

import streamlit as st

from graph.errors import LibraryError
from graph.network import Network
from graph.ontology.vocabulary import Language
from graph.store import Library
from views.data import Shelf
from views.html import address, esc, link
from views.links_component import page_links
from views.text import say

STYLE = Path(__file__).with_name("style.css")
ICON = Path(__file__).with_name("icon.svg")
LANGUAGES: dict[Language, str] = {"zh": "中文", "en": "English"}
MENU = ("search", "compare", "spread", "network", "roles", "browse", "reports", "review", "about")
V = TypeVar("V")


def language() -> Language:
    """The language the address asks for; Chinese where it asks for none."""
    return "en" if st.query_params.get("lang") == "en" else "zh"


def header(page: str, lang: Language) -> None:
    """The bar at the top: what this is, the pages, and this page in the other language."""
    title = f"{say(f'nav.{page}', lang)} · {say('app.name', lang)}"
    st.set_page_config(page_title=title, page_icon=str(ICON), layout="wide")
    menu = "".join(
        link(say(f"nav.{name}", lang), address(name, lang), "ag-here" if name == page else "") for name in MENU
    )
    here = parameters()
    switch = "".join(
        link(name, address(page, code, **here), "ag-here" if code == lang else "") for code, name in LANGUAGES.items()
    )
    st.html(STYLE)
    st.html(
        f'<header class="ag-top" lang="{lang}"><a class="ag-brand" href="{esc(address("search", lang))}" target="_self"'
        f' data-go="1">{esc(say("app.name", lang))}<small>{esc(say("app.other_name", lang))}</small></a>'
        f'<nav>{menu}</nav><span class="ag-switch">{switch}</span></header>'
    )


def library_path() -> str:
    """The library the pages read: $ALLIANCE_LIBRARY, set by `alliance serve`, else ./library."""
    return os.environ.get("ALLIANCE_LIBRARY") or "library"


@st.cache_resource(show_spinner=False, max_entries=4)
def _library(path: str) -> Library:
    return Library.open(path)


@st.cache_resource(show_spinner=False, max_entries=2)
def _shelf(path: str, version: str) -> Shelf:
    """`version` is there to read the library again once it has changed."""
    return Shelf.load(_library(path))


def library(lang: Language) -> Library:
    """The library; where it cannot be read, says why and what to run, and ends the page."""
    path = library_path()
    try:
        return _library(path)
    except LibraryError as error:
        _nothing(say("frame.no_library", lang), str(error), lang)


def shelf(lang: Language) -> Shelf:
    """The records of the library as they stand now; where there are none, says what to run and ends the page."""
    page_links(st.query_params.get("at", ""))
    opened = library(lang)
    found = _shelf(library_path(), opened.version)
    if not found.reports:
        _nothing(say("frame.empty", lang), say("frame.empty_detail", lang, path=library_path()), lang)
    return found


@st.cache_resource(show_spinner=False, max_entries=2)
def _network(path: str, version: str) -> Network:
    held = _shelf(path, version)
    return Network.build(held.entities, held.claims.values(), held.reports.values())


def network(lang: Language) -> Network:
    """The network of the library as it stands now."""
    return _network(library_path(), library(lang).version)


def _nothing(title: str, detail: str, lang: Language) -> NoReturn:
    commands = "".join(
        f"<div><code>{esc(command)}</code><span>{esc(say(f'frame.{key}', lang))}</span></div>"
        for key, command in (("run_demo", "alliance demo"), ("run_ingest", "alliance ingest PATH --library DIR"))
    )
    st.html(
        f'<div class="ag-empty"><h1>{esc(title)}</h1><p>{esc(detail)}</p>'
        f"<p>{esc(say('frame.what_to_run', lang))}</p>{commands}</div>"
    )
    st.stop()


def parameters() -> dict[str, str]:
    """The parameters of this page's address, without the language."""
    return {key: value for key, value in st.query_params.to_dict().items() if key != "lang"}


def missing(key: str, lang: Language) -> NoReturn:
    """Say that what the address asks for is not here, and end the page."""
    home = link(say("frame.to_search", lang), address("search", lang))
    st.html(f'<div class="ag-empty"><h1>{esc(say(key, lang))}</h1><p>{home}</p></div>')
    st.stop()


@dataclass(frozen=True, slots=True)
class Tie(Generic[V]):
    """What ties a widget to the address: its key, and what it shows at first.

    A browser that loads the widget's code late never sees the run that set the value, only the element of a later
    run, and would begin with that element's own default. So later runs give the value as the default too; in the
    run that sets it `value` is None, as Streamlit wants one of the two.
    """

    key: str
    value: V | None

    def index(self, options: Sequence[V]) -> int | None:
        """The value's place among the options of a list; None where it has none."""
        return options.index(self.value) if self.value in options else None


def tied(name: str, read: Callable[[str], V]) -> Tie[V]:
    """Ties a widget to the parameter `name` of the address; call before the widget, then `keep`.

    The widget takes the address's value where the address has changed by a link or the back button.
    """
    said, key = st.query_params.get(name, ""), f"w-{name}"
    if st.session_state.get(f"said-{name}") != said or key not in st.session_state:
        st.session_state[key] = read(said)
        st.session_state[f"said-{name}"] = said
        return Tie(key, None)
    return Tie(key, st.session_state[key])


def keep(name: str, said: str) -> None:
    """Write a widget's value into the address, '' to leave it out."""
    if st.query_params.get(name, "") != said:
        if said:
            st.query_params[name] = said
        else:
            del st.query_params[name]
    st.session_state[f"said-{name}"] = said


def one_of(options: list[str]) -> Callable[[str], str | None]:
    """Reads an option out of an address; None for what is no option."""
    return lambda said: said if said in options else None


def some_of(options: list[str]) -> Callable[[str], list[str]]:
    """Reads several options, with commas between, out of an address; passes over what is no option."""
    return lambda said: [part for part in said.split(",") if part in options]

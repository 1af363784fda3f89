"""The alliance network and the ground of suggestions, made once for each state of the library."""

import streamlit as st

from graph.compare import Ground
from graph.network import Network
from graph.network.roles import Roles, roles
from graph.ontology.vocabulary import Language
from views import frame
from views.data import Shelf


@st.cache_resource(show_spinner=False, max_entries=2)
def _roles(path: str, version: str, _network: Network) -> Roles:
    return roles(_network)


@st.cache_resource(show_spinner=False, max_entries=2)
def _ground(path: str, version: str, _network: Network, _shelf: Shelf) -> Ground:
    return Ground.of(_network, _shelf.cases.values())


def measured(lang: Language) -> Roles:
    """Hubs, brokers and communities of the library as it stands now."""
    return _roles(frame.library_path(), frame.library(lang).version, frame.network(lang))


def ground(shelf: Shelf, lang: Language) -> Ground:
    """What partners are suggested from, of the library as it stands now."""
    return _ground(frame.library_path(), frame.library(lang).version, frame.network(lang), shelf)

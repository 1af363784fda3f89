"""The drawing of a network in the browser: Cytoscape.js 3.34.4 (MIT, see cytoscape.LICENSE.txt) in a component.

The library and our part are sent as one inline module, so that nothing is fetched and nothing must be registered.
"""

from importlib.resources import files
from typing import Any

import streamlit as st

_HERE = files("views.network_component")


def _read(name: str) -> str:
    return _HERE.joinpath(name).read_text(encoding="utf-8")


_mount = st.components.v2.component(
    "alliance_network",
    html=_read("network.html"),
    css=_read("network.css"),
    js=_read("cytoscape.min.js") + "\n" + _read("network.js"),
    isolate_styles=False,
)


def draw(drawing: dict[str, Any]) -> str:
    """Draw it; returns the id of the node or edge that was clicked just now, else ''.

    `drawing` has `view` (a new one is fitted to the window, the same one keeps its zoom), `nodes` (id, name, colour,
    size, x, y, classes), `edges` (id, source, target, label, width, classes), `picked`, `legend` and `words`.
    """
    result = _mount(key="alliance_network", data=drawing, on_picked_change=lambda: None)
    return result.picked or ""

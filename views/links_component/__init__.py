"""Behaviour of links: pages open without a reload, and evidence is marked and scrolled to where it stands.

The links themselves are plain HTML made by `views.html`, so they work, a little slower, before this has loaded.
"""

from importlib.resources import files

import streamlit as st

_mount = st.components.v2.component(
    "alliance_links", js=files("views.links_component").joinpath("links.js").read_text(encoding="utf-8")
)


def page_links(lit: str) -> None:
    """Mount the behaviour; `lit` is the id of the claim, figure or mention to show from the start, or ''."""
    with st.container(key="ag-behaviour"):
        _mount(key="alliance_links", data={"lit": lit}, height=1)

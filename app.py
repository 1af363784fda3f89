"""The web page: navigation between the views, nothing else. `alliance serve` starts it."""

from pathlib import Path

import streamlit as st

from views import frame
from views.html import PAGES
from views.text import say

VIEWS = Path(__file__).parent / "views"

language = frame.language()
pages = {
    name: st.Page(VIEWS / f"{name}.py", title=say(f"nav.{name}", language), url_path=name, default=name == "search")
    for name in PAGES
}
current = st.navigation(list(pages.values()), position="hidden")
frame.header(next(name for name, page in pages.items() if page == current), language)
current.run()

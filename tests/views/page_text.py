"""Reading what a page wrote."""

import re
from html import unescape

from streamlit.testing.v1 import AppTest


def html_of(test: AppTest) -> str:
    """All HTML that a page wrote."""
    return "\n".join(element.proto.body for element in test.get("html"))


def text_of(test: AppTest) -> str:
    """What a reader reads of it."""
    return unescape(re.sub(r"<[^>]+>", "", html_of(test)))

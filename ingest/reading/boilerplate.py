"""The article of a web page as trafilatura finds it: good on news sites of today, less so on old e-paper layouts."""

import logging

import trafilatura
from trafilatura.settings import use_config

# trafilatura reports pages it finds nothing in as errors; here that is an answer like any other.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
CONFIG = use_config()
CONFIG.set("DEFAULT", "MIN_EXTRACTED_SIZE", "60")  # Chinese says in 60 characters what English says in 250
CONFIG.set("DEFAULT", "EXTRACTION_TIMEOUT", "0")  # its own alarm signal works in the main thread only


def article_of(page: str) -> str:
    """The article's paragraphs, one a line; '' where none is found."""
    found = trafilatura.extract(
        page, include_comments=False, include_tables=True, favor_recall=True, deduplicate=False, config=CONFIG
    )
    return found or ""

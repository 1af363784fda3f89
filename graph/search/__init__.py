"""Finds cases: passages, terms, a sentence encoder, and a ranking that says its reasons.

`index` makes what a library needs to be searched; `search` answers a question; `snippet` says which words of a
passage match. Comparable cases are found by `graph.compare`.
"""

from graph.search.encoder import Encoder, ensure_model
from graph.search.filters import Filters
from graph.search.hits import Hit, Reason
from graph.search.index import index
from graph.search.ranking import search
from graph.search.snippets import Piece, snippet

__all__ = ["Encoder", "Filters", "Hit", "Piece", "Reason", "ensure_model", "index", "search", "snippet"]

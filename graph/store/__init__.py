"""The store: one library folder (or object-store URI) of Lance tables; the only door to them."""

from graph.store.derived import Block
from graph.store.library import SCHEMA_VERSION, Library
from graph.store.passages import Hits, Rows

__all__ = ["SCHEMA_VERSION", "Block", "Hits", "Library", "Rows"]

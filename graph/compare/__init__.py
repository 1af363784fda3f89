"""Case profiles, cases side by side, and where a model has spread: from records, with the evidence of each line."""

from graph.compare.matrix import Row, matrix
from graph.compare.partners import Suggestion, suggest
from graph.compare.profile import ASPECTS, Line, Profile, Source, profile
from graph.compare.spread import Step, chains, spread_of

__all__ = [
    "ASPECTS",
    "Line",
    "Profile",
    "Row",
    "Source",
    "Step",
    "Suggestion",
    "chains",
    "matrix",
    "profile",
    "spread_of",
    "suggest",
]

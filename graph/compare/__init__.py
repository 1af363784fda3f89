"""Case profiles, cases side by side, and where a model has spread: from records, with the evidence of each line."""

from graph.compare.before import Holdings, Proof, Setting, Trait
from graph.compare.elsewhere import Atlas, Candidate, Elsewhere, elsewhere
from graph.compare.elsewhere_rows import elsewhere_row
from graph.compare.matrix import Row, matrix
from graph.compare.nearness import nearness
from graph.compare.partners import SetAside, Suggestion, set_aside, suggest
from graph.compare.partners_ground import Ground
from graph.compare.profile import ASPECTS, Line, Profile, Source, profile
from graph.compare.similar import Alike, Comparison, Retold, meant, similar
from graph.compare.spread import Branch, Step, Tree, chains, spread_of, trees
from graph.compare.spread_forms import Chart, chart_rows, evidence, geojson, map_of, site_row, step_row, timeline

__all__ = [
    "ASPECTS",
    "Alike",
    "Atlas",
    "Branch",
    "Candidate",
    "Chart",
    "Comparison",
    "Elsewhere",
    "Ground",
    "Holdings",
    "Line",
    "Profile",
    "Proof",
    "Retold",
    "Row",
    "SetAside",
    "Setting",
    "Source",
    "Step",
    "Suggestion",
    "Trait",
    "Tree",
    "chains",
    "chart_rows",
    "elsewhere",
    "elsewhere_row",
    "evidence",
    "geojson",
    "map_of",
    "matrix",
    "meant",
    "nearness",
    "profile",
    "set_aside",
    "similar",
    "site_row",
    "spread_of",
    "step_row",
    "suggest",
    "timeline",
    "trees",
]

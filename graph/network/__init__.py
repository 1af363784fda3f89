"""The network of entities and claims, as NetworkX has it."""

from graph.network.filters import Filters
from graph.network.measures import Measures
from graph.network.projection import Network

__all__ = ["Filters", "Measures", "Network"]

"""Where nodes are drawn: always the same place for the same network."""

from collections.abc import Mapping
from hashlib import sha256
from math import cos, pi, sin

import networkx as nx

from graph.network.heavy import Position, spring
from graph.network.measures import simple

SEED = 7
NEAR = 0.05  # how far from a placed neighbour a new node begins


def _angle(node: str) -> float:
    return int.from_bytes(sha256(node.encode()).digest()[:4], "big") / 2**32 * 2 * pi


def _start(graph: "nx.Graph[str]", placed: Mapping[str, Position]) -> dict[str, Position]:
    """Placed nodes where they are, new ones beside a placed neighbour, the rest on a circle."""
    begun: dict[str, Position] = {}
    for node in graph:
        around = sorted(n for n in graph[node] if n in placed)
        x, y = placed[around[0]] if around else (0.0, 0.0)
        far = NEAR if around else 1.0
        begun[node] = placed.get(node, (x + far * cos(_angle(node)), y + far * sin(_angle(node))))
    return begun


def arrange(graph: "nx.MultiDiGraph[str]", positions: Mapping[str, Position] | None = None) -> dict[str, Position]:
    """Positions of all nodes, about -1 to 1; those given in `positions` stay as they are."""
    flat = simple(graph)
    placed = {node: at for node, at in (positions or {}).items() if node in flat}
    if len(placed) == len(flat):
        return placed
    if len(flat) == 1:
        return dict.fromkeys(flat, (0.0, 0.0))
    return spring(flat, _start(flat, placed), frozenset(placed), SEED)

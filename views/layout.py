"""Places for nodes on the page: separate parts side by side, names clear of each other, known places kept."""

import math
from collections.abc import Mapping

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from graph.network import Network

Graph = nx.MultiDiGraph  # node ids are entity ids
Point = tuple[float, float]

WIDE, HIGH = 84.0, 50.0  # pixels that a node with its name wants for itself
UNIT = 38.0  # pixels for 1 in a layout, times the root of the number of nodes
ALONE, FEW = 1.6, 40
STEPS = 60
MARGIN = 60.0  # pixels between separate parts
ASPECT = 1.5  # width to height of the whole


def arranged(network: Network, graph: "Graph[str]", known: Mapping[str, Point]) -> dict[str, Point]:
    """A place in pixels for every node of `graph`; nodes in `known` stay where they are."""
    if any(node in known for node in graph):
        return _joined(network, graph, known)
    parts = sorted(nx.weakly_connected_components(graph), key=lambda nodes: (-len(nodes), min(nodes)))
    room = ALONE if len(parts) == 1 and len(graph) < FEW else 1.0  # then every line bears its name
    return _packed([_part(network, graph.subgraph(nodes), UNIT * room) for nodes in parts])


def _part(network: Network, part: "Graph[str]", scale: float) -> dict[str, Point]:
    """One connected part by itself, so large that names have room."""
    unit = scale * math.sqrt(part.number_of_nodes())
    places = {node: (x * unit * ASPECT, y * unit) for node, (x, y) in network.layout(part).items()}
    return _pushed(places, frozenset())


def _joined(network: Network, graph: "Graph[str]", known: Mapping[str, Point]) -> dict[str, Point]:
    """New nodes beside the known ones they are linked to."""
    held = {node: known[node] for node in graph if node in known}
    unit = UNIT * math.sqrt(max(len(held), 8))
    places = network.layout(graph, {node: (x / unit, y / unit) for node, (x, y) in held.items()})
    wanted = {node: (x * unit, y * unit) for node, (x, y) in places.items()} | held
    return _pushed(wanted, frozenset(held)) | held  # exactly where they were, whatever rounding did


def _pushed(places: Mapping[str, Point], fixed: frozenset[str]) -> dict[str, Point]:
    """Nodes that stand too close pushed apart, step by step; those `fixed` do not move."""
    names = sorted(places)
    at: NDArray[np.float64] = np.array([places[name] for name in names], dtype=np.float64) / (WIDE, HIGH)
    moves = np.array([name not in fixed for name in names], dtype=np.float64)[:, None]
    for _ in range(STEPS if len(names) > 1 else 0):
        between = at[:, None, :] - at[None, :, :]
        far = np.sqrt((between**2).sum(axis=2)) + 1e-9
        np.fill_diagonal(far, np.inf)
        short = np.clip(1.0 - far, 0.0, None)
        if not short.any():
            break
        at += 0.5 * moves * (between / far[:, :, None] * short[:, :, None]).sum(axis=1)
    at *= (WIDE, HIGH)
    return {name: (float(x), float(y)) for name, (x, y) in zip(names, at, strict=True)}


def _packed(parts: list[dict[str, Point]]) -> dict[str, Point]:
    """Parts in rows, largest first, as wide as makes the whole about ASPECT wide."""
    boxes = [_box(part) for part in parts]
    area = sum((w + MARGIN) * (h + MARGIN) for w, h in ((b[2], b[3]) for b in boxes))
    limit = max([math.sqrt(area * ASPECT), *(box[2] for box in boxes)])
    found: dict[str, Point] = {}
    x = y = row = 0.0
    for part, (left, top, width, height) in zip(parts, boxes, strict=True):
        if x > 0 and x + width > limit:
            x, y, row = 0.0, y + row + MARGIN, 0.0
        found |= {node: (px - left + x, py - top + y) for node, (px, py) in part.items()}
        x, row = x + width + MARGIN, max(row, height)
    return found


def _box(part: Mapping[str, Point]) -> tuple[float, float, float, float]:
    xs, ys = [p[0] for p in part.values()], [p[1] for p in part.values()]
    return min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)

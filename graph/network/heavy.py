"""Heavy measures and the spring layout, by rustworkx; met here alone."""

from collections.abc import Mapping

import networkx as nx
import rustworkx as rx

Position = tuple[float, float]
STEPS = 150  # of the spring layout
DIGITS = 9  # the threads add up in any order, which changes the last digits


def _undirected(graph: "nx.Graph[str]") -> tuple["rx.PyGraph[str, float]", dict[str, int]]:
    made: rx.PyGraph[str, float] = rx.PyGraph(multigraph=False)
    index = dict(zip(graph, made.add_nodes_from(list(graph)), strict=True))
    made.add_edges_from([(index[a], index[b], float(w)) for a, b, w in graph.edges(data="weight", default=1.0)])
    return made, index


def betweenness(graph: "nx.Graph[str]") -> dict[str, float]:
    """Share of shortest paths (unweighted, undirected) that pass through each node, 0 to 1."""
    made, index = _undirected(graph)
    found = rx.graph_betweenness_centrality(made, normalized=True)
    return {node: round(found[at], DIGITS) for node, at in index.items()}


def pagerank(graph: "nx.DiGraph[str]") -> dict[str, float]:
    """PageRank along the direction of the edges, by weight; the sum over all nodes is 1."""
    if not graph:
        return {}
    made: rx.PyDiGraph[str, float] = rx.PyDiGraph(multigraph=False)
    index = dict(zip(graph, made.add_nodes_from(list(graph)), strict=True))
    made.add_edges_from([(index[a], index[b], float(w)) for a, b, w in graph.edges(data="weight", default=1.0)])
    found = rx.pagerank(made, weight_fn=float, tol=1e-9, max_iter=1000)
    return {node: round(found[at], DIGITS) for node, at in index.items()}


def spring(
    graph: "nx.Graph[str]", start: Mapping[str, Position], fixed: frozenset[str], seed: int
) -> dict[str, Position]:
    """Fruchterman-Reingold positions from those in `start`; the nodes of `fixed` stay where they are."""
    made, index = _undirected(graph)
    begun = {index[node]: start[node] for node in graph}
    held = {index[node] for node in fixed}
    # With nodes that stay where they are nothing is rescaled.
    found = rx.spring_layout(made, begun, held or None, num_iter=STEPS, seed=seed)
    return {node: (float(found[at][0]), float(found[at][1])) for node, at in index.items()}

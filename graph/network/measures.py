"""Measures of a network's nodes."""

from collections.abc import Iterable
from dataclasses import dataclass

import networkx as nx

from graph.network.heavy import betweenness, pagerank

EXACT = 20_000  # nodes; above, betweenness would take minutes and is left unmeasured
SEED = 7


@dataclass(frozen=True, slots=True)
class Measures:
    """Of one node: `degree` is the number of neighbours, `weighted_degree` the number of claims to and from it.

    `betweenness` (0 to 1) is None in networks above 20,000 nodes. `community` counts from 0, the largest first.
    """

    degree: int
    weighted_degree: float
    betweenness: float | None
    pagerank: float
    community: int


def simple(graph: "nx.MultiDiGraph[str]") -> "nx.Graph[str]":
    """Undirected, one edge a pair with the sum of the weights, nodes and edges in order, without loops."""
    made: nx.Graph[str] = nx.Graph()
    made.add_nodes_from(sorted(graph))
    made.add_weighted_edges_from(_summed((min(a, b), max(a, b), e["weight"]) for a, b, e in graph.edges(data=True)))
    return made


def directed(graph: "nx.MultiDiGraph[str]") -> "nx.DiGraph[str]":
    """One edge for each ordered pair with the sum of the weights; symmetric relations lead both ways."""
    made: nx.DiGraph[str] = nx.DiGraph()
    made.add_nodes_from(sorted(graph))
    edges = [(a, b, e["weight"]) for a, b, e in graph.edges(data=True)]
    edges += [(b, a, e["weight"]) for a, b, e in graph.edges(data=True) if e.get("symmetric")]
    made.add_weighted_edges_from(_summed(edges))
    return made


def _summed(edges: Iterable[tuple[str, str, float]]) -> list[tuple[str, str, float]]:
    sums: dict[tuple[str, str], float] = {}
    for one, other, weight in edges:
        if one != other:
            sums[one, other] = sums.get((one, other), 0) + weight
    return [(one, other, sums[one, other]) for one, other in sorted(sums)]


def communities(graph: "nx.Graph[str]") -> dict[str, int]:
    """Louvain communities by weight, with a fixed seed; numbered from the largest."""
    found = nx.community.louvain_communities(graph, weight="weight", seed=SEED)
    ranked = sorted(found, key=lambda nodes: (-len(nodes), min(nodes)))
    return {node: number for number, nodes in enumerate(ranked) for node in nodes}


def measure(graph: "nx.MultiDiGraph[str]") -> dict[str, Measures]:
    """The measures of every node of `graph`."""
    flat = simple(graph)
    between = betweenness(flat) if len(flat) <= EXACT else {}
    ranks, groups = pagerank(directed(graph)), communities(flat)
    return {
        node: Measures(
            flat.degree(node), float(flat.degree(node, weight="weight")), between.get(node), ranks[node], groups[node]
        )
        for node in flat
    }

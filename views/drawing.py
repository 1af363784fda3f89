"""Which part of the network is drawn, and how: choices of the page → nodes and edges for the component."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import networkx as nx

from graph.network import Filters, Network
from graph.ontology import ontology
from graph.ontology.vocabulary import Language
from views.data import Shelf, within
from views.layout import Graph, Point
from views.text import modality_label, relation_label, say, type_colour, type_label

LIMIT = 300  # nodes drawn at most
CROWDED, MAJOR = 80, 24  # in a view of more nodes, so many of most edges have their names written larger
APART = 190.0  # pixels that such names want for themselves
WHOLE_LIMIT = 100  # of a whole library: more is a ball of wool


@dataclass(frozen=True)
class Choice:
    """What the page asks for: around `centre`, or of `case`, or the whole. Empty filters let everything through."""

    centre: str = ""
    case: str = ""
    depth: int = 1
    expanded: tuple[str, ...] = ()
    relations: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()
    modalities: frozenset[str] = frozenset()

    @property
    def view(self) -> str:
        """Names the view: a change of filters or an expansion is the same view."""
        return f"{self.centre}|{self.case}|{self.depth if self.centre else ''}"


@dataclass(frozen=True)
class Part:
    """The part of the network to draw, and what was left out of it."""

    graph: "Graph[str]"
    left_out: int = 0
    limit: int = 0
    hidden_nodes: int = 0
    hidden_edges: int = 0


def part(shelf: Shelf, network: Network, choice: Choice) -> Part:
    """The part that `choice` asks for. NotFoundError where the network does not hold its centre."""
    narrowed = network.filtered(Filters(choice.relations, modalities=choice.modalities))
    unfiltered, chosen = _reached(shelf, network, choice), _reached(shelf, narrowed, choice)
    shown = _of_types(chosen, choice)
    hidden = [
        max(0, unfiltered.number_of_nodes() - shown.number_of_nodes()),
        max(0, unfiltered.number_of_edges() - shown.number_of_edges()),
    ]
    limit = LIMIT if choice.centre or choice.case else WHOLE_LIMIT
    return Part(shown, chosen.graph["left_out"], limit, *hidden)


def _reached(shelf: Shelf, network: Network, choice: Choice) -> "Graph[str]":
    if choice.centre:
        return _around(network, choice)
    if choice.case:
        return _best(_of_case(shelf, network, choice.case), LIMIT)
    return _best(network.graph, WHOLE_LIMIT)


def _around(network: Network, choice: Choice) -> "Graph[str]":
    found = network.around(choice.centre, depth=choice.depth, limit=LIMIT)
    more = [network.around(one, depth=1, limit=LIMIT) for one in choice.expanded if one in network.graph]
    nodes = set(found).union(*more)
    joined: Graph[str] = nx.MultiDiGraph(network.graph.subgraph(nodes))
    joined.graph["left_out"] = sum(graph.graph["left_out"] for graph in (found, *more))
    return joined


def _of_case(shelf: Shelf, network: Network, case_id: str) -> "Graph[str]":
    case = shelf.cases[case_id]
    said = {claim.id for claim in within(shelf.claims_of.get(case.report, []), case)}
    found: Graph[str] = nx.MultiDiGraph()
    for head, tail, key, data in network.graph.edges(keys=True, data=True):
        if not said.isdisjoint(data["claims"]):
            found.add_edge(head, tail, key=key, **data)
    found.add_nodes_from((node, network.graph.nodes[node]) for node in list(found))
    return found


def _best(graph: "Graph[str]", limit: int) -> "Graph[str]":
    """The `limit` nodes of most edges; nodes without any are left out and not counted."""
    linked = [node for node, degree in graph.degree() if degree]
    kept = sorted(linked, key=lambda node: (-graph.degree(node), node))[:limit]
    found: Graph[str] = nx.MultiDiGraph(graph.subgraph(kept))
    found.remove_nodes_from([node for node, degree in list(found.degree()) if not degree])
    found.graph["left_out"] = len(linked) - len(found)
    return found


def _of_types(chosen: "Graph[str]", choice: Choice) -> "Graph[str]":
    """`chosen` without nodes of other types, and without what is then linked to nothing, or not to the centre."""
    wanted = {n for n in chosen if not choice.types or chosen.nodes[n]["type"] in choice.types} | {choice.centre}
    kept: Graph[str] = nx.MultiDiGraph(chosen.subgraph(wanted))
    if choice.centre:
        wanted = nx.node_connected_component(kept.to_undirected(as_view=True), choice.centre)
    kept.remove_nodes_from([n for n in list(kept) if n not in wanted or (n != choice.centre and not kept.degree(n))])
    return kept


def edge_id(head: str, key: str, tail: str) -> str:
    """An edge's id in the drawing and in addresses."""
    return f"{head}~{key}~{tail}"


def _major(graph: "Graph[str]", positions: Mapping[str, Point]) -> set[str]:
    """The nodes of most edges, passing over those so near a better one that their large names would meet."""
    found: list[str] = []
    ranked = sorted(graph, key=lambda n: (-graph.degree(n), n))
    for node in ranked[: len(ranked) // 3]:
        x, y = positions[node]
        if all(abs(x - positions[n][0]) > APART or abs(y - positions[n][1]) > APART / 3 for n in found):
            found.append(node)
    return set(found[:MAJOR])


def nodes(graph: "Graph[str]", positions: Mapping[str, Point], centre: str) -> list[dict[str, Any]]:
    """The nodes as the component wants them, larger with more edges."""
    crowded = graph.number_of_nodes() > CROWDED
    major = _major(graph, positions) if crowded else set()
    rows = []
    for node, data in graph.nodes(data=True):
        x, y = positions[node]
        size = 14 + 5 * math.sqrt(graph.degree(node))
        kind = "centre" if node == centre else "major" if node in major else ""
        row = {"id": node, "name": data["name"], "colour": type_colour(data["type"]), "classes": kind}
        rows.append(row | {"size": round(min(size, 60), 1), "x": round(x, 1), "y": round(y, 1)})
    return rows


def edges(graph: "Graph[str]", lang: Language) -> list[dict[str, Any]]:
    """The edges as the component wants them, wider the more claims say them."""
    rows = []
    for head, tail, key, data in graph.edges(keys=True, data=True):
        known = ontology().relations.get(data["relation"])
        kind = f"{data['modality']}{' symmetric' if known and known.symmetric else ''}"
        width = round(1.2 + math.log2(max(1, data["weight"])), 1)
        row = {"id": edge_id(head, key, tail), "source": head, "target": tail, "width": width, "classes": kind}
        rows.append(row | {"label": relation_label(data["relation"], lang)})
    return rows


def legend(graph: "Graph[str]", lang: Language) -> list[dict[str, str]]:
    """What the colours of the nodes and the strokes of the edges mean, of those drawn."""
    met = {data["type"] for _, data in graph.nodes(data=True)}
    strokes = {data["modality"] for _, _, data in graph.edges(data=True)}
    types = [
        {"kind": "type", "colour": type_colour(code), "label": type_label(code, lang)}
        for code in ontology().entity_types
        if code in met
    ]
    return types + [
        {"kind": code, "colour": "", "label": modality_label(code, lang)}
        for code in ontology().modalities
        if code in strokes
    ]


def summary(shown: Part, lang: Language) -> list[str]:
    """How much is drawn, and what is not and why."""
    graph = shown.graph
    said = [say("network.shown", lang, n=graph.number_of_nodes(), m=graph.number_of_edges())]
    if shown.left_out:
        said.append(say("network.left_out", lang, n=shown.left_out, limit=shown.limit))
    if shown.hidden_nodes or shown.hidden_edges:
        said.append(say("network.filtered", lang, n=shown.hidden_nodes, m=shown.hidden_edges))
    return said

"""Entities and claims as a NetworkX graph."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import networkx as nx

from graph.errors import NotFoundError
from graph.identity import Entities, Entity
from graph.network.filters import Filters
from graph.network.heavy import Position
from graph.network.layout import arrange
from graph.network.measures import Measures, measure
from graph.ontology import ontology
from graph.records import Claim, Report

EdgeKey = tuple[str, str, str, str]  # head, tail, relation, modality


@dataclass(frozen=True, slots=True)
class Network:
    """A projection of entities and claims; to be made by `Network.build`.

    `graph` has entity ids as nodes, with the attributes name, type, code, within, reports (number of them), mentions
    (number of them) and aliases, and one edge for each head, relation, tail and modality, keyed `relation:modality`,
    with relation, modality, symmetric, weight (number of claims), reports (number of them), claims (their ids, in
    order), confidence (the highest), since and until (first and last date). A symmetric relation has one edge a pair,
    from the smaller id to the larger. `graph.graph["loops"]` counts claims whose ends are one entity, and
    `graph.graph["unresolved"]` those with an end that no entity holds; neither are drawn.
    """

    graph: "nx.MultiDiGraph[str]"
    entities: Entities
    claims: tuple[Claim, ...]
    dates: Mapping[str, str]

    @classmethod
    def build(
        cls,
        entities: Entities,
        claims: Iterable[Claim],
        reports: Iterable[Report] = (),
        filters: Filters | None = None,
    ) -> "Network":
        """The network of all claims, or of those that pass `filters`; `reports` give the claims' dates."""
        return cls._of(entities, tuple(claims), {r.id: r.date for r in reports}, filters or Filters())

    @classmethod
    def _of(
        cls, entities: Entities, claims: tuple[Claim, ...], dates: Mapping[str, str], filters: Filters
    ) -> "Network":
        graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        edges, left_out = _edges(entities, claims, dates, filters)
        touched = {node for key in edges for node in key[:2]}
        for entity in entities.by_id.values():
            if filters.takes_type(entity.type) and (filters.isolates or entity.id in touched):
                graph.add_node(entity.id, **_node(entity))
        for (head, tail, relation, modality), group in sorted(edges.items()):
            graph.add_edge(head, tail, key=f"{relation}:{modality}", **_edge(relation, modality, group, dates))
        graph.graph.update(left_out)
        return cls(graph, entities, claims, dates)

    def filtered(self, filters: Filters) -> "Network":
        """The network of those claims and entities that pass `filters`."""
        return Network._of(self.entities, self.claims, self.dates, filters)

    def around(self, entity_id: str, depth: int = 1, limit: int = 300) -> "nx.MultiDiGraph[str]":
        """The nodes up to `depth` steps from an entity, in either direction, with all edges between them.

        At most `limit` nodes: nearer ones first, of one distance those with most claims. How many more there are is
        said by the attribute `left_out` of the graph (`graph.graph["left_out"]`). NotFoundError where the network
        does not hold the entity.
        """
        if entity_id not in self.graph:
            raise NotFoundError(f"The network holds no entity {entity_id!r}; it may be filtered out.")
        distance = _distances(self.graph, entity_id, depth)
        kept = _heaviest(self.graph, entity_id, distance, limit)
        part: nx.MultiDiGraph[str] = nx.MultiDiGraph(self.graph.subgraph(kept))
        part.graph["left_out"] = len(distance) - len(kept)
        nx.set_node_attributes(part, {node: distance[node] for node in kept}, "distance")
        return part

    def measures(self, graph: "nx.MultiDiGraph[str] | None" = None) -> dict[str, Measures]:
        """Measures of every node of `graph`, or of the whole network."""
        return measure(self.graph if graph is None else graph)

    @staticmethod
    def layout(
        subgraph: "nx.MultiDiGraph[str]", positions: Mapping[str, Position] | None = None
    ) -> dict[str, Position]:
        """Positions of all nodes, about -1 to 1; those given stay as they are."""
        return arrange(subgraph, positions)


def _edges(
    entities: Entities, claims: Sequence[Claim], dates: Mapping[str, str], filters: Filters
) -> tuple[dict[EdgeKey, list[Claim]], dict[str, int]]:
    edges: dict[EdgeKey, list[Claim]] = defaultdict(list)
    left_out = {"loops": 0, "unresolved": 0}
    for claim in claims:
        if not filters.takes(claim, dates.get(claim.report, "")):
            continue
        head, tail = entities.of_mention.get(claim.head), entities.of_mention.get(claim.tail)
        if head is None or tail is None:
            left_out["unresolved"] += 1
        elif head == tail:
            left_out["loops"] += 1
        elif filters.takes_type(entities.by_id[head].type) and filters.takes_type(entities.by_id[tail].type):
            ends = sorted((head, tail)) if ontology().relation(claim.type).symmetric else [head, tail]
            edges[ends[0], ends[1], claim.type, claim.modality].append(claim)
    return dict(edges), left_out


def _node(entity: Entity) -> dict[str, object]:
    return {
        "name": entity.name,
        "type": entity.type,
        "code": entity.code,
        "within": entity.within,
        "aliases": entity.aliases,
        "reports": len(entity.reports),
        "mentions": len(entity.mentions),
        "first_seen": entity.first_seen,
        "last_seen": entity.last_seen,
    }


def _edge(relation: str, modality: str, group: Sequence[Claim], dates: Mapping[str, str]) -> dict[str, object]:
    seen = sorted(date for claim in group if (date := claim.since or dates.get(claim.report, "")))
    return {
        "relation": relation,
        "modality": modality,
        "symmetric": ontology().relation(relation).symmetric,
        "weight": len({claim.id for claim in group}),
        "reports": len({claim.report for claim in group}),
        "claims": tuple(sorted({claim.id for claim in group})),
        "confidence": max(claim.confidence for claim in group),
        "since": seen[0] if seen else "",
        "until": seen[-1] if seen else "",
    }


def _distances(graph: "nx.MultiDiGraph[str]", start: str, depth: int) -> dict[str, int]:
    """Breadth first, on the graph as it is: nothing is copied."""
    distance, layer = {start: 0}, [start]
    for step in range(1, depth + 1):
        reached: list[str] = []
        for node in layer:
            for other in (*graph.succ[node], *graph.pred[node]):
                if other not in distance:
                    distance[other] = step
                    reached.append(other)
        layer = reached
    return distance


def _heaviest(graph: "nx.MultiDiGraph[str]", start: str, distance: Mapping[str, int], limit: int) -> set[str]:
    """Of the nodes in `distance`, at most `limit`, each with a kept node on its way to `start`."""
    kept: set[str] = set()
    for step in range(max(distance.values()) + 1):
        layer = [n for n, d in distance.items() if d == step and (n == start or _touches(graph, n, kept))]
        layer.sort(key=lambda n: (-graph.degree(n, weight="weight"), n))
        kept |= set(layer[: max(0, max(limit, 1) - len(kept))])
    return kept


def _touches(graph: "nx.MultiDiGraph[str]", node: str, kept: set[str]) -> bool:
    return any(other in kept for other in (*graph.succ[node], *graph.pred[node]))

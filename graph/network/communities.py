"""Communities of the alliance network: who is in each, what it is called, and who ties it to others.

    communities_of(network, graph) -> list[Community], the largest first

Louvain (V. Blondel and others, Fast unfolding of communities in large networks, 2008) through NetworkX with a fixed
seed, above 50,000 ties label propagation (V. Traag, L. Šubelj, Large network community detection by fast label
propagation, 2023), since Louvain would take minutes; a community that falls into parts is split, so that each hangs
together.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import networkx as nx

from graph.identity import Entity
from graph.network.measures import SEED
from graph.network.projection import Network

NAMED = 3  # members in a community's name
LOUVAIN = 50_000  # ties
LEVELS = 8  # containers followed upward


@dataclass(frozen=True, slots=True)
class Community:
    """A group of actors; `number` counts from 0, the largest first.

    `members` stand with the best connected inside first; `alliances` are those among them, `places` the divisions in
    which most members lie, with how many, `placed` the number of members of which any is known; `inside` and `outside`
    are numbers of ties, `bridges` the members with ties to other communities, most such ties first.
    """

    number: int
    members: tuple[Entity, ...]
    alliances: tuple[Entity, ...]
    places: tuple[tuple[str, int], ...]
    placed: int
    inside: int
    outside: int
    bridges: tuple[Entity, ...]

    @property
    def name(self) -> str:
        """A place that holds most of them, the best connected alliance, and the best connected other members."""
        place = [name for name, count in self.places[:1] if 2 * count > self.placed]
        rest = [m.name for m in self.members if m.type != "Alliance"]
        body = [a.name for a in self.alliances[:1]]
        return " · ".join([*place, *body, "、".join(rest[: NAMED - len(body)])])


def partition(graph: "nx.Graph[str]") -> dict[str, int]:
    """Node → number of its community, the largest 0; ties count once, however often they are told."""
    order = sorted(graph)
    # Numbers for nodes: sets of strings come in another order in every process.
    index = {node: at for at, node in enumerate(order)}
    flat: nx.Graph[int] = nx.Graph()
    flat.add_nodes_from(range(len(order)))
    flat.add_edges_from((index[one], index[other]) for one, other in graph.edges)
    groups = (
        nx.community.louvain_communities(flat, weight=None, seed=SEED)
        if flat.number_of_edges() <= LOUVAIN
        else nx.community.fast_label_propagation_communities(flat, seed=SEED)
    )
    parts = [sorted(part) for found in groups for part in nx.connected_components(flat.subgraph(found))]
    ranked = sorted(parts, key=lambda part: (-len(part), part[0]))
    return {order[at]: number for number, part in enumerate(ranked) for at in part}


def containers(network: Network) -> dict[str, str]:
    """Entity → the entity that the reports assert it lies in; of several, the one most often said."""
    found: dict[str, tuple[float, str]] = {}
    for head, tail, row in network.graph.edges(data=True):
        if row["relation"] == "located_in" and row["modality"] == "asserted":
            found[head] = min(found.get(head, (0.0, "")), (-float(row["weight"]), tail))
    return {head: tail for head, (_, tail) in found.items()}


def communities_of(network: Network, graph: "nx.Graph[str]", parts: Mapping[str, int] | None = None) -> list[Community]:
    """The communities of `graph` (see `alliance_graph`); `parts` is its `partition` where that is at hand."""
    number = partition(graph) if parts is None else parts
    grouped: dict[int, list[str]] = {}
    for node, at in number.items():
        grouped.setdefault(at, []).append(node)
    lies_in = containers(network)
    return [_community(network, graph, at, grouped[at], number, lies_in) for at in sorted(grouped)]


def _community(
    network: Network,
    graph: "nx.Graph[str]",
    at: int,
    nodes: Iterable[str],
    number: Mapping[str, int],
    lies_in: Mapping[str, str],
) -> Community:
    within = {node: sum(number[other] == at for other in graph[node]) for node in nodes}
    beyond = {node: graph.degree(node) - count for node, count in within.items()}
    by_id = network.entities.by_id
    ranked = sorted(within, key=lambda node: (-within[node], by_id[node].name, node))
    members = tuple(by_id[node] for node in ranked)
    linking = sorted((n for n in ranked if beyond[n]), key=lambda n: -beyond[n])
    return Community(
        at,
        members,
        tuple(m for m in members if m.type == "Alliance"),
        *_places(network, members, lies_in),
        sum(within.values()) // 2,
        sum(beyond.values()),
        tuple(by_id[node] for node in linking),
    )


def _places(
    network: Network, members: Iterable[Entity], lies_in: Mapping[str, str]
) -> tuple[tuple[tuple[str, int], ...], int]:
    """Divisions with how many members lie in them, most first, of equals the narrowest; and how many lie in any."""
    counts: Counter[str] = Counter()
    depth: dict[str, int] = {}
    placed = 0
    for member in members:
        found = _divisions(network, member.id, lies_in)
        placed += bool(found)
        counts.update(found)
        for level, division in enumerate(found):
            depth[division] = max(depth.get(division, 0), level)
    ranked = sorted(counts, key=lambda d: (-counts[d], depth[d], d))
    return tuple((network.entities.by_id[d].name, counts[d]) for d in ranked), placed


def _divisions(network: Network, entity: str, lies_in: Mapping[str, str]) -> list[str]:
    """The divisions that an entity is or lies in, the narrowest first."""
    chain: list[str] = []
    while entity and entity not in chain and len(chain) < LEVELS:
        chain.append(entity)
        entity = lies_in.get(entity, "")
    return [node for node in chain if network.entities.by_id[node].type == "Division"]

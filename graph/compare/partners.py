"""Who could join: suggested partners of an entity, from the network around it and from what it makes and where it lies.

    suggest(network, entity_id, top=10) -> list[Suggestion]

Structure is the Adamic-Adar index (L. Adamic, E. Adar, Friends and neighbors on the web, 2003) over what is done
together: a shared partner that has few others says more than one that is everybody's. Shared products and nearness add
to it. What already stands between two, planned or given up too, is no suggestion.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import networkx as nx

from graph.compare.spread import levels_apart
from graph.errors import NotFoundError
from graph.identity import Entity
from graph.network import Network
from graph.ontology import ontology

TOGETHER = frozenset(
    {"partners_with", "supports", "member_of", "founded", "leads", "invests_in", "operates", "part_of"}
)
PARTNERS = ontology().actors - {"Person", "Division", "Alliance"}
WEIGHTS = {"shared": 1.0, "products": 0.6, "near": 0.3}
SHOWN = 4  # names in a reason


@dataclass(frozen=True, slots=True)
class Reason:
    """One named feature with what it adds to the score, in words."""

    feature: str
    points: float
    text: str
    english: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An entity that could become a partner, and why; `score` is the sum of its reasons."""

    entity: Entity
    score: float
    reasons: tuple[Reason, ...]


def _together(network: Network) -> "nx.Graph[str]":
    """Who does something with whom, as an undirected graph; only what is asserted."""
    graph: nx.Graph[str] = nx.Graph()
    for head, tail, row in network.graph.edges(data=True):
        if row["relation"] in TOGETHER and row["modality"] == "asserted":
            graph.add_edge(head, tail)
    return graph


def _products(network: Network, entity: str) -> set[str]:
    return {
        tail
        for _, tail, row in network.graph.out_edges(entity, data=True)
        if row["relation"] == "produces" and row["modality"] == "asserted"
    }


def _names(network: Network, ids: Iterable[str]) -> str:
    return "、".join(network.entities.by_id[i].name for i in list(ids)[:SHOWN])


def _reasons(network: Network, one: Entity, other: Entity, together: "nx.Graph[str]") -> Iterator[Reason]:
    if one.id in together and other.id in together:
        shared = sorted(nx.common_neighbors(together, one.id, other.id), key=lambda n: (together.degree(n), n))
        if shared:
            ((_, _, index),) = nx.adamic_adar_index(together, [(one.id, other.id)])
            said = _names(network, shared)
            yield Reason("shared", WEIGHTS["shared"] * float(index), f"都与{said}有往来", f"both work with {said}")
    makes = sorted(_products(network, one.id) & _products(network, other.id))
    if makes:
        said = _names(network, makes)
        yield Reason("products", WEIGHTS["products"] * len(makes) ** 0.5, f"都生产{said}", f"both make {said}")
    apart = levels_apart(one.code, other.code)
    if apart in (0, 1):
        where, english = ("同一乡镇", "in one township") if apart == 0 else ("同一县", "in one county")
        yield Reason("near", WEIGHTS["near"] / (1 + apart), where, english)


def suggest(network: Network, entity_id: str, top: int = 10) -> list[Suggestion]:
    """The `top` entities most likely to become partners, best first; those with no more than nearness are left out.

    NotFoundError where the network does not hold the entity.
    """
    if entity_id not in network.graph:
        raise NotFoundError(f"The network holds no entity {entity_id!r}; it may be filtered out.")
    one, together = network.entities.by_id[entity_id], _together(network)
    known = {*network.graph.succ[entity_id], *network.graph.pred[entity_id]}
    around = {far for near in together[entity_id] for far in together[near]} if entity_id in together else set()
    makers = {head for product in _products(network, entity_id) for head in network.graph.pred[product]}
    found = []
    for other in sorted((around | makers) - known - {entity_id}):
        entity = network.entities.by_id[other]
        if entity.type in PARTNERS:
            reasons = tuple(sorted(_reasons(network, one, entity, together), key=lambda r: -r.points))
            if any(reason.feature != "near" for reason in reasons):
                found.append(Suggestion(entity, sum(reason.points for reason in reasons), reasons))
    return sorted(found, key=lambda s: (-s.score, s.entity.name, s.entity.id))[:top]

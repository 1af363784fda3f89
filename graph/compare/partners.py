"""Who could join: suggested partners of an entity, from the network around it and from what it is like.

    suggest(Ground.of(network, cases), entity_id, top=10, kind="University") -> list[Suggestion]

The features and their sources stand in `partners_reasons`. What already stands between two, planned or denied too, is
no suggestion; `set_aside` lists the planned and the denied. A suggestion is a hint from what reports tell, no forecast:
`bench/partners.py` measures how often a partner that was hidden is found again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from graph.compare.partners_ground import Ground, kind_of
from graph.compare.partners_reasons import Asked, Reason, reasons
from graph.errors import NotFoundError, UsageError
from graph.identity import Entity
from graph.network.alliance import COUNTED, is_vague
from graph.ontology import ontology

PARTNERS = ontology().actors - {"Person", "Division"}
# Chosen on one half of the annotated reports by bench/partners.py, which reports on the other.
WEIGHTS = {"shared": 1.0, "products": 0.2, "programmes": 1.0, "types": 0.05, "peers": 1.0, "lacking": 0.3, "near": 0.6}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An entity that could become a partner, and why; `score` is the sum of the points of its reasons, best first."""

    entity: Entity
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class SetAside:
    """An entity left out of the suggestions since `state` (planned or negated) is said of it, with the claims' ids."""

    entity: Entity
    state: str
    claims: tuple[str, ...]


def suggest(
    ground: Ground, entity_id: str, top: int = 10, kind: str = "", weights: Mapping[str, float] = WEIGHTS
) -> list[Suggestion]:
    """The `top` entities, of a type where `kind` names one, most likely to become partners, best first.

    NotFoundError where the network does not hold the entity, UsageError where `kind` is no type of partner.
    """
    if kind and kind not in PARTNERS:
        raise UsageError(f"No kind of partner is called {kind!r}; known are {', '.join(sorted(PARTNERS))}.")
    if entity_id not in ground.network.graph:
        raise NotFoundError(f"The network holds no entity {entity_id!r}; it may be filtered out.")
    asked = Asked(ground, entity_id)
    found = [weighed(ground.entity(other), reasons(asked, other), weights) for other in sorted(candidates(asked, kind))]
    return sorted(found, key=lambda s: (-s.score, s.entity.name, s.entity.id))[:top]


def weighed(entity: Entity, found: Iterable[Reason], weights: Mapping[str, float]) -> Suggestion:
    """A suggestion from reasons whose points are not yet weighed."""
    own = [replace(r, points=r.points * weights[r.feature]) for r in found if weights[r.feature]]
    score = sum(r.points for r in own)
    shared = (replace(r, share=r.points / score) for r in sorted(own, key=lambda r: -r.points))
    return Suggestion(entity, score, tuple(shared))


def candidates(asked: Asked, kind: str = "") -> set[str]:
    """Those for whom anything speaks but that they lie in one county or prefecture; a common township is enough."""
    ground, one = asked.ground, asked.id
    found = {far for near in ground.partners(one) for far in ground.graph[near]}
    found |= {other for peer in asked.peers for other in ground.partners(peer)}
    found |= {o for trait in ground.traits.get(one, {}) if trait[0] != "types" for o in ground.holders[trait]}
    wanted = {wanted for wanted in asked.having if wanted[1] and asked.lacks(wanted)}
    found |= {o for o in ground.graph if kind_of(ground.entity(o)) in wanted} if wanted else set()
    found |= ground.places.neighbours(one)
    known = ground.standing.get(one, frozenset()) | {one}
    return {other for other in found - known if _could_join(ground.entity(other), kind)}


def _could_join(entity: Entity, kind: str) -> bool:
    return entity.type in PARTNERS and entity.type == (kind or entity.type) and not is_vague(entity)


def set_aside(ground: Ground, entity_id: str) -> list[SetAside]:
    """Those of whom a tie with the entity is planned, or was denied or given up, and no tie stands."""
    network, found = ground.network, dict[tuple[str, str], set[str]]()
    for edge in (*network.graph.in_edges(entity_id, data=True), *network.graph.out_edges(entity_id, data=True)):
        other = edge[1] if edge[0] == entity_id else edge[0]
        row = edge[2]
        fits = row["relation"] in COUNTED and ground.entity(other).type in PARTNERS
        if fits and row["modality"] != "asserted" and not ground.graph.has_edge(entity_id, other):
            found.setdefault((other, row["modality"]), set()).update(row["claims"])
    rows = [SetAside(ground.entity(other), state, tuple(sorted(ids))) for (other, state), ids in found.items()]
    return sorted(rows, key=lambda row: (row.state, row.entity.name, row.entity.id))

"""Hubs and brokers of the alliance network: who has many partners, and who ties those that have no ties otherwise.

    roles(network) -> Roles;  roles.ranked("degree", types, top) -> list[Standing]

`roles.toml` says in plain words what each measure means and what it does not.
"""

import tomllib
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.resources import files

import networkx as nx

from graph.errors import UsageError
from graph.identity import Entity
from graph.network.alliance import alliance_graph, is_vague
from graph.network.communities import Community, communities_of, partition
from graph.network.heavy import DIGITS, betweenness
from graph.network.projection import Network
from graph.ontology import ontology
from graph.ontology.vocabulary import Language

LEAST = 2  # partners of a broker
STEPS = 50_000_000  # nodes × ties of each connected part, that betweenness may walk: about 15 s on two cores


@dataclass(frozen=True, slots=True)
class Words:
    """A measure in words, as declared in roles.toml; `role` is hub, broker or community, `best` high or low."""

    code: str
    role: str
    best: str
    zh: str
    en: str
    means_zh: str
    means_en: str
    not_zh: str
    not_en: str

    def label(self, language: Language = "zh") -> str:
        """Its name."""
        return self.zh if language == "zh" else self.en

    def means(self, language: Language = "zh") -> str:
        """What a high or low value means."""
        return self.means_zh if language == "zh" else self.means_en

    def means_not(self, language: Language = "zh") -> str:
        """What must not be read into it."""
        return self.not_zh if language == "zh" else self.not_en


def _read_words() -> dict[str, Words]:
    data = tomllib.loads(files("graph.network").joinpath("roles.toml").read_text(encoding="utf-8"))
    return {code: Words(code, **row) for code, row in data.items()}


MEASURES = _read_words()
RANKED = tuple(code for code, words in MEASURES.items() if words.role != "community")


@dataclass(frozen=True, slots=True)
class Standing:
    """One actor by one measure. `rank` counts from 1 among those asked for, equals share it.

    `partners` is how many it has, `kinds` type → number of them in the ontology's order, `sides` the partners as they
    fall apart without it: ids of those tied to one another stand together, the largest side first.
    """

    entity: Entity
    measure: str
    value: float
    rank: int
    partners: int
    kinds: Mapping[str, int]
    sides: tuple[tuple[str, ...], ...]

    @property
    def vague(self) -> bool:
        """Whether the name may stand for several bodies of different places (县供电公司)."""
        return is_vague(self.entity)


@dataclass(frozen=True)
class Roles:
    """The alliance network of a library with its measures; to be made by `roles`.

    `graph` is that of `alliance_graph`; `values` measure → node → value. Betweenness is missing where the network hangs
    together so widely that it would take minutes; constraint holds those with at least two partners.
    """

    network: Network
    graph: "nx.Graph[str]"
    values: Mapping[str, Mapping[str, float]]
    communities: tuple[Community, ...]
    community_of: Mapping[str, int]

    def ranked(self, measure: str, types: frozenset[str] = frozenset(), top: int | None = None) -> list[Standing]:
        """The `top` actors (all where None) of these types by a measure, best first.

        UsageError for a measure or type that is not known, or a measure that was left out.
        """
        _check(measure, types)
        if measure not in self.values:
            raise UsageError(f"The network is too large for {measure}; constraint and groups tell of brokers too.")
        by_id, low = self.network.entities.by_id, MEASURES[measure].best == "low"
        found = [
            (value if low else -value, -self.graph.degree(node), by_id[node].name, node)
            for node, value in self.values[measure].items()
            if (not types or by_id[node].type in types) and (low or value > 0)
        ]
        first: dict[float, int] = {}
        rows = []
        for place, (key, _, _, node) in enumerate(sorted(found)[:top], 1):
            rows.append(self.standing(node, measure, first.setdefault(key, place)))
        return rows

    def standing(self, node: str, measure: str, rank: int) -> Standing:
        """A node of the graph by a measure."""
        near = Counter(self.network.entities.by_id[other].type for other in self.graph[node])
        kinds = {code: near[code] for code in ontology().entity_types if near[code]}
        value = self.values[measure][node]
        return Standing(
            self.network.entities.by_id[node], measure, value, rank, self.graph.degree(node), kinds, self.sides(node)
        )

    def sides(self, node: str) -> tuple[tuple[str, ...], ...]:
        """Partners of `node` grouped by the ties among themselves, ids in order, the largest group first."""
        among = self.graph.subgraph(self.graph[node])
        parts = [tuple(sorted(part)) for part in nx.connected_components(among)]
        return tuple(sorted(parts, key=lambda part: (-len(part), part)))

    def claims_between(self, one: str, other: str) -> tuple[str, ...]:
        """Ids of the claims that tie two actors; none where they are not tied."""
        found: tuple[str, ...] = self.graph.edges[one, other]["claims"] if self.graph.has_edge(one, other) else ()
        return found


def _check(measure: str, types: frozenset[str]) -> None:
    if measure not in RANKED:
        raise UsageError(f"No measure is called {measure!r}; known are {', '.join(RANKED)}.")
    if unknown := sorted(types - ontology().actors):
        raise UsageError(f"Not in the alliance network: {', '.join(unknown)}. Known are {', '.join(_actors())}.")


def _actors() -> list[str]:
    return [code for code in ontology().entity_types if code in ontology().actors]


def roles(network: Network) -> Roles:
    """Measure the alliance network of `network`."""
    graph = alliance_graph(network)
    parts = partition(graph)
    by_id = network.entities.by_id

    def counted(what: Callable[[str], int]) -> dict[str, float]:
        return {node: float(what(node)) for node in graph}

    values = {
        "degree": counted(graph.degree),
        "kinds": counted(lambda node: len({by_id[other].type for other in graph[node]})),
        "constraint": constraint(graph),
        "groups": counted(lambda node: len({parts[other] for other in (node, *graph[node])})),
    }
    if _steps(graph) <= STEPS:
        values["betweenness"] = betweenness(graph) if graph else {}
    values["groups"] = {node: value for node, value in values["groups"].items() if value > 1}
    return Roles(network, graph, values, tuple(communities_of(network, graph, parts)), parts)


def _steps(graph: "nx.Graph[str]") -> int:
    """How many steps it takes to walk from every node over all ties of its connected part."""
    degree = dict(graph.degree())
    return sum(len(part) * sum(degree[node] for node in part) // 2 for part in nx.connected_components(graph))


def constraint(graph: "nx.Graph[str]") -> dict[str, float]:
    """Burt's constraint of every node with at least two partners, about 0 to 1.1, ties unweighted.

    R. Burt, Structural Holes, 1992. The number of claims is no strength of a tie, so it does not weigh.
    """
    asked = [node for node in graph if graph.degree(node) >= LEAST]
    if not asked:
        return {}
    found = nx.constraint(graph, nodes=None)
    return {node: round(float(found[node]), DIGITS) for node in asked}

"""The alliance network: who does something with whom, as a simple undirected graph of actors.

    alliance_graph(network) -> nx.Graph with the attributes claims (ids) and relations (codes) on its edges

`ties.toml` says which relations count and why. A tie that was denied after it was last asserted has ended and is left
out, and so is what is only planned.
"""

import re
import tomllib
from dataclasses import dataclass
from importlib.resources import files

import networkx as nx

from graph.identity import Entity
from graph.network.projection import Network
from graph.ontology import ontology
from graph.ontology.vocabulary import Language


@dataclass(frozen=True, slots=True)
class Tie:
    """Whether a relation (its code) makes a tie of the alliance network, and why."""

    code: str
    counts: bool
    zh: str
    en: str

    def why(self, language: Language = "zh") -> str:
        """The reason in `language`."""
        return self.zh if language == "zh" else self.en


def _read_ties() -> dict[str, Tie]:
    data = tomllib.loads(files("graph.network").joinpath("ties.toml").read_text(encoding="utf-8"))
    return {code: Tie(code, **row) for code, row in data.items()}


TIES = _read_ties()
COUNTED = frozenset(code for code, tie in TIES.items() if tie.counts)


BARE = re.compile(r"(?:省|市|州|县|区|旗|镇|乡|街道|村)(?!级)")
UNAMBIGUOUS = frozenset({"Village", "Division", "Person", "Alliance"})


def is_vague(entity: Entity) -> bool:
    """Whether the name says no county (县供电公司) and several reports have it, so that it may stand for several."""
    return len(entity.reports) > 1 and entity.type not in UNAMBIGUOUS and BARE.match(entity.name) is not None


def has_ended(network: Network, head: str, tail: str, relation: str) -> bool:
    """Whether the relation was denied on or after the date on which it was last asserted.

    Dates are those of the claims, else of their reports; where the dates are equal or unknown, the denial is believed.
    """
    said = network.graph.get_edge_data(head, tail, f"{relation}:asserted")
    denied = network.graph.get_edge_data(head, tail, f"{relation}:negated")
    return bool(denied) and (not said or denied["until"] >= said["until"])


def alliance_graph(network: Network) -> "nx.Graph[str]":
    """The actors that are tied to another one; nodes and edges in order of ids, claims of an edge too."""
    actors = ontology().actors
    ties: dict[tuple[str, str], tuple[set[str], set[str]]] = {}
    for head, tail, row in network.graph.edges(data=True):
        relation = row["relation"]
        if relation not in COUNTED or row["modality"] != "asserted" or has_ended(network, head, tail, relation):
            continue
        if {network.graph.nodes[head]["type"], network.graph.nodes[tail]["type"]} <= actors:
            claims, relations = ties.setdefault((min(head, tail), max(head, tail)), (set(), set()))
            claims.update(row["claims"])
            relations.add(relation)
    made: nx.Graph[str] = nx.Graph()
    made.add_nodes_from(sorted({end for pair in ties for end in pair}))
    for (one, other), (claims, relations) in sorted(ties.items()):
        made.add_edge(one, other, claims=tuple(sorted(claims)), relations=tuple(sorted(relations)))
    return made

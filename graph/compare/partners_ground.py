"""What suggestions of partners are made from, gathered once for a network: ties, traits, places.

Ground.of(network, cases) -> Ground
"""

import tomllib
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import log

import networkx as nx

from graph.compare.partners_places import Places
from graph.identity import Entity
from graph.network import Network
from graph.network.alliance import COUNTED, alliance_graph, is_vague
from graph.ontology import ontology
from graph.records import Case

SHOWS = {"produces": "products", "implements": "programmes", "participates_in": "programmes"}  # relation → feature
OWN = frozenset({"part_of", "located_in"})  # with one's own parts one is no partner
FIELDED = frozenset({"University", "Enterprise", "Department", "Organization"})

Trait = tuple[str, str]  # feature, id of what is shared (an entity) or code of an alliance type
Records = tuple[str, ...]
Kind = tuple[str, str]  # entity type, field or ''


@dataclass(frozen=True, slots=True)
class Field:
    """A field of work, as declared in partner_fields.toml."""

    zh: str
    en: str
    words: tuple[str, ...]


@cache
def fields() -> dict[str, Field]:
    """The fields by code, in the order in which they are looked for."""
    data = tomllib.loads(files("graph.compare").joinpath("partner_fields.toml").read_text(encoding="utf-8"))
    return {code: Field(row["zh"], row["en"], tuple(row["words"])) for code, row in data.items()}


def kind_of(entity: Entity) -> Kind:
    """The kind of partner an entity would be: its type, and its field by its name where the type has fields."""
    found = ""
    if entity.type in FIELDED:
        found = next((code for code, f in fields().items() if any(word in entity.name for word in f.words)), "")
    return entity.type, found


@dataclass(frozen=True, slots=True)
class Ground:
    """Ties, traits and places of all entities of a network.

    `graph` is the alliance network (see graph.network.alliance) without vague names, which may stand for several;
    `traits` entity → what it makes and carries out, and the types of the cases in which it acts → ids of the claims or
    cases that say so; `holders` the entities of a trait; `standing` those between whom any tie is told of, planned and
    denied ones too, or of whom one is part of the other.
    """

    network: Network
    graph: "nx.Graph[str]"
    traits: Mapping[str, Mapping[Trait, Records]]
    holders: Mapping[Trait, frozenset[str]]
    places: Places
    standing: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, network: Network, cases: Iterable[Case] = ()) -> "Ground":
        """Gather from a network; `cases` give the alliance types."""
        graph = alliance_graph(network)
        graph.remove_nodes_from([node for node in list(graph) if is_vague(network.entities.by_id[node])])
        traits = _traits(network, tuple(cases))
        holders: dict[Trait, set[str]] = defaultdict(set)
        for entity, own in traits.items():
            for trait in own:
                holders[trait].add(entity)
        frozen = {trait: frozenset(own) for trait, own in holders.items()}
        return cls(network, graph, traits, frozen, Places.of(network, graph), _standing(network))

    def entity(self, entity_id: str) -> Entity:
        """The entity of an id."""
        return self.network.entities.by_id[entity_id]

    def partners(self, entity_id: str) -> list[str]:
        """Ids of those it is tied to, in order."""
        return sorted(self.graph[entity_id]) if entity_id in self.graph else []

    def rarity(self, trait: Trait) -> float:
        """How much it says to share a trait: 1 / log(1 + holders), as Adamic and Adar weigh."""
        return 1 / log(1 + max(2, len(self.holders[trait])))

    def likeness(self, one: str, other: str) -> float:
        """How alike two are in what they make, carry out and take part in, below 1: shared over all traits by rarity.

        Of two about whom little is known not much can be said: one more trait, of weight 1, is always reckoned unlike.
        """
        mine, theirs = self.traits.get(one, {}), self.traits.get(other, {})
        whole = 1.0 + sum(self.rarity(trait) for trait in sorted({*mine, *theirs}))
        return sum(self.rarity(trait) for trait in mine if trait in theirs) / whole


def _traits(network: Network, cases: tuple[Case, ...]) -> dict[str, dict[Trait, Records]]:
    found: dict[str, dict[Trait, set[str]]] = defaultdict(lambda: defaultdict(set))
    for head, tail, row in network.graph.edges(data=True):
        if row["relation"] in SHOWS and row["modality"] == "asserted":
            found[head][SHOWS[row["relation"]], tail].update(row["claims"])
    for entity, code, case in _acts(network, cases):
        found[entity]["types", code].add(case)
    return {entity: {t: tuple(sorted(ids)) for t, ids in sorted(own.items())} for entity, own in found.items()}


def _acts(network: Network, cases: tuple[Case, ...]) -> Iterable[tuple[str, str, str]]:
    """(entity, alliance type, case id) for those that do something in a case."""
    of_report: dict[str, list[Case]] = defaultdict(list)
    for case in sorted(cases, key=lambda c: c.start):
        of_report[case.report].append(case)
    starts = {report: [c.start for c in own] for report, own in of_report.items()}
    for claim in network.claims:
        own = of_report.get(claim.report, [])
        at = bisect_right(starts.get(claim.report, []), claim.start) - 1
        if at < 0 or claim.start >= own[at].end or claim.type not in COUNTED or claim.modality != "asserted":
            continue
        for mention in (claim.head, claim.tail):
            if entity := network.entities.of_mention.get(mention):
                yield from ((entity, code, own[at].id) for code in own[at].types)


def _standing(network: Network) -> dict[str, frozenset[str]]:
    """Entity → those with which anything stands that rules a suggestion out: a tie in any modality, or a part of it."""
    found: dict[str, set[str]] = defaultdict(set)
    actors = ontology().actors
    for head, tail, row in network.graph.edges(data=True):
        if row["relation"] in COUNTED | OWN and {network.graph.nodes[n]["type"] for n in (head, tail)} <= actors:
            found[head].add(tail)
            found[tail].add(head)
    return {entity: frozenset(others) for entity, others in found.items()}

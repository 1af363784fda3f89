"""Where entities lie, and how near two of them are: by official codes, else by the nearest division both lie in.

Places.of(network, graph) -> Places;  places.near(one, other) -> Near | None
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import networkx as nx

from graph.compare.spread import levels_apart
from graph.network import Network
from graph.network.communities import containers

TOWNSHIP, COUNTY, PREFECTURE = 0, 1, 2
DIGITS = {2: 3, 4: PREFECTURE, 6: COUNTY, 9: TOWNSHIP}  # length of a division's code → level
# Where a division has no code: by the last character of its name; 市 is taken for a prefecture.
SUFFIXES = {
    **dict.fromkeys(("镇", "乡", "街道", "苏木"), TOWNSHIP),
    **dict.fromkeys(("县", "区", "旗"), COUNTY),
    **dict.fromkeys(("市", "州", "盟"), PREFECTURE),
}
LONGEST = 8  # containers followed upward


@dataclass(frozen=True, slots=True)
class Near:
    """Two lie in one division: `level` 0 a township, 1 a county, 2 a prefecture; `within` its id where it is named.

    `one` and `other` are ids of the claims that say where each lies.
    """

    level: int
    within: str
    one: tuple[str, ...]
    other: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Places:
    """`codes` entity → statistical code; `chains` entity → divisions it lies in, the nearest first, each with the

    claims that lead there; `inside` township (its code, or its id) → those that lie in it.
    """

    codes: Mapping[str, str]
    chains: Mapping[str, Mapping[str, tuple[str, ...]]]
    levels: Mapping[str, int]
    inside: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, network: Network, graph: "nx.Graph[str]") -> "Places":
        """Read off a network; an alliance lies where all partners of whom it is known lie, by its alliance graph."""
        lies_in = containers(network)
        by_id = network.entities.by_id
        chains = {entity: _chain(network, entity, lies_in) for entity in network.graph}
        codes = {e: code for e in chains if (code := by_id[e].code or _first_code(network, chains[e]))}
        for node in graph:
            if by_id[node].type == "Alliance" and node not in codes and not chains[node]:
                chains[node] = _common([chains[other] for other in sorted(graph[node]) if chains[other]])
                codes[node] = _common_code([codes[other] for other in graph[node] if other in codes])
        divisions = {d for chain in chains.values() for d in chain}
        levels = {d: level for d in divisions if (level := _level(by_id[d].name, by_id[d].code)) is not None}
        inside: dict[str, set[str]] = defaultdict(set)
        for entity, chain in chains.items():
            for key in _townships(codes.get(entity, ""), chain, levels):
                inside[key].add(entity)
        return cls(codes, chains, levels, {key: frozenset(own) for key, own in inside.items()})

    def neighbours(self, entity: str) -> set[str]:
        """Ids of all that lie in its township, itself too; none where the township is not known."""
        keys = _townships(self.codes.get(entity, ""), self.chains[entity], self.levels)
        return {other for key in keys for other in self.inside[key]}

    def near(self, one: str, other: str) -> Near | None:
        """How near two lie; None across prefectures, or where too little is known."""
        mine, theirs = self.chains[one], self.chains[other]
        shared = next((d for d in mine if d in theirs and d in self.levels), "")
        level = levels_apart(self.codes.get(one, ""), self.codes.get(other, ""))
        if shared and (level < 0 or self.levels[shared] <= level):
            found = self.levels[shared]
            return Near(found, shared, mine[shared], theirs[shared]) if found <= PREFECTURE else None
        if not TOWNSHIP <= level <= PREFECTURE:
            return None
        last = [next(reversed(list(chain.values())), ()) for chain in (mine, theirs)]
        return Near(level, "", last[0], last[1])


def _chain(network: Network, entity: str, lies_in: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """The divisions that an entity lies in, or is, with the claims that lead there."""
    found: dict[str, tuple[str, ...]] = {}
    claims: tuple[str, ...] = ()
    seen: list[str] = []
    while entity and entity not in seen and len(seen) < LONGEST:
        if network.entities.by_id[entity].type == "Division":
            found[entity] = claims
        seen.append(entity)
        above = lies_in.get(entity, "")
        if above:
            claims = (*claims, network.graph.edges[entity, above, "located_in:asserted"]["claims"][0])
        entity = above
    return found


def _common(chains: list[dict[str, tuple[str, ...]]]) -> dict[str, tuple[str, ...]]:
    """The divisions in all of `chains`, with the claims of the first; of one chain alone, all."""
    if not chains:
        return {}
    return {d: claims for d, claims in chains[0].items() if all(d in chain for chain in chains)}


def _common_code(codes: list[str]) -> str:
    """The code of the narrowest division, township to province, that all of `codes` lie in; '' where there is none."""
    narrow = (9, 6, 4, 2)
    return next((codes[0][:n] for n in narrow if codes and len(codes[0]) >= n and len({c[:n] for c in codes}) == 1), "")


def _first_code(network: Network, chain: Mapping[str, tuple[str, ...]]) -> str:
    return next((code for d in chain if (code := network.entities.by_id[d].code)), "")


def _level(name: str, code: str) -> int | None:
    if len(code) in DIGITS:
        return DIGITS[len(code)]
    return next((level for suffix, level in SUFFIXES.items() if name.endswith(suffix)), None)


def _townships(code: str, chain: Mapping[str, tuple[str, ...]], levels: Mapping[str, int]) -> list[str]:
    keys = [code[:9]] if len(code) >= 9 else []
    return keys + [d for d in chain if levels.get(d) == TOWNSHIP]

"""Why someone could become a partner: named features, each a value, words in two languages, and the records behind it.

Structure: shared partners and alliances by the Adamic-Adar index (L. Adamic, E. Adar, Friends and neighbors on
the web, 2003): a shared partner that has few others says more than one that is everybody's. Profile: what both make
or carry out, in which kinds of alliance both act, with whom those like it work, and which kind of partner it lacks.
Nearness: by the official codes of where they lie.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import networkx as nx

from graph.compare.partners_ground import Ground, Kind, Records, fields, kind_of
from graph.ontology import ontology

FEATURES = {
    "shared": ("共同伙伴", "shared partners"),
    "products": ("共同产品", "shared products"),
    "programmes": ("共同项目", "shared programmes"),
    "types": ("同类联盟", "same kind of alliance"),
    "peers": ("相近者的伙伴", "partner of those like it"),
    "lacking": ("尚缺的伙伴", "kind of partner lacking"),
    "near": ("地域相近", "nearness"),
}
PEERS = 12  # those most like it that are looked at
ALIKE = 0.1  # least likeness of a peer
MANY = 1 / 3  # share of the peers that must have what one lacks
SHOWN = 4  # names in a reason
PLACES = (("同一乡镇", "in one township"), ("同一县", "in one county"), ("同一市", "in one prefecture"))
NEARNESS = (1.0, 0.5, 0.2)


@dataclass(frozen=True, slots=True)
class Path:
    """One way in which two are linked: through `via` (entity id, or code of an alliance type; '' for none).

    `one` and `other` are ids of the claims or cases that say it of the one and of the other.
    """

    via: str
    one: Records
    other: Records


@dataclass(frozen=True, slots=True)
class Reason:
    """One named feature with what it adds to the score, in words. `share` is its part of the whole score, 0 to 1."""

    feature: str
    points: float
    text: str
    english: str
    paths: tuple[Path, ...] = ()
    share: float = 0.0


@dataclass
class Asked:
    """The entity that partners are looked for, with who is like it and which kinds of partner they have."""

    ground: Ground
    id: str
    peers: dict[str, float] = field(init=False)
    having: dict[Kind, dict[str, str]] = field(init=False)  # kind → peer → its partner of that kind
    known: frozenset[Kind] = field(init=False)

    def __post_init__(self) -> None:
        ground = self.ground
        self.peers = _peers(ground, self.id)
        self.known = frozenset(kind_of(ground.entity(other)) for other in ground.partners(self.id))
        self.having = {}
        for peer in self.peers:
            for other in ground.partners(peer):
                self.having.setdefault(kind_of(ground.entity(other)), {}).setdefault(peer, other)

    def lacks(self, kind: Kind) -> bool:
        """Whether many of those like it have such a partner, and it has none."""
        having = len(self.having.get(kind, ()))
        return kind not in self.known and having >= max(2.0, MANY * len(self.peers))


def _peers(ground: Ground, one: str) -> dict[str, float]:
    """Those of the same type most like it, with how alike."""
    near = {other for trait in ground.traits.get(one, {}) for other in ground.holders[trait]} - {one}
    kind = ground.entity(one).type
    alike = {other: ground.likeness(one, other) for other in near if ground.entity(other).type == kind}
    ranked = sorted((o for o in alike if alike[o] >= ALIKE), key=lambda o: (-alike[o], o))
    return {other: alike[other] for other in ranked[:PEERS]}


def reasons(asked: Asked, other: str) -> Iterator[Reason]:
    """All features that speak for `other`, with `points` not yet weighed."""
    yield from _structure(asked.ground, asked.id, other)
    yield from _traits(asked.ground, asked.id, other)
    yield from _of_peers(asked, other)
    yield from _lacking(asked, other)
    yield from _near(asked.ground, asked.id, other)


def _names(ground: Ground, ids: Iterable[str], language: str = "zh") -> str:
    names = [ground.entity(i).name for i in ids]
    more = len(names) - SHOWN
    if language == "en":
        return ", ".join(names[:SHOWN]) + (f" and {more} more" if more > 0 else "")
    return "、".join(names[:SHOWN]) + (f"等{len(names)}个" if more > 0 else "")


def _structure(ground: Ground, one: str, other: str) -> Iterator[Reason]:
    graph = ground.graph
    if one not in graph or other not in graph:
        return
    via = sorted(nx.common_neighbors(graph, one, other), key=lambda n: (graph.degree(n), n))
    if via:
        ((_, _, index),) = nx.adamic_adar_index(graph, [(one, other)])
        bodies = [n for n in via if ground.entity(n).type == "Alliance"]
        others = [n for n in via if n not in bodies]
        paths = tuple(Path(n, graph.edges[one, n]["claims"], graph.edges[other, n]["claims"]) for n in via)
        zh = [f"同在{_names(ground, bodies)}中"] * bool(bodies) + [f"都与{_names(ground, others)}有往来"] * bool(others)
        en = [f"both are in {_names(ground, bodies, 'en')}"] * bool(bodies)
        en += [f"both work with {_names(ground, others, 'en')}"] * bool(others)
        yield Reason("shared", float(index), "，".join(zh), " and ".join(en), paths)


def _traits(ground: Ground, one: str, other: str) -> Iterator[Reason]:
    mine, theirs = ground.traits.get(one, {}), ground.traits.get(other, {})
    both: dict[str, list[str]] = {}
    for feature, via in mine:
        if (feature, via) in theirs:
            both.setdefault(feature, []).append(via)
    for feature, found in both.items():
        points = sum(ground.rarity((feature, via)) for via in found)
        paths = tuple(Path(via, mine[feature, via], theirs[feature, via]) for via in found)
        yield Reason(feature, points, *_shared_words(ground, feature, found), paths)


def _shared_words(ground: Ground, feature: str, found: list[str]) -> tuple[str, str]:
    if feature == "types":
        known = ontology().alliance_types
        zh, en = "、".join(known[code].zh for code in found), ", ".join(known[code].en for code in found)
        return f"都参与{zh}联盟", f"both act in alliances of the kind {en}"
    zh, en = _names(ground, found), _names(ground, found, "en")
    if feature == "products":
        return f"都生产{zh}", f"both make {en}"
    return f"都参与{zh}", f"both take part in {en}"


def _of_peers(asked: Asked, other: str) -> Iterator[Reason]:
    """Those like it that work with `other`."""
    ground = asked.ground
    tied = [peer for peer in asked.peers if ground.graph.has_edge(peer, other)]
    if tied:
        zh, en = _names(ground, tied), _names(ground, tied, "en")
        paths = tuple(_like(ground, asked.id, peer, other) for peer in tied)
        points = sum(asked.peers[peer] for peer in tied)
        yield Reason("peers", points, f"情况相近的{zh}与它有往来", f"{en}, in a like situation, work with it", paths)


def _like(ground: Ground, one: str, peer: str, other: str) -> Path:
    """Through `peer`: the records that make it like the one, and the claims that tie it to the other."""
    mine, theirs = ground.traits[one], ground.traits[peer]
    alike = {record for trait in mine if trait in theirs for record in (*mine[trait], *theirs[trait])}
    return Path(peer, tuple(sorted(alike)), ground.graph.edges[peer, other]["claims"])


def _lacking(asked: Asked, other: str) -> Iterator[Reason]:
    """A kind of partner that those like it have and it has not."""
    ground, kind = asked.ground, kind_of(asked.ground.entity(other))
    if not asked.lacks(kind):
        return
    having, peers = asked.having[kind], len(asked.peers)
    zh, en = _kind_words(kind)
    paths = tuple(_like(ground, asked.id, peer, theirs) for peer, theirs in having.items())
    yield Reason(
        "lacking",
        len(having) / peers,
        f"还没有{zh}伙伴，情况相近的{peers}个中{len(having)}个有",
        f"no partner of this kind yet ({en}), which {len(having)} of {peers} in a like situation have",
        paths,
    )


def _kind_words(kind: Kind) -> tuple[str, str]:
    term, said = ontology().entity_type(kind[0]), fields().get(kind[1])
    return (f"{said.zh}类{term.zh}", f"{term.en}, {said.en}") if said else (term.zh, term.en)


def _near(ground: Ground, one: str, other: str) -> Iterator[Reason]:
    found = ground.places.near(one, other)
    if found is None:
        return
    zh, en = PLACES[found.level]
    if found.within:
        zh, en = f"{zh}（{ground.entity(found.within).name}）", f"{en} ({ground.entity(found.within).name})"
    paths = (Path(found.within, found.one, found.other),) if found.one or found.other else ()
    yield Reason("near", NEARNESS[found.level], zh, en, paths)

"""Pairs of entities that may be one thing, for people to decide; and why the machine joined what it joined."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from graph.identity.entities import Entities
from graph.identity.facts import Facts, facts_of
from graph.identity.judgements import MACHINE, corrected, latest
from graph.identity.locals import GEOGRAPHIC, Local, local_entities
from graph.identity.scoring import Scored, floor, score_pair
from graph.records import Judgement, Mention
from graph.store.anchors import present_ids

COMPARED = 30
CROWD = 40  # entities that share a weak key: more say only that the key is common


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two entities (ids in order) that may be one, a mention of each for a judgement to name, what speaks for it."""

    one: str
    other: str
    one_mention: str
    other_mention: str
    scored: Scored


@dataclass(frozen=True, slots=True)
class Join:
    """Two local entities that the machine put into one entity, by a mention of each, and why."""

    one_mention: str
    other_mention: str
    scored: Scored


class Matcher:
    """Facts of all entities of one state of a library."""

    def __init__(self, mentions: Sequence[Mention], entities: Entities, judgements: Iterable[Judgement] = ()) -> None:
        """`entities` are those that `derive` made of the same mentions and judgements."""
        judged = list(judgements)
        self._members: dict[str, list[Local]] = defaultdict(list)
        for local in local_entities(corrected(mentions, judged)):
            self._members[entities.of_mention[local.mentions[0]]].append(local)
        self._facts: dict[str, Facts] = {}
        self._judged = self._pairs(judged, mentions, entities)

    @staticmethod
    def _pairs(
        judgements: Sequence[Judgement], mentions: Sequence[Mention], entities: Entities
    ) -> set[tuple[str, str]]:
        """Pairs of entities that people decided about, or were not sure of."""
        found = set()
        pairs = [j for j in judgements if j.kind == "identity"]
        for (_, subject, other), judgement in latest(pairs, present_ids(pairs, mentions)).items():
            one, two = entities.of_mention.get(subject), entities.of_mention.get(other)
            if one and two and judgement.who != MACHINE:
                found.add((min(one, two), max(one, two)))
        return found

    def facts(self, entity: str) -> Facts:
        """What all reports say of an entity."""
        if entity not in self._facts:
            self._facts[entity] = facts_of(self._members[entity])
        return self._facts[entity]

    def score(self, one: str, other: str) -> Scored:
        """The score of two entities."""
        return score_pair(self.facts(one), self.facts(other))

    def joins(self, entity: str) -> list[Join]:
        """Why an entity is one: each local entity after the first, with the one it fits best of the first COMPARED."""
        members, found = self._members[entity], []
        own = [facts_of([local]) for local in members]
        for at in range(1, len(members)):
            scores = [score_pair(own[at], earlier) for earlier in own[: min(at, COMPARED)]]
            best = max(range(len(scores)), key=lambda i: (not scores[i].guards, scores[i].score, -i))
            found.append(Join(members[best].mentions[0], members[at].mentions[0], scores[best]))
        return found

    def candidates(self, least: float | None = None) -> list[Candidate]:
        """Pairs from the score `least` (the floor) on that nothing forbids and nobody decided about; best first."""
        wanted, found = floor() if least is None else least, []
        for one, other in sorted(self._blocked()):
            if (one, other) in self._judged:
                continue
            scored = self.score(one, other)
            if scored.score >= wanted and not scored.guards:
                first, second = (self._members[e][0].mentions[0] for e in (one, other))
                found.append(Candidate(one, other, first, second, scored))
        return sorted(found, key=lambda c: (-c.scored.score, c.one, c.other))

    def _blocked(self) -> set[tuple[str, str]]:
        """Pairs of entities of one type that share a key."""
        blocks: dict[tuple[str, str], list[str]] = defaultdict(list)
        for entity in sorted(self._members):
            facts = self.facts(entity)
            for key in set(_keys(facts)):
                blocks[facts.type, key].append(entity)
        pairs: set[tuple[str, str]] = set()
        for members in blocks.values():
            if len(members) <= CROWD:
                pairs.update(combinations(members, 2))
        return pairs


def _keys(facts: Facts) -> Iterator[str]:
    """The keys under which a thing may meet one called differently: names, and their parts beside a place in common."""
    places = sorted(facts.near | facts.tokens)
    yield from (f"code|{code}" for code in facts.traits.codes)
    for name in facts.names | facts.forms:
        yield f"name|{name}"
        yield from (f"name|{name}|{place}" for place in places)
    if facts.type == "Person":
        surnames = facts.titled | {name[:1] for name in facts.names}
        yield from (f"surname|{surname}|{place}" for surname in surnames for place in places)
    elif facts.type == "Product":
        yield from (key for name in facts.names for key in (f"end|{name[-1:]}", f"first|{name[:1]}"))
    elif facts.type not in GEOGRAPHIC:
        # One name holds the other, or reads like its short form.
        ends = {key for name in facts.names for key in (f"end|{name[-3:]}", f"first|{name[:1]}")}
        yield from (f"{end}|{place}" for end in ends for place in places)
    for part in facts.cores:
        yield from (f"core|{part}", f"core|{part[:2]}", f"core|{part[-2:]}")


def candidate_pairs(
    mentions: Sequence[Mention], entities: Entities, judgements: Iterable[Judgement] = (), least: float | None = None
) -> list[Candidate]:
    """Pairs of `entities` that may be one thing, best first: see Matcher.candidates."""
    return Matcher(mentions, entities, judgements).candidates(least)


def explain(one: Sequence[Local], other: Sequence[Local]) -> Scored:
    """What speaks for, and what forbids, that two groups of local entities are one thing."""
    return score_pair(facts_of(one), facts_of(other))

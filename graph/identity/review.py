"""What is worth a person's decision: pairs of names and claims, in the order of how much a decision would change.

What a decision changes is taken as how open it is (how near the score stands to the border) times what hangs on it: the
mentions and claims of the smaller side of a pair, which go over to the other or not; the claims at both ends of a
claim (their geometric mean), divided by how often the same is said elsewhere.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from graph.errors import NotFoundError
from graph.identity.derive import derive
from graph.identity.entities import Entities, Entity
from graph.identity.judgements import MACHINE, corrected, latest
from graph.identity.review_items import BETWEEN, CLAIM, EVEN, IDENTITY, Item, Pair, Reason, openness, pair_id
from graph.identity.review_pairs import Pairs
from graph.identity.review_settled import Settled, correct, decide, made, read_lines, withdraw
from graph.identity.review_sides import Quote, Side, said, told
from graph.identity.scoring import threshold
from graph.records import Claim, Judgement, Mention, Report
from graph.store import Library
from graph.store.anchors import present_ids

__all__ = [
    "CLAIM", "IDENTITY", "Desk", "Item", "Pair", "Quote", "Reason", "Settled", "Side",
    "correct", "decide", "made", "pair_id", "read_lines", "withdraw",
]  # fmt: skip

LEAST_OPEN = 0.1  # claims that are surer than this leaves are not asked about


class Desk:
    """Everything of a library that a person may decide, as it stood when the desk was made.

    Decisions made since are given to `queue`, so a library is not derived anew after each of them.
    """

    def __init__(
        self,
        reports: Iterable[Report],
        mentions: Iterable[Mention],
        claims: Iterable[Claim],
        entities: Entities,
        pairs: Iterable[Pair],
        between: Callable[[str, str], Pair],
    ) -> None:
        """`between` scores two mentions that are not among `pairs`; the other records are as corrected by people."""
        self.reports = {r.id: r for r in reports}
        self.mentions = {m.id: m for m in mentions}
        self.claims = {c.id: c for c in claims if c.head in self.mentions and c.tail in self.mentions}
        self.entities = entities
        self._pairs = {pair_id(p.one, p.other): p for p in pairs}
        self._between = between
        self._degree, self._sayings = self._counted()
        asked = (i for i in map(self._pair_item, self._pairs.values()) if i.weight > 0)
        found = [*asked, *self._claim_items()]
        self.items = sorted(found, key=lambda item: (-item.weight, item.kind, item.id))
        self._by_id = {item.id: item for item in self.items}

    @classmethod
    def load(cls, library: Library) -> "Desk":
        """All that can be decided in a library as it stands."""
        reports, judgements, mentions = library.reports(), library.judgements(), library.mentions()
        entities = derive(mentions, reports, judgements)
        pairs = Pairs(mentions, entities, judgements)
        held = corrected(mentions, judgements)
        return cls(reports, held, library.claims(), entities, pairs.all(), pairs.between)

    def _counted(self) -> tuple[Counter[str], Counter[tuple[str, str, str]]]:
        """Claims at each entity, and how often each relation of two entities is said."""
        degree: Counter[str] = Counter()
        sayings: Counter[tuple[str, str, str]] = Counter()
        for claim in self.claims.values():
            head, tail = self._entity_of(claim.head), self._entity_of(claim.tail)
            degree.update({head, tail})
            sayings[claim.type, head, tail] += 1
        return degree, sayings

    def _entity_of(self, mention: str) -> str:
        return self.entities.of_mention.get(mention, "")

    # -- items --------------------------------------------------------------------------------------------------

    def _pair_item(self, pair: Pair) -> Item:
        one, other = sorted((pair.one, pair.other))
        together = self._entity_of(one) == self._entity_of(other)
        smaller = min(self._size(mention, together=together) for mention in (one, other))
        weight = openness(pair.score, threshold(), joined=together) * smaller
        kind = self.mentions[one].type
        return Item(pair_id(one, other), IDENTITY, kind, one, other, pair.score, weight, together)

    def _size(self, mention: str, *, together: bool) -> int:
        """Mentions and claims that stand or fall with one side of a pair."""
        entity = self.entities.by_id.get(self._entity_of(mention))
        if entity is None:
            return 1
        if together:
            return len(self._local(self.mentions[mention], entity))
        return len(entity.mentions) + self._degree[entity.id]

    def _local(self, mention: Mention, entity: Entity) -> list[Mention]:
        """What the report of `mention` calls by the same name."""
        key = (mention.report, mention.type, mention.name)
        return [m for m in self._own(entity) if (m.report, m.type, m.name) == key]

    def _own(self, entity: Entity) -> list[Mention]:
        return [self.mentions[m] for m in entity.mentions if m in self.mentions]

    def _claim_items(self) -> Iterable[Item]:
        return (self._claim_item(c) for c in self.claims.values() if openness(c.confidence, EVEN) >= LEAST_OPEN)

    def _claim_item(self, claim: Claim) -> Item:
        head, tail = self._entity_of(claim.head), self._entity_of(claim.tail)
        hangs = math.sqrt(self._degree[head] * self._degree[tail])
        weight = openness(claim.confidence, EVEN) * hangs / max(1, self._sayings[claim.type, head, tail])
        return Item(claim.id, CLAIM, claim.type, claim.id, "", claim.confidence, weight)

    def item(self, name: str) -> Item:
        """The item with this id; any claim and any two mentions (`m-…~m-…`) make one. NotFoundError for others."""
        if name in self._by_id:
            return self._by_id[name]
        if name in self.claims:
            return self._claim_item(self.claims[name])
        one, mark, other = name.partition(BETWEEN)
        if not mark or one == other or one not in self.mentions or other not in self.mentions:
            raise NotFoundError(f"Nothing to review has the id {name!r}. `alliance review --json` lists what there is.")
        return self._by_id.get(pair_id(one, other)) or self._pair_item(self._scored(one, other))

    def _scored(self, one: str, other: str) -> Pair:
        name = pair_id(one, other)
        if name not in self._pairs:
            self._pairs[name] = self._between(one, other)
        return self._pairs[name]

    def settled(self, judgements: Iterable[Judgement]) -> Settled:
        """What people decided and did not take back, in the ids of today."""
        people = [j for j in judgements if j.who != MACHINE]
        held = self.mentions.keys() | self.claims.keys()
        lost = [j for j in people if j.subject not in held or (j.object and j.object not in held)]
        now = present_ids(lost, self.mentions.values(), self.claims.values()) if lost else {}
        return Settled(self.mentions, self.entities.of_mention, latest(people, now))

    def matching(self, kind: str = "", of_type: str = "", entity: str = "") -> list[Item]:
        """Items, decided or not, most important first: of one kind, type or entity where these are given.

        For an entity, the pairs of names that it is made of are among them, so that it can be split.
        """
        items = [*self.items, *self._splits(entity)] if entity else self.items
        return [
            item
            for item in items
            if (not kind or item.kind == kind)
            and (not of_type or item.type == of_type)
            and (not entity or entity in self.touched(item))
        ]

    def queue(self, settled: Settled, kind: str = "", of_type: str = "", entity: str = "") -> list[Item]:
        """Those of `matching` that no person has decided."""
        return [item for item in self.matching(kind, of_type, entity) if not settled.has(item)]

    def _splits(self, entity: str) -> list[Item]:
        """What tells an entity's most frequent name in one report from each of its names elsewhere."""
        names: dict[tuple[str, str, str], list[Mention]] = {}
        for mention in self._own(self.entities.by_id[entity]) if entity in self.entities.by_id else []:
            names.setdefault((mention.report, mention.type, mention.name), []).append(mention)
        first, *rest = sorted(names, key=lambda key: (-len(names[key]), key)) or [("", "", "")]
        made = [self.item(pair_id(names[first][0].id, names[key][0].id)) for key in rest]
        return [item for item in made if item.id not in self._by_id]

    def ends(self, item: Item) -> tuple[str, str]:
        """The two mentions (ids) that a decision is about."""
        claim = self.claims.get(item.subject)
        return (claim.head, claim.tail) if claim else (item.subject, item.object)

    def touched(self, item: Item) -> set[str]:
        """Ids of the entities that a decision is about."""
        return {self._entity_of(m) for m in self.ends(item)} - {""}

    # -- evidence -----------------------------------------------------------------------------------------------

    def reasons(self, item: Item) -> tuple[Reason, ...]:
        """Why the item has its score, the weightiest first, what forbids last."""
        if item.kind == CLAIM:
            claim = self.claims[item.subject]
            said_by = claim.reason or claim.extractor
            return (Reason(said_by, claim.confidence, said_by, said_by),)
        return self._scored(item.subject, item.object).reasons

    def sides(self, item: Item) -> tuple[Side, Side]:
        """Both things of a pair, or both ends of a claim."""
        one, other = (self._side(item, self.mentions[m]) for m in self.ends(item))
        return one, other

    def _side(self, item: Item, mention: Mention) -> Side:
        """The entity of `mention`; of a pair that is one now, what the mention's report says of it."""
        alone = item.together
        entity = self.entities.by_id[self._entity_of(mention.id)]
        own = self._local(mention, entity) if alone else self._own(entity)
        name = mention.name if alone else entity.name
        return Side(
            mention.id,
            entity.id,
            name,
            mention.type if alone else entity.type,
            tuple(sorted({form for m in own for form in (m.form, m.name)} - {name})),
            mention.code if alone else entity.code,
            mention.within if alone else entity.within,
            len(own),
            self._degree[entity.id],
            len({m.report for m in own}),
            self._told(item, mention, own),
        )

    def _told(self, item: Item, mention: Mention, own: Sequence[Mention]) -> tuple[Quote, ...]:
        """Of a claim, where its very mention stands; of a pair, where its report says the name in full."""
        if item.kind == CLAIM:
            return told(mention, own, self.reports, 2)
        same = (m for m in own if (m.report, m.name) == (mention.report, mention.name))
        return told(min(same, key=lambda m: (m.form != m.name, m.start, m.id), default=mention), own, self.reports)

    def evidence(self, item: Item) -> Quote | None:
        """The sentence of a claim with its ends marked; None for a pair."""
        claim = self.claims.get(item.subject)
        return said(claim, self.mentions[claim.head], self.mentions[claim.tail], self.reports) if claim else None

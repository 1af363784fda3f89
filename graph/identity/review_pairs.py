"""The pairs of names to ask about: what the machine left apart but might be one, and what it joined on little."""

from collections.abc import Iterable, Iterator, Sequence

from graph.identity.entities import Entities
from graph.identity.judgements import corrected
from graph.identity.locals import Local, local_entities
from graph.identity.matching import Matcher, explain
from graph.identity.review_items import Pair, Reason
from graph.identity.scoring import Scored
from graph.records import Judgement, Mention

FEW = 6  # names of an entity up to which the weakest of its joins are looked for: the work grows with the square


class Pairs:
    """Scores pairs of one state of a library; `entities` are those that `derive` made of the same input."""

    def __init__(self, mentions: Sequence[Mention], entities: Entities, judgements: Iterable[Judgement]) -> None:
        judged = list(judgements)
        self._entities = entities
        self._matcher = Matcher(mentions, entities, judged)
        self._mentions = {m.id: m for m in corrected(mentions, judged)}

    def all(self) -> Iterator[Pair]:
        """Pairs of entities that may be one, and pairs within an entity that made it one."""
        for candidate in self._matcher.candidates():
            yield _pair(candidate.one_mention, candidate.other_mention, candidate.scored)
        for entity in self._entities.by_id.values():
            if len(entity.mentions) > 1 and self._names(entity.mentions) <= FEW:
                for join in self._matcher.joins(entity.id):
                    yield _pair(join.one_mention, join.other_mention, join.scored)

    def _names(self, mentions: Iterable[str]) -> int:
        own = (self._mentions[m] for m in mentions)
        return len({(m.report, m.type, m.name) for m in own})

    def between(self, one: str, other: str) -> Pair:
        """The pair of two mentions (ids): of their entities, or of their names in their reports if they are one now."""
        ours, theirs = (self._entities.of_mention[m] for m in (one, other))
        if ours != theirs:
            return _pair(one, other, self._matcher.score(ours, theirs))
        reports = {self._mentions[m].report for m in (one, other)}
        around = local_entities(m for m in self._mentions.values() if m.report in reports)
        return _pair(one, other, explain(*([_holding(around, m)] for m in (one, other))))


def _holding(locals_: Iterable[Local], mention: str) -> Local:
    return next(local for local in locals_ if mention in local.mentions)


def _pair(one: str, other: str, scored: Scored) -> Pair:
    found = [Reason(r.name, r.weight * r.value, r.text_zh, r.text_en) for r in scored.reasons]
    found += [Reason(f"not_{r.name}", 0.0, r.text_zh, r.text_en) for r in scored.guards]
    return Pair(one, other, scored.score, tuple(found))

"""What people have decided already, and the judgements that a decision, a correction or an undo makes."""

from collections.abc import Iterable, Mapping

from graph.errors import UsageError
from graph.identity.judgements import MACHINE, VERDICTS, WITHDRAWN, Key, from_jsonl, latest
from graph.identity.review_items import CLAIM, IDENTITY, Item
from graph.ontology import ontology
from graph.records import Judgement, Mention

Ends = frozenset[object]


class Settled:
    """What the standing judgements of people (`verdicts`) leave no question about.

    Two things that people joined count as one; so a pair is settled, too, by what was decided of others of the two.
    """

    def __init__(
        self, mentions: Mapping[str, Mention], of_mention: Mapping[str, str], verdicts: Mapping[Key, Judgement]
    ) -> None:
        self._mentions, self._of, self.verdicts = mentions, of_mention, verdicts
        self._claims = {subject: j for (kind, subject, _), j in verdicts.items() if kind == CLAIM}
        pairs = [(one, other, j) for (kind, one, other), j in verdicts.items() if kind == IDENTITY]
        self._parent: dict[str, str] = {}
        for one, other, judgement in pairs:
            if judgement.verdict == "same":
                self._parent[self._root(one)] = self._root(other)
        self._locals = {self._named(one, other): j for one, other, j in pairs}
        self._entities = {self._whole(one, other): j for one, other, j in pairs}

    def _root(self, mention: str) -> str:
        entity = self._of.get(mention, mention)
        while self._parent.get(entity, entity) != entity:
            entity = self._parent[entity]
        return entity

    def _whole(self, one: str, other: str) -> Ends:
        return frozenset((self._root(one), self._root(other)))

    def _named(self, one: str, other: str) -> Ends:
        """The two names in their reports: mentions of one report, type and name are never told apart."""
        held = (self._mentions.get(m) for m in (one, other))
        return frozenset((m.report, m.type, m.name) if m else (i,) for i, m in zip((one, other), held, strict=True))

    def on(self, item: Item) -> Judgement | None:
        """The judgement that stands on this very item."""
        if item.kind == CLAIM:
            return self._claims.get(item.subject)
        return self._locals.get(self._named(item.subject, item.object))

    def has(self, item: Item) -> bool:
        """Whether people have decided the item, or other things that decide it."""
        if item.kind == CLAIM or item.together:
            return self.on(item) is not None
        ends = self._whole(item.subject, item.object)
        return len(ends) == 1 or ends in self._entities


def decide(item: Item, verdict: str, settled: Settled, who: str, when: str, why: str = "") -> Judgement:
    """The judgement `verdict` on an item, in the place of what stands on it; UsageError where it is none."""
    allowed = [v for v in VERDICTS[item.kind] or () if v != WITHDRAWN]
    if verdict not in allowed:
        raise UsageError(f"{verdict!r} is no verdict on {item.kind}; say one of {', '.join(allowed)}.")
    before = settled.on(item)
    supersedes = before.id if before else ""
    return Judgement(item.kind, item.subject, item.object, verdict, who, when, why, item.score, supersedes)


def correct(kind: str, mention: str, value: str, settled: Settled, who: str, when: str) -> Judgement:
    """The judgement that a mention has another type, or means something of another name (`kind` type or name).

    UsageError for what is no type, and for nothing.
    """
    value = value.strip()
    if kind == "type" and value not in ontology().entity_types:
        raise UsageError(f"{value!r} is no type; say one of {', '.join(ontology().entity_types)}.")
    if not value or value == WITHDRAWN:
        raise UsageError("Give the corrected value.")
    before = settled.verdicts.get((kind, mention, ""))
    return Judgement(kind, mention, "", value, who, when, supersedes=before.id if before else "")


def withdraw(judgement: Judgement, who: str, when: str, why: str = "") -> Judgement:
    """The judgement that takes `judgement` back: what stood before it stands again."""
    j = judgement
    return Judgement(j.kind, j.subject, j.object, WITHDRAWN, who, when, why, j.score, j.id)


def made(judgements: Iterable[Judgement]) -> list[tuple[Judgement, bool]]:
    """What people decided, latest first, and whether it still stands; takings-back are not listed themselves."""
    people = [j for j in judgements if j.who != MACHINE]
    standing = {j.id for j in latest(people).values()}
    own = [j for j in people if j.verdict != WITHDRAWN]
    return [(j, j.id in standing) for j in sorted(own, key=lambda j: (j.when, j.id), reverse=True)]


def read_lines(text: str) -> tuple[list[Judgement], list[str]]:
    """The judgements of a file of JSON Lines, and what is wrong with the lines that hold none."""
    found: list[Judgement] = []
    faults = []
    for number, line in enumerate(text.split("\n")):
        try:
            found += from_jsonl("\n" * number + line)  # keeps the number of the line in the message
        except UsageError as error:
            faults.append(str(error))
    return found, faults

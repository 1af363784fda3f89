"""Entities: groups of mentions that mean one thing, and finding them by name."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from graph.identity.names import normal


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing in the world. `name` is its fullest form in the sources, `aliases` every other form met.

    `within` is the name of its nearest container, '' where no report says. `reports` and `mentions` are ids in order;
    `first_seen` and `last_seen` are the earliest and latest date of its reports, ISO 8601 cut as the reports give it.
    """

    id: str
    name: str
    type: str
    aliases: tuple[str, ...] = ()
    code: str = ""
    within: str = ""
    reports: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    first_seen: str = ""
    last_seen: str = ""


class Entities:
    """All entities of a set of mentions: `by_id` in the order of ids, `of_mention` from mention id to entity id."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self.by_id: dict[str, Entity] = {e.id: e for e in sorted(entities, key=lambda e: e.id)}
        self.of_mention: dict[str, str] = {m: e.id for e in self.by_id.values() for m in e.mentions}
        self._keys: dict[str, set[str]] = defaultdict(set)  # folded name, alias or code → entity ids
        for entity in self.by_id.values():
            for form in (entity.name, *entity.aliases, entity.code):
                self._keys[normal(form)].add(entity.id)
        self._keys.pop("", None)

    def __len__(self) -> int:
        return len(self.by_id)

    def find(self, text: str) -> list[Entity]:
        """Entities by exact id, name, alias or code, then by prefix, then by part of a name; most reports first."""
        wanted = normal(text)
        if text in self.by_id:
            return [self.by_id[text]]
        if not wanted:
            return []
        ranks: dict[str, int] = {}
        for key, ids in self._keys.items():
            if wanted in key:
                rank = 0 if key == wanted else 1 if key.startswith(wanted) else 2
                for entity in ids:
                    ranks[entity] = min(rank, ranks.get(entity, rank))
        found = [self.by_id[entity] for entity in ranks]
        return sorted(found, key=lambda e: (ranks[e.id], -len(e.reports), -len(e.mentions), e.name, e.id))

"""Derived identity: local entities in blocks, the buckets that lead to a block, and entities. Made again at any time.

A block is a set of local entities that only evidence among themselves can join; so what a report changes is the blocks
that its local entities fall in. All of it can be dropped and rebuilt from the records; what is kept here is no record.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import pyarrow as pa

from graph.store.schema import in_clause
from graph.store.tables import Tables

STRINGS = pa.list_(pa.string())
SCHEMAS: dict[str, pa.Schema] = {
    "identity_locals": pa.schema({"report": pa.string(), "block": pa.int64(), "said": pa.string()}),
    "identity_buckets": pa.schema({"bucket": pa.int64(), "block": pa.int64()}),
    "identity_entities": pa.schema(
        {
            **dict.fromkeys(("id", "key", "first", "name", "type", "code", "within"), pa.string()),
            **dict.fromkeys(("first_seen", "last_seen"), pa.string()),
            "namesake": pa.int64(),  # hash of the key
            "block": pa.int64(),
            **dict.fromkeys(("aliases", "reports", "mentions"), STRINGS),
        }
    ),
    "identity_reports": pa.schema({"report": pa.string(), "stamp": pa.string()}),
}
INDEXED = {
    "identity_locals": ("report", "block"),
    "identity_buckets": ("bucket", "block"),
    "identity_entities": ("id", "namesake", "block"),
}
LOCALS, BUCKETS, ENTITIES, REPORTS = SCHEMAS
# Written behind the derived entities; what rules of identity of another version derived is derived anew.
WHOLE = "whole, rules 2"
TERMS = 2000  # values in one condition
LARGE = 100_000  # rows from which an index pays

Row = dict[str, object]
T = TypeVar("T", str, int)


@dataclass(frozen=True, slots=True)
class Block:
    """What one block holds: its local entities as (report, JSON), the buckets that lead to it, and its entities."""

    id: int
    locals: Sequence[tuple[str, str]]
    buckets: Collection[int]
    entities: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Stale:
    """Blocks that a deleted report was in, and hashes of the keys that their entities had."""

    blocks: Collection[int] = frozenset()
    namesakes: Collection[int] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.blocks)

    def with_more(self, other: "Stale") -> "Stale":
        """What either says."""
        return Stale({*self.blocks, *other.blocks}, {*self.namesakes, *other.namesakes})

    def __str__(self) -> str:
        return ";".join(",".join(map(str, sorted(numbers))) for numbers in (self.blocks, self.namesakes))

    @classmethod
    def parse(cls, text: str) -> "Stale":
        """What `str` wrote; nothing for an empty text."""
        blocks, _, namesakes = text.partition(";")
        return cls(*({int(n) for n in part.split(",") if n} for part in (blocks, namesakes)))


class DerivedTables:
    """The derived tables of one library; made by the first `replace` or `rebuild`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    @property
    def exists(self) -> bool:
        """Whether entities were ever kept."""
        return set(SCHEMAS) <= set(self._tables.names())

    def clear(self) -> None:
        """Make all derived tables anew, empty."""
        for name, schema in SCHEMAS.items():
            self._tables.create(name, schema)

    def drop(self) -> None:
        """Forget everything derived."""
        for name in SCHEMAS:
            self._tables.drop(name)

    # -- reading ------------------------------------------------------------------------------------------------

    def state(self) -> dict[str, str]:
        """Report id → the stamp it was derived with."""
        rows = self._tables.scan(REPORTS)
        return dict(zip(rows.column("report").to_pylist(), rows.column("stamp").to_pylist(), strict=True))

    def blocks_of_reports(self, reports: Collection[str]) -> set[int]:
        """Blocks that hold local entities of these reports."""
        return self._blocks(LOCALS, [in_clause("report", part) for part in _parts(reports)])

    def blocks_of_buckets(self, buckets: Collection[int]) -> set[int]:
        """Blocks that these buckets lead to."""
        return self._blocks(BUCKETS, [_numbers("bucket", part) for part in _parts(buckets)])

    def _blocks(self, name: str, conditions: Iterable[str]) -> set[int]:
        return {
            b for where in conditions for b in self._tables.scan(name, where, ["block"]).column("block").to_pylist()
        }

    def locals(self, blocks: Collection[int]) -> list[tuple[str, str]]:
        """(report, JSON) of the local entities of `blocks`."""
        found: list[tuple[str, str]] = []
        for part in _parts(blocks):
            rows = self._tables.scan(LOCALS, _numbers("block", part), ["report", "said"])
            found += zip(rows.column("report").to_pylist(), rows.column("said").to_pylist(), strict=True)
        return found

    def entities(self) -> list[Row]:
        """All entities."""
        rows: list[Row] = self._tables.scan(ENTITIES).to_pylist()
        return rows

    def namesakes(self, numbers: Collection[int]) -> list[Row]:
        """Id, key, first and block of the entities whose keys have these hashes."""
        found: list[Row] = []
        for part in _parts(numbers):
            where = _numbers("namesake", part)
            found += self._tables.scan(ENTITIES, where, ["id", "key", "first", "block"]).to_pylist()
        return found

    def namesakes_of(self, blocks: Collection[int]) -> set[int]:
        """Hashes of the keys of the entities of `blocks`."""
        conditions = [_numbers("block", part) for part in _parts(blocks)]
        scans = (self._tables.scan(ENTITIES, where, ["namesake"]) for where in conditions)
        return {number for rows in scans for number in rows.column("namesake").to_pylist()}

    def dump(self) -> dict[str, list[Row]]:
        """All derived rows in a fixed order: what two libraries that hold the same are compared by."""
        if not self.exists:
            return {}
        tables = {name: self._tables.scan(name).to_pylist() for name in SCHEMAS}
        return {name: sorted(rows, key=lambda row: json.dumps(row, sort_keys=True)) for name, rows in tables.items()}

    # -- writing ------------------------------------------------------------------------------------------------

    def remove(self, blocks: Collection[int]) -> None:
        """Remove blocks with all they hold."""
        for part in _parts(blocks):
            for name in (LOCALS, BUCKETS, ENTITIES):
                self._tables.delete(name, _numbers("block", part))

    def stale_without(self, report: str) -> Stale:
        """What is stale once the report is forgotten; to be noted before."""
        blocks = self.blocks_of_reports([report])
        return Stale(blocks, self.namesakes_of(blocks))

    def forget(self, report: str) -> None:
        """Remove a report's local entities, and the entities of the blocks they were in."""
        blocks = self.blocks_of_reports([report])
        self._tables.delete(LOCALS, in_clause("report", [report]))
        self._tables.delete(REPORTS, in_clause("report", [report]))
        for part in _parts(blocks):
            self._tables.delete(ENTITIES, _numbers("block", part))

    def put(self, blocks: Iterable[Block]) -> None:
        """Add blocks."""
        rows: dict[str, list[Row]] = {LOCALS: [], BUCKETS: [], ENTITIES: []}
        for block in blocks:
            rows[LOCALS] += ({"report": report, "block": block.id, "said": said} for report, said in block.locals)
            rows[BUCKETS] += ({"bucket": bucket, "block": block.id} for bucket in block.buckets)
            rows[ENTITIES] += block.entities
            for name, waiting in rows.items():
                if len(waiting) >= LARGE:
                    self._append(name, waiting)
                    rows[name] = []
        for name, waiting in rows.items():
            self._append(name, waiting)

    def _append(self, name: str, rows: list[Row]) -> None:
        self._tables.append(name, pa.Table.from_pylist(rows, schema=SCHEMAS[name]))

    def rename(self, ids: Mapping[str, str]) -> None:
        """Give entities other ids (old → new)."""
        for part in _parts(ids):
            rows = self._tables.scan(ENTITIES, in_clause("id", part)).to_pylist()
            self._tables.delete(ENTITIES, in_clause("id", part))
            self._append(ENTITIES, [{**row, "id": ids[row["id"]]} for row in rows])

    def note(self, stamps: Mapping[str, str], gone: Collection[str]) -> None:
        """Note what was derived from: stamps of reports, and reports that are gone."""
        for part in _parts({*stamps, *gone}):
            self._tables.delete(REPORTS, in_clause("report", part))
        self._append(REPORTS, [{"report": report, "stamp": stamp} for report, stamp in sorted(stamps.items())])

    def tidy(self) -> None:
        """Compact the tables and index those that have grown large."""
        for name in SCHEMAS:
            self._tables.tidy(name)
            if self._tables.count(name) >= LARGE:
                for column in INDEXED.get(name, ()):
                    self._tables.index_values(name, column)


def _parts(values: Collection[T]) -> Iterator[list[T]]:
    ordered = sorted(values)
    yield from (ordered[at : at + TERMS] for at in range(0, len(ordered), TERMS))


def _numbers(column: str, values: Sequence[int]) -> str:
    return f"{column} IN ({', '.join(map(str, values))})" if values else "false"

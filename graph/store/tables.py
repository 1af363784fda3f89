"""LanceDB, confined: named Arrow tables in a folder or under an object-store URI."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import lancedb
import numpy as np
import pyarrow as pa
from lancedb.index import FTS, BTree, IvfSq
from numpy.typing import NDArray

from graph.store.queries import Queries

GROUP = 8192  # rows in a group of an index over vectors
FEW = 10  # groups up to which one does as well
KEEP_VERSIONS = timedelta(days=1)  # a reader beside the writer may still hold an older version


class Tables:
    """The tables at `uri`. Every read sees the latest committed version."""

    def __init__(self, uri: str, storage_options: dict[str, str] | None = None) -> None:
        self.uri = uri
        session = lancedb.Session()  # what both connections keep in memory
        self._db = lancedb.connect(
            uri, storage_options=storage_options, session=session, read_consistency_interval=timedelta(0)
        )
        self._queries = Queries(uri, storage_options, session)
        self._open: dict[str, Any] = {}

    def names(self) -> list[str]:
        """Names of the tables that exist."""
        found: list[str] = list(self._db.list_tables(limit=1000).tables)
        return sorted(found)

    def has(self, name: str) -> bool:
        """Whether there is a table of this name."""
        if is_local(self.uri):
            return (folder(self.uri) / f"{name}.lance").is_dir()  # a thousand times as fast as a list of all
        return name in self.names()

    def create(self, name: str, schema: pa.Schema) -> None:
        """An empty table; replaces one of the same name."""
        self.drop(name)
        self._open[name] = self._db.create_table(
            name,
            schema=schema,
        )

    def drop(self, name: str) -> None:
        """Remove a table with all its rows; nothing happens where there is none."""
        self._open.pop(name, None)
        self._queries.forget(name)
        if name in self.names():
            self._db.drop_table(name)

    def _table(self, name: str) -> Any:  # noqa: ANN401 - lancedb annotates less than its query builders can
        if name not in self._open:
            self._open[name] = self._db.open_table(name)
        return self._open[name]

    def version(self, name: str) -> int:
        """A number that grows with every change of the table."""
        version: int = self._table(name).version
        return version

    def count(self, name: str) -> int:
        """How many rows the table holds."""
        rows: int = self._table(name).count_rows()
        return rows

    def columns(self, name: str) -> list[str]:
        """Names of the table's columns."""
        found: list[str] = self._table(name).schema.names
        return found

    def scan(self, name: str, where: str = "", columns: Sequence[str] = (), *, with_rows: bool = False) -> pa.Table:
        """Rows that fit the SQL condition `where`, all columns or those named, and `_rowid` where asked for."""
        return self._queries.scan(name, where, columns, with_rows=with_rows)

    def scan_all(self, wheres: Mapping[str, str]) -> list[pa.Table]:
        """For each table the rows that fit its SQL condition; all tables are read at the same time."""
        return self._queries.scan_all(wheres)

    def take(self, name: str, rows: NDArray[np.uint64], columns: Sequence[str]) -> pa.Table:
        """The rows with these row ids, in their order; one that is not there is left out."""
        found = self._queries.take(name, rows, columns)
        order = {row: at for at, row in enumerate(found.column("_rowid").to_pylist())}
        there = pa.array([order[row] for row in rows.tolist() if row in order], pa.int64())
        return found.take(there).drop_columns(["_rowid"])

    def append(self, name: str, rows: pa.Table) -> None:
        """Add rows in one commit."""
        if rows.num_rows:
            self._table(name).add(rows)

    def replace(self, name: str, on: str, rows: pa.Table) -> None:
        """Add rows in one commit, in place of those with the same value in the column `on`."""
        if rows.num_rows:
            self._table(name).merge_insert(on).when_matched_update_all().when_not_matched_insert_all().execute(rows)

    def delete(self, name: str, where: str) -> None:
        """Remove the rows that fit the SQL condition `where`."""
        self._table(name).delete(where)

    def index_words(self, name: str, column: str) -> None:
        """A BM25 index over `column`, whose words are separated by blanks and taken as they are."""
        words = FTS(
            base_tokenizer="whitespace",
            lower_case=False,
            stem=False,
            remove_stop_words=False,
            ascii_folding=False,
            max_token_length=None,
        )
        self._table(name).create_index(column, config=words, replace=True)

    def index_values(self, name: str, column: str) -> None:
        """An index that finds rows by their value in `column`."""
        self._table(name).create_index(column, config=BTree(), replace=True)

    def index_missing(self, name: str, columns: Sequence[str]) -> None:
        """Indexes by value over those of `columns` that have none yet."""
        for column in columns:
            if not self.is_indexed(name, column):
                self.index_values(name, column)

    def index_vectors(self, name: str, column: str) -> None:
        """An index for `match_vector`: vectors in groups by nearness, each number kept as one byte."""
        # Not by cosine: with this index LanceDB 0.40 then gives distances twice as large as it does without.
        groups = self.count(name) // GROUP
        index = IvfSq(distance_type="l2", num_partitions=groups if groups > FEW else 1)
        self._table(name).create_index(column, config=index, replace=True)

    def is_indexed(self, name: str, column: str) -> bool:
        """Whether an index over `column` covers most rows; new ones are added to it by `tidy`."""
        table = self._table(name)
        stats = next((table.index_stats(i.name) for i in table.list_indices() if list(i.columns) == [column]), None)
        return stats is not None and stats.num_indexed_rows > stats.num_unindexed_rows

    def tidy(self, name: str) -> None:
        """Compact the table's files, bring its indexes up to date and drop versions older than a day."""
        self._table(name).optimize(cleanup_older_than=KEEP_VERSIONS)

    def match_words(self, name: str, column: str, words: Sequence[str], limit: int, where: str = "") -> pa.Table:
        """Best rows by BM25 over `column` (_rowid, _score), among those that fit `where`."""
        return self._queries.match_words(name, column, words, limit, where)

    def match_vector(self, name: str, vector: NDArray[np.float32], limit: int, where: str = "") -> pa.Table:
        """Nearest rows (_rowid, _distance = squared distance), among those that fit `where`."""
        return self._queries.match_vector(name, vector, limit, where)


def is_local(uri: str) -> bool:
    """Whether `uri` is a folder of this machine rather than an object store."""
    return "://" not in uri


def folder(uri: str) -> Path:
    """The folder that a local `uri` names."""
    return Path(uri).expanduser()

"""LanceDB, confined: named Arrow tables in a folder or under an object-store URI."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import lancedb
import numpy as np
import pyarrow as pa
from lancedb.index import FTS
from lancedb.query import MatchQuery
from numpy.typing import NDArray

KEEP_VERSIONS = timedelta(days=1)  # a reader beside the writer may still hold an older version


class Tables:
    """The tables at `uri`. Every read sees the latest committed version."""

    def __init__(self, uri: str, storage_options: dict[str, str] | None = None) -> None:
        self.uri = uri
        self._db = lancedb.connect(uri, storage_options=storage_options, read_consistency_interval=timedelta(0))
        self._open: dict[str, Any] = {}

    def names(self) -> list[str]:
        """Names of the tables that exist."""
        found: list[str] = list(self._db.list_tables(limit=1000).tables)
        return sorted(found)

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

    def scan(self, name: str, where: str = "", columns: Sequence[str] = ()) -> pa.Table:
        """Rows that fit the SQL condition `where`, all columns or those named."""
        query = self._table(name).search()
        if where:
            query = query.where(where)
        if columns:
            query = query.select(list(columns))
        return query.to_arrow()

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
        self._table(name).create_scalar_index(column, index_type="BTREE", replace=True)

    def tidy(self, name: str) -> None:
        """Compact the table's files, bring its indexes up to date and drop versions older than a day."""
        self._table(name).optimize(cleanup_older_than=KEEP_VERSIONS)

    def match_words(self, name: str, column: str, words: Sequence[str], limit: int, where: str = "") -> pa.Table:
        """Best rows by BM25 over `column` (id, _score), among those that fit `where`."""
        query = self._table(name).search(words_query(words, column), query_type="fts")
        if where:
            query = query.where(where, prefilter=True)
        return query.select(["id", "_score"]).limit(limit).to_arrow()

    def match_vector(self, name: str, vector: NDArray[np.float32], limit: int, where: str = "") -> pa.Table:
        """Nearest rows by cosine (id, _distance = 1 - cosine), among those that fit `where`."""
        query = self._table(name).search(vector, vector_column_name="vector").distance_type("cosine")
        if where:
            query = query.where(where, prefilter=True)
        return query.select(["id", "_distance"]).limit(limit).to_arrow()


def is_local(uri: str) -> bool:
    """Whether `uri` is a folder of this machine rather than an object store."""
    return "://" not in uri


def folder(uri: str) -> Path:
    """The folder that a local `uri` names."""
    return Path(uri).expanduser()


def words_query(words: Sequence[str], column: str) -> Any:  # noqa: ANN401 - see Tables._table
    """Any of `words`, exactly as they are."""
    make: Any = MatchQuery
    return make(" ".join(words), column)

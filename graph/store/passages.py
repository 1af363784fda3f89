"""The search door: passages with their terms and vectors."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from graph.records import Passage, as_row
from graph.store.schema import INDEXED, LARGE, in_clause, passage_schema, to_records
from graph.store.tables import Tables

NAME = "passages"
VECTOR = "vector"
ROW = pa.field("_rowid", pa.uint64())


class Hits(NamedTuple):
    """Passage ids, best first, with their scores (BM25 or cosine)."""

    ids: list[str]
    scores: list[float]


class Rows(NamedTuple):
    """Store rows of passages, best first, with their scores (BM25 or cosine). Rows hold for one library version."""

    rows: NDArray[np.uint64]
    scores: NDArray[np.float32]


NOTHING = Rows(np.empty(0, dtype=np.uint64), np.empty(0, dtype=np.float32))


class PassageTable:
    """The passages of one library. The table is made with the first passages, for the encoder then in use."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    @property
    def exists(self) -> bool:
        """Whether any passage was ever put."""
        return self._tables.has(NAME)

    def clear(self) -> None:
        """Forget all passages: they can be made again from the reports."""
        self._tables.drop(NAME)

    def put(
        self,
        passages: Sequence[Passage],
        tokens: Sequence[str],
        vectors: NDArray[np.float32] | None,
        numbers: Sequence[Sequence[float]],
    ) -> None:
        """Add passages with their blank-separated terms, the numbers they state and, where there is an encoder, unit
        vectors of shape (n, d).
        """
        if not passages:
            return
        dimension = 0 if vectors is None else int(vectors.shape[1])
        if not self.exists:
            self._tables.create(NAME, passage_schema(dimension))
        rows = [
            {**as_row(p), "tokens": words, "numbers": list(said)}
            for p, words, said in zip(passages, tokens, numbers, strict=True)
        ]
        table = pa.Table.from_pylist(rows, schema=passage_schema(0))
        if "numbers" not in self._tables.columns(NAME):  # a library that was made before they were kept
            table = table.drop_columns(["numbers"])
        if vectors is not None:
            flat = pa.array(np.ascontiguousarray(vectors, dtype=np.float32).ravel())
            table = table.append_column("vector", pa.FixedSizeListArray.from_arrays(flat, dimension))
        self._tables.replace(NAME, "id", table)

    def reindex(self) -> None:
        """Bring all indexes up to date; to be called after a batch of `put`.

        Large tables keep their indexes and add to them. Small ones get them anew, or need none: with few passages
        comparing all vectors is as fast, and exact.
        """
        if not self.exists:
            return
        self._tables.tidy(NAME)  # first: to move rows that are already in an index costs more
        large = self._tables.count(NAME) >= LARGE
        if not (large and self._tables.is_indexed(NAME, "tokens")):
            self._tables.index_words(NAME, "tokens")
        if large:
            self._tables.index_missing(NAME, INDEXED[NAME])
        if large and VECTOR in self._tables.columns(NAME) and not self._tables.is_indexed(NAME, VECTOR):
            self._tables.index_vectors(NAME, VECTOR)

    def delete(self, report: str) -> None:
        """Remove the passages of a report."""
        if self.exists:
            self._tables.delete(NAME, in_clause("report", [report]))

    def reports(self) -> set[str]:
        """Ids of the reports that have passages."""
        if not self.exists:
            return set()
        return set(self._tables.scan(NAME, columns=["report"]).column("report").to_pylist())

    def columns(self, names: Sequence[str]) -> pa.Table:
        """Some columns of all passages, and `_rowid`; the text in place of numbers where those were not kept yet."""
        if not self.exists:
            schema = pa.schema([*(field for field in passage_schema(0) if field.name in names), ROW])
            return schema.empty_table()
        there = self._tables.columns(NAME)
        wanted = [name if name in there else "text" for name in names]
        return self._tables.scan(NAME, columns=wanted, with_rows=True)

    def at(self, rows: NDArray[np.uint64]) -> list[Passage]:
        """The passages in `rows`, in their order."""
        if not len(rows):
            return []
        columns = ["id", "report", "case", "start", "end", "text"]
        return to_records(Passage, self._tables.take(NAME, rows, columns))

    def vectors_at(self, rows: NDArray[np.uint64]) -> NDArray[np.float32]:
        """The vectors (n, d) of the passages in `rows`, in their order."""
        return _matrix(self._tables.take(NAME, rows, [VECTOR]).column(VECTOR))

    def best_words(self, tokens: Sequence[str], limit: int, reports: Sequence[str] | None) -> Rows:
        """Best passages by BM25 over `tokens`, among those of `reports` where given."""
        if not self.exists or not tokens:
            return NOTHING
        where = "" if reports is None else in_clause("report", reports)
        found = self._tables.match_words(NAME, "tokens", tokens, limit, where)
        return Rows(found.column("_rowid").to_numpy(), found.column("_score").to_numpy())

    def nearest(self, vector: NDArray[np.float32], limit: int, reports: Sequence[str] | None) -> Rows:
        """Nearest passages by cosine, of unit vectors, among those of `reports` where given."""
        if not self.exists:
            return NOTHING
        where = "" if reports is None else in_clause("report", reports)
        found = self._tables.match_vector(NAME, vector, limit, where)
        return Rows(found.column("_rowid").to_numpy(), 1 - found.column("_distance").to_numpy() / 2)

    def all(self, where: str = "") -> list[Passage]:
        """Passages that fit the condition, unordered."""
        if not self.exists:
            return []
        columns = ["id", "report", "case", "start", "end", "text"]
        return to_records(Passage, self._tables.scan(NAME, where, columns))

    def tokens(self) -> dict[str, str]:
        """Passage id → its blank-separated terms."""
        if not self.exists:
            return {}
        rows = self._tables.scan(NAME, columns=["id", "tokens"])
        return dict(zip(rows.column("id").to_pylist(), rows.column("tokens").to_pylist(), strict=True))

    def vectors(self) -> tuple[list[str], NDArray[np.float32]]:
        """Passage ids and their vectors (n, d); d is 0 where the library has none."""
        if not self.exists or "vector" not in self._tables.scan(NAME, "false").column_names:
            return [], np.zeros((0, 0), dtype=np.float32)
        rows = self._tables.scan(NAME, columns=["id", "vector"]).combine_chunks()
        return rows.column("id").to_pylist(), _matrix(rows.column("vector"))

    def match_text(self, tokens: Sequence[str], limit: int, cases: Sequence[str] | None) -> Hits:
        """Best passages by BM25 over `tokens`, among those of `cases` where given."""
        if not self.exists or not tokens:
            return Hits([], [])
        rows = self._tables.match_words(NAME, "tokens", tokens, limit, _of_cases(cases))
        return self._hits(rows, rows.column("_score").to_pylist())

    def match_vector(self, vector: NDArray[np.float32], limit: int, cases: Sequence[str] | None) -> Hits:
        """Nearest passages by cosine, among those of `cases` where given."""
        if not self.exists:
            return Hits([], [])
        rows = self._tables.match_vector(NAME, vector, limit, _of_cases(cases))
        return self._hits(rows, [1 - distance / 2 for distance in rows.column("_distance").to_pylist()])

    def _hits(self, rows: pa.Table, scores: list[float]) -> Hits:
        if not scores:
            return Hits([], [])
        return Hits(self._tables.take(NAME, rows.column("_rowid").to_numpy(), ["id"]).column("id").to_pylist(), scores)


def _matrix(vectors: pa.ChunkedArray) -> NDArray[np.float32]:
    flat = vectors.combine_chunks().flatten().to_numpy(zero_copy_only=False).astype(np.float32)
    found: NDArray[np.float32] = flat.reshape(len(vectors), -1)
    return found


def _of_cases(cases: Sequence[str] | None) -> str:
    return "" if cases is None else in_clause('"case"', cases)

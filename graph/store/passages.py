"""The search door: passages with their terms and vectors."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from graph.records import Passage, as_row
from graph.store.schema import in_clause, passage_schema, to_records
from graph.store.tables import Tables

NAME = "passages"


class Hits(NamedTuple):
    """Passage ids, best first, with their scores (BM25 or cosine)."""

    ids: list[str]
    scores: list[float]


class PassageTable:
    """The passages of one library. The table is made with the first passages, for the encoder then in use."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    @property
    def exists(self) -> bool:
        """Whether any passage was ever put."""
        return NAME in self._tables.names()

    def clear(self) -> None:
        """Forget all passages: they can be made again from the reports."""
        self._tables.drop(NAME)

    def put(self, passages: Sequence[Passage], tokens: Sequence[str], vectors: NDArray[np.float32] | None) -> None:
        """Add passages with their blank-separated terms and, where there is an encoder, vectors of shape (n, d)."""
        if not passages:
            return
        dimension = 0 if vectors is None else int(vectors.shape[1])
        if not self.exists:
            self._tables.create(NAME, passage_schema(dimension))
        rows = [{**as_row(p), "tokens": words} for p, words in zip(passages, tokens, strict=True)]
        table = pa.Table.from_pylist(rows, schema=passage_schema(0))
        if vectors is not None:
            flat = pa.array(np.ascontiguousarray(vectors, dtype=np.float32).ravel())
            table = table.append_column("vector", pa.FixedSizeListArray.from_arrays(flat, dimension))
        self._tables.replace(NAME, "id", table)

    def reindex(self) -> None:
        """Bring the word index up to date; to be called after a batch of `put`."""
        if self.exists:
            self._tables.index_words(NAME, "tokens")
            self._tables.tidy(NAME)

    def delete(self, report: str) -> None:
        """Remove the passages of a report."""
        if self.exists:
            self._tables.delete(NAME, in_clause("report", [report]))

    def reports(self) -> set[str]:
        """Ids of the reports that have passages."""
        if not self.exists:
            return set()
        return set(self._tables.scan(NAME, columns=["report"]).column("report").to_pylist())

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
        column = rows.column("vector").combine_chunks()
        flat = column.flatten().to_numpy(zero_copy_only=False).astype(np.float32)
        return rows.column("id").to_pylist(), flat.reshape(rows.num_rows, -1)

    def match_text(self, tokens: Sequence[str], limit: int, cases: Sequence[str] | None) -> Hits:
        """Best passages by BM25 over `tokens`, among those of `cases` where given."""
        if not self.exists or not tokens:
            return Hits([], [])
        rows = self._tables.match_words(NAME, "tokens", tokens, limit, _of_cases(cases))
        return Hits(rows.column("id").to_pylist(), rows.column("_score").to_pylist())

    def match_vector(self, vector: NDArray[np.float32], limit: int, cases: Sequence[str] | None) -> Hits:
        """Nearest passages by cosine, among those of `cases` where given."""
        if not self.exists:
            return Hits([], [])
        rows = self._tables.match_vector(NAME, vector, limit, _of_cases(cases))
        return Hits(rows.column("id").to_pylist(), [1 - d for d in rows.column("_distance").to_pylist()])


def _of_cases(cases: Sequence[str] | None) -> str:
    return "" if cases is None else in_clause('"case"', cases)

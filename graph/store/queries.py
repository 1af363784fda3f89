"""Reading from LanceDB, each query in one step of an event loop of its own.

LanceDB's own blocking calls cross to its loop some seven times a query, 1 to 2 ms that a search, which asks some ten
queries, can do without.
"""

import asyncio
import threading
from collections.abc import Coroutine, Mapping, Sequence
from datetime import timedelta
from functools import cache
from typing import Any, TypeVar

import lancedb
import numpy as np
import pyarrow as pa
from lancedb.query import MatchQuery
from numpy.typing import NDArray

PROBES = 60  # groups of an index over vectors that are looked at; more where a condition leaves too few rows

T = TypeVar("T")


@cache
def _loop() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="queries", daemon=True).start()
    return loop


def _wait(work: Coroutine[Any, Any, T]) -> T:
    return asyncio.run_coroutine_threadsafe(work, _loop()).result()


class Queries:
    """Reads the tables at `uri`; every query sees the latest committed version."""

    def __init__(self, uri: str, storage_options: dict[str, str] | None, session: lancedb.Session) -> None:
        self._place = (uri, storage_options, session)
        self._db: Any = None
        self._open: dict[str, Any] = {}

    def forget(self, name: str) -> None:
        """The table was dropped: open it again at the next query."""
        self._open.pop(name, None)

    async def _table(self, name: str) -> Any:  # noqa: ANN401 - lancedb annotates less than its query builders can
        if self._db is None:
            uri, options, session = self._place
            self._db = await lancedb.connect_async(
                uri, storage_options=options, session=session, read_consistency_interval=timedelta(0)
            )
        if name not in self._open:
            self._open[name] = await self._db.open_table(name)
        return self._open[name]

    def scan(self, name: str, where: str, columns: Sequence[str], *, with_rows: bool) -> pa.Table:
        """Rows that fit the SQL condition `where`, all columns or those named, and `_rowid` where asked for."""

        async def read() -> pa.Table:
            query = (await self._table(name)).query()
            if where:
                query = query.where(where)
            if columns:
                query = query.select(list(columns))
            return await (query.with_row_id() if with_rows else query).to_arrow()

        return _wait(read())

    def scan_all(self, wheres: Mapping[str, str]) -> list[pa.Table]:
        """For each table the rows that fit its condition; all tables are read at the same time."""

        async def read(name: str, where: str) -> pa.Table:
            return await (await self._table(name)).query().where(where).to_arrow()

        async def together() -> list[pa.Table]:
            return await asyncio.gather(*(read(name, where) for name, where in wheres.items()))

        return _wait(together())

    def take(self, name: str, rows: NDArray[np.uint64], columns: Sequence[str]) -> pa.Table:
        """The rows with these row ids and `_rowid`, in any order."""

        async def read() -> pa.Table:
            query = (await self._table(name)).take_row_ids(rows.tolist())
            return await query.select(list(columns)).with_row_id().to_arrow()

        return _wait(read())

    def match_words(self, name: str, column: str, words: Sequence[str], limit: int, where: str) -> pa.Table:
        """Best rows by BM25 over `column` (_rowid, _score), among those that fit `where`."""

        async def read() -> pa.Table:
            query = (await self._table(name)).query().nearest_to_text(words_query(words, column))
            if where:
                query = query.where(where)
            return await query.select(["_score"]).with_row_id().limit(limit).to_arrow()

        return _wait(read())

    def match_vector(self, name: str, vector: NDArray[np.float32], limit: int, where: str) -> pa.Table:
        """Nearest rows (_rowid, _distance = squared distance), among those that fit `where`."""

        async def read() -> pa.Table:
            query = (await self._table(name)).query().nearest_to(vector).column("vector").distance_type("l2")
            query = query.nprobes(PROBES)
            if where:
                query = query.where(where).maximum_nprobes(0)  # 0: as many as it takes
            return await query.select(["_distance"]).with_row_id().limit(limit).to_arrow()

        return _wait(read())


def words_query(words: Sequence[str], column: str) -> Any:  # noqa: ANN401 - see Queries._table
    """Any of `words`, exactly as they are."""
    make: Any = MatchQuery
    return make(" ".join(words), column)

"""A library: the records of many reports, with their judgements, in one place.

A report is there once its row stands in the table `reports`, which is written last and removed first. Rows of other
tables without that row are what an interrupted write left; no reader sees them, and the next write sweeps them.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice

import numpy as np
import pyarrow as pa
from filelock import FileLock, Timeout
from numpy.typing import NDArray

from graph.errors import LibraryError
from graph.records import Claim, Extraction, Judgement, Mention, Passage, Report
from graph.store.anchors import anchors_of
from graph.store.derived import WHOLE, DerivedTables
from graph.store.reader import Reader
from graph.store.schema import INDEXED, LARGE, OWNED, SCHEMAS, in_clause, to_arrow, to_records
from graph.store.tables import Tables, folder, is_local

SCHEMA_VERSION = "1"
LOCK_SECONDS = 10.0
BATCH = 50  # reports a commit


class Library(Reader):
    """Opens with `Library.open`, is made by `Library.create`; constructors do no more than connect."""

    # -- opening ------------------------------------------------------------------------------------------------

    @classmethod
    def create(cls, uri: object, storage_options: dict[str, str] | None = None) -> "Library":
        """A new, empty library at a folder or object-store URI; LibraryError where the folder holds something."""
        place = str(uri)
        if is_local(place):
            path = folder(place)
            if path.is_file():
                raise LibraryError(f"{place} is a file. Name a folder for the library.")
            if path.is_dir() and any(path.iterdir()):
                raise LibraryError(f"{place} is not empty. Name a new folder, or one that holds a library.")
            path.mkdir(parents=True, exist_ok=True)
            place = str(path)
        tables = Tables(place, storage_options)
        for name, schema in SCHEMAS.items():
            tables.create(name, schema)
        library = cls(place, tables)
        library._set("schema", SCHEMA_VERSION)
        return library

    @classmethod
    def open(cls, uri: object, storage_options: dict[str, str] | None = None) -> "Library":
        """The library at `uri`; LibraryError where there is none, or one of another schema version."""
        place = str(uri)
        if is_local(place):
            path = folder(place)
            if not path.is_dir():
                raise LibraryError(
                    f"There is no library at {place}. Make one with: alliance ingest PATH --library {place}"
                )
            place = str(path)
        tables = Tables(place, storage_options)
        if "manifest" not in tables.names():
            raise LibraryError(f"{place} is no library: it has no manifest. Name a folder made by `alliance ingest`.")
        library = cls(place, tables)
        version = library._get("schema")
        if version != SCHEMA_VERSION:
            raise LibraryError(
                f"The library {place} has schema version {version or 'unknown'}; this program reads {SCHEMA_VERSION}. "
                f"Read its reports again into a new one: alliance ingest PATH --library NEW-FOLDER"
            )
        missing = [name for name in SCHEMAS if name not in tables.names()]
        if missing:
            raise LibraryError(
                f"The library {place} lacks the tables {', '.join(missing)}: its making was interrupted. "
                f"Delete the folder and ingest again."
            )
        return library

    @classmethod
    def open_or_create(cls, uri: object) -> "Library":
        """The library at `uri`, made where the folder is missing or empty."""
        place = str(uri)
        if is_local(place) and (
            not folder(place).exists() or (folder(place).is_dir() and not any(folder(place).iterdir()))
        ):
            return cls.create(place)
        return cls.open(place)

    def _set(self, key: str, value: str) -> None:
        row = pa.Table.from_pylist([{"key": key, "value": value}], schema=SCHEMAS["manifest"])
        self._tables.replace("manifest", "key", row)

    def set_encoder(self, name: str) -> None:
        """Use another encoder from now on: passages made for an earlier one are forgotten, to be indexed again."""
        if name != self.encoder:
            with self.writing():
                self._passages.clear()
                self._set("encoder", name)

    # -- writing ------------------------------------------------------------------------------------------------

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the library's write lock; LibraryError where another process keeps it. May be nested."""
        if not is_local(self.uri):
            yield  # object stores have no lock; Lance commits one table atomically there
            return
        lock = FileLock(folder(self.uri) / ".lock", timeout=LOCK_SECONDS, is_singleton=True)
        try:
            lock.acquire()
        except Timeout:
            raise LibraryError(
                f"Another program is writing to {self.uri}. Wait until it ends, then try again."
            ) from None
        try:
            yield
        finally:
            lock.release()

    def add(self, extractions: Iterable[Extraction]) -> int:
        """Take reports in, whole; a report that is already there is passed over. Returns how many were new."""
        added = 0
        source = iter(extractions)
        while batch := list(islice(source, BATCH)):
            with self.writing():
                added += self._add_batch(batch)
        return added

    def _add_batch(self, batch: list[Extraction]) -> int:
        self._sweep()
        known = self._report_ids()
        fresh = list({e.report.id: e for e in batch if e.report.id not in known}.values())
        if not fresh:
            return 0
        self._set("unfinished", "yes")
        self._tables.append("cases", to_arrow("cases", (c for e in fresh for c in e.cases)))
        self._tables.append("mentions", to_arrow("mentions", (m for e in fresh for m in e.mentions)))
        self._tables.append("claims", to_arrow("claims", (k for e in fresh for k in e.claims)))
        self._tables.append("figures", to_arrow("figures", (f for e in fresh for f in e.figures)))
        self._tables.append("reports", to_arrow("reports", (e.report for e in fresh)))
        self._finish()
        return len(fresh)

    def _finish(self) -> None:
        """Note that the write is whole, and when it ended."""
        self._set("unfinished", "")
        self._set("written", datetime.now(UTC).isoformat(timespec="seconds"))

    def _sweep(self) -> None:
        """Remove rows that an interrupted write or deletion left without their report."""
        if self._get("unfinished") != "yes":
            return
        known = self._report_ids()
        for name in OWNED:
            stray = set(self._tables.scan(name, columns=["report"]).column("report").to_pylist()) - known
            if stray:
                self._tables.delete(name, in_clause("report", sorted(stray)))
        for report in self._passages.reports() - known:
            self._passages.delete(report)
        self._set("unfinished", "")

    def delete(self, report: str) -> Report:
        """Take a report (id or stem) out with all that was read from it. Returns what it was."""
        gone = self.report(report)
        with self.writing():
            self._sweep()
            self._set("unfinished", "yes")
            self._tables.delete("reports", in_clause("id", [gone.id]))
            for name in OWNED:
                self._tables.delete(name, in_clause("report", [gone.id]))
            self._passages.delete(gone.id)
            if self.derived.exists:
                self._set("stale", str(self.stale().with_more(self.derived.stale_without(gone.id))))
                self.derived.forget(gone.id)
            self._finish()
        return gone

    def judge(self, judgements: Sequence[Judgement]) -> None:
        """Add judgements, each with the anchors of what it judges; one that is already there stays as it is.

        Judgements of what this library does not hold are kept too: they apply once its report is read.
        """
        with self.writing():
            known = {j.id for j in self.judgements()}
            fresh = {j.id: j for j in judgements if j.id not in known}
            self._tables.append("judgements", to_arrow("judgements", self._anchored(list(fresh.values()))))
            self._finish()

    def _anchored(self, judgements: Sequence[Judgement]) -> list[Judgement]:
        """`judgements` with the places of what they judge, as far as the library holds it."""
        named = sorted({i for j in judgements for i in (j.subject, j.object) if i})
        claims = to_records(Claim, self._tables.scan("claims", in_clause("id", named)))
        wanted = sorted({*named, *(end for claim in claims for end in (claim.head, claim.tail))})
        found = anchors_of(to_records(Mention, self._tables.scan("mentions", in_clause("id", wanted))), claims)
        return [
            replace(
                j,
                subject_at=j.subject_at or found.get(j.subject, ""),
                object_at=j.object_at or found.get(j.object, ""),
            )
            for j in judgements
        ]

    def tidy(self) -> None:
        """Compact all tables after a batch of writes, and index the large ones."""
        with self.writing():
            for name in SCHEMAS:
                self._tables.tidy(name)
                if name in INDEXED and self._tables.count(name) >= LARGE:
                    self._tables.index_missing(name, INDEXED[name])
            if self.derived.exists:
                self.derived.tidy()

    @contextmanager
    def keeping_identity(self) -> Iterator[DerivedTables]:
        """Hold the write lock to change derived entities; broken off in the middle, they count as not whole."""
        with self.writing():
            self._set("identity", "")
            if not self.derived.exists:
                self.derived.clear()
            yield self.derived
            self._set("stale", "")
            self._set("identity", WHOLE)

    def put_passages(
        self,
        passages: Sequence[Passage],
        tokens: Sequence[str],
        vectors: NDArray[np.float32] | None,
        numbers: Sequence[Sequence[float]] | None = None,
    ) -> None:
        """Add passages with their blank-separated terms, vectors (n, d), or None for a library without vectors, and
        the numbers that each states.
        """
        with self.writing():
            self._passages.put(passages, tokens, vectors, [()] * len(passages) if numbers is None else numbers)

    def reindex(self) -> None:
        """Bring all indexes up to date; to be called after a batch of `put_passages`."""
        with self.writing():
            self._passages.reindex()
            self.tidy()

"""A library: the records of many reports, with their judgements, in one place.

A report is there once its row stands in the table `reports`, which is written last and removed first. Rows of other
tables without that row are what an interrupted write left; no reader sees them, and the next write sweeps them.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import TypeVar

import numpy as np
import pyarrow as pa
from filelock import FileLock, Timeout
from numpy.typing import NDArray

from graph.errors import LibraryError, NotFoundError
from graph.records import Case, Claim, Extraction, Figure, Judgement, Mention, Passage, Report
from graph.store.passages import Hits, PassageTable
from graph.store.schema import OWNED, SCHEMAS, in_clause, to_arrow, to_records
from graph.store.tables import Tables, folder, is_local

SCHEMA_VERSION = "1"
LOCK_SECONDS = 10.0
BATCH = 50  # reports a commit

Owned = TypeVar("Owned", Case, Mention, Claim, Figure)


class Library:
    """Opens with `Library.open`, is made by `Library.create`; constructors do no more than connect."""

    def __init__(self, uri: str, tables: Tables) -> None:
        self.uri = uri
        self._tables = tables
        self._passages = PassageTable(tables)

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

    # -- manifest -----------------------------------------------------------------------------------------------

    def _get(self, key: str) -> str:
        rows = self._tables.scan("manifest", in_clause("key", [key])).to_pylist()
        return str(rows[0]["value"]) if rows else ""

    def _set(self, key: str, value: str) -> None:
        row = pa.Table.from_pylist([{"key": key, "value": value}], schema=SCHEMAS["manifest"])
        self._tables.replace("manifest", "key", row)

    @property
    def version(self) -> str:
        """Changes with every write: a key for whatever is derived and cached."""
        names = ["reports", "judgements", *(["passages"] if self._passages.exists else [])]
        return "-".join(str(self._tables.version(name)) for name in names)

    @property
    def encoder(self) -> str:
        """Name of the encoder that made the vectors, '' where there are none."""
        return self._get("encoder")

    def set_encoder(self, name: str) -> None:
        """Use another encoder from now on: passages made for an earlier one are forgotten, to be indexed again."""
        if name != self.encoder:
            with self.writing():
                self._passages.clear()
                self._set("encoder", name)

    def manifest(self) -> dict[str, str]:
        """All that the library notes of itself: schema version, encoder, extractors."""
        rows = self._tables.scan("manifest").to_pylist()
        extractors = set(self._tables.scan("mentions", columns=["extractor"]).column("extractor").to_pylist())
        noted = {str(row["key"]): str(row["value"]) for row in rows if row["key"] != "unfinished"}
        return {**noted, "extractors": ", ".join(sorted(extractors))}

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
        self._set("unfinished", "")
        return len(fresh)

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
            self._set("unfinished", "")
        return gone

    def judge(self, judgements: Sequence[Judgement]) -> None:
        """Add judgements; one that is already there stays as it is."""
        with self.writing():
            self._tables.replace("judgements", "id", to_arrow("judgements", judgements))

    def tidy(self) -> None:
        """Compact all tables after a batch of writes."""
        with self.writing():
            for name in SCHEMAS:
                self._tables.tidy(name)

    # -- reading ------------------------------------------------------------------------------------------------

    def _report_ids(self) -> set[str]:
        return set(self._tables.scan("reports", columns=["id"]).column("id").to_pylist())

    def reports(self) -> list[Report]:
        """All reports, by stem."""
        return sorted(to_records(Report, self._tables.scan("reports")), key=lambda r: (r.stem, r.id))

    def report(self, name: str) -> Report:
        """The report with this id or stem; NotFoundError where there is none, or more than one of the stem."""
        column = "id" if name.startswith("r-") else "stem"
        found = to_records(Report, self._tables.scan("reports", in_clause(column, [name])))
        if not found and column == "id":
            found = to_records(Report, self._tables.scan("reports", in_clause("stem", [name])))
        if not found:
            raise NotFoundError(f"No report is called {name!r} in {self.uri}. `alliance status` lists them.")
        if len(found) > 1:
            ids = ", ".join(sorted(r.id for r in found))
            raise NotFoundError(f"{len(found)} reports are called {name!r}. Name one by its id: {ids}")
        return found[0]

    def reports_from(self, sources: Collection[str]) -> list[Report]:
        """Reports that were read from these paths or URLs."""
        rows = self._tables.scan("reports", in_clause("source", sorted(source for source in sources if source)))
        return to_records(Report, rows)

    def known_sources(self) -> dict[str, str]:
        """Report id → hash of the bytes it was read from, for all reports."""
        rows = self._tables.scan("reports", columns=["id", "source_hash"])
        return dict(zip(rows.column("id").to_pylist(), rows.column("source_hash").to_pylist(), strict=True))

    def _owned(self, name: str, kind: type[Owned], report: str | None) -> list[Owned]:
        known = self._report_ids()
        where = "" if report is None else in_clause("report", [report])
        found = to_records(kind, self._tables.scan(name, where))
        return sorted((r for r in found if r.report in known), key=lambda r: (r.report, r.start, r.end, r.id))

    def cases(self, report: str | None = None) -> list[Case]:
        """Cases of a report (id), or of all, in the order of report id and place in the text."""
        return self._owned("cases", Case, report)

    def mentions(self, report: str | None = None) -> list[Mention]:
        """Mentions of a report (id), or of all, in the order of report id and place in the text."""
        return self._owned("mentions", Mention, report)

    def claims(self, report: str | None = None) -> list[Claim]:
        """Claims of a report (id), or of all, in the order of report id and place in the text."""
        return self._owned("claims", Claim, report)

    def figures(self, report: str | None = None) -> list[Figure]:
        """Figures of a report (id), or of all, in the order of report id and place in the text."""
        return self._owned("figures", Figure, report)

    def judgements(self) -> list[Judgement]:
        """All judgements, oldest first."""
        return sorted(to_records(Judgement, self._tables.scan("judgements")), key=lambda j: (j.when, j.id))

    # -- search door --------------------------------------------------------------------------------------------

    def put_passages(
        self, passages: Sequence[Passage], tokens: Sequence[str], vectors: NDArray[np.float32] | None
    ) -> None:
        """Add passages with their blank-separated terms and vectors (n, d), or None for a library without vectors."""
        with self.writing():
            self._passages.put(passages, tokens, vectors)

    def reindex(self) -> None:
        """Bring the word index up to date; to be called after a batch of `put_passages`."""
        with self.writing():
            self._passages.reindex()

    def unindexed_reports(self) -> list[str]:
        """Ids of the reports that have no passages yet, sorted."""
        return sorted(self._report_ids() - self._passages.reports())

    def passages(self, report: str | None = None) -> list[Passage]:
        """Passages of a report (id), or of all, in the order of report id and place in the text."""
        known = self._report_ids()
        found = self._passages.all("" if report is None else in_clause("report", [report]))
        return sorted((p for p in found if p.report in known), key=lambda p: (p.report, p.start))

    def passage_tokens(self) -> dict[str, str]:
        """Passage id → its blank-separated terms."""
        return self._passages.tokens()

    def vectors(self) -> tuple[list[str], NDArray[np.float32]]:
        """Passage ids and their vectors (n, d); d is 0 where the library has none."""
        return self._passages.vectors()

    def match_text(self, tokens: Sequence[str], limit: int, cases: Sequence[str] | None = None) -> Hits:
        """Best passages by BM25 over `tokens`, among those of `cases` (ids) where given."""
        return self._passages.match_text(tokens, limit, cases)

    def match_vector(self, vector: NDArray[np.float32], limit: int, cases: Sequence[str] | None = None) -> Hits:
        """Nearest passages by cosine, among those of `cases` (ids) where given."""
        return self._passages.match_vector(vector, limit, cases)

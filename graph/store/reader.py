"""What a library holds, read: each call sees the latest whole reports and nothing else."""

from collections.abc import Collection, Iterator, Sequence
from typing import TypeVar

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from graph.errors import NotFoundError
from graph.records import Case, Claim, Figure, Judgement, Mention, Passage, Report
from graph.store.derived import WHOLE, DerivedTables, Stale
from graph.store.passages import Hits, PassageTable, Rows
from graph.store.schema import in_clause, to_records
from graph.store.tables import Tables

SOME = 1000  # reports that are named one by one in a condition; for more the table is read whole
INTERNAL = ("unfinished", "identity", "stale")  # manifest rows that only the store understands
Owned = TypeVar("Owned", Case, Mention, Claim, Figure)


class Reader:
    """Reads the tables of one library; `uri` is where it lies."""

    def __init__(self, uri: str, tables: Tables) -> None:
        self.uri = uri
        self._tables = tables
        self._passages = PassageTable(tables)
        self.derived = DerivedTables(tables)
        self._noted: tuple[int, dict[str, str]] = (-1, {})  # the manifest's rows, and the version they are of

    # -- manifest -----------------------------------------------------------------------------------------------

    def _get(self, key: str) -> str:
        version = self._tables.version("manifest")
        if version != self._noted[0]:
            rows = self._tables.scan("manifest")
            noted = dict(zip(rows.column("key").to_pylist(), rows.column("value").to_pylist(), strict=True))
            self._noted = (version, noted)
        return self._noted[1].get(key, "")

    @property
    def version(self) -> str:
        """Changes with every write: a key for whatever is derived and cached."""
        names = ["reports", "judgements", *(["passages"] if self._passages.exists else [])]
        return "-".join(str(self._tables.version(name)) for name in names)

    @property
    def encoder(self) -> str:
        """Name of the encoder that made the vectors, '' where there are none."""
        return self._get("encoder")

    def manifest(self) -> dict[str, str]:
        """All that the library notes of itself: schema version, encoder, extractors."""
        rows = self._tables.scan("manifest").to_pylist()
        extractors = set(self._tables.scan("mentions", columns=["extractor"]).column("extractor").to_pylist())
        noted = {str(row["key"]): str(row["value"]) for row in rows if row["key"] not in INTERNAL}
        return {**noted, "extractors": ", ".join(sorted(extractors))}

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

    def report_dates(self) -> dict[str, str]:
        """Report id → its date, for all reports."""
        rows = self._tables.scan("reports", columns=["id", "date"])
        return dict(zip(rows.column("id").to_pylist(), rows.column("date").to_pylist(), strict=True))

    def reports_of_mentions(self, mentions: Collection[str]) -> dict[str, str]:
        """Mention id → its report, for those of `mentions` that the library holds."""
        rows = self._tables.scan("mentions", in_clause("id", sorted(mentions)), ["id", "report"])
        return dict(zip(rows.column("id").to_pylist(), rows.column("report").to_pylist(), strict=True))

    def mentions_of(self, reports: Collection[str]) -> Iterator[Mention]:
        """The mentions of these reports (ids), report by report, without holding them all at once."""
        everything = len(reports) > SOME
        wanted = set(reports)
        rows = self._tables.scan("mentions", "" if everything else in_clause("report", sorted(reports)))
        ordered = rows.sort_by([("report", "ascending"), ("start", "ascending"), ("id", "ascending")])
        for batch in ordered.to_batches(max_chunksize=10_000):
            yield from (m for m in to_records(Mention, pa.Table.from_batches([batch])) if m.report in wanted)

    def claims_of(self, reports: Collection[str]) -> list[Claim]:
        """The claims of a few reports (ids), in no order."""
        return to_records(Claim, self._tables.scan("claims", in_clause("report", sorted(reports))))

    def figures_of(self, reports: Collection[str]) -> list[Figure]:
        """The figures of a few reports (ids), in no order."""
        return to_records(Figure, self._tables.scan("figures", in_clause("report", sorted(reports))))

    @property
    def identity_is_whole(self) -> bool:
        """Whether the derived entities were written to the end, and nothing was taken out of them since."""
        return self.identity_was_whole and not self.stale()

    @property
    def identity_was_whole(self) -> bool:
        """Whether the derived entities were written to the end; `stale` says what was taken out of them since."""
        return self.derived.exists and self._get("identity") == WHOLE

    def stale(self) -> Stale:
        """What deleted reports left to be made anew in the derived entities."""
        return Stale.parse(self._get("stale"))

    def _owned(self, name: str, kind: type[Owned], report: str | None) -> list[Owned]:
        known = self._report_ids()
        where = "" if report is None else in_clause("report", [report])
        found = to_records(kind, self._tables.scan(name, where))
        return sorted((r for r in found if r.report in known), key=lambda r: (r.report, r.start, r.end, r.id))

    def cases(self, report: str | None = None) -> list[Case]:
        """Cases of a report (id), or of all, in the order of report id and place in the text."""
        return self._owned("cases", Case, report)

    def case(self, name: str) -> Case:
        """The case with this id, or named `REPORT#POSITION` by its report's stem or id; NotFoundError else."""
        stem, mark, position = name.rpartition("#")
        if mark and position.isdecimal():
            report = self.report(stem)
            found = [c for c in self.cases(report.id) if c.position == int(position)]
            how = f"The report {stem} has {len(self.cases(report.id))} cases, counted from 0."
        else:
            found = to_records(Case, self._tables.scan("cases", in_clause("id", [name])))
            how = "Name a case by its id or as REPORT#POSITION; `alliance show REPORT` lists them."
        if not found:
            raise NotFoundError(f"No case is called {name!r} in {self.uri}. {how}")
        return found[0]

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

    def columns(self, table: str, names: Sequence[str]) -> pa.Table:
        """Some columns of all rows of a record table; rows without their report row may be among them."""
        return self._tables.scan(table, columns=names)

    def reports_by_id(self, ids: Collection[str]) -> dict[str, Report]:
        """Id → report, for those of a few ids that the library holds."""
        found = to_records(Report, self._tables.scan("reports", in_clause("id", sorted(ids))))
        return {report.id: report for report in found}

    def shown(self, cases: Collection[str], reports: Collection[str]) -> tuple[dict[str, Case], dict[str, Report]]:
        """Id → record, for those of a few cases and reports (ids) that the library holds."""
        wheres = {"cases": in_clause("id", sorted(cases)), "reports": in_clause("id", sorted(reports))}
        told, read = self._tables.scan_all(wheres)
        return {c.id: c for c in to_records(Case, told)}, {r.id: r for r in to_records(Report, read)}

    # -- search door --------------------------------------------------------------------------------------------

    @property
    def passages_exist(self) -> bool:
        """Whether any report was ever indexed for search."""
        return self._passages.exists

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

    def passage_columns(self, names: Sequence[str]) -> pa.Table:
        """Some columns of all passages, and `_rowid`; those without their report row may be among them."""
        return self._passages.columns(names)

    def passages_at(self, rows: NDArray[np.uint64]) -> list[Passage]:
        """The passages in these store rows, in their order."""
        return self._passages.at(rows)

    def vectors_at(self, rows: NDArray[np.uint64]) -> NDArray[np.float32]:
        """The vectors (n, d) of the passages in these store rows, in their order."""
        return self._passages.vectors_at(rows)

    def best_words(self, tokens: Sequence[str], limit: int, reports: Sequence[str] | None = None) -> Rows:
        """Best passages by BM25 over `tokens`, among those of `reports` (ids) where given."""
        return self._passages.best_words(tokens, limit, reports)

    def nearest(self, vector: NDArray[np.float32], limit: int, reports: Sequence[str] | None = None) -> Rows:
        """Nearest passages by cosine, among those of `reports` (ids) where given."""
        return self._passages.nearest(vector, limit, reports)

    def match_text(self, tokens: Sequence[str], limit: int, cases: Sequence[str] | None = None) -> Hits:
        """Best passages by BM25 over `tokens`, among those of `cases` (ids) where given."""
        return self._passages.match_text(tokens, limit, cases)

    def match_vector(self, vector: NDArray[np.float32], limit: int, cases: Sequence[str] | None = None) -> Hits:
        """Nearest passages by cosine, among those of `cases` (ids) where given."""
        return self._passages.match_vector(vector, limit, cases)

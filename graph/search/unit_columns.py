"""Reads a library into columns: whose cases, mentions, figures and passages are whose, by arithmetic on arrays."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from graph.records import Case
from graph.search.postings import Codes, encoded, ranges
from graph.search.query import SMALLEST, numbers
from graph.store import Library
from graph.text import fold

PLACES = ("Division", "Village", "Place")
BETWEEN = "\ue000"  # stands in no text; folding leaves it alone
PART = 1000  # reports that are named in one condition

Ints = npt.NDArray[np.int64]


def ints(column: pa.ChunkedArray) -> Ints:
    """A column of whole numbers; -1 for null."""
    found: Ints = pc.fill_null(column, -1).to_numpy().astype(np.int64)
    return found


def folded(texts: pa.StringArray) -> pa.StringArray:
    """Each text folded and without margins; all at once, since one call for each costs more than the folding."""
    joined = fold(BETWEEN.join(texts.to_pylist()))
    return pa.array([text.strip() for text in joined.split(BETWEEN)] if len(texts) else [], pa.string())


@dataclass(frozen=True)
class Base:
    """Reports by stem, their cases by start: `report` is a case's place among the reports."""

    library: Library
    report_ids: pa.StringArray
    dates: pa.StringArray
    publishers: pa.StringArray
    case_ids: pa.StringArray
    places: pa.StringArray
    types: pa.ListArray
    report: Ints
    start: Ints
    end: Ints

    @classmethod
    def read(cls, library: Library) -> "Base":
        """The reports and cases of a library. A report without cases gets one that spans it."""
        reports = library.columns("reports", ["id", "stem", "date", "publisher"])
        reports = reports.sort_by([("stem", "ascending"), ("id", "ascending")])
        ids = reports["id"].combine_chunks()
        cases = library.columns("cases", ["id", "report", "start", "end", "place", "types"])
        owners = ints(pc.index_in(cases["report"], ids))
        bare = np.setdiff1d(np.arange(len(ids)), owners)
        cases = pa.concat_tables([cases, _whole(library, ids.take(pa.array(bare)), cases.schema)])
        owners = ints(pc.index_in(cases["report"], ids))
        starts = ints(cases["start"])
        order = np.lexsort((starts, owners))
        order = order[owners[order] >= 0]
        cases = cases.take(pa.array(order)).combine_chunks()
        column = {name: cases[name].combine_chunks() for name in ("id", "place", "types")}
        return cls(
            library,
            ids,
            reports["date"].combine_chunks(),
            reports["publisher"].combine_chunks(),
            column["id"],
            column["place"],
            column["types"],
            owners[order],
            starts[order],
            ints(cases["end"]),
        )

    def reports_of(self, column: pa.ChunkedArray) -> Ints:
        """The places of reports by their ids, -1 for those that are not there."""
        return ints(pc.index_in(column, self.report_ids))

    @cached_property
    def first_of_report(self) -> Ints:
        """Where the cases of each report begin, and where the last one's end."""
        return np.searchsorted(self.report, np.arange(len(self.report_ids) + 1))

    def inside(self, report: Ints, start: Ints) -> tuple[Ints, Ints]:
        """Pairs (row, unit): the units that the places `start` in the texts of `report` lie in."""
        span = 2**31
        keys = self.report * span + self.start
        last = np.searchsorted(keys, report * span + start, side="right") - 1
        rows, units = [], []
        for back in range(self._deepest):
            unit = last - back
            there = (report >= 0) & (unit >= 0)
            there[there] = (self.report[unit[there]] == report[there]) & (self.end[unit[there]] > start[there])
            rows.append(np.flatnonzero(there))
            units.append(unit[there])
        return np.concatenate(rows), np.concatenate(units)

    @cached_property
    def _deepest(self) -> int:
        """How many units of a report may have to be looked at: one, unless cases overlap."""
        overlap = (self.report[1:] == self.report[:-1]) & (self.start[1:] < self.end[:-1])
        return int(np.diff(self.first_of_report).max()) if overlap.any() else 1


def _whole(library: Library, reports: pa.StringArray, schema: pa.Schema) -> pa.Table:
    """For reports without cases, one that spans each."""
    ids: list[str] = reports.to_pylist()
    rows = []
    for first in range(0, len(ids), PART):
        for identifier, report in library.reports_by_id(ids[first : first + PART]).items():
            case = Case(identifier, 0, 0, max(1, len(report.text)), report.title)
            rows.append({"id": case.id, "report": identifier, "start": 0, "end": case.end, "place": "", "types": []})
    return pa.Table.from_pylist(rows, schema=schema)


@dataclass(frozen=True)
class Named:
    """The mentions of all units: one row for each mention and unit that it lies in, by place in the text.

    `name`, `form` and `within` are places in `written`, `folded` maps those to places in `names`.
    """

    unit: Ints
    type: Ints
    types: tuple[str, ...]
    name: Codes
    form: Codes
    within: Codes
    code: Ints
    codes: pa.StringArray
    written: pa.StringArray
    folded: Ints
    names: pa.StringArray

    @classmethod
    def read(cls, base: Base) -> "Named":
        """All mentions of the library."""
        table = base.library.columns("mentions", ["report", "start", "type", "name", "form", "within", "code"])
        rows, units = base.inside(base.reports_of(table["report"]), ints(table["start"]))
        order = np.lexsort((ints(table["start"])[rows], units))
        rows, units = rows[order], units[order]
        written, (name, form, within) = encoded([table["name"], table["form"], table["within"]])
        kinds, (kind,) = encoded([table["type"]])
        codes, (code,) = encoded([table["code"]])
        texts = folded(written).dictionary_encode()
        return cls(
            units,
            kind[rows],
            tuple(kinds.to_pylist()),
            name[rows],
            form[rows],
            within[rows],
            code[rows],
            codes,
            written,
            texts.indices.to_numpy().astype(np.int64),
            texts.dictionary,
        )

    def of_types(self, *wanted: str) -> npt.NDArray[np.bool_]:
        """Which rows are of one of these types."""
        return np.isin(self.type, [at for at, kind in enumerate(self.types) if kind in wanted])


@dataclass(frozen=True)
class Windows:
    """The passages in the order of report and place in the text. `unit` is -1 for one outside every case."""

    row: npt.NDArray[np.uint64]
    report: Ints
    unit: Ints

    @classmethod
    def read(cls, base: Base) -> tuple["Windows", tuple[Ints, npt.NDArray[np.float64]]]:
        """All passages, and besides the numbers in them, as pairs of a unit and a number."""
        table = base.library.passage_columns(["report", "case", "start", "numbers"])
        report, start = base.reports_of(table["report"]), ints(table["start"])
        order = np.lexsort((start, report))
        order = order[report[order] >= 0]
        unit = ints(pc.index_in(table["case"], base.case_ids))
        row = table["_rowid"].to_numpy()
        counts, values = _flat(_numbers(table))
        rows, units = base.inside(report, start)
        held = values[ranges((np.cumsum(counts) - counts)[rows], counts[rows])]
        return cls(row[order], report[order], unit[order]), (np.repeat(units, counts[rows]), held)


def _numbers(table: pa.Table) -> pa.ChunkedArray:
    """The numbers of each passage; from the texts where a library was indexed before they were kept."""
    if "numbers" in table.column_names:
        return table["numbers"]
    return pa.chunked_array([pa.array(stated(table["text"].to_pylist()), pa.list_(pa.float64()))])


def _flat(column: pa.ChunkedArray) -> tuple[Ints, npt.NDArray[np.float64]]:
    """How many numbers each row has, and all of them one after another."""
    counts = ints(pc.fill_null(pc.list_value_length(column), 0))
    return counts, pc.list_flatten(column).to_numpy().astype(np.float64)


def stated(texts: Sequence[str]) -> list[list[float]]:
    """For each text the different numbers that search counts, ascending."""
    return [sorted({value for value in numbers(fold(text)) if value >= SMALLEST}) for text in texts]

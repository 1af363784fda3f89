"""Look-up tables over all units of a library, each one question long; arrays, by the place of a unit."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from graph.search.postings import NONE, Codes, Lists, Names, Places, Postings, ranges
from graph.search.unit_columns import Ints, Windows

RowIds = npt.NDArray[np.uint64]


class Pairs(NamedTuple):
    """`unit[i]` is a unit of the passage that the asked list holds at `hit[i]`."""

    hit: Codes
    unit: Codes


class Matrix:
    """A number for each unit and code: `values[unit, column]`. `matrix[code]` are the units that have any of it."""

    def __init__(self, codes: Sequence[str], values: npt.NDArray[np.int32]) -> None:
        self.codes = tuple(codes)
        self.values = values
        self._column = {code: at for at, code in enumerate(self.codes)}

    def __getitem__(self, code: str) -> Places:
        return np.flatnonzero(self.of(code)).astype(np.int32) if code in self._column else NONE

    def of(self, code: str) -> npt.NDArray[np.int32]:
        """The numbers of one code for all units; zeros for an unknown code."""
        if code not in self._column:
            return np.zeros(len(self.values), dtype=np.int32)
        return self.values[:, self._column[code]]

    def row(self, unit: int) -> dict[str, int]:
        """Code → number for a unit, without zeros."""
        return {code: int(n) for code, n in zip(self.codes, self.values[unit], strict=True) if n}


class Numbers:
    """The numbers that units state."""

    def __init__(self, values: npt.NDArray[np.float64], units: Codes) -> None:
        order = np.lexsort((units, values))
        values, units = values[order], units[order]
        first = np.ones(len(values), dtype=bool)
        first[1:] = (values[1:] != values[:-1]) | (units[1:] != units[:-1])
        self._values, self._units = values[first], units[first].astype(np.int32)

    def near(self, value: float, share: float) -> tuple[Places, npt.NDArray[np.float64]]:
        """Units and the numbers they state that differ from `value` by at most `share` of it, ascending by number."""
        low = np.searchsorted(self._values, value * (1 - share), side="left")
        high = np.searchsorted(self._values, value * (1 + share), side="right")
        return self._units[low:high], self._values[low:high]


class Bearing:
    """Which names each unit bears, and how it writes them."""

    def __init__(
        self, units: int, names: Names, written: pa.StringArray, rows: tuple[Codes, Codes, Codes, Codes]
    ) -> None:
        """`rows`: unit, name, as written, flags; the last of those of one unit and name says how it is written."""
        self.names = names
        self._written = written
        unit, name, form, flags = rows
        keys = unit * max(1, len(names)) + name
        order = np.argsort(keys, kind="stable")
        starts = np.flatnonzero(np.diff(keys[order], prepend=-1))
        ends = np.append(starts[1:], len(keys))
        self._name = name[order][starts].astype(np.int32)
        self._form = form[order][ends - 1].astype(np.int32) if len(keys) else NONE
        self._flags = np.bitwise_or.reduceat(flags[order], starts).astype(np.int8) if len(keys) else flags
        self._bounds = np.searchsorted(unit[order][starts], np.arange(units + 1))

    def of(self, unit: int, flag: int = 0) -> dict[str, str]:
        """Folded name → as written, of a unit; those with a flag alone where it is given."""
        own = range(int(self._bounds[unit]), int(self._bounds[unit + 1]))
        chosen = (at for at in own if not flag or self._flags[at] & flag)
        return {self.names[int(self._name[at])]: str(self._written[int(self._form[at])]) for at in chosen}

    def written(self, unit: int, name: str) -> str:
        """How a unit writes a folded name, '' where it does not bear it."""
        first, last = int(self._bounds[unit]), int(self._bounds[unit + 1])
        place = self.names.find(name)
        at = first + int(np.searchsorted(self._name[first:last], place))
        return str(self._written[int(self._form[at])]) if at < last and self._name[at] == place >= 0 else ""


@dataclass(frozen=True)
class Regions:
    """Where units lie: by the names of places, and by statistical codes."""

    named: Postings
    codes: npt.NDArray[np.bytes_]  # ascending
    units: Lists  # of each code
    called: Postings  # folded name of a place → places of its codes in `codes`

    def codes_of(self, forms: Collection[str]) -> set[str]:
        """The codes of places that bear one of these folded names."""
        return {self.codes[at].decode() for form in forms for at in self.called[form].tolist()}

    def inside(self, forms: Collection[str], prefixes: Collection[str]) -> Places:
        """Units that name one of `forms` as a place, or that hold a code which begins with one of `prefixes`."""
        found = [self.named[form] for form in forms]
        for prefix in prefixes:
            first, last = np.searchsorted(self.codes, [prefix.encode(), prefix.encode() + b"\xff"])
            found.append(self.units.between(int(first), int(last)))
        return np.unique(np.concatenate(found)) if found else NONE


class Passages:
    """Which passages, by their rows in the store, are of which unit."""

    def __init__(self, windows: Windows, first_of_report: Ints) -> None:
        units = int(first_of_report[-1])
        self._windows = windows
        self._order = np.argsort(windows.row).astype(np.int32)
        self._rows = windows.row[self._order]
        self._first = first_of_report
        told = windows.unit >= 0
        own = np.bincount(windows.unit[told], minlength=units)
        all_of_report = np.bincount(windows.report[told], minlength=len(first_of_report) - 1)
        report = np.repeat(np.arange(len(first_of_report) - 1), np.diff(first_of_report))
        # Where the passages of a report are of no other case, those outside every case are this case's own.
        self._whole = own == all_of_report[report]
        self._report = report
        loose = np.bincount(windows.report[~told], minlength=len(first_of_report) - 1)
        self.count = own + np.where(self._whole, loose[report], 0)  # own passages of each unit
        self._bounds = np.searchsorted(windows.report, np.arange(len(first_of_report)))

    def __len__(self) -> int:
        return len(self._rows)

    def own_of(self, rows: RowIds) -> Pairs:
        """The units that the passages at `rows` are of."""
        hit, at = self._find(rows)
        unit = self._windows.unit[at]
        loose = self._spread(hit[unit < 0], at[unit < 0], whole=True)
        return Pairs(np.concatenate([hit[unit >= 0], loose.hit]), np.concatenate([unit[unit >= 0], loose.unit]))

    def lead_of(self, rows: RowIds) -> Pairs:
        """The units that the passages at `rows` are a lead of: outside every case, they speak for all of the report."""
        hit, at = self._find(rows)
        loose = self._windows.unit[at] < 0
        return self._spread(hit[loose], at[loose], whole=False)

    def _find(self, rows: RowIds) -> tuple[Codes, Codes]:
        """Which of `rows` are passages, and their places among the windows."""
        if not len(self._rows):
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
        at = np.minimum(np.searchsorted(self._rows, rows), len(self._rows) - 1)
        hit = np.flatnonzero(self._rows[at] == rows)
        return hit, self._order[at[hit]].astype(np.int64)

    def _spread(self, hit: Codes, at: Codes, *, whole: bool) -> Pairs:
        report = self._windows.report[at]
        count = self._first[report + 1] - self._first[report]
        units = ranges(self._first[report], count)
        fits = self._whole[units] == whole
        return Pairs(np.repeat(hit, count)[fits], units[fits])

    def rows_of(self, unit: int) -> RowIds:
        """The rows of a unit's own passages, in the order of the text."""
        report = self._report[unit]
        here = slice(int(self._bounds[report]), int(self._bounds[report + 1]))
        of = self._windows.unit[here]
        return self._rows_in(here, (of == unit) | ((of < 0) & self._whole[unit]))

    def leads_of(self, unit: int) -> RowIds:
        """The rows of the leads of a unit, in the order of the text."""
        report = self._report[unit]
        here = slice(int(self._bounds[report]), int(self._bounds[report + 1]))
        return self._rows_in(here, (self._windows.unit[here] < 0) & ~self._whole[unit])

    def _rows_in(self, here: slice, fits: npt.NDArray[np.bool_]) -> RowIds:
        rows: RowIds = self._windows.row[here][fits]
        return rows

"""What search knows of all units of a library besides the words of their passages: names, numbers, kinds, places.

A unit is one thing that can be found: a case, or a whole report without cases. Everything here is by a unit's place,
0 … n-1, in the order of report stem and place in the text. No text is kept: what is shown is read from the store.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from graph.records import Case, Report
from graph.search.postings import Codes, Lists, Names, Postings, encoded
from graph.search.query import SMALLEST
from graph.search.unit_columns import PLACES, Base, Ints, Named, Windows, folded, ints
from graph.search.unit_tables import Bearing, Matrix, Numbers, Passages, Regions
from graph.store import Library

SHORTEST_NAME, LONGEST_NAME = 2, 40
PRODUCT, ALLIANCE = 1, 2  # flags of a name that a unit bears


@dataclass(frozen=True)
class Units:
    """All units of one library version, and what leads to them."""

    version: str
    size: int
    passages: Passages
    named: Postings
    typed: Matrix
    partnered: Matrix
    numbered: Numbers
    regions: Regions
    years: npt.NDArray[np.int16]
    published: Postings
    bearing: Bearing
    _cases: Names
    _report_ids: pa.StringArray
    _report: Ints

    def __len__(self) -> int:
        return self.size

    def rarity(self, name: str) -> float:
        """How much a name tells: 1 where one unit bears it, towards 0 where all do."""
        bearers, units = len(self.named[name]), 1 + self.size
        return max(0.0, log(units / (0.5 + bearers)) / log(units / 1.5)) if bearers else 0.0

    def names_in(self, text: str) -> tuple[str, ...]:
        """Names borne by units that stand in a folded text; a name inside a longer one is passed over."""
        found: dict[str, None] = {}
        at = 0
        for start, end, _ in self.named.names.inside(text, SHORTEST_NAME, LONGEST_NAME):
            if start >= at:
                found[text[start:end]] = None
                at = end
        return tuple(found)

    def written(self, unit: int, name: str) -> str:
        """How a unit writes a folded name, '' where it does not bear it."""
        return self.bearing.written(unit, name)

    def names_of(self, unit: int) -> dict[str, str]:
        """Folded name → as written, of all names a unit bears."""
        return self.bearing.of(unit)

    def products_of(self, unit: int) -> dict[str, str]:
        """Folded name → as written, of the products among them."""
        return self.bearing.of(unit, PRODUCT)

    def alliances_of(self, unit: int) -> dict[str, str]:
        """Folded name → as written, of the alliances among them."""
        return self.bearing.of(unit, ALLIANCE)

    def case_id(self, unit: int) -> str:
        """The id of a unit's case; a report without cases has one that is in no table."""
        return self._cases[unit]

    def report_id(self, unit: int) -> str:
        """The id of a unit's report."""
        return str(self._report_ids[int(self._report[unit])])

    def reports_of(self, units: npt.NDArray[np.integer]) -> list[str]:
        """The ids of the reports of `units`, each once."""
        ids: list[str] = self._report_ids.take(pa.array(np.unique(self._report[units]))).to_pylist()
        return ids

    def find(self, case: str) -> int:
        """The unit of a case id, -1 where there is none."""
        return self._cases.find(case)

    def records(self, library: Library, units: Sequence[int]) -> list[tuple[Case, Report]]:
        """The cases and reports of a few units, read from the store."""
        cases, reports = library.shown({self.case_id(unit) for unit in units}, {self.report_id(unit) for unit in units})
        found = []
        for unit in units:
            report = reports[self.report_id(unit)]
            whole = Case(report.id, 0, 0, max(1, len(report.text)), report.title)
            found.append((cases.get(self.case_id(unit), whole), report))
        return found


_known: WeakKeyDictionary[Library, Units] = WeakKeyDictionary()


def units(library: Library) -> Units:
    """The units of the library as it is now, kept until its next write."""
    version = library.version
    known = _known.get(library)
    if known is None or known.version != version:
        known = _known[library] = _read(library, version)
    return known


def _read(library: Library, version: str) -> Units:
    base = Base.read(library)
    size = len(base.case_ids)
    named = Named.read(base)
    windows, told = Windows.read(base)
    names = Names(named.names)
    bearing = _names(named)
    return Units(
        version,
        size,
        Passages(windows, base.first_of_report),
        Postings(names, bearing[1], bearing[0]),
        _types(base),
        _partners(named, size),
        _numbers(base, told),
        _regions(base, named, names),
        _years(base),
        _published(base),
        Bearing(size, names, named.written, bearing),
        Names(base.case_ids),
        base.report_ids,
        base.report,
    )


def _names(named: Named) -> tuple[Codes, Codes, Codes, Codes]:
    """Unit, name, as written and flags, for the names and forms of all mentions that are long enough."""
    lengths = pc.utf8_length(named.names).to_numpy()
    fits = (lengths >= SHORTEST_NAME) & (lengths <= LONGEST_NAME)
    flags = PRODUCT * named.of_types("Product") + ALLIANCE * named.of_types("Alliance")
    # Name before form, mention by mention: so the last one says how a name is written.
    unit, flag = np.repeat(named.unit, 2), np.repeat(flags, 2)
    form = np.stack([named.name, named.form], axis=1).ravel()
    name = named.folded[form]
    chosen = fits[name]
    return unit[chosen], name[chosen], form[chosen], flag[chosen]


def _types(base: Base) -> Matrix:
    counts = ints(pc.fill_null(pc.list_value_length(base.types), 0))
    kinds, (kind,) = encoded([pa.chunked_array([pc.list_flatten(base.types)])])
    values = np.zeros((len(counts), len(kinds)), dtype=np.int32)
    values[np.repeat(np.arange(len(counts)), counts), kind] = 1
    return Matrix(kinds.to_pylist(), values)


def _partners(named: Named, size: int) -> Matrix:
    """For each unit and entity type how many different names of that type it bears."""
    kinds, written = len(named.types), max(1, len(named.written))
    different = np.unique((named.unit * kinds + named.type) * written + named.name) // written
    values = np.bincount(different, minlength=size * kinds).reshape(size, kinds)
    return Matrix(named.types, values.astype(np.int32))


def _numbers(base: Base, told: tuple[Ints, npt.NDArray[np.float64]]) -> Numbers:
    table = base.library.columns("figures", ["report", "case", "start", "value"])
    rows, units = base.inside(base.reports_of(table["report"]), ints(table["start"]))
    cases = ints(pc.index_in(table["case"], base.case_ids))
    measured = np.flatnonzero(cases >= 0)
    values = table["value"].to_numpy()
    units = np.concatenate([units, cases[measured], told[0]])
    values = np.concatenate([values[rows], values[measured], told[1]])
    return Numbers(values[values >= SMALLEST], units[values >= SMALLEST])


def _regions(base: Base, named: Named, names: Names) -> Regions:
    chosen = named.of_types(*PLACES)
    forms = np.concatenate([part[chosen] for part in (named.name, named.form, named.within)])
    units = np.tile(named.unit[chosen], 3)
    coded = pc.not_equal(named.codes, "").to_numpy(zero_copy_only=False)[named.code]
    order = pc.array_sort_indices(named.codes).to_numpy()
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    code = rank[named.code[coded]]
    return Regions(
        _placed(base, named, forms, units),
        np.array(named.codes.take(pa.array(order)).to_pylist(), dtype=np.bytes_),
        Lists(len(order), code, named.unit[coded]),
        Postings(names, named.folded[named.name[coded]], code),
    )


def _placed(base: Base, named: Named, forms: Codes, units: Codes) -> Postings:
    """Folded names of places, those of the cases themselves too → units."""
    texts, (case_place,) = encoded([pa.chunked_array([folded(base.places)])])
    both, (of_forms, of_cases) = encoded([pa.chunked_array([named.names]), pa.chunked_array([texts])])
    places = np.concatenate([of_forms[named.folded[forms]], of_cases[case_place]])
    owners = np.concatenate([units, np.arange(len(base.places))])
    said = pc.not_equal(both, "").to_numpy(zero_copy_only=False)[places]
    used, compact = np.unique(places[said], return_inverse=True)
    return Postings(Names(both.take(pa.array(used))), compact, owners[said])


def _years(base: Base) -> npt.NDArray[np.int16]:
    said = pc.utf8_slice_codeunits(base.dates, 0, 4)
    digits = pc.fill_null(pc.ascii_is_decimal(said), fill_value=False)
    years = pc.cast(pc.if_else(digits, said, "0"), pa.int16()).to_numpy()
    return years[base.report]  # type: ignore[no-any-return]


def _published(base: Base) -> Postings:
    """Folded publisher of the report → units; none for a report without."""
    texts = folded(base.publishers).dictionary_encode()
    publisher = texts.indices.to_numpy().astype(np.int64)[base.report]
    said = np.flatnonzero(pc.not_equal(texts.dictionary, "").to_numpy(zero_copy_only=False)[publisher])
    return Postings(Names(texts.dictionary), publisher[said], said)

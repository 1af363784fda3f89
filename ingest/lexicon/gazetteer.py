"""Official divisions and villages of China with their codes, and where a text names divisions.

Codes are strings of 2, 4, 6, 9 or 12 digits: province, prefecture, county, township, village.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import as_file, files
from typing import NamedTuple

import ahocorasick
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from ingest.lexicon.script import simplified
from ingest.lexicon.short_forms import short_forms

WIDTHS = (2, 4, 6, 9, 12)
DIVISION_LIMIT = 10**9  # codes below it are divisions, above it villages
TOWNSHIP_KINDS = ("镇", "乡", "街道", "苏木")
# Rows that only hold a place in the code system and name nothing.
PLACEHOLDERS = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划", "市辖县"})


class DivisionHit(NamedTuple):
    """`text[start:end]` reads like the divisions `codes`; `full` where it is an official name, not a short form."""

    start: int
    end: int
    codes: tuple[str, ...]
    full: bool


def parent(code: str) -> str:
    """The code one level up, '' above a province."""
    shorter = [width for width in WIDTHS if width < len(code)]
    return code[: shorter[-1]] if shorter else ""


def village_stem(name: str) -> str:
    """A village's name without the word for what it is: 石桥村, 石桥社区 → 石桥."""
    for suffix in ("行政村", "自然村", "嘎查村", "社区", "嘎查", "村"):
        if name.endswith(suffix) and len(name) - len(suffix) > 1:
            return name[: -len(suffix)]
    return name


class Gazetteer:
    """Names, codes and containment of all divisions and villages; made by `load`, never changed."""

    def __init__(self, codes: npt.NDArray[np.int64], names: pa.StringArray) -> None:
        """`codes` ascending, `names` beside them."""
        self._codes = codes
        self._names = names
        count = int(np.searchsorted(codes, DIVISION_LIMIT))
        written = names[:count].to_pylist()
        self._divisions: dict[str, str] = dict(zip((str(c) for c in codes[:count].tolist()), written, strict=True))
        self._by_name: dict[str, list[str]] = {}
        self._by_short: dict[str, list[str]] = {}
        self._villages: dict[str, dict[str, tuple[str, ...]]] = {}
        self._order: npt.NDArray[np.int64] | None = None
        self._automaton = self._build()

    @staticmethod
    @cache
    def load() -> "Gazetteer":
        """The gazetteer of this version, read once for each process."""
        with as_file(files("ingest.lexicon").joinpath("data/divisions.parquet")) as path:
            table = pq.ParquetFile(path).read()
        # `to_numpy` would load pandas, which takes longer than all the rest
        codes = np.from_dlpack(table["code"].combine_chunks()).astype(np.int64, copy=False)
        return Gazetteer(codes, table["name"].combine_chunks())

    def _build(self) -> ahocorasick.Automaton:
        automaton = ahocorasick.Automaton()
        for code, name in self._divisions.items():
            if name in PLACEHOLDERS or (len(code) == 6 and self._divisions.get(code[:4]) == name):
                continue  # 东莞市 stands once, as a prefecture
            # 乾安县 is looked for in texts that say 干安县 once they are simplified.
            self._by_name.setdefault(simplified(name), []).append(code)
            # Townships go by bare short forms (开通, 合作) only beside their full name: see `divisions_called`.
            for short in short_forms(name):
                if len(code) < 9 or short.endswith(TOWNSHIP_KINDS):
                    self._by_short.setdefault(short, []).append(code)
        for form in {*self._by_name, *self._by_short}:
            automaton.add_word(form, form)
        automaton.make_automaton()
        return automaton

    def name(self, code: str) -> str:
        """The name of `code`, '' where there is no such code."""
        if len(code) < 12:
            return self._divisions.get(code, "")
        at = int(np.searchsorted(self._codes, int(code)))
        return str(self._names[at]) if at < len(self._codes) and self._codes[at] == int(code) else ""

    def ancestors(self, code: str) -> Iterator[str]:
        """Codes of the real divisions that contain `code`, nearest first."""
        above = parent(code)
        while above:
            if self.name(above) not in PLACEHOLDERS | {""}:
                yield above
            above = parent(above)

    def path(self, code: str) -> str:
        """The full name from the province down: 浙江省台州市天台县白鹤镇石桥村."""
        own = self.name(code)
        names = [self.name(c) for c in self.ancestors(code)]
        return "".join([*reversed(names), own]) if own else ""

    def children(self, code: str) -> tuple[str, ...]:
        """Codes one level below `code`; placeholder rows are passed through to what they hold."""
        if len(code) >= 12:
            return ()
        scale = 10 ** (WIDTHS[WIDTHS.index(len(code)) + 1] - len(code))
        first, last = np.searchsorted(self._codes, [int(code) * scale, (int(code) + 1) * scale]).tolist()
        found: list[str] = []
        for below in (str(c) for c in self._codes[first:last].tolist()):
            found.extend(self.children(below) if self.name(below) in PLACEHOLDERS else (below,))
        return tuple(found)

    def villages(self, code: str) -> dict[str, tuple[str, ...]]:
        """Village name → codes, for all villages below the county or township `code` (6 or 9 digits)."""
        if code not in self._villages:
            scale = 10 ** (12 - len(code))
            first, last = np.searchsorted(self._codes, [int(code) * scale, (int(code) + 1) * scale]).tolist()
            found: dict[str, tuple[str, ...]] = {}
            for number, name in zip(self._codes[first:last].tolist(), self._names[first:last].to_pylist(), strict=True):
                plain = simplified(name)
                found[plain] = (*found.get(plain, ()), str(number))
            self._villages[code] = found
        return self._villages[code]

    def find(self, name: str, under: str | Iterable[str] = "") -> tuple[str, ...]:
        """Codes of everything with the official name `name`, divisions first, else of divisions so called for short.

        `under` keeps only what lies below (one of) these codes.
        """
        bounds = (under,) if isinstance(under, str) else tuple(under)
        codes = [*self._by_name.get(simplified(name), ()), *self._village_codes(name)] or list(
            self.divisions_called(name)[0]
        )
        return tuple(code for code in codes if code.startswith(bounds))

    def divisions_called(self, form: str) -> tuple[tuple[str, ...], bool]:
        """Codes of the divisions that `form` names, and whether it is their official name rather than a short form."""
        full = self._by_name.get(form)
        if full:
            return tuple(full), True
        townships = (code for kind in TOWNSHIP_KINDS for code in self._by_name.get(form + kind, ()))
        return (*self._by_short.get(form, ()), *townships), False

    def divisions_in(self, text: str) -> list[DivisionHit]:
        """Every stretch of `text` (simplified) that reads like a division, overlapping ones too; nothing is judged yet.

        Bare short forms of townships are left out: they are common words too often.
        """
        hits: list[DivisionHit] = []
        for end, form in self._automaton.iter(text):
            codes, full = self.divisions_called(form)
            hits.append(DivisionHit(end + 1 - len(form), end + 1, codes, full))
        return hits

    def _village_codes(self, name: str) -> list[str]:
        """Codes of the villages called `name` anywhere, by bisection in the order of names (made at first use)."""
        if self._order is None:
            first = int(np.searchsorted(self._codes, DIVISION_LIMIT))
            self._order = np.from_dlpack(pc.sort_indices(self._names[first:])).astype(np.int64) + first
        order = self._order
        left, right = self._edge(order, name, after=False), self._edge(order, name, after=True)
        return sorted(str(self._codes[at]) for at in order[left:right].tolist())

    def _edge(self, order: npt.NDArray[np.int64], name: str, *, after: bool) -> int:
        low, high = 0, len(order)
        while low < high:
            middle = (low + high) // 2
            here = str(self._names[int(order[middle])])
            if here < name or (after and here == name):
                low = middle + 1
            else:
                high = middle
        return low

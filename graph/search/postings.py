"""Compact look-up tables: names to numbers, and numbers to the units that bear them. Arrays only, no Python objects.

A million names as Python strings in a dictionary take 200 MB and a second to make; as one text with offsets and hashes
they take a tenth of both.
"""

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Places = npt.NDArray[np.int32]  # places of units
Hashes = npt.NDArray[np.uint64]
Codes = npt.NDArray[np.int64]

BASE = np.uint64(0x9E3779B97F4A7C15)  # odd, so that it has an inverse modulo 2^64
INVERSE = np.uint64(pow(int(BASE), -1, 2**64))
NONE = np.empty(0, dtype=np.int32)


class Names:
    """Different texts in a fixed order, found by what they say. A text's hash is a polynomial over its bytes modulo
    2^64, so that the hashes of all parts of a text come from its prefix sums at once; every find is then compared.
    """

    def __init__(self, texts: pa.StringArray) -> None:
        """`texts`: no nulls, none twice."""
        self._texts = texts
        offsets = np.frombuffer(texts.buffers()[1], dtype=np.int32)[texts.offset : texts.offset + len(texts) + 1]
        held = np.frombuffer(texts.buffers()[2] or b"", dtype=np.uint8)[offsets[0] : offsets[-1]]
        bounds = (offsets - offsets[0]).astype(np.int64)
        hashes = _hashes(held, bounds[:-1], bounds[1:])
        self._order = np.argsort(hashes, kind="stable").astype(np.int32)
        self._hashes = hashes[self._order]

    def __len__(self) -> int:
        return len(self._texts)

    def __getitem__(self, at: int) -> str:
        return str(self._texts[at])

    def find(self, text: str) -> int:
        """The place of `text`, -1 where it is not among them."""
        held = np.frombuffer(text.encode("utf-8"), dtype=np.uint8)
        wanted = _hashes(held, np.zeros(1, dtype=np.int64), np.array([len(held)]))[0]
        return self._same(text, int(np.searchsorted(self._hashes, wanted)), wanted)

    def _same(self, text: str, at: int, wanted: np.uint64) -> int:
        while at < len(self._hashes) and self._hashes[at] == wanted:
            if self[int(self._order[at])] == text:
                return int(self._order[at])
            at += 1
        return -1

    def inside(self, text: str, shortest: int, longest: int) -> list[tuple[int, int, int]]:
        """All parts of `text` of so many characters that are among the names: start, end, place; by start, longest
        first.
        """
        held = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
        widths = 1 + (held > 0x7F) + (held > 0x7FF) + (held > 0xFFFF)
        bounds = np.concatenate([[0], np.cumsum(widths)]).astype(np.int64)
        size = len(text)
        starts, lengths = np.meshgrid(np.arange(size), np.arange(longest, shortest - 1, -1), indexing="ij")
        fits = starts + lengths <= size
        first, last = starts[fits], (starts + lengths)[fits]
        hashes = _hashes(np.frombuffer(text.encode("utf-8"), dtype=np.uint8), bounds[first], bounds[last])
        places = np.searchsorted(self._hashes, hashes)
        there = np.zeros(len(hashes), dtype=bool)
        within = places < len(self._hashes)
        there[within] = self._hashes[places[within]] == hashes[within]
        found = []
        for at in np.flatnonzero(there).tolist():
            start, end = int(first[at]), int(last[at])
            if (place := self._same(text[start:end], int(places[at]), hashes[at])) >= 0:
                found.append((start, end, place))
        return found


def _hashes(held: npt.NDArray[np.uint8], starts: Codes, ends: Codes) -> Hashes:
    """Hashes of the parts [start, end) of the bytes `held`: sums of (byte + 1) · BASE^place, moved to place 0."""
    powers = np.full(len(held) + 1, BASE, dtype=np.uint64)
    powers[0] = 1
    np.multiply.accumulate(powers, out=powers)
    sums = np.zeros(len(held) + 1, dtype=np.uint64)
    np.cumsum((held.astype(np.uint64) + np.uint64(1)) * powers[:-1], out=sums[1:])
    back = np.full(len(held) + 1, INVERSE, dtype=np.uint64)
    back[0] = 1
    np.multiply.accumulate(back, out=back)
    found: Hashes = (sums[ends] - sums[starts]) * back[starts]
    return found


class Lists:
    """For each place 0 … n-1 some numbers, ascending; held as one array."""

    def __init__(self, size: int, places: Codes, values: Codes) -> None:
        """`places` and `values`: pairs in any order; one that comes twice counts once."""
        span = int(values.max()) + 1 if len(values) else 1
        pairs = np.unique(places.astype(np.int64) * span + values)
        self.values: Places = (pairs % span).astype(np.int32)
        self.bounds = np.searchsorted(pairs, np.arange(size + 1, dtype=np.int64) * span)

    def __getitem__(self, place: int) -> Places:
        return self.values[self.bounds[place] : self.bounds[place + 1]] if place >= 0 else NONE

    def between(self, first: int, last: int) -> Places:
        """What any of the places from `first` to before `last` holds."""
        return np.unique(self.values[self.bounds[first] : self.bounds[last]])


class Postings:
    """For each of some names the units that bear it, ascending; none for a name that is not there."""

    def __init__(self, names: Names, places: Codes, units: Codes) -> None:
        """`places` and `units`: pairs of a name's place and a unit, in any order; one that comes twice counts once."""
        self.names = names
        self.lists = Lists(len(names), places, units)

    def __getitem__(self, name: str) -> Places:
        return self.lists[self.names.find(name)]

    def __contains__(self, name: str) -> bool:
        return self.names.find(name) >= 0


def encoded(columns: Iterable[pa.ChunkedArray]) -> tuple[pa.StringArray, list[Codes]]:
    """The different texts of some columns, and for each column the places of its texts among them."""
    given: Sequence[pa.ChunkedArray] = list(columns)
    chunks = [chunk for column in given for chunk in column.chunks]
    whole = pa.chunked_array(chunks, type=pa.string()).dictionary_encode().combine_chunks()
    if isinstance(whole, pa.ChunkedArray):  # no chunk at all
        return pa.array([], pa.string()), [np.empty(0, dtype=np.int64) for _ in given]
    codes = whole.indices.to_numpy(zero_copy_only=False).astype(np.int64)
    return whole.dictionary, np.split(codes, np.cumsum([len(column) for column in given])[:-1])


def ranges(first: Codes, count: Codes) -> Codes:
    """`first[0] … first[0] + count[0] - 1`, then those of the next, and so on."""
    ends = np.cumsum(count)
    total = int(ends[-1]) if len(ends) else 0
    found: Codes = np.arange(total) + np.repeat(first - (ends - count), count)
    return found

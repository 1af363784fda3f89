"""Names that are nearly written: one character wrong, missing, one too many, or two neighbours that changed places.

Every name is kept under the hash of itself and of itself with each one character left out. Two strings that differ by
one such slip share one of these hashes, so a look-up costs a binary search for each character left out of what was
written (the symmetric deletions of Garbe, https://github.com/wolfgarbe/SymSpell, on arrays). Hashes only propose:
`slip` compares the characters.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
import numpy.typing as npt

SHORTEST = 3  # characters: of a shorter name, one wrong character leaves nothing to go by
SHORTEST_LATIN = 5
LONGEST = 24
READ = 200  # characters of a text that are looked through for names
MANY = 2000  # names compared character by character for one text

# What a name ends in without saying which one it is: two villages that share no more than this have nothing in common.
GENERIC = re.compile(
    r"(村民委员会|村委会|行政村|自然村|社区|村|街道|[省市州县区旗镇乡盟]|党支部|党总支|党委|联合党委|(?:党建)?联盟|联合体"
    r"|(?:股份|有限责任|有限)?公司|集团|合作社|联合社|协会|大学|学院|工作室)$"
)

Hashes = npt.NDArray[np.uint64]

_PRIME = 0x9E3779B97F4A7C15  # odd, so that it has an inverse modulo 2^64
_POWERS = np.array([pow(_PRIME, at, 2**64) for at in range(LONGEST + 2)], dtype=np.uint64)
_INVERSE = np.uint64(pow(_PRIME, -1, 2**64))


@dataclass(frozen=True, slots=True)
class Slip:
    """How `written` differs from a name: `kind` is wrong, missing, extra or swapped, `at` the place in `written`."""

    kind: str
    at: int


@dataclass(frozen=True, slots=True)
class Near:
    """`name` is nearly what stands at [start, end) of a text, `written` there."""

    start: int
    end: int
    written: str
    name: str
    slip: Slip


def slip(written: str, name: str) -> Slip | None:
    """The one slip that makes `name` into `written`; None where they are equal, or differ by more."""
    at = next((i for i, (a, b) in enumerate(zip(written, name, strict=False)) if a != b), min(len(written), len(name)))
    if len(written) == len(name) > at:
        if written[at + 1 :] == name[at + 1 :]:
            return Slip("wrong", at)
        swapped = written[at : at + 2] == name[at : at + 2][::-1] and written[at + 2 :] == name[at + 2 :]
        return Slip("swapped", at) if swapped else None
    if len(written) + 1 == len(name) and written[at:] == name[at + 1 :]:
        return Slip("missing", at)
    if len(written) == len(name) + 1 and written[at + 1 :] == name[at:]:
        return Slip("extra", at)
    return None


class NearNames:
    """The near-name index of `names` (folded, each once); those too short or too long are passed over."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names: list[str] = sorted((name for name in names if _forgiven(name)), key=lambda n: (len(n), n))
        keys, owners = [np.empty(0, np.uint64)], [np.empty(0, np.int32)]
        at = 0
        for _, group in groupby(self.names, key=len):
            own = list(group)
            hashes = _hashes(own)
            keys.append(hashes.ravel())
            owners.append(np.repeat(np.arange(at, at + len(own), dtype=np.int32), hashes.shape[1]))
            at += len(own)
        together = np.concatenate(keys)
        order = np.argsort(together, kind="stable")
        self._keys = together[order]
        self._owners = np.concatenate(owners)[order]
        self._known = frozenset(self.names)

    def near(self, written: str) -> list[tuple[str, Slip]]:
        """Names that differ from `written` by one slip, by name."""
        if not SHORTEST - 1 <= len(written) <= LONGEST + 1:
            return []
        found = ((self.names[at], slip(written, self.names[at])) for at in self._owners_of(_hashes([written]))[1])
        return sorted({(name, one) for name, one in found if one is not None}, key=lambda pair: pair[0])

    def near_in(self, text: str, seen: Callable[[str], bool], taken: Sequence[tuple[int, int]] = ()) -> list[Near]:
        """Names that stand in `text` with one slip, in its order, none over another.

        `taken` are the spans of names that stand there as they are. `seen` says whether two characters stand together
        anywhere in the library: where all that a slip brought together does, the text means what it says.
        """
        text = text[:READ]
        found = [one for one in self._proposed(text) if _is_meant(one, text, seen, taken)]
        kept: list[Near] = []
        for one in sorted(found, key=lambda x: (-len(x.name), _doubt(x), x.start, x.name)):
            if all(one.end <= other.start or other.end <= one.start for other in kept):
                kept.append(one)
        return sorted(kept, key=lambda x: x.start)

    def _proposed(self, text: str) -> list[Near]:
        found = []
        for length in range(SHORTEST, min(len(text), LONGEST + 1) + 1):
            windows = [text[at : at + length] for at in range(len(text) - length + 1)]
            rows, owners = self._owners_of(_hashes(windows))
            for row, owner in list(zip(rows.tolist(), owners.tolist(), strict=True))[:MANY]:
                name = self.names[owner]
                if (one := slip(windows[row], name)) is not None:
                    found.append(Near(row, row + length, windows[row], name, one))
        return found

    def _owners_of(self, hashes: Hashes) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32]]:
        """(row of `hashes`, position in `names`) of all that share a hash, each pair once."""
        low = np.searchsorted(self._keys, hashes.ravel(), side="left")
        high = np.searchsorted(self._keys, hashes.ravel(), side="right")
        counts = high - low
        rows = np.repeat(np.repeat(np.arange(len(hashes)), hashes.shape[1]), counts)
        places = np.repeat(low - np.concatenate(([0], np.cumsum(counts)[:-1])), counts) + np.arange(counts.sum())
        pairs = np.unique(np.stack([rows, self._owners[places]]), axis=1)
        return pairs[0], pairs[1].astype(np.int32)


def _forgiven(name: str) -> bool:
    return (SHORTEST_LATIN if name.isascii() else SHORTEST) <= len(name) <= LONGEST


def _hashes(words: Sequence[str]) -> Hashes:
    """Hashes of words of one length n, and of each without one of its characters: (words, n + 1)."""
    length = len(words[0])
    codes = np.frombuffer("".join(words).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    parts = codes.reshape(len(words), length).astype(np.uint64) * _POWERS[:length]
    sums = np.cumsum(parts, axis=1, dtype=np.uint64)
    whole = sums[:, -1:]
    without = (sums - parts) + (whole - sums) * _INVERSE
    return np.concatenate([whole, without], axis=1)


def _doubt(one: Near) -> int:
    """Which of several readings of one place is taken: a slip inside, then a name cut short, then another last word."""
    if one.slip.kind == "missing" and one.slip.at == len(one.written):
        return 1
    return 0 if one.slip.at < len(GENERIC.sub("", one.name)) else 2


def _is_meant(one: Near, text: str, seen: Callable[[str], bool], taken: Sequence[tuple[int, int]]) -> bool:
    """Whether what stands there is likely a slip, and no word or name of its own."""
    stem = len(GENERIC.sub("", one.name))
    if stem < SHORTEST or (one.slip.kind == "extra" and one.slip.at in (0, len(one.written) - 1)):
        return False
    if any(start <= one.start and one.end <= end for start, end in taken):
        return False
    if one.slip.kind == "wrong" and one.slip.at >= stem and stem == SHORTEST:  # another word after a name cut short
        return False
    if len(one.name) == SHORTEST and any(start < one.end and one.start < end for start, end in taken):
        return False
    if one.slip.kind == "missing" and one.slip.at in (0, len(one.written)):
        return one.slip.at > 0 and stem < len(one.name)  # 石桥湾 for 石桥湾村
    first, last = one.start + one.slip.at - 1, one.start + one.slip.at + (one.slip.kind != "missing")
    pairs = [text[at : at + 2] for at in range(max(first, one.start), min(last, one.end - 1)) if at + 2 <= one.end]
    return any(not seen(pair) for pair in pairs)

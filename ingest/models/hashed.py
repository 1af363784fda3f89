"""A linear model over hashed conjunctions of numbers: small files, no library but numpy, the same scores everywhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

BITS = 16  # of a feature's code where nothing else is said; training and use must agree
WIDEST = 4  # numbers that one template joins at most
Ints = NDArray[np.int64]
Floats = NDArray[np.float32]


@lru_cache(maxsize=1 << 14)
def code_of(word: str) -> int:
    """A number below 2 ** 48 for a short word."""
    number = len(word)
    for c in word:
        number = (number * 70001 + ord(c)) & 0xFFFFFFFFFFFF
    return number


@dataclass(frozen=True, slots=True)
class Templates:
    """Conjunctions of named numbers: `columns` [templates, WIDEST] are indices into a row; the last means none."""

    names: tuple[str, ...]
    columns: Ints
    seeds: NDArray[np.uint64]
    bits: int = BITS

    @classmethod
    def of(cls, names: Sequence[str], lines: str, seed: int = 1, bits: int = BITS) -> "Templates":
        """The templates that `lines` writes, set apart by semicolons, their names by spaces.

        `word*` stands for word0, word1, …: a bag, whose members share their features whatever their place.

        Raises:
            ValueError: a name that `names` lacks, or too many in one template.
        """
        rows, numbers = [], []
        for number, line in enumerate(lines.split(";"), start=seed):
            bag = next((part[:-1] for part in line.split() if part.endswith("*")), "")
            members = [n for n in names if bag and n.startswith(bag) and n[len(bag) :].isdigit()] or [""]
            for member in members:
                row = [names.index(member if part.endswith("*") else part) for part in line.split()]
                if len(row) > WIDEST:
                    raise ValueError(f"more than {WIDEST} names: {line}")
                rows.append(row + [len(names)] * (WIDEST - len(row)))
                numbers.append(number)
        seeds = np.array(numbers, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        return cls(tuple(names), np.array(rows, dtype=np.int64), seeds, bits)

    def codes(self, rows: Sequence[Sequence[int]] | Ints) -> Ints:
        """[rows, templates]: the place of each feature's weight; `rows` have one number a name."""
        numbers = np.zeros((len(rows), len(self.names) + 1), dtype=np.uint64)
        if len(rows):
            numbers[:, :-1] = rows
        mixed = np.broadcast_to(self.seeds, (len(rows), len(self.seeds))).copy()
        for at in range(WIDEST):
            mixed ^= numbers[:, self.columns[:, at]]
            mixed *= np.uint64(0xFF51AFD7ED558CCD)
            mixed ^= mixed >> np.uint64(29)
        mixed *= np.uint64(0xC4CEB9FE1A85EC53)
        return (mixed >> np.uint64(64 - self.bits)).astype(np.int64)


@dataclass(frozen=True, slots=True)
class HashedModel:
    """One weight for each code, and a bias."""

    weights: Floats
    bias: float = 0.0

    def scores(self, codes: Ints) -> Floats:
        """[rows]: the log-odds (or rank) of examples whose features have these codes [rows, features]."""
        summed: Floats = self.weights[codes].sum(axis=1, dtype=np.float32) + np.float32(self.bias)
        return summed

    def save(self, path: Path) -> None:
        """Write the model as a compressed .npz, weights in half precision."""
        np.savez_compressed(path, **self.arrays())  # type: ignore[arg-type]  # numpy's stub

    @classmethod
    def load(cls, path: Path) -> "HashedModel":
        """Read what `save` wrote."""
        with np.load(path, allow_pickle=False) as data:
            return cls.of(data)

    def arrays(self) -> dict[str, np.generic | NDArray[np.generic]]:
        """What a model file holds of it, weights in half precision."""
        return {"weights": self.weights.astype(np.float16), "bias": np.float32(self.bias)}

    @classmethod
    def of(cls, held: Mapping[str, NDArray[np.generic]]) -> "HashedModel":
        """The model of a model file."""
        return cls(held["weights"].astype(np.float32), float(held["bias"]))

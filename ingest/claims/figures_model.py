"""A linear model over hashed features: small files, no library but numpy, the same scores everywhere."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from zlib import crc32

import numpy as np

BUCKETS = 1 << 15  # weights per output; training and use must agree


@lru_cache(maxsize=1 << 16)  # a report's features repeat
def bucket(feature: str) -> int:
    """Where a feature's weight stands. crc32 is stable across machines and processes, unlike hash()."""
    return crc32(feature.encode("utf-8")) & (BUCKETS - 1)


@dataclass(frozen=True, slots=True)
class LinearModel:
    """Weights [labels, BUCKETS] and one bias for each label, as plain lists: summing a few dozen beats numpy here."""

    labels: tuple[str, ...]
    weights: tuple[list[float], ...]
    biases: tuple[float, ...]

    def score(self, features: Iterable[str], label: int = 0) -> float:
        """The log-odds (or rank) of one label for an example with these features."""
        row = self.weights[label]
        return self.biases[label] + sum(map(row.__getitem__, map(bucket, features)))

    def scores(self, features: Iterable[str]) -> list[float]:
        """One log-odds for each label."""
        places = [bucket(f) for f in features]
        return [bias + sum(row[p] for p in places) for row, bias in zip(self.weights, self.biases, strict=True)]

    def save(self, path: Path) -> None:
        """Write the model as a compressed .npz, weights in half precision."""
        np.savez_compressed(
            path,
            labels=np.array(self.labels),
            weights=np.array(self.weights, dtype=np.float16),
            biases=np.array(self.biases, dtype=np.float32),
        )

    @classmethod
    def load(cls, path: Path) -> "LinearModel":
        """Read what `save` wrote."""
        with np.load(path, allow_pickle=False) as data:
            weights = tuple(row.tolist() for row in data["weights"].astype(np.float32))
            return cls(tuple(data["labels"].tolist()), weights, tuple(data["biases"].tolist()))

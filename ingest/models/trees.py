"""Boosted decision trees in numpy: every tree is walked at once, for all rows at once."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Trees:
    """Nodes of all trees one after the other; `roots` [trees] says where each begins.

    A row goes to `left` where its `feature` is at most `threshold`, else to `right`; a leaf leads to itself. The sum
    of the leaves' `value` and `base` is a logit. `depth` [1] is how many steps the deepest tree takes.
    """

    roots: Ints
    feature: Ints
    threshold: Floats
    left: Ints
    right: Ints
    value: Floats
    base: Floats
    depth: Ints

    def logits(self, rows: Floats) -> Floats:
        """[rows] of logits of `rows` [rows, features]."""
        at = np.broadcast_to(self.roots, (len(rows), len(self.roots)))
        number = np.arange(len(rows))[:, None]
        for _ in range(int(self.depth[0])):
            at = np.where(rows[number, self.feature[at]] <= self.threshold[at], self.left[at], self.right[at])
        summed: Floats = self.value[at].sum(axis=1) + self.base[0]
        return summed

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """What a model file holds of them."""
        return {f"trees_{field.name}": getattr(self, field.name) for field in fields(self)}

    @classmethod
    def of(cls, held: Mapping[str, NDArray[np.generic]]) -> "Trees":
        """The trees of a model file."""
        found = {field.name: held[f"trees_{field.name}"] for field in fields(cls)}
        return cls(**found)  # type: ignore[arg-type]  # the file says what they are


_NODE, _LEAF = np.zeros(1, dtype=np.int64), np.zeros(1, dtype=np.float32)
NO_TREES = Trees(_NODE, _NODE, _LEAF, _NODE, _NODE, _LEAF, _LEAF, _NODE)  # one leaf that says nothing

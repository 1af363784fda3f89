"""The trained pair classifier in numpy: how likely each relation holds between the two items of a pair.

A pair's input is the sum of its templates' vectors, the n-gram vectors of its four segments (each divided by the root
of their number), and its word bits. There is one hidden layer, its weights chosen by whether the head stands first;
relations also get a direct weight from each template. `ingest.training.relations` makes the file.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from ingest.claims.features import RELATIONS, SEGMENTS, Pairs, allowed
from ingest.claims.relations_scene import Ints, Scene
from ingest.claims.relations_weighing import NONE, Candidates
from ingest.models import model_path
from ingest.models.trees import Trees

Floats = NDArray[np.float32]
MODEL_FILE = "relations.npz"


@dataclass(frozen=True, slots=True)
class RelationModel:
    """Weights; first axis of `hidden_weight`, `hidden_bias` is 0 where the tail stands first, 1 where the head does.

    A row of `template_table` is a template's direct weight for each relation, then its vector.
    `trees` weigh what the pairs say (see `relations_weighing`); `threshold` [1] is the least probability of a claim.
    """

    template_table: Floats
    gram_table: Floats
    hidden_weight: Floats
    hidden_bias: Floats
    relation_weight: Floats
    relation_bias: Floats
    trees: Trees
    threshold: Floats

    @classmethod
    def load(cls) -> "RelationModel":
        """The model of this package, read once a process."""
        return _load()

    @classmethod
    def read(cls, path: Path) -> "RelationModel":
        """The model that `save` wrote to `path`."""
        with np.load(path, allow_pickle=False) as stored:
            fits = "trees_roots" in stored and tuple(stored["relations"].tolist()) == RELATIONS
            if not fits:
                raise ValueError(f"{path} was trained for another ontology or version: train it again.")
            weights = {name: stored[name].astype(np.float32) for name in _WEIGHTS}
            whole = ("roots", "feature", "left", "right", "depth")
            kinds = {name: np.int64 if name in whole else np.float32 for name in Trees.__slots__}
            trees = {name: stored[f"trees_{name}"].astype(kind) for name, kind in kinds.items()}
            return cls(**weights, trees=Trees(**trees))

    def save(self, path: Path) -> None:
        """Write the weights in half precision, the trees in single."""
        arrays = {name: getattr(self, name).astype(np.float16) for name in _WEIGHTS}
        trees = {f"trees_{name}": getattr(self.trees, name) for name in Trees.__slots__}
        small = {name: a.astype(np.int32) if a.dtype == np.int64 else a for name, a in trees.items()}
        np.savez_compressed(path, relations=np.array(RELATIONS), **arrays, **small)

    def logits(self, scene: Scene, pairs: Pairs) -> Floats:
        """[pairs, relations]: what the pair model says of `pairs` of `scene`, NONE where the ontology forbids."""
        if not len(pairs.head):
            return np.zeros((0, len(RELATIONS)), np.float32)
        bounded = np.clip(self.raw(pairs), NONE, -NONE)
        return np.where(permitted(scene, pairs), bounded, np.float32(NONE))

    def chances(self, found: Candidates) -> Floats:
        """[candidates]: calibrated probabilities."""
        if not len(found.relation):
            return np.zeros(0, np.float32)
        return (1 / (1 + np.exp(-self.trees.logits(found.rows)))).astype(np.float32)

    def raw(self, pairs: Pairs) -> Floats:
        """Uncalibrated logits [pairs, relations]."""
        bounds = np.arange(len(pairs.templates) + 1) * pairs.templates.shape[1]
        both = _sums(self.template_table, pairs.templates.ravel(), bounds)
        wide, summed = both[:, : len(RELATIONS)], both[:, len(RELATIONS) :]
        grams = _segment_sums(self.gram_table, pairs)
        given = np.concatenate([summed, grams, pairs.words.astype(np.float32)], axis=1)
        hidden = np.empty((len(given), self.hidden_weight.shape[2]), dtype=np.float32)
        for direction in (0, 1):
            chosen = pairs.forward == bool(direction)
            hidden[chosen] = given[chosen] @ self.hidden_weight[direction] + self.hidden_bias[direction]
        np.maximum(hidden, 0, out=hidden)
        logits: Floats = hidden @ self.relation_weight + self.relation_bias + wide
        return logits


_WEIGHTS = tuple(name for name in RelationModel.__slots__ if name != "trees")


def permitted(scene: Scene, pairs: Pairs) -> NDArray[np.bool_]:
    """[pairs, relations]: what the ontology allows; a symmetric relation is asked once, of the pair as it reads."""
    fits = allowed()[scene.subtype[pairs.head], scene.subtype[pairs.tail]]
    fits[~pairs.forward, RELATIONS.index("partners_with")] = False
    return fits


def _sums(table: Floats, codes: Ints, bounds: Ints) -> Floats:
    """Sums of the rows of `table` that codes[bounds[i] : bounds[i + 1]] name, for every i."""
    ones = np.ones(len(codes), dtype=np.float32)
    counts = csr_array((ones, codes.astype(np.int32), bounds.astype(np.int32)), shape=(len(bounds) - 1, len(table)))
    sums: Floats = counts @ table  # twenty times faster than summing the gathered rows
    return sums


def _segment_sums(table: Floats, pairs: Pairs) -> Floats:
    """[pairs, SEGMENTS * width]: sums of n-gram vectors, each divided by the root of their number + 1."""
    sums = _sums(table, pairs.grams, np.concatenate([[0], np.cumsum(pairs.lengths)]))
    sums /= np.sqrt(pairs.lengths + 1, dtype=np.float32)[:, None]
    return sums[pairs.segments].reshape(len(pairs.segments), SEGMENTS * table.shape[1])


@cache
def _load() -> RelationModel:
    return RelationModel.read(model_path(MODEL_FILE))

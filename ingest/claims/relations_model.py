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
from ingest.models import model_path

Floats = NDArray[np.float32]
MODEL_FILE = "relations.npz"


@dataclass(frozen=True, slots=True)
class RelationModel:
    """Weights; first axis of `hidden_weight`, `hidden_bias` is 0 where the tail stands first, 1 where the head does.

    A row of `template_table` is a template's direct weight for each relation, then its vector.
    `scale`, `shift` turn a raw score into a calibrated logit, `thresholds` are the least probabilities of a claim.
    """

    template_table: Floats
    gram_table: Floats
    hidden_weight: Floats
    hidden_bias: Floats
    relation_weight: Floats
    relation_bias: Floats
    scale: Floats
    shift: Floats
    thresholds: Floats

    @classmethod
    def load(cls) -> "RelationModel":
        """The model of this package, read once a process."""
        return _load()

    @classmethod
    def read(cls, path: Path) -> "RelationModel":
        """The model that `save` wrote to `path`."""
        with np.load(path, allow_pickle=False) as stored:
            if tuple(stored["relations"].tolist()) != RELATIONS:
                raise ValueError(f"{path} was trained for other relations than the ontology declares: train it again.")
            return cls(**{name: stored[name].astype(np.float32) for name in cls.__slots__})

    def save(self, path: Path) -> None:
        """Write the weights in half precision."""
        arrays = {name: getattr(self, name).astype(np.float16) for name in self.__slots__}
        np.savez_compressed(path, relations=np.array(RELATIONS), **arrays)

    def score(self, scene: Scene, pairs: Pairs) -> Floats:
        """[pairs, relations]: calibrated probabilities, 0 where the ontology forbids; `pairs` are those of `scene`."""
        if not len(pairs.head):
            return np.zeros((0, len(RELATIONS)), np.float32)
        logits = self.raw(pairs) * self.scale + self.shift
        chances = (1 / (1 + np.exp(-np.clip(logits, -30, 30)))) * permitted(scene, pairs)
        return np.asarray(chances, dtype=np.float32)

    def raw(self, pairs: Pairs) -> Floats:
        """Uncalibrated logits [pairs, relations]."""
        bounds = np.arange(len(pairs.templates) + 1) * pairs.templates.shape[1]
        both = _sums(self.template_table, pairs.templates.ravel(), bounds)
        wide, summed = both[:, : len(RELATIONS)], both[:, len(RELATIONS) :]
        grams = _segment_sums(self.gram_table, pairs.grams, pairs.lengths)
        given = np.concatenate([summed, grams, pairs.words.astype(np.float32)], axis=1)
        hidden = np.empty((len(given), self.hidden_weight.shape[2]), dtype=np.float32)
        for direction in (0, 1):
            chosen = pairs.forward == bool(direction)
            hidden[chosen] = given[chosen] @ self.hidden_weight[direction] + self.hidden_bias[direction]
        np.maximum(hidden, 0, out=hidden)
        logits: Floats = hidden @ self.relation_weight + self.relation_bias + wide
        return logits


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


def _segment_sums(table: Floats, grams: Ints, lengths: Ints) -> Floats:
    """[pairs, SEGMENTS * width]: sums of n-gram vectors, each divided by the root of their number + 1."""
    flat = lengths.ravel()
    sums = _sums(table, grams, np.concatenate([[0], np.cumsum(flat)]))
    sums /= np.sqrt(flat + 1, dtype=np.float32)[:, None]
    return sums.reshape(len(lengths), SEGMENTS * table.shape[1])


@cache
def _load() -> RelationModel:
    return RelationModel.read(model_path(MODEL_FILE))

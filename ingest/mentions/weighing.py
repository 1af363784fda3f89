"""Weighs what was found: which of the things a report seems to name are named indeed.

The tagger sees a window of a paragraph. Whether 欢急 is a person's name shows in the whole report: how often it stands,
whether it begins with a name that stands elsewhere, how sure the finder is, what the name ends in. A linear model over
hashed features and boosted trees over its verdict and a few numbers give one probability a thing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from graph.records import Mention, Report
from ingest.lexicon import Lexicon, simplified
from ingest.mentions.weighing_features import TEMPLATES, things
from ingest.models import model_path
from ingest.models.hashed import HashedModel
from ingest.models.trees import Floats, Trees

MODEL_FILE = "weighing.npz"


@dataclass(frozen=True, slots=True)
class WeighingModel:
    """The linear part, the trees that read its verdict as their last number, and the least probability to be kept."""

    linear: HashedModel
    trees: Trees
    threshold: float

    def chances(self, codes: Sequence[Sequence[int]], numbers: Floats) -> Floats:
        """[things]: probabilities, of their feature rows `codes` and their plain `numbers` [things, numbers]."""
        verdict = self.linear.scores(TEMPLATES.codes(codes))
        logits = self.trees.logits(with_verdict(numbers, verdict))
        chances: Floats = (1 / (1 + np.exp(-logits))).astype(np.float32)
        return chances

    def arrays(self) -> dict[str, np.generic | NDArray[np.generic]]:
        """What a model file holds."""
        return {**self.linear.arrays(), "threshold": np.float32(self.threshold), **self.trees.arrays()}

    @classmethod
    @cache
    def load(cls) -> "WeighingModel":
        """The model of the models folder in force."""
        with np.load(model_path(MODEL_FILE), allow_pickle=False) as held:
            return cls(HashedModel.of(held), Trees.of(held), float(held["threshold"]))


def with_verdict(numbers: Floats, verdict: Floats) -> Floats:
    """[things, numbers + 1]: what the trees read."""
    return np.concatenate([numbers, verdict[:, None]], axis=1, dtype=np.float32)


def weighed(report: Report, mentions: Sequence[Mention], lexicon: Lexicon) -> tuple[Mention, ...]:
    """The mentions of the things that are probable enough, in the order given."""
    if not mentions:
        return ()
    model = WeighingModel.load()
    found = things(simplified(report.text), simplified(report.title), mentions, lexicon)
    chances = model.chances([t.codes for t in found], np.array([t.numbers for t in found], dtype=np.float32))
    kept = {t.key for t, chance in zip(found, chances.tolist(), strict=True) if chance >= model.threshold}
    return tuple(m for m in mentions if (m.type, m.name) in kept)

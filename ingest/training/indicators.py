"""Trains the two parts of the model that says what a figure measures, from the indicators of annotated reports."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ingest.claims.figures_indicator import IndicatorModel, around, best, ways
from ingest.claims.figures_quantities import Quantity
from ingest.claims.figures_scene import Scene
from ingest.claims.indicator_options import Option, matrix, plain, shared
from ingest.claims.indicator_words import Word, codes
from ingest.lexicon import simplified
from ingest.models.hashed import BITS, HashedModel
from ingest.models.trees import NO_TREES, Trees
from ingest.training.growing import grown, linear

STRENGTH = 0.3  # of the words' model; the best of those tried in cross-validation
FOLDS = 5
ALIKE = 0.34  # shared pairs of characters from which two indicators say the same
_HAN = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Told:
    """The figures of one annotated report, in text order, with their indicators as annotated."""

    scene: Scene
    quantities: list[Quantity]
    indicators: list[str]

    @classmethod
    def of(cls, scene: Scene, answered: Sequence[tuple[Quantity, dict[str, Any]]]) -> "Told":
        """Of quantities in text order with the gold rows that they answer to."""
        return cls(scene, [q for q, _ in answered], [plain(simplified(row["indicator"])) for _, row in answered])


def goodness(said: str, wanted: str) -> float:
    """0 to 1: half for saying the same in the rough, half for having the same characters (F1)."""
    common = sum((Counter(said) & Counter(wanted)).values())
    alike = said in wanted or wanted in said or shared(said, wanted) >= ALIKE
    return 0.5 * alike + common / max(1, len(said) + len(wanted))


def _belongs(word: str, wanted: str) -> bool:
    return word in wanted and (len(word) > 1 or _HAN.match(word) is not None)


@dataclass(frozen=True, slots=True)
class _Report:
    told: Told
    groups: list[list[Word]]

    def words(self) -> tuple[list[Word], list[bool]]:
        """All words around its figures, and whether each belongs to the indicator."""
        text = self.told.scene.text
        flat, belongs = [], []
        for group, wanted in zip(self.groups, self.told.indicators, strict=True):
            flat += group
            belongs += [_belongs(text[w.start : w.end], wanted) for w in group]
        return flat, belongs


def _fitted(reports: Sequence[_Report]) -> HashedModel:
    flat: list[Word] = []
    belongs: list[bool] = []
    for report in reports:
        words, said = report.words()
        flat += words
        belongs += said
    return linear(codes(flat), np.array(belongs, dtype=bool), BITS, STRENGTH)


def _trees(reports: Sequence[_Report], options: Sequence[list[list[Option]]]) -> Trees:
    """The trees, learned from options that models without their report put together."""
    flat, good = [], []
    for report, own in zip(reports, options, strict=True):
        for found, wanted in zip(own, report.told.indicators, strict=True):
            flat += found
            good += [goodness(option.words, wanted) for option in found]
    if not flat:
        return NO_TREES
    rows, share = matrix(flat), np.array(good)
    right = np.repeat([True, False], len(flat))
    return grown(np.concatenate([rows, rows]), right, np.concatenate([share, 1 - share]))


def learn(lessons: Sequence[Told]) -> tuple[IndicatorModel, list[list[str]]]:
    """The model, and what it calls the figures of each lesson with words' weights that have not seen the lesson."""
    reports = [_Report(told, around(told.scene, told.quantities)) for told in lessons]
    options: list[list[list[Option]]] = [[] for _ in reports]
    for fold in range(FOLDS):
        model = _fitted([r for i, r in enumerate(reports) if i % FOLDS != fold])
        for i, r in enumerate(reports):
            if i % FOLDS == fold:
                options[i] = ways(r.told.scene, r.told.quantities, r.groups, model)
    trees = _trees(reports, options)
    said = [best(told.scene, told.quantities, own, trees) for told, own in zip(lessons, options, strict=True)]
    return IndicatorModel(_fitted(reports), trees), said

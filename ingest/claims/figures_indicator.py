"""What a figure measures, in the words that stand around it: 新增就业岗位, 村集体收入, 加装智能电表.

A linear model says of each word near the number how probable it belongs to the indicator; boosted trees choose among
the ways to put such words together. What the number's column in a table is called goes before both.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from ingest.claims.figures_quantities import Quantity
from ingest.claims.figures_scene import Scene
from ingest.claims.figures_tables import cell_says
from ingest.claims.indicator_options import CUTS, Option, matrix, options, together
from ingest.claims.indicator_words import Word, codes, words_around
from ingest.models import model_path
from ingest.models.hashed import HashedModel
from ingest.models.trees import Trees

MODEL_FILE = "indicators.npz"
FAR = 200  # characters: a figure before is no nearer than that


@dataclass(frozen=True, slots=True)
class IndicatorModel:
    """`words` gives the log-odds that a word belongs to an indicator, `trees` rank the ways to put words together."""

    words: HashedModel
    trees: Trees

    def save(self, path: Path) -> None:
        """Write the model as a compressed .npz."""
        np.savez_compressed(path, **self.words.arrays(), **self.trees.arrays())  # type: ignore[arg-type]  # numpy's stub

    @classmethod
    @cache
    def load(cls) -> "IndicatorModel":
        """The model of the models folder in force."""
        with np.load(model_path(MODEL_FILE), allow_pickle=False) as held:
            return cls(HashedModel.of(held), Trees.of(held))


def around(scene: Scene, quantities: Sequence[Quantity]) -> list[list[Word]]:
    """For each figure the words around it."""
    ends = [0, *(q.end for q in quantities)]
    inside = {place for q in quantities for place in range(q.start, q.end)}
    return [words_around(q, scene, floor, inside) for q, floor in zip(quantities, ends, strict=False)]


def ways(
    scene: Scene, quantities: Sequence[Quantity], words: Sequence[Sequence[Word]], model: HashedModel
) -> list[list[Option]]:
    """For each figure the ways to call it; `words` are those around it."""
    flat = [word for group in words for word in group]
    chances = (1 / (1 + np.exp(-model.scores(codes(flat))))).tolist() if flat else []
    found: list[list[Option]] = []
    at, before, end = 0, "", 0
    for quantity, group in zip(quantities, words, strict=True):
        own = chances[at : at + len(group)]
        at += len(group)
        gap = min(FAR, max(0, quantity.start - end))
        found.append(options(scene.text, quantity, group, own, before, gap))
        before, end = together(scene.text, group, own, CUTS[1]), quantity.end
    return found


def best(scene: Scene, quantities: Sequence[Quantity], asked: Sequence[Sequence[Option]], trees: Trees) -> list[str]:
    """What each figure is called: by its table, else the way that ranks first; '' where there is none."""
    flat = [option for found in asked for option in found]
    ranks = trees.logits(matrix(flat)).tolist() if flat else []
    said: list[str] = []
    at = 0
    for quantity, found in zip(quantities, asked, strict=True):
        own = ranks[at : at + len(found)]
        at += len(found)
        first = found[max(range(len(own)), key=own.__getitem__)].words if found else ""
        said.append(cell_says(quantity, scene) or first)
    return said


def indicators(scene: Scene, quantities: Sequence[Quantity]) -> list[str]:
    """The indicator of each figure of a text, '' where nothing says what one measures."""
    if not quantities:
        return []
    model = IndicatorModel.load()
    return best(scene, quantities, ways(scene, quantities, around(scene, quantities), model.words), model.trees)

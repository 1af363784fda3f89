"""Trains the relation model from annotated reports.

    python -m ingest.training.relations GOLD_FOLDER [--out FILE] [--exclude-untouched] [--vectors FILE] [--epochs N]

GOLD_FOLDER holds NAME.txt beside NAME.gold.json. Of the reports whose number three does not divide, four models learn
from three quarters each; on the quarters left out probabilities are calibrated and thresholds chosen. Then the model
that is kept learns from all reports, or with --exclude-untouched from those whose number three does not divide, to
measure on the rest. VECTORS is what `ingest.training.relations_vectors` makes: vectors of words from the sentence
encoder; without it the model learns words from the reports alone. Needs torch and scikit-learn.
"""

import argparse
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.claims.relations_model import MODEL_FILE
from ingest.training.gold import GoldReport, load_gold
from ingest.training.relations_examples import Example, example
from ingest.training.relations_measure import calibrated, joined, judge
from ingest.training.relations_network import Settings, train

FOLDS = 4
ROOMS = Path(__file__).parent.parent


def variants(reports: Sequence[GoldReport]) -> list[list[Example]]:
    """Each report as annotated and once blurred as a tagger would see it."""
    return [[example(gold), example(gold, random.Random(number))] for number, gold in enumerate(reports)]  # noqa: S311


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, default=ROOMS / "models" / MODEL_FILE)
    parser.add_argument("--exclude-untouched", action="store_true")
    parser.add_argument("--vectors", type=Path)
    parser.add_argument("--epochs", type=int, default=Settings().epochs)
    given = parser.parse_args(arguments)
    vectors: NDArray[np.float32] | None = np.load(given.vectors) if given.vectors else None
    settings = Settings(epochs=given.epochs)
    tuned = variants(load_gold(given.folder))
    rest = [] if given.exclude_untouched else variants(load_gold(given.folder, untouched=True))
    parts = []
    for fold in range(FOLDS):
        trial = train([report for number, report in enumerate(tuned) if number % FOLDS != fold], settings, vectors)
        parts.append(judge(trial, [report[0] for number, report in enumerate(tuned) if number % FOLDS == fold]))
    model = train([*tuned, *rest], settings, vectors)
    calibrated(model, joined(parts)).save(given.out)


if __name__ == "__main__":
    main()

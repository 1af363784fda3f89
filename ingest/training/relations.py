"""Trains the relation model from annotated reports.

    python -m ingest.training.relations GOLD_FOLDER [--out FILE] [--exclude-untouched] [--mentions FILE]
                                        [--vectors FILE] [--epochs N]

GOLD_FOLDER holds NAME.txt beside NAME.gold.json. The pair part learns from each report as annotated and as the program
sees it: MENTIONS is what `ingest.training.mentions_found` makes, and is made first where it is not given. Then
five models learn from four fifths each; from what they say of the rest, with the mentions that the program finds, the
trees learn to weigh, and the threshold is chosen. --exclude-untouched leaves out the reports whose number three
divides, to measure on them. VECTORS is what `ingest.training.relations_vectors` makes: vectors of words from the
sentence encoder; without it the model learns words from the reports alone. Needs torch and scikit-learn.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.claims.relations_model import MODEL_FILE, RelationModel
from ingest.training.gold import load_gold
from ingest.training.growing import Judged, best_threshold, grown, held_out_chances, joined
from ingest.training.mentions_found import cross_found, load_mentions
from ingest.training.relations_examples import Example, example
from ingest.training.relations_measure import judge
from ingest.training.relations_network import Settings, train

FOLDS = 5
ROOMS = Path(__file__).parent.parent
Vectors = NDArray[np.float32] | None


def variants(folder: Path, mentions: Path, *, exclude_untouched: bool) -> list[list[Example]]:
    """Each report as annotated and, where `mentions` has it, as the program sees it."""
    found = load_mentions(mentions)
    golds = load_gold(folder)
    if not exclude_untouched:
        golds += load_gold(folder, untouched=True)
    seen = ((gold, found.get(gold.report.stem)) for gold in golds)
    return [[example(gold)] + ([example(gold, own)] if own else []) for gold, own in seen]


def _held_out(reports: Sequence[Sequence[Example]], settings: Settings, vectors: Vectors) -> Judged:
    """What models say of reports that they have not learned from, with mentions as the program finds them."""
    parts = []
    bare = all(len(report) == 1 for report in reports)
    for fold in range(FOLDS):
        trial = train([report for number, report in enumerate(reports) if number % FOLDS != fold], settings, vectors)
        left_out = [report[-1] for report in reports[fold::FOLDS] if bare or len(report) > 1]
        parts.append(judge(trial, left_out, first=fold * len(reports)))
    return joined(parts)


def learn(reports: Sequence[Sequence[Example]], settings: Settings, vectors: Vectors) -> RelationModel:
    """The whole model, from reports in one variant or two."""
    judged = _held_out(reports, settings, vectors)
    threshold, f1 = best_threshold(judged, held_out_chances(judged))
    sys.stdout.write(f"{len(reports)} reports; held out, with the mentions found: F1 {f1:.3f} from {threshold:.2f}\n")
    model = train(reports, settings, vectors)
    trees = grown(judged.rows, judged.right)
    return replace(model, trees=trees, threshold=np.array([threshold], dtype=np.float32))


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, default=ROOMS / "models" / MODEL_FILE)
    parser.add_argument("--exclude-untouched", action="store_true")
    parser.add_argument("--mentions", type=Path)
    parser.add_argument("--vectors", type=Path)
    parser.add_argument("--epochs", type=int, default=Settings().epochs)
    given = parser.parse_args(arguments)
    vectors: Vectors = np.load(given.vectors) if given.vectors else None
    with tempfile.TemporaryDirectory() as place:
        mentions = given.mentions
        if mentions is None:
            mentions = Path(place, "mentions.jsonl")
            cross_found(given.folder, mentions)
        reports = variants(given.folder, mentions, exclude_untouched=given.exclude_untouched)
    learn(reports, Settings(epochs=given.epochs), vectors).save(given.out)


if __name__ == "__main__":
    main()

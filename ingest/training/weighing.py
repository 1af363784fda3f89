"""Trains the weighing of what was found, from what the program finds in annotated reports that it has not learned from.

    python -m ingest.training.weighing GOLD_FOLDER MENTIONS [--out ingest/models] [--kept FILE] [--exclude-untouched]

GOLD_FOLDER holds NAME.txt beside NAME.gold.json; MENTIONS is what `ingest.training.mentions_found` makes. With
--kept the mentions that models grown without their report let through are written there, for the relations to learn
from. --exclude-untouched leaves out the reports whose number three divides. Needs scikit-learn.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.records import Mention
from ingest.lexicon import Lexicon, simplified
from ingest.mentions.weighing import MODEL_FILE, WeighingModel, with_verdict
from ingest.mentions.weighing_features import BITS, TEMPLATES, Thing, things
from ingest.training.gold import GoldReport, bare_form, load_gold
from ingest.training.growing import Judged, best_threshold, grown, held_out_chances, linear
from ingest.training.mentions_found import as_row, load_mentions, write_mentions
from ingest.training.weighing_stretches import cut, within

MODELS = Path(__file__).parent.parent / "models"
STRENGTH = 0.2  # of the linear part; the best of those tried in cross-validation
STRETCH = 0.3  # weight of a stretch's things to the trees; more, or learned by the linear part, whole reports lose
FOLDS = 5
RIGHT, WRONG, FREE = 1, 0, -1


@dataclass(frozen=True, slots=True)
class Lesson:
    """One report: the things found there, whether each is right (FREE: nobody is judged), how many gold rows ask.

    `short` holds the things of its stretches, each with the label it has in the whole.
    """

    stem: str
    mentions: list[Mention]
    found: list[Thing]
    labels: list[int]
    wanted: int
    short: list[tuple[Thing, int]]


def _forms(row: dict[str, Any]) -> set[str]:
    return {bare_form(simplified(form)) for form in (row["name"], *row.get("aliases", []))}


def labels(found: Sequence[tuple[str, set[str]]], entities: Sequence[dict[str, Any]]) -> list[int]:
    """For each found (type, forms, the name first in `forms` of its own) RIGHT, WRONG or FREE by the gold rows.

    One gold row answers one thing at most, the one found first; optional rows ask nothing.
    """
    said = [WRONG] * len(found)
    optional = set().union(*(_forms(row) for row in entities if row.get("optional")))
    for row in entities:
        forms = _forms(row)
        fits = [i for i, (kind, own) in enumerate(found) if kind == row["type"] and own & forms and said[i] == WRONG]
        if fits:
            said[fits[0]] = FREE if row.get("optional") else RIGHT
    return [FREE if one == WRONG and own & optional else one for one, (_, own) in zip(said, found, strict=True)]


def prepare(gold: GoldReport, mentions: Sequence[Mention], lexicon: Lexicon) -> Lesson:
    """The lesson of one annotated report and the mentions found in it."""
    text = simplified(gold.report.text)
    found = things(text, simplified(gold.report.title), mentions, lexicon)
    forms: dict[tuple[str, str], set[str]] = {}
    for m in mentions:
        forms.setdefault((m.type, m.name), {bare_form(simplified(m.name))}).add(bare_form(simplified(m.form)))
    told = labels([(thing.key[0], forms[thing.key]) for thing in found], gold.entities)
    wanted = sum(not row.get("optional") for row in gold.entities)
    known = {thing.key: label for thing, label in zip(found, told, strict=True)}
    short: list[tuple[Thing, int]] = []
    for stretch in cut(text, gold.report.stem):
        inside, whole = within(stretch, mentions)
        for thing in things(text[stretch.start : stretch.end], "", inside, lexicon):
            short.append((thing, known[whole[thing.key]]))
    return Lesson(gold.report.stem, list(mentions), found, told, wanted, short)


def _all_things(lessons: Sequence[Lesson]) -> tuple[list[Thing], NDArray[np.int64], NDArray[np.int64]]:
    """The things of all reports, then those of all stretches; their labels; the number of the report each is of."""
    whole = [list(zip(lesson.found, lesson.labels, strict=True)) for lesson in lessons]
    parts = [*whole, *(lesson.short for lesson in lessons)]
    pairs = [pair for part in parts for pair in part]
    report = np.repeat(np.tile(np.arange(len(lessons)), 2), [len(part) for part in parts])
    return [thing for thing, _ in pairs], np.array([label for _, label in pairs]), report


def learn(lessons: Sequence[Lesson]) -> tuple[WeighingModel, list[NDArray[np.float32]]]:
    """The model, and for each lesson the chances of its things by models that have not learned from it.

    The linear part and the threshold are learned from whole reports, the trees from stretches too, at less weight.
    """
    found, told, report = _all_things(lessons)
    codes = TEMPLATES.codes([thing.codes for thing in found])
    numbers = np.array([thing.numbers for thing in found], dtype=np.float32)
    counts = [len(lesson.found) for lesson in lessons]
    whole, asked, right = np.arange(len(told)) < sum(counts), told != FREE, told == RIGHT
    taught = asked & whole
    verdict = np.zeros(len(told), dtype=np.float32)
    for fold in range(FOLDS):
        out = report % FOLDS == fold
        verdict[out] = linear(codes[~out & taught], right[~out & taught], BITS, STRENGTH).scores(codes[out])
    rows = with_verdict(numbers, verdict)
    weight = np.where(whole, 1.0, STRETCH)[asked]
    wanted = sum(lesson.wanted for lesson in lessons)
    judged = Judged(rows[asked], right[asked], report[asked], wanted)
    chances = np.ones(len(told), dtype=np.float32)
    chances[asked] = held_out_chances(judged, weight)
    trees = grown(judged.rows, judged.right, weight)
    chances[~asked] = 1 / (1 + np.exp(-trees.logits(rows[~asked])))
    threshold, f1 = best_threshold(Judged(rows[taught], right[taught], report[taught], wanted), chances[taught])
    before = 2 * right[taught].sum() / (taught.sum() + wanted)
    sys.stdout.write(
        f"{len(lessons)} reports; entities held out: F1 {before:.4f}, weighed {f1:.4f} from {threshold:.2f}\n"
    )
    model = WeighingModel(linear(codes[taught], right[taught], BITS, STRENGTH), trees, threshold)
    return model, np.split(chances[: sum(counts)], np.cumsum(counts)[:-1])


def kept(lesson: Lesson, chances: NDArray[np.float32], threshold: float) -> list[dict[str, Any]]:
    """The mentions of the things that are probable enough, as rows."""
    keys = {t.key for t, chance in zip(lesson.found, chances.tolist(), strict=True) if chance >= threshold}
    return [as_row(m) for m in lesson.mentions if (m.type, m.name) in keys]


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("mentions", type=Path)
    parser.add_argument("--out", type=Path, default=MODELS)
    parser.add_argument("--kept", type=Path)
    parser.add_argument("--exclude-untouched", action="store_true")
    given = parser.parse_args(arguments)
    found, lexicon = load_mentions(given.mentions), Lexicon.load()
    golds = load_gold(given.folder) + ([] if given.exclude_untouched else load_gold(given.folder, untouched=True))
    lessons = [prepare(gold, found[gold.report.stem], lexicon) for gold in golds if found.get(gold.report.stem)]
    model, chances = learn(lessons)
    np.savez_compressed(given.out / MODEL_FILE, **model.arrays())  # type: ignore[arg-type]  # numpy's stub
    if given.kept:
        pairs = zip(lessons, chances, strict=True)
        write_mentions(given.kept, {lesson.stem: kept(lesson, sure, model.threshold) for lesson, sure in pairs})


if __name__ == "__main__":
    main()

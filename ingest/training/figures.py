"""Trains the models of figures from annotated reports: which quantities are figures, what they measure, and whose.

    python -m ingest.training.figures FOLDER... [--mentions FILE] [--out ingest/models] [--exclude-untouched]

Every FOLDER holds NAME.txt and NAME.gold.json. With --exclude-untouched the reports whose number three divides are left
out, to measure on them. Needs scikit-learn.
"""

import argparse
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from graph.records import Case, Mention
from ingest.claims import figures_choice, figures_subject
from ingest.claims.cases import find_cases
from ingest.claims.figures import stated
from ingest.claims.figures_cast import Cast
from ingest.claims.figures_choice import measured
from ingest.claims.figures_features import BITS as SUBJECT_BITS
from ingest.claims.figures_features import CASE
from ingest.claims.figures_indicator import MODEL_FILE as INDICATORS_FILE
from ingest.claims.figures_quantities import Quantity, quantities
from ingest.claims.figures_scene import Scene
from ingest.lexicon import simplified
from ingest.models.hashed import BITS, HashedModel, Ints
from ingest.training.gold import GoldReport, load_gold, occurrences, places
from ingest.training.growing import linear, matrix_of
from ingest.training.indicators import Told, learn
from ingest.training.mentions_found import load_mentions
from ingest.training.relations_examples import aligned

MODELS = Path(__file__).parent.parent / "models"
CHOICE_STRENGTH, SUBJECT_DECAY = 0.3, 16.0  # the best of those tried in cross-validation


@dataclass(frozen=True, slots=True)
class Lesson:
    """One report prepared: its quantities, which gold row each answers to, and the names that gold knows."""

    scene: Scene
    cast: Cast
    cases: tuple[Case, ...]
    found: list[Quantity]
    answers: dict[int, dict[str, Any]]
    entities: frozenset[str]


def _same_unit(quantity: Quantity, row: dict[str, Any]) -> bool:
    def plain(unit: str) -> str:
        return re.sub("[余多]", "", unit).replace("块", "元")

    return plain(quantity.unit) == plain(simplified(row["unit"])) or (
        not quantity.unit and row["unit"] in ("元", "人", "个")
    )


def align(gold: GoldReport, found: Sequence[Quantity]) -> dict[int, dict[str, Any]]:
    """Quantity index → gold figure that says the same inside the quoted evidence, required rows first."""
    bare, offsets = places(gold.report.text)
    answers: dict[int, dict[str, Any]] = {}
    for row in sorted(gold.figures, key=lambda r: bool(r.get("optional"))):
        quoted = next(iter(occurrences(row.get("evidence") or "", bare, offsets)), None)
        fits = [
            (q.bound != row["bound"], i)
            for i, q in enumerate(found)
            if i not in answers
            and abs(q.value - row["value"]) <= 1e-6 * max(1.0, abs(row["value"]))
            and _same_unit(q, row)
            and (quoted is None or (q.end > quoted[0] and q.start < quoted[1]))
        ]
        if fits:
            answers[min(fits)[1]] = row
    return answers


def prepare(gold: GoldReport, found: Sequence[Mention] | None = None) -> Lesson:
    """The lesson of one annotated report, with the cases that the extractor itself finds.

    With `found` what the program finds there stands in the place of what was annotated; things that are meant get the
    annotated name. Traditional characters are folded, as the extractor does before it reads figures.
    """
    if found is not None:
        meant = aligned(found, gold.mentions)
        gold = replace(gold, mentions=tuple(replace(m, name=meant[m.type, m.name] or m.name) for m in found))
    report = replace(gold.report, text=simplified(gold.report.text), title=simplified(gold.report.title))
    mentions = [replace(m, form=simplified(m.form), name=simplified(m.name)) for m in gold.mentions]
    scene = Scene(report.text, mentions)
    asked = [q for q in quantities(report.text) if figures_choice.plausible(q, scene)]
    entities = frozenset(simplified(row["name"]) for row in gold.entities)
    return Lesson(scene, Cast(scene), find_cases(report, mentions), asked, align(gold, asked), entities)


def train_choice(lessons: Sequence[Lesson], strength: float = CHOICE_STRENGTH) -> HashedModel:
    """Logistic regression over all plausible quantities; optional rows are not asked."""
    rows, right = [], []
    for lesson in lessons:
        if not lesson.found:
            continue
        kept = [i for i in range(len(lesson.found)) if not lesson.answers.get(i, {}).get("optional")]
        rows.append(figures_choice.codes(lesson.found, lesson.scene)[kept])
        right += [i in lesson.answers for i in kept]
    return linear(np.concatenate(rows), np.array(right), BITS, strength)


def told(lesson: Lesson) -> Told:
    """The lesson's figures with their indicators as annotated."""
    answered = [(measured(lesson.found[i], lesson.scene), lesson.answers[i]) for i in sorted(lesson.answers)]
    return Told.of(lesson.scene, answered)


def said_again(lesson: Lesson, other: Lesson, indicators: Sequence[str]) -> list[str]:
    """What the figures of `lesson` are called, by those of the same report in `other`, called `indicators`."""
    called = {other.found[i]: said for i, said in zip(sorted(other.answers), indicators, strict=True)}
    return [called.get(lesson.found[i], "") for i in sorted(lesson.answers)]


def subject_groups(lesson: Lesson, indicators: Sequence[str]) -> list[tuple[Ints, list[int]]]:
    """(codes [candidates, features], indices of the right ones) for every figure inside a case that has a right one.

    `indicators` are what the lesson's figures are called, in text order.
    """
    figures = [(measured(lesson.found[i], lesson.scene), 0.0) for i in sorted(lesson.answers)]
    wanted = {lesson.found[i].number: simplified(row["subject"]) for i, row in lesson.answers.items()}
    cast = lesson.cast
    groups = []
    previous = ""
    for row in stated(lesson.scene, cast, lesson.cases, figures, indicators):
        subject = wanted[row.quantity.number]
        names = ["" if o.thing == CASE else cast.mentions[o.thing].name for o in row.asked.options]
        if subject not in lesson.entities:
            subject = ""  # the case itself
        right = [i for i, name in enumerate(names) if name == subject]
        same = [2 if row.asked.first else int(name == previous) for name in names]
        if right:
            groups.append((figures_subject.codes(row.asked, same), right))
        previous = subject
    return groups


def train_subjects(
    lessons: Sequence[Lesson], indicators: Sequence[Sequence[str]], decay: float = SUBJECT_DECAY
) -> HashedModel:
    """A softmax over each figure's candidates, by L-BFGS with squared weights held down."""
    pairs = zip(lessons, indicators, strict=True)
    groups = [group for lesson, said in pairs for group in subject_groups(lesson, said)]
    matrix = matrix_of(np.concatenate([codes for codes, _ in groups]), SUBJECT_BITS)
    used = np.unique(matrix.indices)
    matrix = matrix[:, used].tocsr()
    turned = matrix.T.tocsr()
    starts = np.cumsum([0, *(len(codes) for codes, _ in groups)])[:-1]
    group = np.repeat(np.arange(len(groups)), [len(codes) for codes, _ in groups])
    right = np.zeros(matrix.shape[0])
    for start, (_, answers) in zip(starts, groups, strict=True):
        right[start + np.array(answers)] = 1.0

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        scores = matrix @ weights
        powers = np.exp(scores - np.maximum.reduceat(scores, starts)[group])
        chance = powers / np.add.reduceat(powers, starts)[group]
        hit = np.add.reduceat(chance * right, starts) + 1e-12
        slope = turned @ (chance - chance * right / hit[group]) + decay * weights
        return float(-np.log(hit).sum() + 0.5 * decay * weights @ weights), slope

    found = minimize(loss, np.zeros(len(used)), jac=True, method="L-BFGS-B", options={"maxiter": 120})
    whole = np.zeros(1 << SUBJECT_BITS, dtype=np.float32)
    whole[used] = found.x
    return HashedModel(whole)


def main(arguments: Sequence[str] | None = None) -> None:
    """Train on the reports of the folders and write the models."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, default=MODELS)
    parser.add_argument("--mentions", type=Path, help="what the program finds there: subjects are learned from both")
    parser.add_argument("--exclude-untouched", action="store_true")
    args = parser.parse_args(arguments)
    parts = (False,) if args.exclude_untouched else (False, True)
    reports = [gold for folder in args.folders for part in parts for gold in load_gold(folder, untouched=part)]
    lessons = [prepare(gold) for gold in reports]
    card = {"reports": len(lessons), "figures": sum(len(lesson.answers) for lesson in lessons)}
    train_choice(lessons).save(args.out / "figure_choice.npz")
    indicator_model, said = learn([told(lesson) for lesson in lessons])
    indicator_model.save(args.out / INDICATORS_FILE)
    mentions = load_mentions(args.mentions) if args.mentions else {}
    for gold, lesson, words in list(zip(reports, lessons, said, strict=True)):
        if mentions.get(gold.report.stem):
            lessons.append(prepare(gold, mentions[gold.report.stem]))
            said.append(said_again(lessons[-1], lesson, words))
    train_subjects(lessons, said).save(args.out / "figure_subjects.npz")
    (args.out / "figures.card.json").write_text(json.dumps(card) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

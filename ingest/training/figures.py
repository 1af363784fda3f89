"""Trains the two models of figures from annotated reports: which quantities are figures, and whose.

    python -m ingest.training.figures FOLDER... [--out ingest/models] [--exclude-untouched]

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
from sklearn.linear_model import LogisticRegression

from graph.records import Case
from ingest.claims import figures_choice, figures_subject
from ingest.claims.cases import find_cases
from ingest.claims.figures import stated
from ingest.claims.figures_cast import Cast
from ingest.claims.figures_choice import measured
from ingest.claims.figures_features import BITS as SUBJECT_BITS
from ingest.claims.figures_features import CASE
from ingest.claims.figures_quantities import Quantity, quantities
from ingest.claims.figures_scene import Scene
from ingest.lexicon import simplified
from ingest.models.hashed import BITS, HashedModel, Ints
from ingest.training.gold import GoldReport, load_gold, occurrences, places
from ingest.training.growing import matrix_of

MODELS = Path(__file__).parent.parent / "models"
CHOICE_STRENGTH, SUBJECT_DECAY = 0.3, 8.0  # the best of those tried in cross-validation


@dataclass(frozen=True, slots=True)
class Lesson:
    """One report prepared: its quantities, and which gold row each answers to."""

    scene: Scene
    cast: Cast
    cases: tuple[Case, ...]
    found: list[Quantity]
    answers: dict[int, dict[str, Any]]


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


def prepare(gold: GoldReport) -> Lesson:
    """The lesson of one annotated report, with the cases that the extractor itself finds.

    Traditional characters are folded, as the extractor does before it reads figures.
    """
    report = replace(gold.report, text=simplified(gold.report.text), title=simplified(gold.report.title))
    mentions = [replace(m, form=simplified(m.form), name=simplified(m.name)) for m in gold.mentions]
    scene = Scene(report.text, mentions)
    found = [q for q in quantities(report.text) if figures_choice.plausible(q, scene)]
    return Lesson(scene, Cast(scene), find_cases(report, mentions), found, align(gold, found))


def train_choice(lessons: Sequence[Lesson], strength: float = CHOICE_STRENGTH) -> HashedModel:
    """Logistic regression over all plausible quantities; optional rows are not asked."""
    rows, right = [], []
    for lesson in lessons:
        if not lesson.found:
            continue
        kept = [i for i in range(len(lesson.found)) if not lesson.answers.get(i, {}).get("optional")]
        rows.append(figures_choice.codes(lesson.found, lesson.scene)[kept])
        right += [i in lesson.answers for i in kept]
    matrix = matrix_of(np.concatenate(rows), BITS)
    used = np.unique(matrix.indices)
    model = LogisticRegression(C=strength, max_iter=500).fit(matrix[:, used], np.array(right))
    weights = np.zeros(1 << BITS, dtype=np.float32)
    weights[used] = model.coef_[0]
    return HashedModel(weights, float(model.intercept_[0]))


def subject_groups(lesson: Lesson) -> list[tuple[Ints, list[int]]]:
    """(codes [candidates, features], indices of the right ones) for every figure inside a case that has a right one."""
    figures = [(measured(lesson.found[i], lesson.scene), 0.0) for i in sorted(lesson.answers)]
    wanted = {lesson.found[i].number: simplified(row["subject"]) for i, row in lesson.answers.items()}
    cast = lesson.cast
    known = {m.name for m in cast.mentions}
    groups = []
    previous = ""
    for row in stated(lesson.scene, cast, lesson.cases, figures):
        subject = wanted[row.quantity.number]
        names = ["" if o.thing == CASE else cast.mentions[o.thing].name for o in row.asked.options]
        if subject not in known:
            subject = ""  # the case itself
        right = [i for i, name in enumerate(names) if name == subject]
        same = [2 if row.asked.first else int(name == previous) for name in names]
        if right:
            groups.append((figures_subject.codes(row.asked, same), right))
        previous = subject
    return groups


def train_subjects(lessons: Sequence[Lesson], decay: float = SUBJECT_DECAY) -> HashedModel:
    """A softmax over each figure's candidates, by L-BFGS with squared weights held down."""
    groups = [group for lesson in lessons for group in subject_groups(lesson)]
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
    """Train on the reports of the folders and write both models."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, default=MODELS)
    parser.add_argument("--exclude-untouched", action="store_true")
    args = parser.parse_args(arguments)
    parts = (False,) if args.exclude_untouched else (False, True)
    reports = [gold for folder in args.folders for part in parts for gold in load_gold(folder, untouched=part)]
    lessons = [prepare(gold) for gold in reports]
    train_choice(lessons).save(args.out / "figure_choice.npz")
    train_subjects(lessons).save(args.out / "figure_subjects.npz")
    card = {"reports": len(lessons), "figures": sum(len(lesson.answers) for lesson in lessons)}
    (args.out / "figures.card.json").write_text(json.dumps(card) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

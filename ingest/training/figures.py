"""Trains the two models of figures from annotated reports: which quantities are figures, and whose.

    python -m ingest.training.figures FOLDER... [--out ingest/models]

Every FOLDER holds NAME.txt and NAME.gold.json. Reports whose number three divides are left out, to stay unseen.
Needs scikit-learn.
"""

import argparse
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from graph.records import Case, Report
from ingest.claims import figures_choice, figures_subject
from ingest.claims.cases import find_cases
from ingest.claims.figures import candidates, measured
from ingest.claims.figures_indicator import indicator
from ingest.claims.figures_model import BUCKETS, LinearModel, bucket
from ingest.claims.figures_quantities import Quantity, quantities
from ingest.claims.figures_scene import Scene
from ingest.training.gold import GoldReport, load_gold, occurrences, places

MODELS = Path(__file__).parent.parent / "models"


@dataclass(frozen=True, slots=True)
class Lesson:
    """One report prepared: its quantities, and which gold row each answers to."""

    report: Report
    scene: Scene
    cases: tuple[Case, ...]
    found: list[Quantity]
    answers: dict[int, dict[str, Any]]


def _same_unit(quantity: Quantity, row: dict[str, Any]) -> bool:
    def plain(unit: str) -> str:
        return re.sub("[余多]", "", unit).replace("块", "元")

    return plain(quantity.unit) == plain(row["unit"]) or (not quantity.unit and row["unit"] in ("元", "人", "个"))


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
    """The lesson of one annotated report, with the cases that the extractor itself finds."""
    scene = Scene(gold.report.text, gold.mentions)
    found = [q for q in quantities(gold.report.text) if figures_choice.plausible(q, scene)]
    return Lesson(gold.report, scene, find_cases(gold.report, gold.mentions), found, align(gold, found))


def _matrix(rows: Sequence[Iterable[str]]) -> csr_matrix:
    columns = [sorted({bucket(f) for f in row}) for row in rows]
    indices = np.array([c for row in columns for c in row], dtype=np.int32)
    pointers = np.cumsum([0, *(len(row) for row in columns)])
    return csr_matrix((np.ones(len(indices)), indices, pointers), shape=(len(columns), BUCKETS))


def train_choice(lessons: Sequence[Lesson], strength: float = 0.3) -> LinearModel:
    """Logistic regression over all plausible quantities; optional rows are not asked."""
    rows, right = [], []
    for lesson in lessons:
        for i, quantity in enumerate(lesson.found):
            if not lesson.answers.get(i, {}).get("optional"):
                rows.append(list(figures_choice.features(quantity, lesson.scene)))
                right.append(i in lesson.answers)
    model = LogisticRegression(C=strength, max_iter=500).fit(_matrix(rows), np.array(right))
    return LinearModel(("figure",), (model.coef_[0].tolist(),), (float(model.intercept_[0]),))


def subject_groups(lesson: Lesson) -> list[tuple[list[np.ndarray], list[int]]]:
    """(bucket numbers of each candidate, indices of the right ones) for every figure inside a case."""
    groups = []
    previous, last, floor, inherited = ("", 0), "", 0, ""
    known = {m.name for m in lesson.scene.mentions}
    for i in sorted(lesson.answers):
        quantity, row = measured(lesson.found[i], lesson.scene), lesson.answers[i]
        case = next((c for c in lesson.cases if c.start <= quantity.number < c.end), None)
        if case is None:
            continue
        if case.id != last:
            previous, last = ("", 0), case.id
        main = figures_subject.main_bodies(lesson.scene, (case.start, case.end))
        options = candidates(quantity, lesson.scene, case, main)
        said = indicator(quantity, lesson.scene, floor, inherited)
        at = figures_subject.setting(quantity, lesson.scene, main, previous, said)
        wanted = row["subject"] if row["subject"] in known else case.title
        right = [j for j, o in enumerate(options) if o.mention.name == wanted]
        buckets = [
            np.array(sorted({bucket(f) for f in figures_subject.features(o, at, lesson.scene)})) for o in options
        ]
        groups.append((buckets, right))
        previous, floor, inherited = (wanted, quantity.end), quantity.end, said
    return groups


def train_subjects(
    lessons: Sequence[Lesson], epochs: int = 14, rate: float = 0.02, decay: float = 0.01, seed: int = 0
) -> LinearModel:
    """A softmax over each figure's candidates, by AdaGrad; the weights of the later half of the epochs are averaged."""
    groups = [group for lesson in lessons for group in subject_groups(lesson) if group[1]]
    weights, squares, total = np.zeros(BUCKETS), np.full(BUCKETS, 1e-6), np.zeros(BUCKETS)
    random = np.random.default_rng(seed)
    for epoch in range(epochs):
        for at in random.permutation(len(groups)):
            options, right = groups[at]
            scores = np.array([weights[o].sum() for o in options])
            chance = np.exp(scores - scores.max())
            chance /= chance.sum()
            for j, buckets in enumerate(options):
                error = chance[j] - (j in right) / len(right)
                if abs(error) > 1e-3:
                    squares[buckets] += error * error
                    step = error + decay * weights[buckets]
                    weights[buckets] -= rate * step / np.sqrt(squares[buckets])
        if epoch >= epochs // 2:
            total += weights
    return LinearModel(("subject",), ((total / (epochs - epochs // 2)).tolist(),), (0.0,))


def main() -> None:
    """Train on every open report of the folders and write both models."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, default=MODELS)
    args = parser.parse_args()
    lessons = [prepare(gold) for folder in args.folders for gold in load_gold(folder)]
    train_choice(lessons).save(args.out / "figure_choice.npz")
    train_subjects(lessons).save(args.out / "figure_subjects.npz")
    card = {"reports": len(lessons), "figures": sum(len(lesson.answers) for lesson in lessons)}
    (args.out / "figures.card.json").write_text(json.dumps(card) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

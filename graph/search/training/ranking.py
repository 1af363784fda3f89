"""Learns the weights of the ranking from questions whose answers are known.

    python -m graph.search.training.ranking LIBRARY QUESTIONS... --overlay FILE --out FILE

LIBRARY holds the cases that the QUESTIONS files ask for; it is indexed anew by the encoder of --overlay, which must not
have learned the questions that are kept for the ranking: of the files only those rows are read. The weights make the
right case likely among all that a question reaches (softmax), each weight held small; those of all questions are not
negative, since every feature was made to speak for a case.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from graph.search.encoder import Encoder
from graph.search.index import index
from graph.search.ranking import rank
from graph.search.training.held_out import encoder_of
from graph.search.training.visits import Question, read_questions
from graph.search.units import units
from graph.search.weights import FEATURES, KINDS, WAYS, Table, kinds
from graph.store import Library

Values = npt.NDArray[np.float64]

HELD = 0.003  # how strongly weights are held small
UNKNOWN = 0.1  # weight of the glossary where it cannot be learned
FLOOR = (
    0.05  # what the records know counts a little at least: questions with one right case cannot show all it is worth
)
LEAST = 0.02  # a weight below this is left out


@dataclass(frozen=True, slots=True)
class Example:
    """One question: the features of its reached units (units × FEATURES), which kinds it is of, and the right one."""

    features: Values
    kinds: Values
    right: int

    @property
    def inputs(self) -> Values:
        """The features, then for each kind the features again or zeros: units × (FEATURES · (1 + KINDS))."""
        return np.concatenate([self.features, *(self.features * kind for kind in self.kinds)], axis=1)


def examples(library: Library, questions: Sequence[Question], encoder: Encoder | None) -> list[Example]:
    """The questions as the ranking sees them; one whose case was not reached at all teaches nothing."""
    known = units(library)
    found = []
    for question in questions:
        ranking = rank(library, known, question.text, encoder)
        place = int(np.searchsorted(ranking.reached.units, known.find(library.case(question.case).id)))
        if place >= len(ranking.reached.units):
            continue
        asked = kinds(ranking.reached, list(ranking.features))
        features = np.stack([ranking.columns[name] for name in FEATURES], axis=1)
        found.append(Example(features, np.array([float(kind in asked) for kind in KINDS]), place))
    return found


def fit(learned: Sequence[Example]) -> Table:
    """The weights under which the right cases are likeliest."""
    inputs = [example.inputs for example in learned]
    rights = [example.right for example in learned]

    def loss(weights: Values) -> tuple[float, Values]:
        total, slope = 0.0, np.zeros_like(weights)
        for each, right in zip(inputs, rights, strict=True):
            scores = each @ weights
            scores -= scores.max()
            likely = np.exp(scores) / np.exp(scores).sum()
            total -= float(np.log(likely[right] + 1e-12))
            slope += likely @ each - each[right]
        size = max(1, len(inputs))
        return total / size + HELD * float(weights @ weights), slope / size + 2 * HELD * weights

    width = len(FEATURES)
    bounds: list[tuple[float | None, None]] = [(0.0 if name in WAYS else FLOOR, None) for name in FEATURES]
    bounds += [(None if name in WAYS else 0.0, None) for name in FEATURES] * len(KINDS)
    found = minimize(loss, np.zeros(len(bounds)), jac=True, method="L-BFGS-B", bounds=bounds).x
    rows = found.reshape(1 + len(KINDS), width)
    always, *more = [
        {name: round(float(w), 3) for name, w in zip(FEATURES, row, strict=True) if abs(w) >= LEAST} for row in rows
    ]
    # No training case is told in English, so that nothing can show what English words add to a Chinese question.
    always.setdefault("glossary", UNKNOWN)
    return Table(always, dict(zip(KINDS, more, strict=True)))


def as_toml(tables: dict[str, Table]) -> str:
    """Weights as weights.toml keeps them."""
    lines = [
        "# What each feature of the ranking is worth, by the language of the question; for questions of a kind, the",
        "# weights of that kind are added. Learned by graph.search.training.ranking; words, glossary and meaning count",
        "# in standard deviations over the cases that a question reaches, the others from 0 to 1.",
    ]
    for language, own in tables.items():
        for title, weights in {"always": own.always, **own.kinds}.items():
            lines += ["", f"[{language}.{title}]", *(f"{name} = {weight}" for name, weight in weights.items())]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Read the options, learn, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("library", type=Path)
    parser.add_argument("questions", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--overlay", type=Path, required=True, help="made with --held-out")
    args = parser.parse_args()
    library = Library.open(args.library)
    rows = [q for path in args.questions for q in read_questions(path) if q.part == "ranking"]
    with encoder_of(args.overlay) as encoder:
        index(library, encoder)
        learned = {
            language: fit(examples(library, [q for q in rows if q.language == language], encoder))
            for language in ("zh", "en")
        }
    args.out.write_text(as_toml(learned), encoding="utf-8")
    sys.stderr.write(f"{args.out}: from {len(rows)} questions\n")


if __name__ == "__main__":
    main()

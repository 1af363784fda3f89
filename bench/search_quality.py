"""How well search finds what was asked: nDCG@10, recall@5 and MRR of words alone, meaning alone, both with features.

    python -m bench.search_quality [--queries FOLDER] [--train] [--tune]

Without options: the graded questions and comparisons over the demonstration cases, by kind and language.
--train: the questions over the training cases, those of held-out reports (number divisible by 3) apart from the rest;
each question has one right case. --tune: besides, a coordinate search over the weights on the rest.
"""

import argparse
import json
import runpy
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np

from bench.gold_records import GOLD, library_from_gold
from graph.search.catalogue import Catalogue, catalogue
from graph.search.encoder import Encoder
from graph.search.index import index
from graph.search.query import parse
from graph.search.ranking import CHINESE, OTHER, Ranking, Weights, rank
from graph.search.similar import similar
from graph.store import Library

SCORER = runpy.run_path(str(GOLD / "score_search.py"))  # a script of its own, kept as it came
read_queries, score, averages = SCORER["read_queries"], SCORER["score"], SCORER["averages"]

NONE = Weights(words=0, meaning=0, name=0, number=0, type=0, partner=0)
ALONE = {"words (BM25)": replace(NONE, words=1), "meaning (vectors)": replace(NONE, meaning=1)}
STEPS = (0.0, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 1.0, 1.5, 2.0, 3.0)


@dataclass(frozen=True, slots=True)
class Question:
    """A question with the one case that answers it, as it was ranked."""

    report: str
    language: str
    kind: str
    right: int
    ranking: Ranking

    @property
    def held_out(self) -> bool:
        """Whether its report is never trained or tuned on."""
        return int(self.report.split("-")[1]) % 3 == 0


@contextmanager
def indexed(part: str, encoder: Encoder) -> Iterator[Library]:
    """A library of the gold of `part`, indexed, for the time of the measurement."""
    with tempfile.TemporaryDirectory() as folder:
        library = library_from_gold(Path(folder) / "library", part)
        index(library, encoder)
        yield library


def name_of(known: Catalogue, at: int) -> str:
    """REPORT#POSITION of a unit."""
    return f"{known.units[at].report.stem}#{known.units[at].case.position}"


def ordered(ranking: Ranking, weights: Weights) -> list[int]:
    """All units, best first."""
    points = ranking.points(weights)
    total = np.sum([points[name] for name in points], axis=0)
    return [int(ranking.allowed[at]) for at in np.argsort(-total, kind="stable")]


def dev(folder: Path, encoder: Encoder) -> None:
    """Print the graded measurements over the demonstration cases."""
    with indexed("dev", encoder) as library:
        known = catalogue(library)
        asked = json.loads((folder / "queries.json").read_text(encoding="utf-8"))
        ranked = {row["id"]: rank(library, known, parse(row["query"]), encoder) for row in asked}
        queries = read_queries(folder / "queries.json")
        for title, weights in {**ALONE, "fused, with features": None}.items():
            found = {
                key: [name_of(known, at) for at in ordered(r, weights or (CHINESE if r.query.chinese else OTHER))]
                for key, r in ranked.items()
            }
            show(title, averages(queries, score(queries, found)))
        comparisons = read_queries(folder / "compare.json")
        hits = {name: similar(library, library.case(name), encoder, 1000) for name in comparisons}
        alike = {name: [f"{h.report.stem}#{h.case.position}" for h in own] for name, own in hits.items()}
        show("comparisons", averages(comparisons, score(comparisons, alike)))


def show(title: str, groups: dict[str, dict[str, float]]) -> None:
    """One table."""
    print(f"\n{title:24} {'queries':>7} {'nDCG@10':>8} {'recall@5':>8} {'MRR':>6}")
    for group, row in groups.items():
        print(f"{group:24} {row['queries']:7} {row['ndcg@10']:8.3f} {row['recall@5']:8.3f} {row['mrr']:6.3f}")


def train_questions(library: Library, encoder: Encoder) -> list[Question]:
    """The training questions, ranked over all training cases."""
    known = catalogue(library)
    places = {name_of(known, at): at for at in range(len(known.units))}
    rows = [json.loads(line) for line in (GOLD / "train/queries.jsonl").read_text(encoding="utf-8").splitlines()]
    return [
        Question(
            row["report"],
            row["language"],
            row["kind"],
            places[f"{row['report']}#{row['case']}"],
            rank(library, known, parse(row["query"]), encoder),
        )
        for row in rows
    ]


def measured(questions: list[Question], weights: Weights) -> dict[str, float]:
    """Averages over questions that have one right case each."""
    places = [ordered(q.ranking, weights).index(q.right) + 1 for q in questions]
    return {
        "queries": len(places),
        "ndcg@10": float(np.mean([1 / np.log2(p + 1) if p <= 10 else 0.0 for p in places])),
        "recall@5": float(np.mean([p <= 5 for p in places])),
        "mrr": float(np.mean([1 / p for p in places])),
    }


def train(encoder: Encoder, *, tune: bool) -> None:
    """Print the measurements over the training cases; before that, tune the weights on those not held out."""
    with indexed("train", encoder) as library:
        questions = train_questions(library, encoder)
    for language, weights in (("zh", CHINESE), ("en", OTHER)):
        own = [q for q in questions if q.language == language]
        if tune:
            weights = tuned([q for q in own if not q.held_out], weights)  # noqa: PLW2901 - the same, made better
            print(f"\ntuned for {language}: {weights}")
        for held_out in (False, True):
            some = [q for q in own if q.held_out == held_out]
            title = f"train {language}, {'held out' if held_out else 'the rest'}"
            show(title, {name: measured(some, w) for name, w in {**ALONE, "fused, with features": weights}.items()})
            kinds = sorted({q.kind for q in some})
            show("  fused, by kind", {kind: measured([q for q in some if q.kind == kind], weights) for kind in kinds})


def tuned(questions: list[Question], weights: Weights) -> Weights:
    """Coordinate search for nDCG@10: each weight in turn takes its best step, twice over; `words` stays the unit."""

    def worth(some: Weights) -> float:
        return measured(questions, some)["ndcg@10"]

    for _ in range(2):
        for name in ("meaning", "name", "number", "type", "partner"):
            trials = [weights, *(replace(weights, **{name: step * weights.words}) for step in STEPS)]
            weights = max(trials, key=worth)
    return weights


def main() -> None:
    """Read the options and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--queries", type=Path, default=GOLD / "search", help="folder of queries.json, compare.json")
    parser.add_argument("--train", action="store_true")
    parser.add_argument("--tune", action="store_true")
    parser.add_argument("--model", help="an encoder other than the stock one")
    args = parser.parse_args()
    encoder = Encoder.load(args.model)
    print(f"encoder {encoder.name}; weights zh {asdict(CHINESE)}, else {asdict(OTHER)}", file=sys.stderr)
    dev(args.queries, encoder)
    if args.train or args.tune:
        train(encoder, tune=args.tune)


if __name__ == "__main__":
    main()

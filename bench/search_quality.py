"""How well search finds what was asked: nDCG@10, recall@5 and MRR of each part alone, of their fusion, and in the end.

    python -m bench.search_quality [--train] [--overlay FILE] [--part tuned|untouched] [--queries FOLDER]

Without options: the graded questions and comparisons over the demonstration cases, by language and kind. Those of
queries.json and compare.json were looked at while search was made; of queries_own.json and compare_own.json every
second one was (the odd ones), the others are untouched.
--train: the questions to the training cases whose reports are untouched (number divisible by three; one right case
each). Our encoder and weights learned from some or all of the others; to be honest there, give with --overlay the
encoder that was trained without (`make search-held-out`).
"""

import argparse
import json
import runpy
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bench.gold_records import GOLD, library_from_gold
from graph.compare import similar
from graph.search.encoder import DEFAULT_NAME, STOCK_NAME, Encoder
from graph.search.index import index
from graph.search.ranking import Ranking, rank
from graph.search.training.held_out import encoder_of
from graph.search.training.visits import read_questions
from graph.search.units import Units, units
from graph.search.weights import WAYS, Table, table
from graph.store import Library

SCORER = runpy.run_path(str(GOLD / "score_search.py"))  # a script of its own, kept as it came
read_queries, score, averages = SCORER["read_queries"], SCORER["score"], SCORER["averages"]

PARTS = ("tuned", "untouched")
Queries = dict[str, dict[str, Any]]
Rankings = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Way:
    """One way of ranking: its encoder and weights; None stands for the learned weights, with or without features."""

    title: str
    short: str
    encoder: str  # which of the encoders at hand
    weights: Table | None = None
    features: bool = True

    def order(self, ranking: Ranking) -> list[int]:
        """The reached units, best first."""
        weights = self.weights or table("zh" if ranking.reached.query.chinese else "en")
        if not self.features:
            weights = Table(_ways(weights.always), {kind: _ways(own) for kind, own in weights.kinds.items()})
        points = ranking.points(weights)
        total = np.sum(list(points.values()), axis=0) if points else np.zeros(len(ranking.reached.units))
        return [int(ranking.reached.units[at]) for at in np.argsort(-total, kind="stable")]


def _ways(weights: Mapping[str, float]) -> dict[str, float]:
    return {name: weight for name, weight in weights.items() if name in WAYS}


WAYS_MEASURED = (
    Way("BM25 alone", "BM25", "ours", Table({"words": 1}, {})),
    Way("BM25 of the glossary's words alone", "glossary", "ours", Table({"glossary": 1}, {})),
    Way("stock dense alone", "stock", "stock", Table({"meaning": 1}, {})),
    Way("trained dense alone", "trained", "ours", Table({"meaning": 1}, {})),
    Way("fused, no features", "fused", "ours", features=False),
    Way("final", "final", "ours"),
)


@dataclass(frozen=True, slots=True)
class Stand:
    """A library of gold cases, indexed by one encoder."""

    library: Library
    encoder: Encoder

    def ranked(self, texts: Mapping[str, str]) -> dict[str, Ranking]:
        """Each question's ranking."""
        known = units(self.library)
        return {key: rank(self.library, known, text, self.encoder) for key, text in texts.items()}

    def names(self) -> list[str]:
        """REPORT#POSITION of every unit."""
        known: Units = units(self.library)
        found = known.records(self.library, range(len(known)))
        return [f"{report.stem}#{case.position}" for case, report in found]


@contextmanager
def indexed(part: str, encoder: Encoder) -> Iterator[Library]:
    """A library of the gold of `part`, indexed, for the time of the measurement."""
    with tempfile.TemporaryDirectory() as folder:
        library = library_from_gold(Path(folder) / "library", part)
        index(library, encoder)
        yield library


@contextmanager
def stands(part: str, overlay: Path | None) -> Iterator[dict[str, Stand]]:
    """The same cases indexed by the stock encoder and by ours, or by that of an overlay."""
    with ExitStack() as stack:
        ours = Encoder.load() if overlay is None else stack.enter_context(encoder_of(overlay))
        encoders = {"stock": Encoder.load(STOCK_NAME), "ours": ours}
        yield {name: Stand(stack.enter_context(indexed(part, one)), one) for name, one in encoders.items()}


def show(title: str, groups: Mapping[str, Mapping[str, float]]) -> None:
    """One table."""
    print(f"\n{title:36} {'queries':>7} {'nDCG@10':>8} {'recall@5':>8} {'MRR':>6}")
    for group, row in groups.items():
        print(f"{group:36} {row['queries']:7} {row['ndcg@10']:8.3f} {row['recall@5']:8.3f} {row['mrr']:6.3f}")


def measure(at_hand: Mapping[str, Stand], queries: Queries, texts: Mapping[str, str], title: str) -> None:
    """Rank all questions in all ways, and print a line for each way, then the final one by language and kind."""
    ranked = {name: stand.ranked(texts) for name, stand in at_hand.items()}
    names = {name: stand.names() for name, stand in at_hand.items()}
    lines: dict[str, dict[str, float]] = {}
    kinds: dict[str, list[dict[str, float]]] = {}
    for way in WAYS_MEASURED:
        found = {key: [names[way.encoder][unit] for unit in way.order(one)] for key, one in ranked[way.encoder].items()}
        groups = averages(queries, score(queries, found))
        lines[way.title] = groups["all"]
        for language in ("zh", "en"):
            if row := groups.get(f"language: {language}"):
                lines[f"  {way.title}, {language}"] = row
        for group in groups:
            if group.startswith("kind"):
                kinds.setdefault(group, []).append(groups[group])
    show(title, lines)
    show_kinds(title, kinds)


def show_kinds(title: str, kinds: Mapping[str, list[dict[str, float]]]) -> None:
    """nDCG@10 and MRR of each way (a column) for each kind of question (a row)."""
    for metric in ("ndcg@10", "mrr"):
        print(f"\n{f'{title}: {metric}':36} {'queries':>7} {' '.join(f'{way.short:>9}' for way in WAYS_MEASURED)}")
        for kind, rows in kinds.items():
            print(f"{kind:36} {rows[0]['queries']:7} {' '.join(f'{row[metric]:9.3f}' for row in rows)}")


def dev(folder: Path, parts: tuple[str, ...]) -> None:
    """Print the graded measurements over the demonstration cases."""
    with stands("dev", None) as at_hand:
        for part in parts:
            texts, queries = _graded(folder, "queries", part)
            measure(at_hand, queries, texts, f"questions, {part}")
            _, comparisons = _graded(folder, "compare", part)
            stand = at_hand["ours"]
            alike: Rankings = {
                name: [
                    f"{hit.report.stem}#{hit.case.position}"
                    for hit in similar(stand.library, stand.library.case(name), stand.encoder, 1000).ranking
                ]
                for name in comparisons
            }
            show(f"comparisons, {part}", averages(comparisons, score(comparisons, alike)))


def _graded(folder: Path, name: str, part: str) -> tuple[dict[str, str], Queries]:
    """The questions (or comparisons) of a part with their judgements: id → text, id → what the scorer reads."""
    own = read_queries(folder / f"{name}_own.json")
    rows = json.loads((folder / f"{name}_own.json").read_text(encoding="utf-8"))
    chosen = {key: own[key] for at, key in enumerate(own) if at % 2 == PARTS.index(part)}
    if part == "tuned":
        chosen |= read_queries(folder / f"{name}.json")
        rows += json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    return {row["id"]: row["query"] for row in rows if row.get("id") in chosen}, chosen


def train(overlay: Path | None) -> None:
    """Print the measurements over the training cases, with the questions to untouched reports."""
    files = ("queries.jsonl", "queries_more.jsonl")
    rows = [q for name in files for q in read_questions(GOLD / "train" / name) if q.part == "untouched"]
    texts = {str(at): row.text for at, row in enumerate(rows)}
    queries: Queries = {
        str(at): {
            "relevant": {row.case: 3},
            "groups": [f"kind: {row.kind}", f"language: {row.language}"],
            "itself": None,
        }
        for at, row in enumerate(rows)
    }
    with stands("train", overlay) as at_hand:
        measure(at_hand, queries, texts, "training cases, untouched")


def main() -> None:
    """Read the options and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--queries", type=Path, default=GOLD / "search", help="folder of the graded questions")
    parser.add_argument("--train", action="store_true")
    parser.add_argument("--overlay", type=Path, help="with --train: the encoder trained without the untouched reports")
    parser.add_argument("--part", choices=PARTS, help="one half of the graded questions alone")
    args = parser.parse_args()
    if args.train:
        if args.overlay is None:
            print(f"{DEFAULT_NAME} learned from all training cases: these figures are too good.", file=sys.stderr)
        train(args.overlay)
    else:
        dev(args.queries, (args.part,) if args.part else PARTS)


if __name__ == "__main__":
    main()

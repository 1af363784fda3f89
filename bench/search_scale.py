"""How fast search is over 100,000 or 1,000,000 passages, and beside it the same work by others, in one run.

    python -m bench.search_scale FOLDER [--passages N] [--questions N] [--only NAME…]

Makes the library in FOLDER where it is not there yet (see search_made.py: text by a grammar, vectors of REAL passages
encoded, the rest mixtures of those). Then each system in its own process, one after another: loading, memory, and the
median and 95th percentile of a question from its text to ten answers, encoding included. txtai, rank-bm25 and psutil
come with `pip install alliance-graph[bench]`.
"""

import argparse
import multiprocessing
import sys
import time
from collections.abc import Callable
from itertools import count, islice
from pathlib import Path

import numpy as np
import psutil

from bench.search_made import Vectors, questions, reports, vectors
from bench.search_peers import Ask, numpy_alone, numpy_and_bm25, txtai_hybrid
from graph.search import search
from graph.search.encoder import Encoder
from graph.search.passages import passages
from graph.search.query import parse
from graph.search.tokens import column
from graph.search.unit_columns import stated
from graph.search.units import units
from graph.store import Library

REAL = 2000  # passages whose vectors are encoded
BATCH = 1000  # reports a batch
SEED = 1
LIMIT = 1000


def make(folder: Path, wanted: int, encoder: Encoder) -> Library:
    """The made library of about `wanted` passages in `folder`."""
    place = folder / f"made-{wanted}"
    if place.is_dir():
        return Library.open(place)
    unfinished = folder / f"unfinished-{wanted}"
    library = Library.create(unfinished)
    library.set_encoder(encoder.name)
    real = _real(folder, encoder)
    source, done, began = reports(SEED, wanted), 0, time.perf_counter()
    for turn in count(1):
        if not (batch := list(islice(source, BATCH))):
            break
        library.add(batch)
        if turn & (turn - 1) == 0:  # to compact writes the whole table anew: only when it has doubled
            library.tidy()
        made = [p for extraction in batch for p in passages(extraction.report, extraction.cases)]
        texts = [p.text for p in made]
        near = real[:0] if done else real
        found = np.concatenate([near, vectors(real, len(made) - len(near), SEED + done)])
        library.put_passages(made, [column(text) for text in texts], found, stated(texts))
        done += len(made)
        print(f"made {done} passages in {time.perf_counter() - began:.0f} s", file=sys.stderr)
    library.reindex()
    unfinished.rename(place)
    return Library.open(place)


def _real(folder: Path, encoder: Encoder) -> Vectors:
    """Vectors of the first made passages, kept in `folder` for each encoder."""
    place = folder / f"{encoder.name}.npy"
    if not place.is_file():
        made = [p.text for extraction in reports(SEED, 2 * REAL) for p in passages(extraction.report, extraction.cases)]
        np.save(place, encoder.encode_passages(made[:REAL]))
    kept: Vectors = np.load(place)
    return kept


def ours(library: Library, encoder: Encoder) -> Ask:
    """Search as `alliance search` does it."""
    units(library)
    return lambda question: search(library, question, encoder)


def words(library: Library, _: Encoder) -> Ask:
    """Our BM25 half alone."""
    return lambda question: library.best_words(parse(question).terms, LIMIT)


def meaning(library: Library, encoder: Encoder) -> Ask:
    """Our vector half alone, without encoding: each question's vector is encoded before."""
    kept: dict[str, Vectors] = {}

    def ask(question: str) -> object:
        if question not in kept:
            kept[question] = encoder.encode_query(question)
        return library.nearest(kept[question], LIMIT)

    return ask


def encoding(_: Library, encoder: Encoder) -> Ask:
    """Encoding a question alone."""
    return encoder.encode_query


SYSTEMS: dict[str, Callable[[Library, Encoder], Ask]] = {
    "ours": ours,
    "ours: encoding": encoding,
    "ours: words": words,
    "ours: meaning": meaning,
    "numpy + rank-bm25": numpy_and_bm25,
    "numpy": numpy_alone,
    "txtai": txtai_hybrid,
}


def measure(name: str, place: str, asked: list[tuple[str, str]]) -> None:
    """Load one system, ask it everything twice, and print the second time."""
    library = Library.open(place)
    encoder = Encoder.load(library.encoder)  # what it was made with; a later one is as fast
    encoder.encode_query(asked[0][1])  # what the encoder takes is no part of what a system takes
    before, began = _memory(), time.perf_counter()
    ask = SYSTEMS[name](library, encoder)
    ask(asked[0][1])
    loaded = time.perf_counter() - began
    for _, question in asked:
        ask(question)
    spent: dict[str, list[float]] = {}
    for kind, question in asked:
        start = time.perf_counter()
        ask(question)
        spent.setdefault(kind, []).append(1000 * (time.perf_counter() - start))
    every = [value for group in spent.values() for value in group]
    kinds = "  ".join(f"{kind} {np.median(group):.0f}" for kind, group in spent.items())
    print(
        f"{name:18} p50 {np.percentile(every, 50):7.1f} ms  p95 {np.percentile(every, 95):7.1f} ms  "
        f"ready in {loaded:6.1f} s  memory {_memory() - before:6.0f} MiB   median by kind: {kinds}",
        flush=True,
    )


def _memory() -> float:
    return float(psutil.Process().memory_info().rss) / 2**20


def main() -> None:
    """Make and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--questions", type=int, default=95)
    parser.add_argument("--only", nargs="*", default=list(SYSTEMS), choices=list(SYSTEMS))
    args = parser.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)
    library = make(args.folder, args.passages, Encoder.load())
    held = sum(f.stat().st_size for f in Path(library.uri).rglob("*") if f.is_file()) / 2**20
    print(f"{len(library.passage_columns(['report']))} passages, {len(units(library))} units, {held:.0f} MiB on disk")
    asked = questions(SEED + 1, args.questions)
    context = multiprocessing.get_context("spawn")
    for name in args.only:
        process = context.Process(target=measure, args=(name, library.uri, asked))
        process.start()
        process.join()


if __name__ == "__main__":
    main()

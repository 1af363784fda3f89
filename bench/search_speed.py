"""How fast search is, on the demonstration library and warm.

    python -m bench.search_speed [--repeat N]

Prints the median and the 95th percentile of a search, with and without encoding the question, and how many passages
of the demonstration reports are encoded a second.
"""

import argparse
import json
import time
from collections.abc import Callable
from itertools import cycle, islice

import numpy as np

from bench.gold_records import GOLD
from bench.search_quality import indexed
from graph.search.encoder import Encoder
from graph.search.filters import Filters
from graph.search.ranking import search


def milliseconds(run: Callable[[str], object], questions: list[str]) -> str:
    """Median and 95th percentile of `run` over the questions."""
    spent = []
    for question in questions:
        began = time.perf_counter()
        run(question)
        spent.append(1000 * (time.perf_counter() - began))
    return f"p50 {np.percentile(spent, 50):6.1f} ms   p95 {np.percentile(spent, 95):6.1f} ms   ({len(spent)} questions)"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeat", type=int, default=96, help="how many questions are asked")
    args = parser.parse_args()
    asked = [row["query"] for row in json.loads((GOLD / "search/queries.json").read_text(encoding="utf-8"))]
    questions = list(islice(cycle(asked), args.repeat))
    encoder = Encoder.load()
    with indexed("dev", encoder) as library:
        search(library, questions[0], encoder)  # warm
        texts = [p.text for p in library.passages()]
        print("search         ", milliseconds(lambda q: search(library, q, encoder), questions))
        print(
            "  with a filter",
            milliseconds(lambda q: search(library, q, encoder, 10, Filters(region=("浙江",))), questions),
        )
        print("  words alone  ", milliseconds(lambda q: search(library, q, None), questions))
        print("  encoding     ", milliseconds(encoder.encode_query, questions))
    began = time.perf_counter()
    encoder.encode_passages(texts)
    mean = sum(map(len, texts)) / len(texts)
    print(f"passages encoded {len(texts) / (time.perf_counter() - began):.1f} a second, of {mean:.0f} characters each")


if __name__ == "__main__":
    main()

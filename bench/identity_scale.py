"""Time, memory and quality of identity on reports made from the gazetteer (`bench.identity_made`).

    python -m bench.identity_scale [--mentions 1000000] [--library FOLDER]

Without `--library`: mentions in memory → entities, with B-cubed by type. With it: a new library at FOLDER is filled,
its entities are kept, and then reports come and go one by one.
"""

import argparse
import resource
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.identity_made import MENTIONS_EACH, made_reports
from graph.identity import Entities, derive
from graph.identity.keeping import entities_of, refresh
from graph.records import Mention, Report
from graph.store import Library

LAST = 5  # reports that come one by one

Name = tuple[str, str, str]  # report, type, name


@contextmanager
def timed(label: str) -> Iterator[None]:
    """Print how long a step took, and the most memory that this process has held until its end."""
    started = time.monotonic()
    yield
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"{label}: {time.monotonic() - started:.2f} s, {held:.2f} GiB at most", flush=True)


def b_cubed(pairs: list[tuple[str, str]]) -> tuple[float, float]:
    """Precision and recall of (entity found, thing meant) pairs."""
    both, found, meant = Counter(pairs), Counter(p[0] for p in pairs), Counter(p[1] for p in pairs)
    precision = sum(n * n / found[e] for (e, _), n in both.items()) / len(pairs)
    recall = sum(n * n / meant[t] for (_, t), n in both.items()) / len(pairs)
    return precision, recall


def print_quality(entities: Entities, first: dict[Name, str], meant: dict[Name, str]) -> None:
    """B-cubed by type; `first` and `meant` go from a name to a mention of it and to the thing it means."""
    by_type: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for key, thing in meant.items():
        by_type[key[1]].append((entities.of_mention[first[key]], thing))
    for kind, pairs in sorted(by_type.items()):
        precision, recall = b_cubed(pairs)
        print(f"  {kind:18s} B-cubed P {precision:.3f} R {recall:.3f} over {len(pairs)} names")


def in_memory(count: int) -> None:
    """Derive the entities of `count` mentions."""
    reports: list[Report] = []
    mentions: list[Mention] = []
    meant: dict[Name, str] = {}
    with timed(f"made {count} mentions"):
        for made in made_reports(count):
            report = made.extraction.report
            reports.append(report)
            mentions += made.extraction.mentions
            meant |= {(report.id, *key): thing for key, thing in made.meant.items()}
    with timed("derive"):
        entities = derive(mentions, reports)
    print(f"{len(entities)} entities of {len(mentions)} mentions in {len(reports)} reports")
    print_quality(entities, {(m.report, m.type, m.name): m.id for m in reversed(mentions)}, meant)


def in_library(count: int, folder: Path) -> None:
    """Fill a library with `count` mentions, keep its entities, then let single reports come and go."""
    library = Library.create(folder)
    coming = made_reports(count + LAST * MENTIONS_EACH)
    with timed(f"added {count} mentions"):
        library.add(next(coming).extraction for _ in range(count // MENTIONS_EACH))
        library.tidy()
    with timed("all entities made"):
        print(refresh(library))
    for made in coming:
        with timed("a report added"):
            library.add([made.extraction])
        with timed("entities brought up to date"):
            print(refresh(library))
    with timed("a report deleted"):
        library.delete(made.extraction.report.id)
    with timed("entities brought up to date"):
        print(refresh(library))
    with timed("entities read"):
        print(len(entities_of(library)), "entities")


def main() -> None:
    """Make reports, derive their entities, print what it took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mentions", type=int, default=100_000)
    parser.add_argument("--library", type=Path, help="a new folder for a library")
    asked = parser.parse_args()
    if asked.library:
        in_library(asked.mentions, asked.library)
    else:
        in_memory(asked.mentions)


if __name__ == "__main__":
    main()

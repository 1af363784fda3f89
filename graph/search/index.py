"""Indexing: the reports that have no passages yet get them, with their terms and vectors."""

from collections import defaultdict
from collections.abc import Callable, Sequence

from graph.records import Case, Passage, Report
from graph.search.encoder import Encoder
from graph.search.passages import passages
from graph.search.tokens import column
from graph.search.unit_columns import stated
from graph.store import Library

BATCH = 50  # reports a commit
Progress = Callable[[int, int], None]  # passages done, in all


def index(library: Library, encoder: Encoder | None, progress: Progress | None = None) -> int:
    """Make and put the passages of every report without any; returns how many passages were put.

    `encoder` None makes a library that is searched by words alone. A library whose vectors another encoder made is
    indexed afresh, since vectors of two encoders cannot be compared. LibraryError where another program is writing.
    """
    library.set_encoder(encoder.name if encoder is not None else "")
    waiting = library.unindexed_reports()
    if not waiting:
        return 0
    made = _make(library, set(waiting))
    total = sum(len(found) for _, found in made)
    done = 0
    for first in range(0, len(made), BATCH):
        batch = made[first : first + BATCH]
        done += _put(library, encoder, batch)
        if progress is not None:
            progress(done, total)
    library.reindex()
    return done


Made = tuple[Report, list[Passage]]


def _make(library: Library, waiting: set[str]) -> list[Made]:
    cases: dict[str, list[Case]] = defaultdict(list)
    for case in library.cases():
        cases[case.report].append(case)
    return [(report, passages(report, cases[report.id])) for report in library.reports() if report.id in waiting]


def _put(library: Library, encoder: Encoder | None, batch: Sequence[Made]) -> int:
    found = [passage for _, own in batch for passage in own]
    texts = [passage.text for passage in found]
    vectors = None if encoder is None or not found else encoder.encode_passages(texts)
    library.put_passages(found, [column(text) for text in texts], vectors, stated(texts))
    return len(found)

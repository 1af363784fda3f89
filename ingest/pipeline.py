"""Files in, records out: reads, extracts and stores many reports, in parallel, and loses none in silence."""

import math
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from ingest.outcome import Outcome
from ingest.reading import Failure, discover, source_hash

if TYPE_CHECKING:
    from graph.store import Library  # loads the database, which extraction without a store does not need

BATCH = 50  # files a commit
SECONDS_A_BATCH = 5.0  # slow files are committed after so long, so that an interrupted ingest keeps what it has read
FILES_A_WORKER = 20  # below this a second process costs more to start than it saves

Progress = Callable[[int, int, str], None]  # files done, files in all, what was just done


@dataclass(slots=True)
class Summary:
    """What an ingest did: reports taken in, already known, and failed, with their reasons."""

    added: int = 0
    known: int = 0
    replaced: int = 0
    failures: list[Failure] = field(default_factory=list)

    @property
    def exit_code(self) -> int:
        """0 where every report went in, 1 where some failed."""
        return 1 if self.failures else 0


def workers_for(files: int, wanted: int | None = None) -> int:
    """How many processes to use for so many files: `wanted`, else as many as pay."""
    if wanted is not None:
        return max(1, wanted)
    return max(1, min(os.cpu_count() or 1, math.ceil(files / FILES_A_WORKER)))


def ingest(
    paths: Sequence[Path], library: "Library", workers: int | None = None, progress: Progress | None = None
) -> Summary:
    """Read every report under `paths` into `library`.

    Files whose bytes the library has read before are passed over. A file that was read before and has changed since
    takes the place of its earlier version. What cannot be read is listed in the summary; the rest goes in.
    """
    found = discover(paths)
    summary = Summary(failures=list(found.failures))
    hashes = set(library.known_sources().values())
    fresh = [path for path in found.files if not _is_known(path, hashes)]
    summary.known = len(found.files) - len(fresh)
    if not fresh:
        return summary
    from ingest.workers import outcomes  # loads numpy, which a run that finds nothing new does not need

    batch: list[Outcome] = []
    flushed = monotonic()
    for done, outcome in enumerate(outcomes(fresh, workers_for(len(fresh), workers)), start=1):
        batch.append(outcome)
        if progress is not None:
            progress(done, len(fresh), outcome.path.name)
        if len(batch) >= BATCH or monotonic() - flushed > SECONDS_A_BATCH:
            _store(batch, library, summary)
            batch, flushed = [], monotonic()
    _store(batch, library, summary)
    return summary


def _is_known(path: Path, hashes: set[str]) -> bool:
    try:
        return source_hash(path) in hashes
    except OSError:
        return False  # reading it will say what is wrong with it


def _store(batch: Sequence[Outcome], library: "Library", summary: Summary) -> None:
    """Write the reports of `batch` in one commit, then remove those that they are newer versions of."""
    summary.failures += [failure for outcome in batch for failure in outcome.failures]
    extractions = [e for outcome in batch for e in outcome.extractions]
    if not extractions:
        return
    ids = {e.report.id for e in extractions}
    old = [r for r in library.reports_from({e.report.source for e in extractions}) if r.id not in ids]
    added = library.add(extractions)
    for report in old:
        library.delete(report.id)
    summary.added += added
    summary.replaced += len(old)
    summary.known += len(extractions) - added


def extract_files(paths: Sequence[Path], workers: int | None = None) -> Iterator[tuple[Outcome, int, int]]:
    """Read and extract without a store: (outcome, files done, files in all) a file, paths not found first."""
    from ingest.workers import outcomes

    found = discover(paths)
    whole = len(found.failures) + len(found.files)
    missing = (Outcome(Path(failure.source), failures=(failure,)) for failure in found.failures)
    each = chain(missing, outcomes(found.files, workers_for(len(found.files), workers)))
    for done, outcome in enumerate(each, start=1):
        yield outcome, done, whole

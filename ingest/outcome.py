"""What came of one file."""

from dataclasses import dataclass
from pathlib import Path

from graph.records import Extraction
from ingest.reading import Failure


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one file."""

    path: Path
    extractions: tuple[Extraction, ...] = ()
    failures: tuple[Failure, ...] = ()

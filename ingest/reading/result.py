"""What reading gives back: reports, and failures that say what, which file and the way out."""

from dataclasses import dataclass, field
from pathlib import Path

from graph.records import Report


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that could not be read: `source` a path, or `archive!/member`; `row` counts a table's rows from 1."""

    source: str
    reason: str
    row: int | None = None

    def __str__(self) -> str:
        where = self.source if self.row is None else f"{self.source}, row {self.row}"
        return f"{where}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Discovery:
    """The report files under the paths asked for, sorted and without repeats, and what was not found."""

    files: tuple[Path, ...] = ()
    failures: tuple[Failure, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """The reports of one file in its order, and the parts of it that could not be read."""

    reports: tuple[Report, ...] = ()
    failures: tuple[Failure, ...] = ()


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page says about itself; '' where it says nothing. `date` is ISO 8601, cut where the page says no more."""

    title: str = ""
    publisher: str = ""
    date: str = ""
    edition: str = ""
    authors: tuple[str, ...] = ()
    url: str = ""

    def or_else(self, other: "Metadata") -> "Metadata":
        """This metadata, with `other` filling its gaps."""
        return Metadata(
            self.title or other.title,
            self.publisher or other.publisher,
            self.date or other.date,
            self.edition or other.edition,
            self.authors or other.authors,
            self.url or other.url,
        )


@dataclass(frozen=True, slots=True)
class Draft:
    """A report's raw text as a format reader found it: lines may be wrapped, page furniture may stand in it.

    `metadata` is what the format itself declares (HTML meta tags, table columns); it goes before what the text says.
    """

    text: str
    metadata: Metadata = field(default_factory=Metadata)
    warnings: tuple[str, ...] = ()

"""One file's bytes to its reports, whatever the format: the one place that knows all format readers."""

import hashlib
from collections.abc import Callable, Iterable
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from graph.errors import ReadingError
from graph.records import Report
from ingest.reading.archive import LARGEST_UNPACKED, members
from ingest.reading.cleaning import clean, raw_lines
from ingest.reading.encoding import decode
from ingest.reading.masthead import read_masthead
from ingest.reading.result import Draft, Failure, Reading
from ingest.reading.sniffing import LARGEST, SIZE_MESSAGE, sniff
from ingest.reading.tables import BadRow, Row, read_csv, read_jsonl


def source_hash(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal. Raises OSError where the file cannot be read.

    A report's `source_hash` is this for a file of its own; for a member of an archive the SHA-256 of the member's
    bytes; for a row of a table the SHA-256 of the row's cells and number.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _read_text(data: bytes) -> Draft:
    decoded = decode(data)
    doubt = (f"read as {decoded.encoding}, which is not certain",) if decoded.doubtful else ()
    return Draft(decoded.text, warnings=doubt)


# The readers of pages and documents load large libraries: only where there is such a file.


def _read_html(data: bytes) -> Draft:
    from ingest.reading.html import read_html

    return read_html(data)


def _read_pdf(data: bytes) -> Draft:
    from ingest.reading.documents import read_pdf

    return read_pdf(data)


def _read_docx(data: bytes) -> Draft:
    from ingest.reading.documents import read_docx

    return read_docx(data)


DRAFTERS: dict[str, Callable[[bytes], Draft]] = {
    "txt": _read_text,
    "md": _read_text,
    "html": _read_html,
    "pdf": _read_pdf,
    "docx": _read_docx,
}


def make_report(draft: Draft, stem: str, source: str, digest: str, fmt: str) -> Report:
    """The report of a draft. Raises ReadingError where nothing is left once page furniture is gone."""
    text = clean(draft.text)
    if not text:
        raise ReadingError("it holds no text besides page furniture")
    said = draft.metadata.or_else(read_masthead(raw_lines(draft.text)))
    return Report(
        text=text,
        stem=stem,
        source=source,
        source_hash=digest,
        format=fmt,
        title=said.title,
        publisher=said.publisher,
        date=said.date,
        edition=said.edition,
        authors=said.authors,
        url=said.url,
        warnings=draft.warnings,
    )


def _read_rows(rows: Iterable[Row | BadRow], stem: str, source: str, fmt: str) -> Reading:
    reports: list[Report] = []
    failures: list[Failure] = []
    try:
        for row in rows:
            if isinstance(row, BadRow):
                failures.append(Failure(source, row.reason, row.number))
                continue
            try:
                reports.append(make_report(row.draft, f"{stem}-{row.number}", source, row.digest, fmt))
            except ReadingError as error:
                failures.append(Failure(source, str(error), row.number))
    except ReadingError as error:
        failures.append(Failure(source, str(error)))
    if not reports and not failures:
        failures.append(Failure(source, "the table has no rows"))
    return Reading(tuple(reports), tuple(failures))


def _read_archive(file: BinaryIO, source: str) -> Reading:
    reports: list[Report] = []
    failures: list[Failure] = []
    try:
        for member in members(file):
            where = f"{source}!/{member.name}"
            if member.refusal:
                failures.append(Failure(where, member.refusal))
                continue
            inside = read_bytes(member.data, member.name, where)
            reports += inside.reports
            failures += inside.failures
    except ReadingError as error:
        failures.append(Failure(source, str(error)))
    if not reports and not failures:
        failures.append(Failure(source, "the archive holds no reports"))
    return Reading(tuple(reports), tuple(failures))


def read_bytes(data: bytes, name: str, source: str) -> Reading:
    """The reports in `data`, the content of a file called `name` that came from `source` (a path or an address)."""
    path = PurePosixPath(name.replace("\\", "/"))
    if len(data) > LARGEST:
        return Reading(failures=(Failure(source, SIZE_MESSAGE),))
    try:
        fmt = sniff(data, path.suffix.lower())
        if fmt == "zip":
            return _read_archive(BytesIO(data), source)
        if fmt in {"csv", "tsv"}:
            return _read_rows(read_csv(data, fmt), path.stem, source, fmt)
        if fmt == "jsonl":
            return _read_rows(read_jsonl(data), path.stem, source, fmt)
        report = make_report(DRAFTERS[fmt](data), path.stem, source, hashlib.sha256(data).hexdigest(), fmt)
    except ReadingError as error:
        return Reading(failures=(Failure(source, str(error)),))
    return Reading(reports=(report,))


def _read_large(path: Path) -> Reading:
    """A file over the bound of one report: an archive may be that large, nothing else."""
    with path.open("rb") as file:
        zipped = file.read(4) == b"PK\x03\x04" and path.suffix.lower() == ".zip"
        if not zipped or path.stat().st_size > LARGEST_UNPACKED:
            return Reading(failures=(Failure(str(path), SIZE_MESSAGE),))
        file.seek(0)
        return _read_archive(file, str(path))


def read(path: Path) -> Reading:
    """The reports of one file; what cannot be read is a Failure with its reason, never an exception."""
    try:
        if path.stat().st_size > LARGEST:
            return _read_large(path)
        data = path.read_bytes()
    except OSError as error:
        return Reading(failures=(Failure(str(path), f"the file cannot be opened ({error.strerror or error})"),))
    return read_bytes(data, path.name, str(path))

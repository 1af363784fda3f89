"""PDF files with a text layer, and Word documents."""

import logging
import re
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from io import BytesIO

import docx
import pypdf
from docx.document import Document
from docx.opc.exceptions import OpcError
from docx.table import Table
from pypdf.errors import PyPdfError

from graph.errors import ReadingError
from ingest.reading.result import Draft, Metadata

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it reports every flaw of a file it then reads all the same
MOST_PAGES = 2_000
LARGEST_UNPACKED = 256 * 1024 * 1024  # bytes of a Word document's parts
# What parsers raise on hostile or damaged files, besides their own errors.
BROKEN = (
    ArithmeticError, AssertionError, AttributeError, LookupError, NotImplementedError, OSError, RecursionError,
    SyntaxError, TypeError, ValueError, struct.error, zlib.error,
)  # fmt: skip
DAMAGED = "the file is damaged or cut short; fetch it again"


def _reader(data: bytes) -> pypdf.PdfReader:
    try:
        reader = pypdf.PdfReader(BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise ReadingError("the PDF is protected by a password; save it without one")
    except pypdf.errors.DependencyError as error:
        raise ReadingError("the PDF is encrypted; save it without encryption (print it to a new PDF)") from error
    except (PyPdfError, *BROKEN) as error:
        raise ReadingError(f"the PDF cannot be opened ({type(error).__name__}): {DAMAGED}") from error
    return reader


def _pages(reader: pypdf.PdfReader) -> Iterator[str]:
    """The text of each page, '' for one that cannot be read."""
    try:
        count = len(reader.pages)
    except (PyPdfError, *BROKEN) as error:
        raise ReadingError(f"the PDF's pages cannot be found: {DAMAGED}") from error
    if count > MOST_PAGES:
        raise ReadingError(f"the PDF has {count} pages, over the bound of {MOST_PAGES}; split it")
    for number in range(count):
        try:
            yield reader.pages[number].extract_text()
        except (PyPdfError, *BROKEN):
            yield ""


def _mask(line: str) -> str:
    return re.sub(r"\d+", "#", re.sub(r"\s", "", line))


def _edges(lines: Sequence[str]) -> list[int]:
    """Where running heads and page numbers can stand: the first two and last two lines, if they are no sentence."""
    places = {0, 1, len(lines) - 2, len(lines) - 1} & set(range(len(lines)))
    return [i for i in sorted(places) if len(lines[i]) <= 60 and not re.search("[。！？，；]", lines[i])]


def without_running_lines(pages: Sequence[str]) -> list[str]:
    """The pages without page numbers and the first and last lines that most of them share."""
    split = [[line for line in page.split("\n") if line.strip()] for page in pages]
    seen = Counter(mask for lines in split for mask in {_mask(lines[i]) for i in _edges(lines)})
    running = {mask for mask, times in seen.items() if times >= 3 and times * 2 > len(split)}
    kept = []
    for place, lines in enumerate(split):
        gone = {i for i in _edges(lines) if _mask(lines[i]) == "#" or (_mask(lines[i]) in running and (place or i > 1))}
        kept.append("\n".join(line for i, line in enumerate(lines) if i not in gone))
    return kept


def read_pdf(data: bytes) -> Draft:
    """The draft of a PDF. Raises ReadingError: damaged, protected, or without a text layer (scanned)."""
    pages = list(_pages(_reader(data)))
    text = "\n\f\n".join(without_running_lines(pages))
    if sum(not c.isspace() for c in text) < 10:
        raise ReadingError("the PDF holds pictures of pages, no text (scanned); run it through OCR first")
    unread = sum(not page.strip() for page in pages)
    return Draft(text, warnings=(f"{unread} of {len(pages)} pages hold no text",) if unread else ())


def _check_parts(data: bytes) -> None:
    """Unpack a Word document's parts without keeping them: sizes in its directory may lie."""
    total = 0
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for part in archive.infolist():
            with archive.open(part) as file:
                while chunk := file.read(1 << 20):
                    total += len(chunk)
                    if total > LARGEST_UNPACKED:
                        raise ReadingError("the document unpacks to more than 256 MiB; it is no ordinary report")


def _blocks(document: Document) -> Iterator[str]:
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            yield from _rows(block)
        else:
            yield block.text


def _rows(table: Table) -> Iterator[str]:
    """A table row by row, its cells divided by bars; a cell merged over columns once."""
    for row in table.rows:
        cells: list[str] = []
        seen: set[int] = set()  # python-docx gives merged cells no other identity than their element
        for cell in row.cells:
            if id(cell._tc) not in seen:
                seen.add(id(cell._tc))
                cells.append(" ".join(cell.text.split()))
        if any(cells):
            yield f"| {' | '.join(cells)} |" if len(cells) > 1 else row.cells[0].text


def read_docx(data: bytes) -> Draft:
    """The draft of a Word document: paragraphs and tables in their order. Raises ReadingError where it is damaged."""
    try:
        _check_parts(data)
        document = docx.Document(BytesIO(data))
        text = "\n\n".join(block for block in _blocks(document) if block.strip())
        title = next((p.text for p in document.paragraphs if p.style is not None and p.style.name == "Title"), "")
    except (OpcError, zipfile.BadZipFile, *BROKEN) as error:
        raise ReadingError(f"the Word document cannot be opened ({type(error).__name__}): {DAMAGED}") from error
    if not text.strip():
        raise ReadingError("the Word document holds no text; it may hold only pictures")
    return Draft(text, Metadata(title=" ".join(title.split())))

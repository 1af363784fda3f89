"""What a file holds, by its first bytes before its suffix: a suffix may lie."""

import zipfile
from io import BytesIO

from graph.errors import ReadingError

LARGEST = 64 * 1024 * 1024  # bytes of one report file
FORMATS = {
    ".txt": "txt",
    ".text": "txt",
    ".md": "md",
    ".markdown": "md",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".docx": "docx",
    ".csv": "csv",
    ".tsv": "tsv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".zip": "zip",
}
FOREIGN = (
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"BM", "a BMP picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"\x1f\x8b", "a gzip file"),
    (b"SQLite format 3\x00", "a SQLite database"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"PAR1", "a Parquet table"),
)
WAY_OUT = "give a text, web page, PDF or Word (docx) file of the report"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # container of old Office files and of encrypted new ones
TEXTUAL = {"txt", "md", "html", "csv", "tsv", "jsonl"}
SIZE_MESSAGE = "it is larger than 64 MiB; split it into single reports"


def _ole(data: bytes, suffix: str) -> ReadingError:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return ReadingError("the document is protected by a password; save it without one")
    if suffix == ".docx":
        return ReadingError("it is an old Word file (.doc) under the suffix .docx; save it as .docx or PDF")
    return ReadingError("old Office files (.doc, .xls, .wps) cannot be read; save it as .docx, PDF or CSV")


def _zipped(data: bytes) -> str:
    """'docx' or 'zip' for a file that begins as a zip archive does."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise ReadingError("the file is damaged or cut short; fetch it again") from error
    if "word/document.xml" in names:
        return "docx"
    if "[Content_Types].xml" in names:
        raise ReadingError("it is an Office file but no Word document; save it as .docx, PDF or CSV")
    return "zip"


def _is_html(data: bytes) -> bool:
    start = data[:1024].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    begins = start.startswith((b"<!doctype html", b"<html", b"<head", b"<body"))
    return begins or (start.startswith((b"<?xml", b"<!--")) and b"<html" in start)


def _is_binary(data: bytes) -> bool:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    sample = data[:65536]
    controls = sum(byte < 32 and byte not in b"\t\n\v\f\r\x1a\x1b" for byte in sample)
    return b"\x00" in sample or controls * 50 > len(sample)


def sniff(data: bytes, suffix: str) -> str:
    """The format of `data`: txt, md, html, pdf, docx, csv, tsv, jsonl or zip; raises ReadingError for all else.

    `suffix` in lower case with its dot. It settles what bytes cannot tell apart (txt, md, csv, jsonl); a web page
    under .txt is read as a web page.
    """
    if not data.strip():
        raise ReadingError("the file is empty")
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(OLE):
        raise _ole(data, suffix)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(data)
    for magic, what in FOREIGN:
        if data.startswith(magic) and (len(magic) > 2 or _is_binary(data)):
            raise ReadingError(f"it is {what}, not a report; {WAY_OUT}")
    expected = FORMATS.get(suffix, "txt")
    if _is_binary(data):
        raise ReadingError(f"it is no text (binary data); {WAY_OUT}")
    if expected in {"pdf", "docx", "zip"}:
        expected = "txt" if not _is_html(data) else "html"
        return _wrong_suffix(data, suffix, expected)
    return "html" if expected in {"txt", "md"} and _is_html(data) else expected


def _wrong_suffix(data: bytes, suffix: str, found: str) -> str:
    """A file that says it is a document but holds text: read if a web page, refused if plain bytes."""
    if found == "html":
        return found
    raise ReadingError(
        f"it is no {suffix} file, or a damaged one ({len(data)} bytes); fetch it again or mend its suffix"
    )

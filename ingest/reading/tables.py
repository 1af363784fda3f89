"""Tables whose rows are reports: CSV, TSV and JSON lines.

Columns, by any of their names: `text` (required), `title`, `date`, `publisher`, `authors`, `url`, `edition`; others are
passed over. A row's number counts data rows from 1 (CSV, TSV) or lines from 1 (JSON lines).
"""

import csv
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import StringIO

from graph.errors import ReadingError
from ingest.reading.dates import any_date, compact_date
from ingest.reading.encoding import decode
from ingest.reading.result import Draft, Metadata

COLUMNS = {
    "text": ("text", "content", "body", "正文", "内容", "全文", "文本", "內容"),
    "title": ("title", "标题", "標題", "题目", "题名"),
    "date": ("date", "日期", "时间", "发布日期", "发布时间", "published"),
    "publisher": ("publisher", "source", "来源", "媒体", "报纸", "來源", "媒體"),
    "authors": ("authors", "author", "作者", "记者", "記者"),
    "url": ("url", "link", "链接", "网址", "連結"),
    "edition": ("edition", "page", "版次", "版面"),
}
LONGEST = 16 * 1024 * 1024  # characters of one field


@dataclass(frozen=True, slots=True)
class Row:
    """A row that is a report; `digest` the SHA-256 of its cells and its number: equal rows of one table stay apart."""

    number: int
    draft: Draft
    digest: str


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that is none, and why."""

    number: int
    reason: str


def _roles(names: list[str]) -> dict[str, str]:
    """Which column plays which role; {} where none is the text."""
    lowered = {name.strip().lower(): name for name in names}
    roles = {role: next((lowered[a] for a in known if a in lowered), "") for role, known in COLUMNS.items()}
    return {role: name for role, name in roles.items() if name} if roles["text"] else {}


def _missing(names: list[str]) -> str:
    found = ", ".join(name for name in names if name) or "none"
    return f"no column holds the text: columns found: {found}; wanted: {' or '.join(COLUMNS['text'])}"


def _digest(cells: Mapping[str, object], number: int) -> str:
    said = json.dumps([cells, number], ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(said.encode("utf-8", errors="surrogatepass")).hexdigest()


def _authors(value: object) -> tuple[str, ...]:
    parts = value if isinstance(value, list) else re.split(r"[、，,;；\s]+", str(value or ""))
    return tuple(str(part).strip() for part in parts if str(part).strip())


def _row(cells: Mapping[str, object], roles: Mapping[str, str], number: int) -> Row | BadRow:
    """One row as a report's draft."""

    def said(role: str) -> str:
        value = cells.get(roles.get(role, ""))
        return "" if value is None else str(value).strip()

    text = cells.get(roles["text"])
    if not isinstance(text, str) or not text.strip():
        return BadRow(number, f"its column {roles['text']} is empty or no text")
    metadata = Metadata(
        title=said("title"),
        publisher=said("publisher"),
        date=any_date(said("date")) or compact_date(said("date")),
        edition=said("edition"),
        authors=_authors(cells.get(roles.get("authors", ""))),
        url=said("url"),
    )
    return Row(number, Draft(text, metadata), _digest(cells, number))


def _delimiter(header: str, fmt: str) -> str:
    if fmt == "tsv":
        return "\t"
    known = [d for d in ",\t;|" if _roles(next(csv.reader([header], delimiter=d), []))]
    return known[0] if known else ","


def read_csv(data: bytes, fmt: str) -> Iterator[Row | BadRow]:
    """The rows of a CSV or TSV file. Raises ReadingError where its header names no text column."""
    text = decode(data).text.removeprefix("\ufeff")
    delimiter = _delimiter(text.split("\n", 1)[0].rstrip("\r"), fmt)
    usual = csv.field_size_limit(LONGEST)
    try:
        yield from _records(csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True))
    finally:
        csv.field_size_limit(usual)


def _records(reader: Iterator[list[str]]) -> Iterator[Row | BadRow]:
    header = [name.strip() for name in next(reader, [])]
    roles = _roles(header)
    if not roles:
        raise ReadingError(_missing(header))
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield BadRow(number, f"it is no proper CSV ({error}); check its quotation marks")
            continue
        if not cells:
            number -= 1
        elif len(cells) != len(header):
            yield BadRow(
                number, f"it has {len(cells)} fields where the header has {len(header)}; quote fields that hold commas"
            )
        else:
            yield _row(dict(zip(header, cells, strict=True)), roles, number)


def read_jsonl(data: bytes) -> Iterator[Row | BadRow]:
    """The rows of a JSON-lines file. A line that is no JSON object with a text is a BadRow."""
    for number, line in enumerate(decode(data).text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            yield BadRow(number, "it is no JSON; each line must be one JSON object")
            continue
        if not isinstance(value, dict):
            yield BadRow(number, 'it is no JSON object; each line must be one, such as {"text": …}')
            continue
        roles = _roles(list(value))
        yield _row(value, roles, number) if roles else BadRow(number, _missing(list(value)))

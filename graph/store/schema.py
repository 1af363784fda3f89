"""Arrow schemas of the record tables, and records to Arrow and back."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

import pyarrow as pa

from graph.records import Case, Claim, Figure, Judgement, Mention, Passage, Report, as_row, from_row

R = TypeVar("R", Report, Case, Mention, Claim, Figure, Passage, Judgement)

STRINGS = pa.list_(pa.string())


def _schema(strings: str, **others: pa.DataType) -> pa.Schema:
    fields = [pa.field(name, pa.string()) for name in strings.split()]
    return pa.schema([*fields, *(pa.field(name, kind) for name, kind in others.items())])


SPAN = {"start": pa.int32(), "end": pa.int32()}

SCHEMAS: dict[str, pa.Schema] = {
    "reports": _schema(
        "id text stem source source_hash format title publisher date edition url", authors=STRINGS, warnings=STRINGS
    ),
    "cases": _schema("id report title place", position=pa.int32(), types=STRINGS, reasons=STRINGS, **SPAN),
    "mentions": _schema("id report type form name within code extractor", confidence=pa.float32(), **SPAN),
    "claims": _schema("id report type head tail role modality since extractor reason", confidence=pa.float32(), **SPAN),
    "figures": _schema(
        "id report case subject indicator unit bound modality extractor",
        value=pa.float64(),
        year=pa.int32(),
        confidence=pa.float32(),
        **SPAN,
    ),
    "judgements": _schema(
        "id kind subject object verdict who when why supersedes subject_at object_at", score=pa.float64()
    ),
    "manifest": _schema("key value"),
}

# Tables whose rows belong to a report and go with it.
OWNED = ("cases", "mentions", "claims", "figures")

LARGE = 10_000  # rows from which an index over vectors or values pays
INDEXED = {
    "reports": ("id", "stem"),
    "cases": ("id", "report"),
    "mentions": ("id", "report"),
    "claims": ("id", "report"),
    "figures": ("report",),
    "passages": ("id", "report"),
}


def passage_schema(dimension: int) -> pa.Schema:
    """Passages with their search terms, numbers, and vectors of `dimension` floats; 0 leaves vectors out."""
    schema = _schema("id report case text tokens", numbers=pa.list_(pa.float64()), **SPAN)
    return schema.append(pa.field("vector", pa.list_(pa.float32(), dimension))) if dimension else schema


def to_arrow(name: str, records: Iterable[R]) -> pa.Table:
    """`records` as rows of the table `name`."""
    return pa.Table.from_pylist([as_row(record) for record in records], schema=SCHEMAS[name])


def to_records(kind: type[R], rows: pa.Table) -> list[R]:
    """The records that `rows` hold. Confidences come back rounded to 6 digits, as float32 keeps them."""
    found = rows.to_pylist()
    for row in found:
        if "confidence" in row:
            row["confidence"] = round(row["confidence"], 6)
    return [from_row(kind, row) for row in found]


def in_clause(column: str, values: Sequence[str]) -> str:
    """An SQL condition `column IN (…)` with every value quoted; false where there are no values."""
    quoted = ", ".join("'" + value.replace("'", "''") + "'" for value in values)
    return f"{column} IN ({quoted})" if quoted else "false"

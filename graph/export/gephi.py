"""CSV for Gephi's spreadsheet import: a table of nodes and one of edges, byte-true, without a byte order mark."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from graph.export.rows import Cell, EdgeRow, NodeRow, Table

SUFFIXES = ("-nodes.csv", "-edges.csv")


def day(date: str) -> str:
    """A date of which only the year or month is known, as the first day of it."""
    return date + "0000-01-01"[len(date) :] if date else ""


def timeset(first: str) -> str:
    """From the first day on; '' where no day is known."""
    return f"[{day(first)}, Infinity]" if first else ""


def node_columns(node: NodeRow) -> dict[str, Cell]:
    """The columns of a node, in order."""
    return {"Id": node.id, "Label": node.name, **node.cells(), "timeset": timeset(node.first_seen)}


def edge_columns(edge: EdgeRow) -> dict[str, Cell]:
    """The columns of an edge, in order. `Kind` keeps parallel edges apart."""
    return {
        "Source": edge.source,
        "Target": edge.target,
        "Type": "Undirected" if edge.symmetric else "Directed",
        "Kind": edge.kind,
        "Id": edge.id,
        "Label": edge.label,
        "Weight": edge.weight,
        **edge.cells(),
        "timeset": timeset(edge.since),
    }


def _cell(value: Cell) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def csv_text(header: Sequence[str], rows: Iterable[dict[str, Cell]]) -> str:
    """Comma-separated, quoted where needed, lines ended by CR LF as RFC 4180 has it."""
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([_cell(row[name]) for name in header] for row in rows)
    return out.getvalue()


def headers() -> tuple[list[str], list[str]]:
    """The columns of both tables, which are there even where there are no rows."""
    node = NodeRow("", "", "Village", "", "", (), 0, 0, "", "")
    return list(node_columns(node)), [*EDGE_HEADER]


EDGE_HEADER = (
    "Source", "Target", "Type", "Kind", "Id", "Label", "Weight", "relation", "modality", "symmetric", "confidence",
    "since", "until", "role", "report", "title", "date", "sentence", "start", "end", "reports", "evidence", "timeset",
)  # fmt: skip


def write(table: Table) -> tuple[bytes, ...]:
    """The bytes of the nodes' and of the edges' file."""
    nodes, edges = headers()
    return (
        csv_text(nodes, map(node_columns, table.nodes)).encode(),
        csv_text(edges, map(edge_columns, table.edges)).encode(),
    )

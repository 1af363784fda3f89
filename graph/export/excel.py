"""The same two tables for Excel: UTF-8 with a byte order mark, and no cell that Excel would take for a formula."""

from graph.export.gephi import csv_text, edge_columns, headers, node_columns
from graph.export.rows import Cell, Table

SUFFIXES = ("-nodes.csv", "-edges.csv")
FORMULA = tuple("=+-@\t\r\0＝＋－＠")
LONGEST = 32_767  # characters a cell of Excel may hold
CUT = "…[cut: Excel holds 32767 characters a cell]"


def safe(value: Cell) -> Cell:
    """A cell that Excel shows as it is written; what is too long for it is cut, and says so."""
    if not isinstance(value, str):
        return value
    text = f"'{value}" if value.startswith(FORMULA) else value
    return text if len(text) <= LONGEST else text[: LONGEST - len(CUT)] + CUT


def _safe(row: dict[str, Cell]) -> dict[str, Cell]:
    return {name: safe(value) for name, value in row.items()}


def write(table: Table) -> tuple[bytes, ...]:
    """The bytes of the nodes' and of the edges' file."""
    nodes, edges = headers()
    return (
        csv_text(nodes, (_safe(node_columns(node)) for node in table.nodes)).encode("utf-8-sig"),
        csv_text(edges, (_safe(edge_columns(edge)) for edge in table.edges)).encode("utf-8-sig"),
    )

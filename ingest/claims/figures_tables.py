"""What the table that holds a number says of it: the head of its column, or of its row."""

import re

from ingest.claims.figures_quantities import Quantity
from ingest.claims.figures_scene import Scene

_CELL = re.compile(r"(?:[│┃|┌┐├┤└┘┬┴┼─━\s]|——)+")
_PROSE = re.compile("[。；，！？]")
_DIGITS = re.compile(r"\d")
_QUANTITY = re.compile(r"[近约超逾]?\d[\d,.万亿千百]*[余多]?\S{0,3}$")
_NAMELIKE = ("村", "镇", "乡", "县", "区", "市", "街道", "社区", "公司")


def _cells(line: str) -> list[str]:
    """The cells of a table's row, [] for prose. Columns are set apart by bars, lines, tabs or gaps."""
    if _PROSE.search(line):
        return []
    cells = [cell for cell in _CELL.split(line) if cell]
    return cells if len(cells) >= 3 and max(map(len, cells)) <= 24 else []


def cell_says(quantity: Quantity, scene: Scene) -> str:
    """What a table says of the number: the head of its column, else of its row; '' outside tables."""
    start, end = scene.line(quantity.number)
    cells = _cells(scene.text[start:end])
    if not cells:
        return ""
    column, at = 0, scene.text.index(cells[0], start) + len(cells[0])
    while at <= quantity.number and column + 1 < len(cells):
        column += 1
        at = scene.text.index(cells[column], at) + len(cells[column])
    if len(cells[column]) > quantity.end - quantity.start:
        return "" if len(_words_of(cells[column])) > 1 else _row_head(cells, column)
    head = ""
    while start > 0:
        start, end = scene.text.rfind("\n", 0, start - 1) + 1, start - 1
        above = _cells(scene.text[start:end])
        if len(above) != len(cells):
            break
        if not any(c.isdigit() for c in above[column]):
            head = above[column]
            break
    if head:
        return head
    return _row_head(cells, column)


def _words_of(cell: str) -> str:
    return _QUANTITY.sub("", cell)


def _row_head(cells: list[str], column: int) -> str:
    """What a row without a headed column measures: the words beside the number, where they are not the row's name."""
    beside = cells[column - 1] if column else ""
    if column > 1 and not _DIGITS.search(beside) and not beside.endswith(_NAMELIKE):
        return beside
    return "" if column == 0 else cells[0]

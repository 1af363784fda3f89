"""Two to five cases side by side: a row an aspect, a cell a case, what they share and what only some have marked."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from graph.compare.profile import ASPECTS, Line, Profile
from graph.errors import UsageError
from graph.text import fold

FEWEST, MOST = 2, 5


@dataclass(frozen=True, slots=True)
class Row:
    """One aspect over all cases. `shared` are the texts of lines that at least two of the cases have."""

    aspect: str
    cells: tuple[tuple[Line, ...], ...]
    shared: frozenset[str]

    @property
    def lacking(self) -> tuple[int, ...]:
        """Positions of the cases of which nothing is said here, where something is said of another."""
        return tuple(at for at, cell in enumerate(self.cells) if not cell)


def matrix(profiles: Sequence[Profile]) -> list[Row]:
    """The rows of which any of the cases says something. UsageError for fewer than two or more than five cases."""
    if not FEWEST <= len(profiles) <= MOST:
        raise UsageError(f"{len(profiles)} cases were named; name {FEWEST} to {MOST} to lay side by side.")
    rows = []
    for code in ASPECTS:
        cells = tuple(tuple(p.lines.get(code, ())) for p in profiles)
        if any(cells):
            rows.append(Row(code, cells, _shared(cells)))
    return rows


def _shared(cells: Sequence[Sequence[Line]]) -> frozenset[str]:
    """Lines are the same where they name one entity, or say the same words."""
    seen = Counter(key for cell in cells for key in {_key(line) for line in cell})
    return frozenset(line.text for cell in cells for line in cell if seen[_key(line)] > 1)


def _key(line: Line) -> str:
    return line.entity if line.entity and not line.records[0].startswith("f-") else fold(line.text)

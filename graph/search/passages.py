"""Cuts a report into passages: windows of whole sentences inside one case, the unit that search compares."""

import re
from collections.abc import Iterable, Iterator, Sequence

from graph.records import Case, Passage, Report

SHORTEST, LONGEST = 80, 200  # characters of a window, where sentences allow
SENTENCE = re.compile(r"[^。！？!?\n]*[。！？!?\n]+[”’」』）)\"']*|[^。！？!?\n]+")
CLAUSE = re.compile(r"[^，；、,;：:]*[，；、,;：:]|[^，；、,;：:]+")

Span = tuple[int, int]


def passages(report: Report, cases: Sequence[Case]) -> list[Passage]:
    """All passages of a report, in order of the text; those outside every case have case ''.

    `Passage.text` is the exact slice of the report's text. Every visible character is in exactly one passage.
    """
    found = []
    for case, start, end in _parts(report, cases):
        for left, right in _windows(_pieces(report.text, start, end)):
            left, right = _trim(report.text, left, right)  # noqa: PLW2901 - the same window without its margins
            if left < right:
                found.append(Passage(report.id, case, left, right, report.text[left:right]))
    return found


def _parts(report: Report, cases: Iterable[Case]) -> Iterator[tuple[str, int, int]]:
    """The report cut into its cases and what lies between them: case id or '', start, end."""
    at = 0
    for case in sorted(cases, key=lambda c: (c.start, c.end)):
        if at < case.start:
            yield "", at, case.start
        if max(at, case.start) < case.end:
            yield case.id, max(at, case.start), case.end
            at = case.end
    if at < len(report.text):
        yield "", at, len(report.text)


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    """Sentences with their margins; one that is longer than a window is cut at its commas, or else hard."""
    for sentence in SENTENCE.finditer(text, start, end):
        if sentence.end() - sentence.start() <= LONGEST:
            yield sentence.span()
            continue
        for clause in CLAUSE.finditer(text, *sentence.span()):
            for left in range(clause.start(), clause.end(), LONGEST):
                yield left, min(left + LONGEST, clause.end())


def _windows(pieces: Iterable[Span]) -> Iterator[Span]:
    """Join pieces while the window stays within LONGEST; a last window that is too short joins the one before."""
    windows: list[Span] = []
    for start, end in pieces:
        if windows and end - windows[-1][0] <= LONGEST:
            windows[-1] = (windows[-1][0], end)
        else:
            windows.append((start, end))
    if len(windows) > 1 and windows[-1][1] - windows[-1][0] < SHORTEST:
        _, end = windows.pop()
        windows[-1] = (windows[-1][0], end)
    yield from windows


def _trim(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())

"""Replication in time: a strip with a mark for every step, and the steps by year with their sentences."""

from collections.abc import Sequence
from datetime import date

from graph.compare import Step
from graph.ontology.vocabulary import Language
from views import panes
from views.data import Shelf, group
from views.html import esc
from views.spread_map import KINDS
from views.spread_parts import quotes, state_chip, state_label, step_address, step_notes
from views.text import day, say


def strip(shelf: Shelf, steps: Sequence[Step], lang: Language) -> str:
    """A line from the first year to the last with a mark for every dated step; each leads to its sentence."""
    dated = [(place, step) for step in steps if (place := _at(step.date))]
    if not dated:
        return ""
    first, last = int(min(dated, key=lambda d: d[0])[0]), int(max(dated, key=lambda d: d[0])[0]) + 1
    span = last - first
    every = next(n for n in (1, 2, 5, 10, 20, 50, 100, 1000) if span / n <= 12)
    years = "".join(
        f"<u style='left:{(year - first) / span * 100:.2f}%'>{year}</u>" for year in range(first, last + 1, every)
    )
    heights: dict[float, int] = {}
    marks = []
    for place, step in sorted(dated, key=lambda d: d[0]):
        across = (place - first) / span * 100
        level = heights[round(across)] = heights.get(round(across), -1) + 1
        marks.append(_mark(shelf, step, across, level, lang))
    apart = min(0.8, 6 / (1 + max(heights.values())))  # rem between marks of one time
    tall = 2.2 + apart * max(heights.values())
    return f"<div class='ag-strip' style='height:{tall:.1f}rem;--step:{apart:.2f}rem'>{''.join(marks)}{years}</div>"


def _mark(shelf: Shelf, step: Step, across: float, level: int, lang: Language) -> str:
    said = (f"{step.origin.name} → {step.target.name}", day(step.date, lang), state_label(step.state, lang))
    tip = esc(" · ".join(said))
    return (
        f"<a class='ag-tick ag-tick-{KINDS[step.state]}' style='left:{across:.2f}%;--level:{level}' target='_self'"
        f" data-go='1' title='{tip}' aria-label='{tip}' href='{esc(step_address(shelf, step, lang))}'></a>"
    )


def _at(said: str) -> float:
    """An ISO date, whole or cut, as years with a fraction; 0 where there is none. A bare year stands at its middle."""
    parts = [int(part) for part in said.split("-") if part.isdecimal()]
    if not parts or not 1 <= parts[0] <= 9999:
        return 0.0
    if len(parts) == 1:
        return parts[0] + 0.5
    month, of_month = parts[1], parts[2] if len(parts) > 2 else 15
    try:
        return parts[0] + (date(parts[0], month, of_month).timetuple().tm_yday - 1) / 366
    except ValueError:
        return parts[0] + 0.5


def rows(shelf: Shelf, steps: Sequence[Step], lang: Language) -> str:
    """The steps by year, the earliest first; those without a date last. Each opens to its sentences."""
    ordered = sorted(steps, key=lambda s: s.date or "9999")
    years = group(ordered, lambda s: s.date[:4])
    return "".join(_year(shelf, year, own, lang) for year, own in years.items())


def _year(shelf: Shelf, year: str, own: Sequence[Step], lang: Language) -> str:
    head = day(year, lang) if year else say("spread.undated", lang)
    said = "".join(
        f"<details class='ag-step'><summary>{panes.entity_link(step.origin, lang)}<b>→</b>"
        f"{panes.entity_link(step.target, lang)}{state_chip(step.state, lang)}"
        f"<span class='ag-meta'>{step_notes(step, lang)}</span></summary>{quotes(shelf, step, lang)}</details>"
        for step in own
    )
    return f"<section class='ag-year'><h2>{esc(head)}</h2>{said}</section>"

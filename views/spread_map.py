"""Replication on a plain map: dots for places, arrows from home to target, drawn in HTML, scaled to what it shows.

    picture(chart, shelf, lang) -> HTML

No base map and no outlines: degrees, a scale and the provinces' capitals are there to find one's way by.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import atan2, ceil, cos, degrees, floor, hypot, radians

from graph.compare.points import capitals
from graph.compare.spread_forms import Arc, Chart, Spot
from graph.ontology.vocabulary import Language
from views.data import Shelf
from views.html import address, esc
from views.spread_parts import how_far, state_label, step_address
from views.spread_provinces import PROVINCES
from views.text import say

WIDE = 1000.0  # units across
SLIMMEST, WIDEST = 1.75, 2.4  # width to height
MARGIN = 0.12  # of the span, on every side
LEAST = 1.2  # degrees shown at least
DEGREE = 111.2  # km of a degree of latitude
DOT, LETTER, LINE = 7.0, 13.0, 17.0  # radius of a dot, width of a character, height of a line
KINDS = {"done": "done", "planned": "planned", "not yet": "notyet", "given up": "negated"}
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Frame:
    """A part of the earth, flat: degrees to units by the cosine of the middle latitude."""

    west: float
    north: float
    scale: float  # units of a degree of latitude
    shrink: float  # degrees of longitude to degrees of latitude
    high: float

    def place(self, at: tuple[float, float]) -> tuple[float, float]:
        """Longitude, latitude → units from the left and from the top."""
        return (at[0] - self.west) * self.shrink * self.scale, (self.north - at[1]) * self.scale


def frame_of(points: list[tuple[float, float]]) -> Frame:
    """The frame that holds all points with a margin."""
    north, south = max(p[1] for p in points), min(p[1] for p in points)
    east, west = max(p[0] for p in points), min(p[0] for p in points)
    shrink = cos(radians((north + south) / 2))
    across = max((east - west) * shrink, LEAST) * (1 + 2 * MARGIN)
    down = max(north - south, LEAST / SLIMMEST) * (1 + 2 * MARGIN)
    across, down = max(across, down * SLIMMEST), max(down, across / WIDEST)
    scale = WIDE / across
    middle, centre = (east + west) / 2, (north + south) / 2
    return Frame(middle - across / shrink / 2, centre + down / 2, scale, shrink, down * scale)


def picture(chart: Chart, shelf: Shelf, lang: Language) -> str:
    """The map of a chart; '' where it has no spots."""
    if not chart.spots:
        return ""
    view = frame_of([spot.point.at for spot in chart.spots])
    labels = _labels(view, chart)
    parts = [
        *_grid(view),
        *_capitals(view, chart, lang),
        *(_arc(view, arc, shelf, lang) for arc in chart.arcs),
        *(_spot(view, spot, labels[spot.entity.id], lang) for spot in chart.spots),
        _scale(view, lang),
    ]
    label = esc(say("spread.map_label", lang))
    ratio = f"aspect-ratio:{WIDE:.0f}/{view.high:.0f}"
    return f"<div class='ag-map' role='group' aria-label='{label}' style='{ratio}'>{''.join(parts)}</div>"


def _percent(view: Frame, x: float, y: float) -> str:
    return f"left:{x / WIDE * 100:.3f}%;top:{y / view.high * 100:.3f}%"


def _grid(view: Frame) -> Iterator[str]:
    """Lines of whole degrees, four to eight across."""
    across = WIDE / view.scale / view.shrink
    step = next(size for size in (0.1, 0.2, 0.5, 1, 2, 5, 10, 20) if across / size <= 8)
    for place in range(ceil(view.west / step), floor((view.west + across) / step) + 1):
        x = view.place((place * step, view.north))[0]
        yield f"<i class='ag-meridian' style='left:{x / WIDE * 100:.3f}%'><u>{place * step:g}°E</u></i>"
    south = view.north - view.high / view.scale
    for place in range(ceil(south / step), floor(view.north / step) + 1):
        y = view.place((view.west, place * step))[1]
        yield f"<i class='ag-parallel' style='top:{y / view.high * 100:.3f}%'><u>{place * step:g}°N</u></i>"


def _capitals(view: Frame, chart: Chart, lang: Language) -> Iterator[str]:
    """Provinces' names where their capitals are, but for those that would lie under a dot or its name."""
    dots = [view.place(spot.point.at) for spot in chart.spots]
    for point in capitals():
        x, y = view.place(point.at)
        covered = any(abs(x - left) < 4 * LETTER and abs(y - top) < LINE for left, top in dots)
        name = PROVINCES[point.code][0 if lang == "zh" else 1]
        half = len(name) * LETTER / (2 if lang == "zh" else 3)
        if half < x < WIDE - half and LINE < y < view.high - LINE and not covered:
            yield f"<span class='ag-capital' style='{_percent(view, x, y)}'>{esc(name)}</span>"


def _arc(view: Frame, arc: Arc, shelf: Shelf, lang: Language) -> str:
    """An arrow that ends before the dot it leads to; it is a link to the sentence."""
    (x, y), (far_x, far_y) = view.place(arc.start.at), view.place(arc.end.at)
    length = hypot(far_x - x, far_y - y)
    if length < 2 * DOT:
        return ""
    turn = degrees(atan2(far_y - y, far_x - x))
    far = how_far(arc.steps[0].levels, arc.km, "", lang)
    tip = f"{arc.home.name} → {arc.target.name} · {state_label(arc.state, lang)} · {far}"
    style = f"{_percent(view, x, y)};width:{(length - DOT) / WIDE * 100:.3f}%;transform:rotate({turn:.2f}deg)"
    return (
        f"<a class='ag-arc ag-arc-{KINDS[arc.state]}' style='{style}' target='_self' data-go='1' title='{esc(tip)}'"
        f" aria-label='{esc(tip)}' href='{esc(step_address(shelf, arc.steps[0], lang))}'></a>"
    )


def _spot(view: Frame, spot: Spot, side: str, lang: Language) -> str:
    x, y = view.place(spot.point.at)
    kind = "origin" if spot.origin else KINDS[min(spot.states, key=list(KINDS).index)]
    exact = say(f"spread.precision_{spot.point.precision}", lang)
    states = "、".join(state_label(state, lang) for state in spot.states)
    tip = " · ".join(part for part in (spot.entity.name, states, exact) if part)
    return (
        f"<a class='ag-spot ag-spot-{kind} ag-to-{side}' style='{_percent(view, x, y)}' target='_self' data-go='1'"
        f" title='{esc(tip)}' href='{esc(address('entity', lang, id=spot.entity.id))}'>"
        f"<i></i><b lang='zh'>{esc(spot.entity.name) if side != 'none' else ''}</b></a>"
    )


def _labels(view: Frame, chart: Chart) -> dict[str, str]:
    """Entity → the side on which its name stands: the first where it hides nothing; `none` where it hides always.

    A name stands away from where the arrow comes from, if it can.
    """
    from_east = {arc.target.id for arc in chart.arcs if arc.start.longitude > arc.end.longitude}
    from_east |= {arc.home.id for arc in chart.arcs if arc.end.longitude > arc.start.longitude}
    spots = chart.spots
    taken: list[Box] = []
    for spot in spots:
        x, y = view.place(spot.point.at)
        taken.append((x - DOT, y - DOT, x + DOT, y + DOT))
    found: dict[str, str] = {}
    for spot in sorted(spots, key=lambda s: (not s.origin, s.entity.name)):
        sides = _boxes(*view.place(spot.point.at), len(spot.entity.name) * LETTER)
        order = ["left", "right", "top", "bottom"] if spot.entity.id in from_east else list(sides)
        side = next((name for name in order if _free(sides[name], taken, view)), "none")
        found[spot.entity.id] = side
        if side != "none":
            taken.append(sides[side])
    return found


def _boxes(x: float, y: float, wide: float) -> dict[str, Box]:
    """Where a name would stand on each side of a dot: left, top, right, bottom."""
    gap, half = DOT + 3, LINE / 2
    return {
        "right": (x + gap, y - half, x + gap + wide, y + half),
        "left": (x - gap - wide, y - half, x - gap, y + half),
        "top": (x - wide / 2, y - gap - LINE, x + wide / 2, y - gap),
        "bottom": (x - wide / 2, y + gap, x + wide / 2, y + gap + LINE),
    }


def _free(box: Box, taken: list[Box], view: Frame) -> bool:
    inside = box[0] >= 0 and box[1] >= 0 and box[2] <= WIDE and box[3] <= view.high
    apart: Callable[[Box], bool] = lambda o: box[2] <= o[0] or o[2] <= box[0] or box[3] <= o[1] or o[3] <= box[1]  # noqa: E731
    return inside and all(apart(other) for other in taken)


def _scale(view: Frame, lang: Language) -> str:
    """A bar of a round number of kilometres, about a fifth of the width."""
    fifth = WIDE / 5 / view.scale * DEGREE
    km = max(size for size in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000) if size <= max(1.0, fifth))
    wide = km / DEGREE * view.scale / WIDE * 100
    unit = "公里" if lang == "zh" else "km"
    return f"<span class='ag-scale' style='width:{wide:.3f}%'>{km} {unit}</span>"

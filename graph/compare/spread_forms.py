"""Steps of replication as data for others: a map of points and lines, a timeline, GeoJSON.

map_of(steps) -> Chart;  timeline(steps, claims, reports) -> list[Moment];  geojson(chart) -> dict
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.compare.points import PRECISIONS, Point
from graph.compare.spread import Step
from graph.compare.spread_home import Site
from graph.identity import Entity
from graph.records import Claim, Report

FINEST = list(reversed(PRECISIONS.values()))  # township first
ATTRIBUTION = "GeoNames (geonames.org), CC BY 4.0"


@dataclass(frozen=True, slots=True)
class Sentence:
    """The evidence of a claim: `text` is [start, end) of the report."""

    claim: str
    report: str
    stem: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Moment:
    """A step on the timeline with its sentences."""

    step: Step
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the map: `origin` where something went out from it, `states` of what came to it, in STATES' order."""

    entity: Entity
    point: Point
    origin: bool
    states: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Arc:
    """A line on the map from a home to a target: the steps of one state between them, and how far it is."""

    home: Entity
    target: Entity
    start: Point
    end: Point
    state: str
    km: int | None
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Unplaced:
    """An end of a step that the map cannot show, and why: `no place`, `no code`, `no coordinates`."""

    entity: Entity
    why: str


@dataclass(frozen=True, slots=True)
class Chart:
    """What a map shows, and what it cannot."""

    spots: tuple[Spot, ...]
    arcs: tuple[Arc, ...]
    unplaced: tuple[Unplaced, ...]


def precision(step: Step) -> str:
    """How exact a step's distance is: the coarser precision of its two points; '' where there is no distance."""
    points = [site.point for site in (step.home, step.goal) if site.point]
    if step.km is None or len(points) < 2:
        return ""
    return max((point.precision for point in points), key=FINEST.index)


def evidence(step: Step, claims: Mapping[str, Claim], reports: Mapping[str, Report]) -> tuple[Sentence, ...]:
    """The sentences behind a step, in the order of its claims."""
    said = []
    for claim in (claims[c] for c in step.claims):
        report = reports[claim.report]
        text = report.text[claim.start : claim.end]
        said.append(Sentence(claim.id, report.id, report.stem, claim.start, claim.end, text))
    return tuple(said)


def timeline(steps: Sequence[Step], claims: Mapping[str, Claim], reports: Mapping[str, Report]) -> list[Moment]:
    """Every step by its date, those without a date last."""
    ordered = sorted(steps, key=lambda s: s.date or "9999")
    return [Moment(step, evidence(step, claims, reports)) for step in ordered]


def map_of(steps: Sequence[Step]) -> Chart:
    """Homes and targets as spots, steps as arcs; what two models of one home did between two places is one arc."""
    ends: dict[str, tuple[Entity, Point]] = {}
    origins: set[str] = set()
    states: dict[str, set[str]] = defaultdict(set)
    lines: dict[tuple[str, str, str], list[Step]] = defaultdict(list)
    unplaced: dict[str, Unplaced] = {}
    for step in steps:
        for site, itself in ((step.home, step.origin), (step.goal, step.target)):
            shown = site.entity or itself
            if site.point:
                ends[shown.id] = (shown, site.point)
            else:
                unplaced[shown.id] = Unplaced(shown, site.why)
        if step.home.entity and step.home.point:
            origins.add(step.home.entity.id)
        states[step.target.id].add(step.state)
        if step.home.entity and step.home.point and step.goal.point:
            lines[step.home.entity.id, step.target.id, step.state].append(step)
    spots = [Spot(e, point, i in origins, tuple(sorted(states[i]))) for i, (e, point) in sorted(ends.items())]
    arcs = [
        Arc(ends[home][0], ends[target][0], ends[home][1], ends[target][1], state, own[0].km, tuple(own))
        for (home, target, state), own in lines.items()
    ]
    return Chart(tuple(spots), tuple(arcs), tuple(unplaced.values()))


def site_row(site: Site) -> dict[str, Any]:
    """A site as plain data; longitude and latitude are None where they are not known, `why` says why."""
    point = site.point
    return {
        "name": site.entity.name if site.entity else "",
        "entity": site.entity.id if site.entity else "",
        "code": site.code,
        "longitude": point.longitude if point else None,
        "latitude": point.latitude if point else None,
        "precision": point.precision if point else "",
        "source": point.source if point else "",
        "why": site.why,
    }


def step_row(step: Step, said: Sequence[Sentence]) -> dict[str, Any]:
    """A step as plain data with its sentences."""
    return {
        "origin": step.origin.name,
        "origin_id": step.origin.id,
        "origin_type": step.origin.type,
        "target": step.target.name,
        "target_id": step.target.id,
        "state": step.state,
        "date": step.date,
        "date_from": ("text" if step.dated else "report") if step.date else "",
        "levels": step.levels,
        "km": step.km,
        "precision": precision(step),
        "home": site_row(step.home),
        "place": site_row(step.goal),
        "evidence": [
            {"claim": s.claim, "report": s.stem, "start": s.start, "end": s.end, "text": s.text} for s in said
        ],
    }


def geojson(chart: Chart) -> dict[str, Any]:
    """The map as a GeoJSON FeatureCollection (RFC 7946): spots as Points, arcs as LineStrings."""
    features = [_feature("Point", list(spot.point.at), _spot_row(spot)) for spot in chart.spots]
    for arc in chart.arcs:
        features.append(_feature("LineString", [list(arc.start.at), list(arc.end.at)], _arc_row(arc)))
    return {"type": "FeatureCollection", "features": features, "attribution": ATTRIBUTION}


def _feature(kind: str, coordinates: list[Any], properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "geometry": {"type": kind, "coordinates": coordinates}, "properties": properties}


def _spot_row(spot: Spot) -> dict[str, Any]:
    return {
        "name": spot.entity.name,
        "entity": spot.entity.id,
        "precision": spot.point.precision,
        "source": spot.point.source,
        "origin": spot.origin,
        "states": list(spot.states),
    }


def _arc_row(arc: Arc) -> dict[str, Any]:
    return {
        "from": arc.home.name,
        "to": arc.target.name,
        "state": arc.state,
        "km": arc.km,
        "carried": list(dict.fromkeys(step.origin.name for step in arc.steps)),
        "dates": [step.date for step in arc.steps],
        "claims": [claim for step in arc.steps for claim in step.claims],
    }


def chart_rows(chart: Chart) -> dict[str, Any]:
    """The map as plain data: `points`, `lines`, and what is `unplaced` with the reason."""
    points = [
        {**_spot_row(spot), "longitude": spot.point.longitude, "latitude": spot.point.latitude} for spot in chart.spots
    ]
    lines = [{**_arc_row(arc), "from_point": list(arc.start.at), "to_point": list(arc.end.at)} for arc in chart.arcs]
    unplaced = [{"name": u.entity.name, "entity": u.entity.id, "why": u.why} for u in chart.unplaced]
    return {"points": points, "lines": lines, "unplaced": unplaced, "attribution": ATTRIBUTION}

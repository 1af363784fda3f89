"""Where divisions and villages lie: a point for a statistical code, how exact it is, and how far two points are apart.

    place("330226103201") -> Point | None;  kilometres((121.4, 29.3), (103.9, 25.9)) -> 1737.9

The table `points.tsv` is made from GeoNames (POINTS.md says how, by what licence). A code without a point of its own
takes that of what contains it, down to the prefecture, and says so: a point is as exact as its `precision`, no more.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import asin, cos, radians, sin, sqrt

EARTH = 6371.0088  # km, mean radius (IUGG)
PRECISIONS = {
    2: "province",
    4: "prefecture",
    6: "county",
    9: "township",
}  # digits of a code → what its point stands for
COARSEST = 4  # digits: a province's capital says nothing of a village


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the map, WGS 84 degrees. `precision` is township, county, prefecture or province, that of `code`.

    `code` is the division whose point this is; `source` is `geonames:ID`, or `median:N`, the median of N places inside.
    """

    longitude: float
    latitude: float
    precision: str
    code: str
    source: str

    @property
    def at(self) -> tuple[float, float]:
        """Longitude, latitude."""
        return self.longitude, self.latitude


@cache
def _table() -> dict[str, Point]:
    return {point.code: point for point in _rows()}


def _rows() -> Iterator[Point]:
    with files("graph.compare").joinpath("points.tsv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            code = row["code"]
            at = float(row["longitude"]), float(row["latitude"])
            yield Point(*at, PRECISIONS[len(code)], code, row["source"])


def place(code: str) -> Point | None:
    """The point of a statistical code (2 to 12 digits), else of the nearest division around it, else None."""
    table = _table()
    if len(code) == 2:
        return table.get(code)
    around = (code[:width] for width in (9, 6, 4) if COARSEST <= width <= len(code))
    return next((table[c] for c in around if c in table), None)


def capitals() -> list[Point]:
    """The points of the provinces, by code: their capitals, to find one's way on a map by."""
    return [point for code, point in sorted(_table().items()) if len(code) == 2]


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Great-circle distance in km between two (longitude, latitude) pairs in degrees, by the haversine formula."""
    (east, north), (far_east, far_north) = one, other
    across, up = radians(far_east - east), radians(far_north - north)
    half = sin(up / 2) ** 2 + cos(radians(north)) * cos(radians(far_north)) * sin(across / 2) ** 2
    return 2 * EARTH * asin(min(1.0, sqrt(half)))

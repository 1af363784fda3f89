"""Where divisions lie: the nearest known point, how exact it is, and distances."""

import pytest

from graph.compare.points import capitals, kilometres, place


@pytest.mark.parametrize(
    ("code", "precision", "of"),
    [
        ("330226109227", "township", "330226109"),
        ("330226", "county", "330226"),
        ("330226999", "county", "330226"),  # no such township: its county's point, and it says so
        ("522324", "prefecture", "5223"),
        ("3302", "prefecture", "3302"),
        ("33", "province", "33"),
    ],
)
def test_a_code_takes_the_nearest_known_point_and_says_how_exact_it_is(code: str, precision: str, of: str) -> None:
    found = place(code)
    assert found is not None
    assert (found.precision, found.code) == (precision, of)


@pytest.mark.parametrize("code", ["", "99", "9999", "990101"])
def test_an_unknown_code_has_no_point_and_never_its_provinces(code: str) -> None:
    assert place(code) is None


def test_points_lie_in_china_and_name_their_source() -> None:
    points = [place(code) for code in ("1101", "330226", "4602", "540102", "650102")]
    assert all(p and 73 < p.longitude < 136 and 17 < p.latitude < 54 for p in points)
    assert {p.source.split(":")[0] for p in points if p} <= {"geonames", "median"}


def test_every_province_has_its_capital() -> None:
    assert len(capitals()) == 31


def test_distance_is_the_great_circle() -> None:
    beijing, shanghai = (116.397, 39.908), (121.474, 31.230)
    assert kilometres(beijing, shanghai) == pytest.approx(1067, abs=3)
    assert kilometres(beijing, beijing) == 0

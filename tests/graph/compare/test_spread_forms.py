"""Steps as a map, a timeline and GeoJSON, over a made world."""

import pytest
from made_spread import FIRST, holdings

from graph.compare import Step, chart_rows, geojson, map_of, spread_of, step_row, timeline, trees
from graph.compare.spread_forms import precision


@pytest.fixture(scope="module")
def steps() -> list[Step]:
    held = holdings()
    return spread_of(held.claims, held.entities, held.reports, held.cases)


def test_a_model_is_at_home_where_it_is_carried_out_but_not_where_it_was_carried(steps: list[Step]) -> None:
    assert {step.home.entity.name for step in steps if step.home.entity} == {"甲石村"}


def test_states_tell_what_was_done_planned_given_up_and_not_yet_done(steps: list[Step]) -> None:
    assert {step.target.name: step.state for step in steps} == {
        "乙滩村": "done",
        "慈溪市": "planned",
        "丁岭村": "given up",
        "己河村": "not yet",
    }


def test_distance_is_no_finer_than_its_points(steps: list[Step]) -> None:
    said = {step.target.name: (step.levels, step.km, precision(step)) for step in steps}
    assert said["己河村"] == (-1, None, "")
    assert said["慈溪市"] == (2, 90, "county")
    assert said["丁岭村"][0] == 1
    levels, km, exact = said["乙滩村"]
    assert (levels, exact) == (4, "prefecture")
    assert km is not None
    assert km % 50 == 0


def test_the_timeline_tells_dates_that_the_text_gives_from_those_of_the_report(steps: list[Step]) -> None:
    held = holdings()
    moments = timeline(steps, {c.id: c for c in held.claims}, held.reports)
    assert (moments[0].step.target.name, moments[0].step.date, moments[0].step.dated) == ("乙滩村", "2023", True)
    assert [m.step.dated for m in moments[1:]] == [False, False, False]
    assert moments[0].sentences[0].text == "石匠课堂2023年带到普格县乙滩村"
    row = step_row(moments[0].step, moments[0].sentences)
    assert (row["date_from"], row["evidence"][0]["report"], row["home"]["name"]) == ("text", "made-a", "甲石村")


def test_the_map_has_spots_arcs_and_says_what_it_cannot_place(steps: list[Step]) -> None:
    chart = map_of(steps)
    assert {s.entity.name: (s.origin, s.states) for s in chart.spots} == {
        "甲石村": (True, ()),
        "乙滩村": (False, ("done",)),
        "慈溪市": (False, ("planned",)),
        "丁岭村": (False, ("given up",)),
    }
    assert sorted((a.home.name, a.target.name, a.state) for a in chart.arcs) == [
        ("甲石村", "丁岭村", "given up"),
        ("甲石村", "乙滩村", "done"),
        ("甲石村", "慈溪市", "planned"),
    ]
    assert [(u.entity.name, u.why) for u in chart.unplaced] == [("己河村", "no code")]
    assert chart_rows(chart)["unplaced"][0]["why"] == "no code"


def test_geojson_is_points_and_lines_in_longitude_latitude(steps: list[Step]) -> None:
    made = geojson(map_of(steps))
    kinds = [feature["geometry"]["type"] for feature in made["features"]]
    assert (kinds.count("Point"), kinds.count("LineString")) == (4, 3)
    line = next(f for f in made["features"] if f["properties"].get("to") == "乙滩村")
    (east, north), (far_east, far_north) = line["geometry"]["coordinates"]
    assert (round(east), round(north)) == (122, 29)
    assert 102 < far_east < 103
    assert 27 < far_north < 29
    assert "GeoNames" in made["attribution"]


def test_a_tree_holds_every_step_once(steps: list[Step]) -> None:
    (tree,) = trees(steps)
    assert (tree.origin.name, tree.home.entity.name if tree.home.entity else "") == ("石匠课堂", "甲石村")
    assert len(tree.steps()) == len(steps) == 4


def test_the_report_is_whole() -> None:
    assert FIRST.text.count("石匠课堂") == 5

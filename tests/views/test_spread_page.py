"""The page on replication over a made world: tree, map, timeline and where else, in both languages."""

import pytest
from made_spread import cases, extractions
from page_text import html_of, text_of

from graph.compare import map_of, spread_of
from graph.store import Library
from views.data import Shelf
from views.spread_map import frame_of, picture


@pytest.fixture(scope="module")
def spread_library(tmp_path_factory):
    path = tmp_path_factory.mktemp("spread") / "library"
    Library.create(path).add(extractions())
    return path


@pytest.fixture
def library_path(spread_library):
    return spread_library


@pytest.mark.parametrize("view", ["tree", "map", "time", "else"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_view_opens_in_both_languages(visit, view, language):
    visit("spread", view=view, lang=language)


def test_the_tree_stands_under_its_home_and_tells_the_states_apart(visit):
    page = visit("spread")
    said = text_of(page)
    assert said.index("甲石村") < said.index("石匠课堂") < said.index("乙滩村")
    assert all(state in said for state in ("已做", "计划", "放弃", "尚未"))
    assert "2023年" in said
    assert "报道日期 2024年5月1日" in said
    assert "at=k-" in html_of(page)


def test_states_and_names_filter_and_stand_in_the_address(visit):
    said = text_of(visit("spread", state="given up"))
    assert "丁岭村" in said
    assert "→乙滩村" not in said
    assert "没有包含这个名称的路径" in text_of(visit("spread", q="查无此地"))


def test_the_map_draws_arrows_that_lead_to_sentences_and_names_what_it_cannot_place(visit):
    page = visit("spread", view="map")
    html = html_of(page)
    assert html.count("ag-arc ag-arc-done") == 1
    assert html.count("ag-arc ag-arc-planned") == 1
    assert html.count("ag-spot ag-spot-negated") == 1  # too near to its home for an arrow
    assert "甲石村→丁岭村放弃" in text_of(page).replace(" ", "")
    assert "没有画上地图的地方：己河村未能确定是哪一个" in text_of(page).replace(" ", "")
    assert "GeoNames" in html


def test_the_timeline_puts_the_dated_step_first(visit):
    page = visit("spread", view="time")
    said = text_of(page)
    assert said.index("乙滩村") < said.index("丁岭村")
    assert html_of(page).count("ag-tick ag-tick-done") == 1


def test_where_else_names_the_like_place_with_what_it_has_and_lacks(visit):
    case = cases()[0]
    page = visit("spread", view="else", case=case.id)
    said = text_of(page)
    assert said.index("甲石村") < said.index("丙桥村")
    assert "当初同样集体经济薄弱" in said
    assert "云上文旅公司" in said
    assert "高校院所江南美院" in said.replace(" ", "")
    english = text_of(visit("spread", view="else", case=case.id, lang="en"))
    assert "began with the same trouble: a weak collective economy" in english


def test_the_frame_holds_every_point_with_a_margin():
    frame = frame_of([(121.5, 29.3), (102.5, 27.4)])
    for point in ((121.5, 29.3), (102.5, 27.4)):
        across, down = frame.place(point)
        assert 50 < across < 950
        assert 50 < down < frame.high - 50


def test_one_point_alone_makes_no_endless_map():
    frame = frame_of([(121.5, 29.3)])
    assert frame.place((121.5, 29.3)) == (pytest.approx(500), pytest.approx(frame.high / 2))


def test_a_hostile_name_stays_text_on_the_map(spread_library):
    shelf = Shelf.load(Library.open(spread_library))
    steps = spread_of(list(shelf.claims.values()), shelf.entities, shelf.reports, list(shelf.cases.values()))
    chart = map_of(steps)
    for spot in chart.spots:
        object.__setattr__(spot.entity, "name", "<script>window.hit=1</script>")
    assert "<script>" not in picture(chart, shelf, "zh")

"""Cards of cases that a question found."""

import re
from html import unescape
from urllib.parse import parse_qsl

import pytest
from page_text import html_of, text_of

from graph.search.index import index
from graph.search.snippets import Piece
from graph.store import Library
from views.choosing import read, written
from views.finding import fitting
from views.hits import LENGTH, marked, without


@pytest.fixture(scope="module")
def indexed(library_path):
    """The made library, to be searched by words alone."""
    library = Library.open(library_path)
    index(library, None)
    return library


def test_a_question_finds_its_case_with_words_marked_and_reasons(visit, indexed):
    page = visit("search", q="渡口纠纷")
    body = html_of(page)
    assert "隔河两镇，一张网格管到底" in text_of(page)
    assert "<mark>渡口</mark>" in body
    assert "匹配依据" in body


def test_a_question_and_a_filter_narrow_together(visit, indexed):
    assert "没有符合条件的案例" in text_of(visit("search", q="渡口纠纷", type="strong_village"))


def test_a_question_without_words_is_answered(visit, indexed):
    assert "检索内容里没有可以查找的字词" in text_of(visit("search", q="？！"))


def test_a_hostile_question_is_shown_as_it_stands(visit, indexed):
    page = visit("search", q="\"'><script>alert(1)</script>{0}\\%")
    assert "<script>alert" not in html_of(page)


def test_filters_of_several_values_take_either(indexed):
    either = fitting(indexed, {"type": ["neighbour", "strong_village"], "year": ["2024"]})
    assert either is not None
    assert len(either) == 2
    assert fitting(indexed, {"type": [], "year": []}) is None
    assert fitting(indexed, {"type": ["neighbour"], "year": ["1999"]}) == set()


def test_entities_that_a_question_names_stand_first(visit, indexed):
    page = visit("search", q="沙浦鎮和石桥弯村")
    said = text_of(page)
    assert "检索内容提到“沙浦镇”" in said
    assert said.index("检索内容所指的实体") < said.index("匹配依据")


def test_a_slip_in_a_name_is_forgiven_and_said(visit, indexed):
    page = visit("search", q="石桥弯村有谁帮助")
    said = text_of(page)
    assert "“石桥弯村”同时按“石桥湾村”检索" in said
    assert "“石桥弯村”与“石桥湾村”相近：有一个字不同" in said
    assert "<mark>石桥湾村</mark>" in html_of(page)
    assert "is near to" in text_of(visit("search", q="石桥弯村", lang="en"))


def test_a_hit_leads_to_its_passage_in_the_text(visit, indexed):
    href = re.search(r'href="case\?([^"]+)">看原文', html_of(visit("search", q="渡口纠纷")))
    asked = dict(parse_qsl(unescape(href[1])))
    page = visit("case", id=asked["id"], at=asked["at"])
    lit = "".join(re.findall(r'<mark class="ag-span ag-lit[^"]*">(.*?)</mark>', html_of(page)))
    assert "共管渡口" in re.sub(r"<[^>]+>", "", lit)


@pytest.mark.parametrize("at", ["s-5-3", "s-999999-9999999", "s-1", "s-x-2", "s--1-5"])
def test_an_address_of_no_passage_opens_the_case(visit, indexed, shelf, at):
    visit("case", id=next(iter(shelf.cases)), at=at)


def test_a_very_long_question_says_what_was_read(visit, indexed):
    assert "只取前 2,000 字" in text_of(visit("search", q="渡口纠纷" * 2500))


def test_filters_say_how_much_they_would_leave(visit, indexed):
    page = visit("search", year="2024")
    labels = {widget.label: list(widget.options) for widget in page.multiselect}
    assert list(labels) == ["联盟类型", "地区", "报道年份", "参与方类型", "产品", "项目与模式", "媒体"]
    assert labels["媒体"][0] == "云岭晨报 (2)"
    assert "飞地抱团型 (1)" in labels["联盟类型"]


def test_chosen_filters_are_chips_that_take_themselves_back(visit, indexed):
    page = visit("search", type="neighbour,enclave", publisher="云岭晨报", q="渡口")
    chips = re.findall(r'<a href="([^"]+)"[^>]*class="ag-chosen"[^>]*>([^<]+)</a>', html_of(page))
    assert [text for _, text in chips] == ["联盟类型：睦邻协作型 ×", "联盟类型：飞地抱团型 ×", "媒体：云岭晨报 ×"]
    left = dict(parse_qsl(unescape(chips[0][0]).partition("?")[2]))
    assert left == {"lang": "zh", "type": "enclave", "publisher": "云岭晨报", "q": "渡口"}
    assert page.expander[0].proto.expanded


def test_a_filter_that_nothing_has_is_said_with_what_is_near(visit, indexed):
    assert "媒体“云岭晚报”下没有案例。相近的有：云岭晨报。" in text_of(visit("search", publisher="云岭晚报"))
    page = visit("search", publisher="云岭晚报", lang="en")
    assert "No case has the publisher “云岭晚报”. Near to it: 云岭晨报." in text_of(page)


def test_a_choice_outlives_the_change_of_its_counts(visit, indexed):
    page = visit("search")
    page.multiselect[0].set_value(["neighbour"]).run()
    page.multiselect[3].set_value(["Alliance"]).run()
    assert page.query_params["type"] == "neighbour"
    assert page.query_params["partner"] == "Alliance"
    assert page.multiselect[0].value == ["neighbour"]


def test_values_with_commas_and_percents_survive_the_address():
    values = ["甲,乙", "5%2C", "丙"]
    assert read(written(values)) == values
    assert read("") == []
    assert read("a,,a") == ["a"]


def test_snippets_are_cut_round_the_first_match_and_escaped():
    html = marked(
        [Piece("甲" * 200 + "<b>", is_match=False), Piece("渡口", is_match=True), Piece("乙" * 300, is_match=False)]
    )
    assert "&lt;b&gt;<mark>渡口</mark>" in html
    assert html.startswith("…甲")
    assert html.endswith("乙…")
    assert len(re.sub(r"<[^>]+>|…", "", html).replace("&lt;", "<").replace("&gt;", ">")) == LENGTH


def test_short_snippets_are_whole():
    wrapped = "甲" * 20
    assert marked([Piece(f"{wrapped}\n  乙", is_match=False)]) == f"{wrapped}乙"
    assert marked([Piece("一行", is_match=False), Piece("标题\n", is_match=True), Piece("乙", is_match=False)]) == (
        "一行<mark>标题 </mark>乙"
    )
    assert marked([Piece("甲\n\n乙 Abc\nd", is_match=False)]) == "甲 乙 Abc d"


def test_the_heading_that_is_the_title_is_not_said_twice():
    pieces = [Piece("■ 甲村", is_match=True), Piece("：合办茶厂\n三个村", is_match=False)]
    assert marked(without("甲村：合办茶厂", pieces)) == "三个村"
    assert without("", pieces) == without("乙村", pieces) == pieces

"""Cards of cases that a question found."""

import re

import pytest
from page_text import html_of, text_of

from graph.search.index import index
from graph.search.snippets import Piece
from graph.store import Library
from views.finding import fitting
from views.hits import LENGTH, marked


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


def test_snippets_are_cut_round_the_first_match_and_escaped():
    html = marked(
        [Piece("甲" * 200 + "<b>", is_match=False), Piece("渡口", is_match=True), Piece("乙" * 300, is_match=False)]
    )
    assert "&lt;b&gt;<mark>渡口</mark>" in html
    assert html.startswith("…甲")
    assert html.endswith("乙…")
    assert len(re.sub(r"<[^>]+>|…", "", html).replace("&lt;", "<").replace("&gt;", ">")) == LENGTH


def test_short_snippets_are_whole():
    assert marked([Piece("甲\n  乙", is_match=False)]) == "甲乙"
    assert marked([Piece("甲\n\n乙 Abc\nd", is_match=False)]) == "甲 乙 Abc d"

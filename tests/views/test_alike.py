"""Comparable cases on the pages: on a case's own, and with weights on the page of comparisons."""

import re
from pathlib import Path

import pytest
from made_alike import make
from page_text import html_of, text_of
from streamlit.testing.v1 import AppTest

from graph.store import Library

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    place = tmp_path_factory.mktemp("alike") / "library"
    make(place)
    return place


@pytest.fixture
def cases(path):
    """Report stem → id of its case."""
    library = Library.open(path)
    return {library.report(case.report).stem: case.id for case in library.cases()}


@pytest.fixture
def visit(path, monkeypatch):
    monkeypatch.setenv("ALLIANCE_LIBRARY", str(path))

    def open_page(page, **parameters):
        test = AppTest.from_file(str(ROOT / "views" / f"{page}.py"), default_timeout=30)
        for name, value in parameters.items():
            test.query_params[name] = value
        test.run()
        assert not test.exception, test.exception
        return test

    return open_page


def test_a_case_page_ends_with_comparable_cases(visit, cases):
    said = text_of(visit("case", id=cases["tea"]))
    assert "同一案例的另一报道" in said
    assert "文字几乎相同" in said
    assert said.index("相近的案例") < said.index("同属产业集聚型")
    assert f"like={cases['tea']}" in html_of(visit("case", id=cases["tea"]))


def test_comparable_cases_in_english(visit, cases):
    said = text_of(visit("case", id=cases["tea"], lang="en"))
    assert "Comparable cases" in said
    assert "both Industry cluster" in said


def test_retellings_stand_under_the_case_that_fits_best(visit, cases):
    said = text_of(visit("compare", like=cases["other-tea"]))
    assert said.count("另一报道：") == 1
    assert f"cases={cases['other-tea']}%2C" in html_of(visit("compare", like=cases["other-tea"]))


def test_weights_stand_in_the_address_and_change_the_order(visit, cases):
    zeros = {f"w_{name}": "0" for name in ("industry", "partners", "mechanism", "setting", "scale", "names", "text")}
    page = visit("compare", like=cases["meals"], **zeros)
    assert [slider.value for slider in page.slider] == [2, 0, 0, 0, 0, 0, 0, 0]
    body = html_of(page)
    assert body.index(cases["riders"]) < body.index(cases["enclave"])
    page.slider(key="w-w_industry").set_value(1.5).run()
    assert page.query_params["w_industry"] in ("1.5", ["1.5"])


def test_nonsense_weights_are_passed_over(visit, cases):
    page = visit("compare", like=cases["tea"], w_type="much", w_text="99", w_scale="nan")
    assert [slider.value for slider in page.slider] == [2, 1, 1, 1, 1, 1, 1, 2]


def test_a_description_is_compared(visit):
    said = text_of(visit("compare", about="六个薄弱村抱团出资，合建厂房分红"))
    assert "同属飞地抱团型" in said


def test_what_cannot_be_compared_is_said(visit):
    assert "holds no word" in text_of(visit("compare", about="。。"))


def test_a_starting_problem_leads_to_its_sentence(visit, cases):
    html = html_of(visit("compare", cases=f"{cases['enclave']},{cases['tea']}"))
    assert re.search(rf'href="case\?lang=zh&amp;id={cases["enclave"]}&amp;at=s-0-\d+"', html)

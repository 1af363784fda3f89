"""Cases side by side, and where models were carried, without a browser."""

import pytest
from page_text import html_of, text_of

from graph.store import Library


@pytest.fixture
def cases(library_path):
    """Ids of the made library's cases by title."""
    return {case.title: case.id for case in Library.open(library_path).cases()}


@pytest.mark.parametrize("page", ["compare", "spread"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_pages_open_in_both_languages(visit, page, language):
    visit(page, lang=language)


def test_one_case_is_too_few(visit, cases):
    assert "请至少选 2 个案例" in text_of(visit("compare", cases=cases["三村合股建米厂"]))


def test_two_cases_stand_side_by_side_with_what_only_one_has(visit, cases):
    chosen = [cases["三村合股建米厂"], cases["隔河两镇，一张网格管到底"]]
    page = visit("compare", cases=",".join(chosen))
    said = text_of(page)
    assert said.index("背景地点") < said.index("高校院所") < said.index("结果成效")
    assert "江东农业大学" in said
    assert "未提及" in said
    assert f"at={chosen[0]}" not in html_of(page)
    assert "at=k-" in html_of(page)  # a line leads to the claim that says it


def test_figures_and_types_are_in_the_readers_language(visit, cases):
    chosen = ",".join([cases["三村合股建米厂"], cases["隔河两镇，一张网格管到底"]])
    said = text_of(visit("compare", cases=chosen))
    assert "营收 2,000万元以上 (2023年)" in said
    assert "强村带动型" in said
    said = text_of(visit("compare", cases=chosen, lang="en"))
    assert "营收 at least 20,000,000 yuan (2023)" in said
    assert "Strong village" in said


def test_hostile_text_stays_text(visit, cases):
    page = visit("compare", cases=",".join(cases.values()))
    assert "<script>window.hit" not in html_of(page)


def test_without_replication_the_page_says_so(visit):
    assert "没有讲到向别处推广" in text_of(visit("spread"))

"""Years resolved against the report's date; plans told from results."""

import pytest

from ingest.claims.dates import is_planned, year_at


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2019年收入", 2019), ("去年收入", 2021), ("今年上半年收入", 2022), ("明年收入", 2023), ("前年收入", 2020),
        ("收入", 0),         ("2018年建成，次年收入", 2019), ("2017年办起来，当年收入", 2017), ("二〇一六年收入", 2016),
        ("’08年底收入", 2008),         ("2019年还亏着，去年收入", 2021),
    ],
)  # fmt: skip
def test_the_last_year_named_counts(text, year):
    assert year_at(text, 0, len(text), "2022-03-01") == year


def test_without_a_report_date_relative_years_stay_open():
    assert year_at("去年收入", 0, 4) == 0


def test_the_same_year_looks_back_to_an_earlier_sentence():
    assert year_at("当年收入", 0, 4, "2022", default=2015) == 2015


@pytest.mark.parametrize(
    ("clause", "planned"),
    [
        ("计划新增岗位", True),
        ("力争村集体收入突破", True),
        ("拟投资", True),
        ("去年新增岗位", False),
        ("原计划的厂房已建成", False),
    ],
)
def test_plans(clause, planned):
    assert is_planned(clause) is planned

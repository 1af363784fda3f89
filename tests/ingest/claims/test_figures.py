"""Figures of an invented report: value, indicator, subject, year and modality."""

import pytest

from graph.records import Case, Extraction, Mention, Report, span_errors
from ingest.claims.figures import find_figures

TEXT = (
    "柿坪村党支部牵头，柿坪村、石臼村组建红柿子产业联盟。\n"
    "去年，柿坪村集体收入达到86万元，同比增长12.5%。\n"
    "红柿子产业联盟建起分拣中心，占地2600平方米，计划明年新增就业岗位300个。\n"
    "第3批客人来的那天是2021年10月5日。"
)
NAMES = {"柿坪村": "Village", "石臼村": "Village", "红柿子产业联盟": "Alliance"}


def named(report):
    found = []
    for name, kind in NAMES.items():
        at = report.text.find(name)
        while at >= 0:
            found.append(Mention(report.id, at, at + len(name), kind, name, name))
            at = report.text.find(name, at + 1)
    return tuple(sorted(found, key=lambda m: m.start))


@pytest.fixture
def read():
    report = Report(TEXT, "invented", date="2021-12-01", title="一筐柿子")
    mentions = named(report)
    case = Case(report.id, 0, 0, len(TEXT), "一筐柿子")
    return report, mentions, case, find_figures(report, mentions, (case,), "test@1")


def test_values_units_and_years(read):
    _, _, _, figures = read
    assert [(f.value, f.unit, f.bound) for f in figures] == [
        (860_000.0, "元", "exact"),
        (12.5, "%", "exact"),
        (2600.0, "平方米", "exact"),
        (300.0, "个", "exact"),
    ]
    assert [f.year for f in figures] == [2020, 2020, 0, 2022]


def test_indicators_are_in_the_words_of_the_clause(read):
    _, _, _, figures = read
    assert [f.indicator for f in figures] == ["集体收入", "同比增长", "占地", "新增就业岗位"]


def test_income_is_the_villages(read):
    _, mentions, _, figures = read
    names = {m.id: m.name for m in mentions}
    assert names[figures[0].subject] == "柿坪村"
    assert names[figures[1].subject] == "柿坪村"


def test_a_plan_is_no_result(read):
    _, _, _, figures = read
    assert [f.modality for f in figures] == ["asserted", "asserted", "asserted", "planned"]


def test_evidence_holds_the_number_and_offsets_fit(read):
    report, mentions, case, figures = read
    assert TEXT[figures[0].start : figures[0].end] == "柿坪村集体收入达到86万元"
    assert list(span_errors(Extraction(report, (case,), mentions, (), figures))) == []
    assert {f.case for f in figures} == {case.id}


def test_outside_cases_nothing_is_measured(read):
    report, mentions, _, _ = read
    assert find_figures(report, mentions, (), "test@1") == ()


def test_figures_behind_the_last_case_are_its_own(read):
    report, mentions, case, _ = read
    short = Case(report.id, 0, 0, TEXT.index("红柿子产业联盟建起"), case.title)
    found = find_figures(report, mentions, (short,), "test@1")
    assert {f.case for f in found} == {short.id}
    assert [f.value for f in found][:2] == [860_000.0, 12.5]


def test_what_each_of_two_gave_is_two_figures():
    text = "柿坪村、石臼村组建红柿子产业联盟。今年，柿坪村、石臼村各出资30万元，合建冷库。"
    report = Report(text, "each", date="2021-12-01")
    mentions = tuple(
        Mention(report.id, at, at + len(name), kind, name, name)
        for name, kind in NAMES.items()
        for at in range(len(text))
        if text.startswith(name, at)
    )
    figures = find_figures(report, mentions, (Case(report.id, 0, 0, len(text), "柿子"),), "test@1")
    names = {m.id: m.name for m in mentions}
    assert [(names[f.subject], f.value, f.unit) for f in figures] == [
        ("柿坪村", 300_000.0, "元"),
        ("石臼村", 300_000.0, "元"),
    ]

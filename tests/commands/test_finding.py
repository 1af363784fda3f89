"""`alliance search`: filters, counts, entities, and what it says to bad input."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import cli
from graph.errors import UsageError
from graph.records import Case, Extraction, Mention, Report
from graph.search import index
from graph.store import Library

STORIES = {
    "tea": ("石榴坳村同竹影村合修水渠，合办茶叶合作社。", "云岭晨报", "2023-04-05", "neighbour"),
    "riders": ("紫藤街道为外卖骑手办起驿站，石榴坳村送来茶叶。", "江畔日报", "2024-06-01", "service"),
}
NAMES = {"石榴坳村": ("Village", "330226104201"), "竹影村": ("Village", ""), "茶叶": ("Product", "")}


def run(*arguments: object):
    return CliRunner().invoke(cli.app, [str(a) for a in arguments])


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two reports, to be searched by words alone."""
    made = Library.create(tmp_path_factory.mktemp("finding") / "library")
    for stem, (text, publisher, date, kind) in STORIES.items():
        report = Report(text, stem, title=stem, publisher=publisher, date=date)
        mentions = tuple(
            Mention(report.id, text.index(name), text.index(name) + len(name), what, name, name, "", code)
            for name, (what, code) in NAMES.items()
            if name in text
        )
        made.add([Extraction(report, (Case(report.id, 0, 0, len(text), text[:6], "", (kind,)),), mentions)])
    index(made, None)
    return Path(made.uri)


def stems(*arguments: object) -> list[str]:
    return [row["report"] for row in json.loads(run("search", *arguments, "--format", "json").stdout)]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ([], {"tea", "riders"}),
        (["--year", "2023"], {"tea"}),
        (["--year", "2023", "--year", "2024"], {"tea", "riders"}),
        (["--publisher", "江畔日報"], {"riders"}),
        (["--publisher", "江畔日报", "--publisher", "云岭晨报"], {"tea", "riders"}),
        (["--product", "茶葉"], {"tea", "riders"}),
        (["--partner", "Village"], {"tea", "riders"}),
        (["--type", "睦邻协作型"], {"tea"}),
        (["--region", "浙江"], {"tea", "riders"}),
        (["--programme", "无此项目"], set()),
    ],
)
def test_filters_with_several_values_take_any_of_them(library, options, expected):
    assert set(stems("茶叶", "-l", library, *options)) == expected


def test_entities_stand_before_cases(library):
    said = run("search", "石榴坳村", "-l", library).output
    assert said.index("实体 entity") < said.index("案例 case")
    assert "名称相同" in said


def test_a_slip_in_a_name_is_said(library):
    assert "相近" in run("search", "石榴拗村的水渠", "-l", library).output.replace("\n", "")
    assert stems("石榴拗村的水渠", "-l", library)[0] == "tea"


def test_json_stays_a_list_of_cases(library):
    found = json.loads(run("search", "茶叶", "-l", library, "-f", "json").stdout)
    assert [sorted(row) for row in found] == [["case", "evidence", "reasons", "report", "score", "title"]] * 2


def test_facets_as_a_table_and_for_programs(library):
    said = run("search", "--facets", "-l", library, "--year", "2024").output
    assert "云岭晨报" not in said
    assert "江畔日报 (1)" in said
    assert "2023 (1)" in said
    found = json.loads(run("search", "石榴坳村", "--facets", "-l", library, "-f", "json").stdout)
    assert [entity["name"] for entity in found["entities"]] == ["石榴坳村"]
    assert (len(found["cases"]), found["facets"]["total"]) == (2, 2)
    assert found["facets"]["year"][0] == {"value": "2024", "count": 1, "zh": "2024年", "en": "2024"}
    assert found["facets"]["region"][0]["children"][0]["name"] == "宁波市"


def test_a_value_that_no_case_has_is_said_with_what_is_near(library):
    result = run("search", "茶叶", "-l", library, "--publisher", "云岭晚报")
    assert "媒体“云岭晚报”下没有案例。相近的有：云岭晨报。" in result.stderr.replace("\n", "")
    assert result.exit_code == 0


def test_a_long_question_is_read_in_part_and_says_so(library):
    result = run("search", "茶叶" * 5000, "-l", library, "-f", "json")
    assert "first 2,000 characters" in result.stderr
    assert len(json.loads(result.stdout)) == 2


@pytest.mark.parametrize("query", ["？！", " ", "\x01\x02"])
def test_a_question_without_words_is_refused(library, query):
    assert isinstance(run("search", query, "-l", library).exception, UsageError)


def test_an_undeclared_type_is_refused(library):
    assert isinstance(run("search", "茶叶", "-l", library, "--type", "friendly").exception, UsageError)


@pytest.mark.parametrize("query", ["茶叶' OR 1=1 --", '茶叶" AND (', "c-000000", "[bold]茶叶[/x]"])
def test_signs_are_no_operators(library, query):
    assert run("search", query, "-l", library).exit_code == 0


def test_without_a_question_and_without_facets_usage_is_wrong(library):
    assert run("search", "-l", library).exit_code == 2

"""`alliance partners` and `alliance roles` over the made library of the pages."""

import json
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

import cli
from graph.errors import NotFoundError, UsageError

sys.path.insert(0, str(Path(__file__).parents[1] / "views"))  # the made library is shared with the tests of the pages


@pytest.fixture(scope="module")
def library(tmp_path_factory) -> str:
    from made_library import make

    path = tmp_path_factory.mktemp("partnering") / "library"
    make(path)
    return str(path)


def run(*words: str):
    return CliRunner().invoke(cli.app, list(words))


def test_partners_come_with_reasons_shares_and_sentences(library):
    rows = json.loads(run("partners", "石桥湾村", "-l", library, "-f", "json").stdout)
    first = rows["suggestions"][0]
    assert first["entity"]["name"] == "坝上村"
    assert first["reasons"][0]["text"] == "同在稻穗产业联盟中"
    assert first["reasons"][0]["share"] > 0.5
    assert first["reasons"][0]["paths"][0]["one"][0]["text"] == "2023年牵头同柳溪村、坝上村组建“稻穗”产业联盟"
    said = run("partners", "石桥湾村", "-l", library, "-e").stdout
    assert "同在稻穗产业联盟中" in said
    assert "made-01：“2023年牵头" in said


def test_partners_says_who_is_left_out_and_why(library):
    said = run("partners", "柳溪村", "-l", library).stdout
    assert "岚水县稻米协会（计划中 planned）" in said
    assert "岚水县稻米协会（已否认或退出 denied or ended）" in said


def test_partners_of_a_kind(library):
    rows = json.loads(run("partners", "柳溪村", "-l", library, "-k", "Enterprise", "-f", "json").stdout)
    assert {row["entity"]["type"] for row in rows["suggestions"]} <= {"Enterprise"}
    assert isinstance(run("partners", "柳溪村", "-l", library, "-k", "Farm").exception, UsageError)
    assert isinstance(run("partners", "无此村", "-l", library).exception, NotFoundError)


def test_roles_as_a_table_say_what_the_measure_means(library):
    said = run("roles", "-l", library, "-n", "3").stdout
    assert "伙伴数 Partners" in said
    assert "不说明往来有多深" in said
    assert "稻穗产业联盟" in said


@pytest.mark.parametrize("measure", ["degree", "kinds", "betweenness", "constraint", "groups", "community"])
def test_roles_by_every_measure_as_json(library, measure):
    made = json.loads(run("roles", "-l", library, "-m", measure, "-f", "json").stdout)
    assert made["measure"]["code"] == measure
    assert made["measure"]["not_en"]


def test_roles_of_a_type_and_in_order(library):
    rows = json.loads(run("roles", "-l", library, "-t", "Village", "-f", "json").stdout)["rows"]
    assert {row["type"] for row in rows} == {"Village"}
    assert [row["value"] for row in rows] == sorted((row["value"] for row in rows), reverse=True)
    groups = json.loads(run("roles", "-l", library, "-m", "community", "-f", "json").stdout)["rows"]
    assert {m["name"] for m in groups[0]["members"]} >= {"稻穗产业联盟", "柳溪村", "坝上村"}


def test_a_measure_that_is_not_known_is_said(library):
    done = run("roles", "-l", library, "-m", "fame")
    assert isinstance(done.exception, UsageError)
    assert "degree, kinds, betweenness, constraint, groups, community" in str(done.exception)

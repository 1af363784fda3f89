"""`alliance similar`: what is asked, weights, and both forms of the answer."""

import json

import pytest
from made_alike import make
from typer.testing import CliRunner

import cli
from graph.errors import UsageError


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    place = tmp_path_factory.mktemp("likening") / "library"
    make(place)
    return place


def run(library, *arguments):
    return CliRunner().invoke(cli.app, ["similar", *arguments, "--library", str(library)])


def rows(library, *arguments):
    result = run(library, *arguments, "--format", "json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_a_case_by_its_name_in_json(library):
    found = rows(library, "tea#0", "--top", "2")
    retold = {row["report"]: row["retells"] for row in found}
    assert retold == {"tea-again": "tea#0", "tea-copy": "tea#0", "other-tea": "", "meals": ""}
    first = next(row for row in found if row["report"] == "other-tea")
    assert list(first["features"]) == [
        "type",
        "industry",
        "partners",
        "mechanism",
        "setting",
        "scale",
        "names",
        "text",
    ]
    assert isinstance(first["score"], float)
    assert first["reasons"][0].keys() == {"feature", "value", "share", "text", "english"}
    assert first["evidence"]["text"].startswith("枫桥县柳塘村")


def test_retellings_follow_the_case_they_tell_of_again(library):
    found = rows(library, "other-tea#0", "-n", "1")
    assert {row["report"] for row in found} == {"tea", "tea-again", "tea-copy"}
    leader = f"{found[0]['report']}#0"
    assert [row["retells"] for row in found] == ["", leader, leader]
    assert all(row["retells_why"] for row in found[1:])


def test_an_entity_and_a_description(library):
    assert rows(library, "何守田", "-n", "1")[0]["report"] == "other-tea"
    assert rows(library, "六个薄弱村抱团出资建厂房", "-n", "1")[0]["report"] == "enclave"


def test_weights_from_the_command_line(library):
    only = [f"--weight={name}=0" for name in ("industry", "partners", "mechanism", "setting", "scale", "names", "text")]
    assert rows(library, "meals#0", "-n", "1", *only)[0]["report"] == "riders"


def test_the_table_names_other_accounts(library):
    said = run(library, "tea#0").output
    assert "本案另见 also told in  tea-copy#0  文字几乎相同" in said
    assert "同属产业集聚型" in said


@pytest.mark.parametrize(
    ("given", "message"),
    [("scale", "'scale' is not of the form FEATURE=VALUE"), ("size=2", "No feature is called 'size'")],
)
def test_weights_that_cannot_be_read(library, given, message):
    result = run(library, "tea#0", "--weight", given)
    assert isinstance(result.exception, UsageError)
    assert message in str(result.exception)

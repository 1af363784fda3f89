"""spread and elsewhere in the terminal, over a made world."""

import json

import pytest
from made_spread import FIRST, SECOND, cases, holdings
from typer.testing import CliRunner

from cli import app
from graph.records import Extraction
from graph.store import Library


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    path = tmp_path_factory.mktemp("spreading") / "library"
    held = holdings()
    Library.create(path).add(
        Extraction(
            report,
            tuple(c for c in cases() if c.report == report.id),
            tuple(m for m in held.mentions if m.report == report.id),
            tuple(c for c in held.claims if c.report == report.id),
            (),
        )
        for report in (FIRST, SECOND)
    )
    return str(path)


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, [*arguments])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_the_tree_in_the_terminal(library):
    said = run("spread", "--library", library)
    assert said.splitlines()[0] == "石匠课堂（甲石村）"
    assert "→ 慈溪市（2024-05-01，同市，约 90 公里，计划）" in said
    assert "→ 己河村（2024-05-01，距离不详，尚未）" in said


def test_json_holds_tree_map_and_timeline(library):
    made = json.loads(run("spread", "乙滩村", "--library", library, "--format", "json"))
    assert set(made) == {"trees", "map", "timeline"}
    assert made["trees"][0]["branches"][0]["target"] == "乙滩村"
    assert made["timeline"][0]["evidence"][0]["text"] == "石匠课堂2023年带到普格县乙滩村"
    assert {line["state"] for line in made["map"]["lines"]} == {"done", "planned", "given up"}


def test_geojson_is_a_feature_collection(library):
    made = json.loads(run("spread", "--library", library, "--format", "geojson"))
    assert made["type"] == "FeatureCollection"
    assert len(made["features"]) == 7


def test_elsewhere_by_place_and_by_case(library):
    said = run("elsewhere", "甲石村", "--library", library)
    assert said.splitlines()[0].startswith("甲石村 当初 before: 村")
    assert "已推广到 carried to already: 乙滩村" in said
    assert "丙桥村" in said
    row = json.loads(run("elsewhere", "made-a#0", "--library", library, "--format", "json"))
    assert row["candidates"][0]["place"] == "丙桥村"


def test_an_unknown_name_is_an_error(library):
    result = CliRunner().invoke(app, ["elsewhere", "查无此地", "--library", library])
    assert result.exit_code != 0

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import cli
from graph.errors import AllianceError
from graph.store import Library

STORY = (
    "青石县松口镇白鹭湾村牵头成立白鹭茶叶产业联盟\n"
    "2024年3月，白鹭湾村党支部书记周远航与邻近的石桥村、枫林村签约，三村共同出资组建白鹭茶业有限公司。\n"
    "一年下来，公司带动就业120余人，村集体增收30万元。\n"
)


def run(*arguments: object):
    return CliRunner().invoke(cli.app, [str(a) for a in arguments])


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of one report, without vectors; not to be changed."""
    place = tmp_path_factory.mktemp("commands")
    (place / "story.txt").write_text(STORY, encoding="utf-8")
    result = run("ingest", place / "story.txt", "--library", place / "library", "--no-vectors")
    assert result.exit_code == 0, result.output
    assert "1 new, 0 already known, 0 replaced, 0 failed." in result.output
    return place / "library"


def test_every_command_explains_itself_with_an_example():
    for command in cli.COMMANDS:
        result = run(command.__name__, "--help")
        assert result.exit_code == 0
        assert "Example" in result.output, command.__name__


def test_ingest_says_what_failed_and_ends_with_1(tmp_path):
    (tmp_path / "story.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / "empty.txt").write_bytes(b"")
    result = run("ingest", tmp_path, "--library", tmp_path / "library", "--no-vectors")
    assert result.exit_code == 1
    assert "1 new" in result.output
    assert "empty.txt" in result.output
    assert len(Library.open(tmp_path / "library").reports()) == 1


def test_ingest_answers_programs_in_json(tmp_path):
    (tmp_path / "story.txt").write_text(STORY, encoding="utf-8")
    result = run("ingest", tmp_path / "story.txt", "-l", tmp_path / "library", "--no-vectors", "--json")
    found = json.loads(result.stdout)
    assert (found["added"], found["known"], found["failures"], found["reports"]) == (1, 0, [], 1)


def test_extract_writes_the_benchmarks_form(tmp_path):
    (tmp_path / "story.txt").write_text(STORY, encoding="utf-8")
    result = run("extract", tmp_path / "story.txt", "--out", tmp_path / "found")
    assert result.exit_code == 0
    found = json.loads((tmp_path / "found" / "story.json").read_text(encoding="utf-8"))
    assert {"cases", "entities", "relations", "figures"} <= set(found)
    villages = {e["name"] for e in found["entities"] if e["type"] == "Village"}
    assert villages == {"白鹭湾村", "石桥村", "枫林村"}


def test_extract_of_a_missing_file_ends_with_1(tmp_path):
    result = run("extract", tmp_path / "missing.txt", "--out", tmp_path)
    assert result.exit_code == 1
    assert "missing.txt" in result.output


def test_status_lists_the_reports(library):
    found = json.loads(run("status", "-l", library, "--json").stdout)
    assert [r["stem"] for r in found["reports"]] == ["story"]
    assert found["schema"] == "1"
    assert "story" in run("status", "-l", library).output


def test_show_finds_reports_cases_and_entities(library):
    assert json.loads(run("show", "story", "-l", library, "--json").stdout)["stem"] == "story"
    assert json.loads(run("show", "story#0", "-l", library, "--json").stdout)["case"] == "story#0"
    village = json.loads(run("show", "白鹭湾村", "-l", library, "--json").stdout)
    assert village["type"] == "Village"
    assert any(row["evidence"] for row in village["relations"])
    assert "白鹭湾村" in run("show", "白鹭湾村", "-l", library).output


def test_search_ranks_cases_in_the_form_the_benchmark_reads(library):
    found = json.loads(run("search", "茶叶产业联盟", "-l", library, "--format", "json").stdout)
    assert [(row["report"], row["case"]) for row in found] == [("story", 0)]
    assert found[0]["evidence"]["text"] in STORY
    assert "story#0" in run("search", "茶叶产业联盟", "-l", library).output


def test_export_writes_files_and_a_manifest(library, tmp_path):
    result = run("export", "-f", "graphml", "-o", tmp_path / "graph.graphml", "-l", library)
    assert result.exit_code == 0, result.output
    assert "白鹭湾村" in (tmp_path / "graph.graphml").read_text(encoding="utf-8")
    assert run("export", "-f", "nothing", "-o", tmp_path / "x", "-l", library).exit_code == 2


def test_query_answers_in_sparql(library):
    village = "<https://w3id.org/alliance-graph/ontology#Village>"
    asked = f"SELECT (COUNT(DISTINCT ?v) AS ?n) WHERE {{ GRAPH ?g {{ ?v a {village} }} }}"
    assert json.loads(run("query", asked, "-l", library, "--format", "json").stdout) == [{"n": "3"}]


def test_delete_takes_a_report_out(tmp_path):
    (tmp_path / "story.txt").write_text(STORY, encoding="utf-8")
    run("ingest", tmp_path / "story.txt", "-l", tmp_path / "library", "--no-vectors")
    assert "Deleted story" in run("delete", "story", "-l", tmp_path / "library").output
    assert Library.open(tmp_path / "library").reports() == []


def test_a_missing_library_is_one_line_and_exit_code_2(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["alliance", "status", "--library", str(tmp_path / "none")])
    with pytest.raises(SystemExit) as left:
        cli.main()
    assert left.value.code == 2
    assert "There is no library at" in capsys.readouterr().err


def test_wrong_usage_ends_with_2(library):
    assert run("search", "-l", library).exit_code == 2
    assert run("ingest", "-l", library).exit_code == 2
    result = run("show", "无此村", "-l", library)
    assert isinstance(result.exception, AllianceError)


def test_training_from_a_missing_folder_ends_with_2(tmp_path):
    done = run("train", str(tmp_path / "nowhere"))
    assert (done.exit_code, "There is no folder" in done.stderr) == (2, True)


def test_a_missing_models_folder_is_wrong_usage(tmp_path):
    (tmp_path / "a.txt").write_text("青禾镇石岭村与南坡村结对共建。\n", encoding="utf-8")
    done = run("extract", str(tmp_path / "a.txt"), "--models", str(tmp_path / "nowhere"))
    assert (done.exit_code, "alliance train" in done.stderr) == (2, True)


def test_compare_asks_for_two_cases(library):
    done = CliRunner().invoke(cli.app, ["compare", "story#0", "--library", str(library)])
    assert isinstance(done.exception, AllianceError)
    assert "1 cases were named; name 2 to 5" in str(done.exception)


def test_compare_answers_programs_with_lines_and_their_evidence(library):
    rows = json.loads(run("compare", "story#0", "story#0", "--library", library, "--format", "json").stdout)
    assert [case["report"] for case in rows["cases"]] == ["story", "story"]
    villages = next(row for row in rows["rows"] if row["aspect"] == "Village")
    assert {line["text"] for line in villages["cells"][0]} >= {"白鹭湾村", "石桥村", "枫林村"}
    assert all(line["evidence"] for line in villages["cells"][0])


def test_spread_says_where_nothing_was_carried(library):
    assert "Nothing was carried" in run("spread", "--library", library).stdout


def test_partners_says_where_nothing_suggests_one(library):
    assert "suggests a partner for 白鹭湾村" in run("partners", "白鹭湾村", "--library", library).stdout

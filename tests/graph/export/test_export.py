import csv
import json

import networkx as nx
import pytest
from lxml import etree

from graph.errors import UsageError
from graph.export import FORMATS, export
from graph.export.excel import LONGEST, safe
from graph.export.gephi import day, timeset
from graph.export.rows import sentence_of, xml_safe
from graph.network import Filters
from graph.records import Claim, Extraction, Judgement, Mention, Report
from graph.store import Library

SENTENCE = "柳桥村说：“加入=青禾谷\x0b共富联盟，\n真好😀<&>\x01！”"
TEXT = f"去年秋天。{SENTENCE}=新联村拟与柳桥村结对。"


def extraction(stem="报道甲", text=TEXT, date="2022-05"):
    made = Report(text, stem, title='三村"抱团"', publisher="山乡报", date=date, source_hash="ab" * 32)

    def mention(form, kind, name=None):
        start = text.index(form)
        code = {"柳桥村": "330226101201", "=新联村": "330226101202"}.get(form, "")
        return Mention(made.id, start, start + len(form), kind, form, name or form, "双溪县", code)

    village, other = mention("柳桥村", "Village"), mention("=新联村", "Village")
    alliance = mention("青禾谷\x0b共富联盟", "Alliance")
    start, end = text.index("柳桥村"), text.index("，\n")
    claims = (
        Claim(made.id, "member_of", village.id, alliance.id, start, end, confidence=0.75, extractor="rules@1"),
        Claim(
            made.id,
            "partners_with",
            other.id,
            village.id,
            text.index("=新"),
            len(text),
            "",
            "planned",
            "",
            0.5,
            "rules@1",
        ),
    )
    return Extraction(made, (), (village, other, alliance), claims, ())


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    made = Library.create(tmp_path_factory.mktemp("library"))
    made.add([extraction()])
    return made


def rows(path, encoding="utf-8"):
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file))


def test_graphml_reads_back(library, tmp_path):
    result = export(library, "graphml", tmp_path / "网络.graphml")
    assert [path.name for path in result.files] == ["网络.graphml"]
    graph = nx.read_graphml(result.files[0], force_multigraph=True)
    names = {node: data["label"] for node, data in graph.nodes(data=True)}
    assert sorted(names.values()) == ["=新联村", "柳桥村", "青禾谷共富联盟"]
    edges = {data["kind"]: (names[a], names[b], data) for a, b, data in graph.edges(data=True)}
    assert set(edges) == {"member_of:asserted", "partners_with:planned"}
    head, tail, data = edges["member_of:asserted"]
    assert (head, tail) == ("柳桥村", "青禾谷共富联盟")
    assert data["sentence"] == "柳桥村说：“加入=青禾谷共富联盟，"
    assert (data["title"], data["report"], data["date"]) == ('三村"抱团"', "报道甲", "2022-05")
    assert (data["confidence"], data["weight"], data["symmetric"]) == (0.75, 1.0, False)
    start, end = data["start"], data["end"]
    (said,) = json.loads(data["evidence"])
    assert (said["start"], said["end"]) == (start, end)
    assert TEXT[start:end] == "柳桥村说：“加入=青禾谷\x0b共富联盟"
    assert said["text"] == TEXT[start:end]  # JSON keeps escaped what XML cannot hold


def test_gephi_csv_is_byte_true(library, tmp_path):
    result = export(library, "gephi-csv", tmp_path / "out")
    assert [path.name for path in result.files] == ["alliance-graph-nodes.csv", "alliance-graph-edges.csv"]
    assert not result.files[0].read_bytes().startswith(b"\xef\xbb\xbf")
    nodes = {row["Id"]: row for row in rows(result.files[0])}
    assert {row["Label"] for row in nodes.values()} == {"=新联村", "柳桥村", "青禾谷\x0b共富联盟"}
    village = next(row for row in nodes.values() if row["Label"] == "柳桥村")
    assert (village["type"], village["type_zh"], village["code"]) == ("Village", "村/社区", "330226101201")
    assert village["timeset"] == "[2022-05-01, Infinity]"
    edges = rows(result.files[1])
    assert list(edges[0])[:7] == ["Source", "Target", "Type", "Kind", "Id", "Label", "Weight"]
    member = next(row for row in edges if row["Kind"] == "member_of:asserted")
    assert (member["Type"], member["Label"], member["Weight"]) == ("Directed", "加入", "1")
    assert {member["Source"], member["Target"]} <= set(nodes)
    planned = next(row for row in edges if row["Kind"] == "partners_with:planned")
    assert (planned["Type"], planned["modality"]) == ("Undirected", "planned")
    assert json.loads(planned["evidence"])[0]["text"] == "=新联村拟与柳桥村结对。"


def test_excel_csv_holds_no_formula(library, tmp_path):
    result = export(library, "excel-csv", tmp_path / "out")
    assert all(path.read_bytes().startswith(b"\xef\xbb\xbf") for path in result.files)
    labels = {row["Label"] for row in rows(result.files[0], "utf-8-sig")}
    assert "'=新联村" in labels
    assert safe("＝1+1") == "'＝1+1"
    assert safe(-1.5) == -1.5
    assert safe("甲" * 40_000).endswith("characters a cell]")
    assert len(safe("甲" * 40_000)) == LONGEST


def test_gexf_has_kinds_dates_and_mixed_directions(library, tmp_path):
    (path,) = export(library, "gexf", tmp_path / "x.gexf").files
    root = etree.parse(path).getroot()
    space = {"g": "http://gexf.net/1.3"}
    assert root.get("version") == "1.3"
    edges = root.findall(".//g:edge", space)
    assert {(e.get("kind"), e.get("type"), e.get("start")) for e in edges} == {
        ("member_of:asserted", "directed", "2022-05-01"),
        ("partners_with:planned", "undirected", "2022-05-01"),
    }
    declared = {a.get("id") for a in root.findall(".//g:attributes[@class='edge']/g:attribute", space)}
    assert {v.get("for") for v in root.findall(".//g:edge//g:attvalue", space)} == declared
    labels = {node.get("label") for node in root.findall(".//g:node", space)}
    assert labels == {"=新联村", "柳桥村", "青禾谷共富联盟"}


@pytest.mark.parametrize("form", list(FORMATS))
def test_the_same_library_and_filters_give_the_same_bytes(library, tmp_path, form):
    first, again = export(library, form, tmp_path / "a"), export(library, form, tmp_path / "b")
    for one, other in zip((*first.files, first.manifest), (*again.files, again.manifest), strict=True):
        assert one.read_bytes() == other.read_bytes()
    assert not list(tmp_path.rglob("*.part"))


def test_the_manifest_says_how_it_was_made(library, tmp_path):
    filters = Filters(relations=frozenset({"member_of"}), years=(2020, 2022), isolates=False)
    result = export(library, "graphml", tmp_path / "x.graphml", filters)
    said = json.loads(result.manifest.read_text(encoding="utf-8"))
    assert said["tool"]["name"] == "alliance-graph"
    assert said["extractors"] == ["rules@1"]
    assert said["filters"] == {
        "relations": ["member_of"],
        "types": [],
        "modalities": [],
        "years": [2020, 2022],
        "min_confidence": 0.0,
        "isolates": False,
    }
    assert said["counts"] == {
        "reports": 1,
        "nodes": 2,
        "edges": 1,
        "claims": 1,
        "claims_left_out": {"by_filters": 1, "both_ends_one_entity": 0, "end_unresolved": 0, "judged_wrong": 0},
    }
    assert said["files"] == ["x.graphml"]
    assert [(r["stem"], r["source_hash"]) for r in said["reports"]] == [("报道甲", "ab" * 32)]


@pytest.mark.parametrize("form", list(FORMATS))
def test_an_empty_library_exports_empty_tables(tmp_path, form):
    result = export(Library.create(tmp_path / "library"), form, tmp_path / "out")
    assert all(path.stat().st_size for path in result.files)


def test_rdf_says_what_the_network_says(library, tmp_path):
    filters = Filters(relations=frozenset({"member_of"}))
    (path,) = export(library, "nquads", tmp_path / "x.nq", filters).files
    lines = path.read_text(encoding="utf-8").splitlines()
    assert sum("ontology#Claim>" in line and "22-rdf-syntax-ns#type>" in line for line in lines) == 1
    (path,) = export(library, "turtle", tmp_path / "x.ttl").files
    assert '"=新联村拟与柳桥村结对。"' in path.read_text(encoding="utf-8")


def test_claims_judged_wrong_are_left_out_and_counted(tmp_path):
    library = Library.create(tmp_path / "library")
    library.add([extraction()])
    wrong = next(claim for claim in library.claims() if claim.type == "member_of")
    library.judge([Judgement("claim", wrong.id, "", "wrong", "li", "2024-01-01T00:00:00Z")])
    result = export(library, "gephi-csv", tmp_path / "out")
    assert [row["Kind"] for row in rows(result.files[1])] == ["partners_with:planned"]
    said = json.loads(result.manifest.read_text(encoding="utf-8"))
    assert said["counts"]["claims_left_out"]["judged_wrong"] == 1
    assert wrong.id not in export(library, "nquads", tmp_path / "x.nq").files[0].read_text(encoding="utf-8")


def test_an_unknown_format_is_refused(library, tmp_path):
    with pytest.raises(UsageError, match="graphml"):
        export(library, "docx", tmp_path)


def test_dates_of_which_little_is_known():
    assert (day("2021"), day("2021-12"), day("2021-12-06"), day("")) == ("2021-01-01", "2021-12-01", "2021-12-06", "")
    assert timeset("") == ""


def test_text_that_xml_cannot_hold():
    assert xml_safe("甲\x00\x0b\ufffe乙\r\n😀\t丙") == "甲乙\n😀\t丙"


def test_the_sentence_around_a_span():
    text = "一句。两村结对！三句"
    assert sentence_of(text, 3, 5) == "两村结对！"
    assert sentence_of(text, 3, 8) == "两村结对！"
    assert sentence_of(text, 8, 9) == "三句"

from pathlib import Path

import pytest

from graph.describe import describe, overview
from graph.errors import NotFoundError
from graph.records import Extraction
from graph.store import Library


@pytest.fixture
def library(tmp_path: Path, extraction: Extraction) -> Library:
    library = Library.create(tmp_path / "library")
    library.add([extraction])
    return library


@pytest.mark.parametrize("name", ["柳湾#0", "case id"])
def test_a_case_is_shown_by_position_or_id(library, extraction, name):
    found = describe(library, extraction.cases[0].id if name == "case id" else name)
    assert (found["case"], found["title"], found["types"]) == ("柳湾#0", "三湾联盟", "industry_cluster")
    assert [(r["head"], r["relation"], r["tail"]) for r in found["relations"]] == [
        ("柳湾村", "leads", "三湾茶业党建联盟"),
        ("郑望山", "affiliated_with", "柳湾村"),
    ]
    assert [(f["indicator"], f["value"], f["bound"]) for f in found["figures"]] == [("带动就业", "120人", "at_least")]


def test_a_report_an_entity_and_a_claim_are_shown(library, extraction):
    assert describe(library, "柳湾")["entities"][0] == {
        "name": "柳湾村",
        "type": "Village",
        "code": "330000000201",
        "mentions": 1,
    }
    village = describe(library, "柳湾村")
    assert (village["type"], village["code"], village["within"]) == ("Village", "330000000201", "石桥镇")
    assert [r["evidence"] for r in village["relations"]] == [
        "“清溪县石桥镇柳湾村牵头成立“三湾”茶业党建联盟。”",
        "“柳湾村党支部书记郑望山”",
    ]
    claim = describe(library, extraction.claims[1].id)
    assert (claim["head"], claim["role"], claim["report"]) == ("郑望山", "党支部书记", "柳湾")


def test_what_is_not_there_says_where_to_look(library):
    with pytest.raises(NotFoundError, match=r"Nothing is called '无此村'.*alliance status"):
        describe(library, "无此村")
    with pytest.raises(NotFoundError, match="The report 柳湾 has 1 cases, counted from 0"):
        describe(library, "柳湾#7")
    with pytest.raises(NotFoundError, match="No claim or figure has the id 'k-0'"):
        describe(library, "k-0")


def test_the_overview_counts_what_is_there(library):
    found = overview(library)
    assert found["entities"] == {"Alliance": 1, "Person": 1, "Village": 1}
    assert found["relations"] == {"leads": 1, "affiliated_with": 1}
    assert (found["cases"], found["figures"], found["schema"], found["extractors"]) == (1, 1, "1", "test@1")
    assert [(r["stem"], r["date"]) for r in found["reports"]] == [("柳湾", "2024-05-06")]

from dataclasses import replace

from graph.records import Figure
from ingest.gold_form import to_gold


def test_records_become_the_benchmarks_rows(extraction):
    found = to_gold(extraction)
    text = extraction.report.text
    assert found["id"] == "柳湾"
    assert found["text"] == text
    assert found["cases"] == [
        {
            "title": "三湾联盟",
            "types": ["industry_cluster"],
            "reasons": ["“茶业”"],
            "place": "柳湾村",
            "start": 0,
            "end": len(text),
            "entities": ["柳湾村", "三湾茶业党建联盟", "郑望山"],
        }
    ]
    assert found["entities"][0] == {
        "name": "柳湾村",
        "type": "Village",
        "aliases": [],
        "within": "石桥镇",
        "mentions": [{"start": 6, "end": 9}],
        "confidence": 1.0,
        "code": "330000000201",
    }
    assert found["entities"][1]["aliases"] == ["“三湾”茶业党建联盟"]
    assert "code" not in found["entities"][1]
    leads, post = found["relations"]
    assert (leads["head"], leads["type"], leads["tail"]) == ("柳湾村", "leads", "三湾茶业党建联盟")
    assert leads["evidence"] == {"start": 0, "end": 24, "text": "清溪县石桥镇柳湾村牵头成立“三湾”茶业党建联盟。"}
    assert "role" not in leads
    assert (post["head"], post["tail"], post["role"]) == ("郑望山", "柳湾村", "党支部书记")


def test_a_figure_names_its_subject_and_keeps_whole_numbers_whole(extraction):
    (figure,) = to_gold(extraction)["figures"]
    assert (figure["subject"], figure["value"], figure["unit"]) == ("三湾茶业党建联盟", 120, "人")
    assert isinstance(figure["value"], int)
    assert figure["year"] == 2023


def test_a_figure_of_the_case_itself_names_the_cases_title(extraction):
    case = extraction.cases[0]
    own = Figure(extraction.report.id, case.id, case.id, "增收", 1.5, "倍", 0, 4)
    (figure,) = to_gold(replace(extraction, figures=(own,)))["figures"]
    assert (figure["subject"], figure["value"]) == ("三湾联盟", 1.5)
    assert "year" not in figure

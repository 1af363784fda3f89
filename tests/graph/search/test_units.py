"""What is known of the units of a small library, each thing against what its reports say."""

import numpy as np
import pytest

from graph.records import Case, Extraction, Figure, Mention, Report
from graph.search import index
from graph.search.units import units
from graph.store import Library

LEAD = "编者按：两县十一个村走到了一起。\n"
FIRST = "石榴坳村与竹影村合修引水渠3公里，茶农增收1200万元，石榴坳的茶有名。\n"
SECOND = "青禾镇的石榴坳村同茶叶科学研究所办起试验田86亩。"
TEXT = LEAD + FIRST + SECOND


def spread_report():
    """Two cases and a lead before them."""
    report = Report(TEXT, "b-two", title="两则", date="2023-04-05", publisher="田间周刊")
    first = Case(report.id, 0, len(LEAD), len(LEAD + FIRST), "水渠", "月湾县", ("neighbour",))
    second = Case(report.id, 1, len(LEAD + FIRST), len(TEXT), "试验田", "", ("neighbour", "service"))

    def said(kind, form, name="", within="", code="", after=0):
        start = TEXT.index(form, after)
        return Mention(report.id, start, start + len(form), kind, form, name or form, within, code)

    late = len(LEAD + FIRST)
    mentions = (
        said("Village", "石榴坳村", code="330226104201"),
        said("Village", "竹影村"),
        said("Village", "石榴坳", "石榴坳村", after=TEXT.index("，石榴坳")),
        said("Product", "茶", after=TEXT.index("的茶")),
        said("Division", "青禾镇", code="330226104", after=late),
        said("Village", "石榴坳村", within="青禾镇", code="330226104201", after=late),
        said("University", "茶叶科学研究所", after=late),
    )
    at = TEXT.index("1200万元")
    figure = Figure(report.id, first.id, first.id, "增收", 12e6, "元", at, at + 6)
    return Extraction(report, (first, second), mentions, (), (figure,))


def whole_report():
    return Extraction(Report("无案例的短讯：白鹭渡口添了77条渡船。", "a-brief", title="短讯"))


@pytest.fixture
def library(tmp_path):
    made = Library.create(tmp_path / "library")
    made.add([spread_report(), whole_report()])
    index(made, None)
    return made


@pytest.fixture
def known(library):
    return units(library)


def test_units_stand_by_report_and_place(known, library):
    first, second = spread_report().cases
    assert len(known) == 3
    assert [known.case_id(at) for at in (1, 2)] == [first.id, second.id]
    assert known.find(second.id) == 2
    assert known.find("c-nothing") == -1
    assert known.years.tolist() == [0, 2023, 2023]
    report = spread_report().report
    brief = whole_report().report
    assert known.records(library, [2, 0]) == [
        (second, report),
        (Case(brief.id, 0, 0, len(brief.text), "短讯"), brief),
    ]
    assert sorted(known.reports_of(np.array([1, 2, 0]))) == sorted([report.id, brief.id])


def test_passages_lead_to_their_units_and_leads_to_all_of_the_report(known, library):
    table = library.passage_columns(["id"])
    rows = dict(zip(table["id"].to_pylist(), table["_rowid"].to_pylist(), strict=True))
    brief, lead, first, second = (
        rows[p.id] for r in ("a-brief", "b-two") for p in library.passages(library.report(r).id)
    )
    asked = np.array([second, 999, lead, brief, first], dtype=np.uint64)
    own, leads = known.passages.own_of(asked), known.passages.lead_of(asked)
    assert sorted(zip(own.hit.tolist(), own.unit.tolist(), strict=True)) == [(0, 2), (3, 0), (4, 1)]
    assert sorted(zip(leads.hit.tolist(), leads.unit.tolist(), strict=True)) == [(2, 1), (2, 2)]
    assert [known.passages.rows_of(at).tolist() for at in range(3)] == [[brief], [first], [second]]
    assert [known.passages.leads_of(at).tolist() for at in range(3)] == [[], [lead], [lead]]
    assert known.passages.count.tolist() == [1, 1, 1]
    assert [p.text for p in library.passages_at(asked[[0, 3]])] == [SECOND, whole_report().report.text]


def test_names_lead_to_units_and_back(known):
    assert known.named["石榴坳村"].tolist() == [1, 2]
    assert known.named["石榴坳"].tolist() == [1]
    assert known.named["茶"].tolist() == []  # one character is no name
    assert known.names_in("石榴坳村和竹影村的茶叶") == ("石榴坳村", "竹影村")
    assert known.names_of(1) == {"石榴坳村": "石榴坳村", "竹影村": "竹影村", "石榴坳": "石榴坳"}
    assert known.written(2, "石榴坳村") == "石榴坳村"
    assert known.written(2, "竹影村") == known.written(2, "无名") == ""
    assert known.rarity("竹影村") == pytest.approx(1)
    assert 0 < known.rarity("石榴坳村") < 1
    assert known.rarity("无名") == 0


def test_kinds_partners_and_numbers(known):
    assert known.typed["neighbour"].tolist() == [1, 2]
    assert known.typed["service"].tolist() == [2]
    assert known.typed["enclave"].tolist() == []
    assert known.partnered.row(1) == {"Product": 1, "Village": 2}
    assert known.partnered["University"].tolist() == [2]
    assert [found.tolist() for found in known.numbered.near(12e6, 0)] == [[1], [12e6]]
    assert [found.tolist() for found in known.numbered.near(80, 0.1)] == [[0, 2], [77, 86]]
    assert known.numbered.near(11, 0)[0].tolist() == []  # the lead's numbers are of no case


def test_places_by_name_and_by_code(known):
    assert known.regions.inside({"青禾镇"}, ()).tolist() == [2]
    assert known.regions.inside({"月湾县"}, ()).tolist() == [1]
    assert known.regions.inside((), {"330226"}).tolist() == [1, 2]
    assert known.regions.inside((), {"3303"}).tolist() == []
    assert known.regions.codes_of({"石榴坳村", "青禾镇"}) == {"330226104201", "330226104"}
    assert known.published["田间周刊"].tolist() == [1, 2]


def test_cases_inside_each_other_both_bear_what_lies_in_both(tmp_path):
    said = spread_report()
    around = Case(said.report.id, 0, len(LEAD), len(TEXT), "全部")
    library = Library.create(tmp_path / "library")
    library.add([Extraction(said.report, (around, said.cases[1]), said.mentions)])
    index(library, None)
    assert units(library).named["茶叶科学研究所"].tolist() == [0, 1]
    assert units(library).named["竹影村"].tolist() == [0]


def test_an_empty_library_has_no_units(tmp_path):
    known = units(Library.create(tmp_path / "library"))
    assert len(known) == 0
    assert known.named["石榴坳村"].tolist() == []
    assert known.names_in("石榴坳村") == ()
    assert known.regions.inside({"青禾镇"}, {"33"}).tolist() == []
    assert known.passages.own_of(np.array([1], dtype=np.uint64)).unit.tolist() == []


def test_units_are_read_again_after_a_write(library):
    before = units(library)
    assert units(library) is before
    library.delete("a-brief")
    assert len(units(library)) == 2
    assert units(library).named["竹影村"].tolist() == [0]


def test_a_library_indexed_before_numbers_were_kept_states_them_all_the_same(library):
    kept = library._tables.scan("passages").drop_columns(["numbers"])
    library._tables.create("passages", kept.schema)
    library._tables.append("passages", kept)
    assert [found.tolist() for found in units(library).numbered.near(80, 0.1)] == [[0, 2], [77, 86]]
    library.add([Extraction(Report("梅岭添了91盏灯。", "c-later"))])
    index(library, None)
    assert units(library).numbered.near(91, 0)[0].tolist() == [3]

from dataclasses import replace

import pytest

from graph.records import Claim, Figure, Mention, Report, as_row, content_id, from_row, span_errors


def test_ids_are_hashes_of_what_a_record_says():
    assert Report("甲村与乙村结对。", "a").id == Report("甲村与乙村结对。", "b", title="另一题").id
    assert Report("甲村与乙村结对。", "a").id != Report("甲村与丙村结对。", "a").id
    assert content_id("r", "甲") == "r-" + "1467f6792ea8912688a7"


def test_rows_read_back_as_the_record(extraction):
    for record in (*extraction.cases, *extraction.mentions, *extraction.claims, *extraction.figures):
        assert from_row(type(record), as_row(record)) == record


def test_a_row_whose_id_does_not_fit_is_refused(extraction):
    row = as_row(extraction.mentions[0]) | {"form": "柳湾", "name": "别的村"}
    with pytest.raises(ValueError, match="does not hold what its id says"):
        from_row(Mention, row)


def test_spans_that_do_not_read_back_are_named(extraction):
    village = replace(extraction.mentions[0], form="柳弯村")
    outside = Claim(extraction.report.id, "leads", "m-1", "m-2", 50, 999)
    broken = replace(extraction, mentions=(village,), claims=(outside,))
    assert list(span_errors(extraction)) == []
    assert [error.split(": ", 1)[1] for error in span_errors(broken)] == [
        f"[50, 999) is not inside a text of {len(extraction.report.text)} characters",
        "reads '柳湾村', not '柳弯村'",
    ]


def test_a_whole_number_and_its_float_are_one_figure():
    whole, exact = (Figure("r-1", "c-1", "c-1", "增收", value, "万元", 0, 4) for value in (3, 3.0))
    assert whole.id == exact.id
    assert from_row(Figure, as_row(whole)) == exact

"""A report in traditional characters yields what its simplified twin yields, in its own characters."""

import pytest

from graph.records import Extraction, Report
from ingest.as_written import as_written, folded
from ingest.extractor import Extractor

WRITTEN = (
    "清遠縣石嶺鄉由石嶺村、南頭村、後灣村組成的石嶺鄉片區聯合黨委於2023年5月成立。\n"
    "石嶺村黨支部書記劉國慶說，三個村共同出資組建石嶺茶業有限公司，去年村集體增收30餘萬元。\n"
)


@pytest.fixture(scope="module")
def found() -> Extraction:
    return Extractor.load().extract(Report(WRITTEN, "a", title="石嶺鄉片區聯合黨委成立"))


@pytest.fixture(scope="module")
def twin() -> Extraction:
    return Extractor.load().extract(folded(Report(WRITTEN, "a", title="石嶺鄉片區聯合黨委成立")).plain)


def test_offsets_lead_to_the_words_as_written(found: Extraction) -> None:
    assert found.mentions
    assert [WRITTEN[m.start : m.end] for m in found.mentions] == [m.form for m in found.mentions]
    assert {m.report for m in found.mentions} == {found.report.id}
    assert "劉國慶" in {m.name for m in found.mentions}


def test_as_much_is_found_as_in_simplified_characters(found: Extraction, twin: Extraction) -> None:
    def places(extraction: Extraction) -> list[tuple[object, ...]]:
        own = {m.id: (m.start, m.end) for m in extraction.mentions}
        return [(c.type, own[c.head], own[c.tail], c.modality, c.start, c.end) for c in extraction.claims]

    assert places(found) == places(twin)
    assert [(f.value, f.start) for f in found.figures] == [(f.value, f.start) for f in twin.figures]
    assert [c.types for c in found.cases] == [c.types for c in twin.cases]


def test_roles_titles_and_units_are_as_written(found: Extraction) -> None:
    roles = {c.role for c in found.claims if c.role}
    assert "黨支部書記" in roles
    assert all("党" not in role for role in roles)
    assert found.cases[0].title == "石嶺鄉片區聯合黨委成立"
    own = {m.id for m in found.mentions} | {c.id for c in found.cases}
    assert {f.subject for f in found.figures} <= own


def test_simplified_reports_are_left_alone() -> None:
    report = Report("石岭村与南头村结对。", "a")
    read = folded(report)
    assert read.plain is report
    empty = Extraction(report)
    assert as_written(empty, read, report) is empty


GLOSSED = (
    "松陽縣(xiàn)石嶺鄉由石嶺村、南（nán）頭村组成的石岭乡片区联(lián)合党委于2023年5月成立。\n"
    "石嶺村党支部书记刘国庆(qìng)说，联合党委组织茶农参加培训12期，南（nán）頭村茶园扩大到500余亩（含新种）。\n"
)


def test_glosses_are_read_over_and_kept_in_the_form() -> None:
    read = folded(Report(GLOSSED, "a", title="石嶺鄉片區(qū)聯合黨委成立"))
    assert "(xi" not in read.plain.text
    assert "（含新种）" in read.plain.text
    found = Extractor.load().extract(Report(GLOSSED, "a", title="石嶺鄉片區(qū)聯合黨委成立"))
    assert [GLOSSED[m.start : m.end] for m in found.mentions] == [m.form for m in found.mentions]
    forms = {(m.name, m.form) for m in found.mentions}
    assert {
        ("松陽縣", "松陽縣(xiàn)"),
        ("南頭村", "南（nán）頭村"),
        ("刘国庆", "刘国庆(qìng)"),
        ("石岭乡片区联合党委", "石岭乡片区联(lián)合党委"),
    } <= forms
    assert [(f.value, GLOSSED[f.start : f.end]) for f in found.figures] == [
        (12.0, "联合党委组织茶农参加培训12期"),
        (500.0, "南（nán）頭村茶园扩大到500余亩（含新种）"),
    ]
    assert found.cases[0].title == "石嶺鄉片區聯合黨委成立"


def test_brackets_with_plain_letters_are_no_gloss() -> None:
    report = Report("上海合作组织（SCO）与某公司(ab)结对，见附件（a）。", "a")
    assert folded(report).plain is report

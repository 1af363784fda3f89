"""The pages' logic, run without a browser."""

import re

import pytest
from page_text import html_of, text_of
from streamlit.testing.v1 import AppTest

PAGES = ["search", "network", "browse", "reports", "about"]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_opens_in_both_languages(visit, page, language):
    visit(page, lang=language)


def test_search_without_a_query_lists_all_cases_latest_first(visit):
    said = text_of(visit("search"))
    assert "共 3 个案例" in said
    assert said.index("三村合股建米厂") < said.index("隔河两镇，一张网格管到底")


def test_filters_come_from_the_address_and_narrow(visit):
    page = visit("search", type="neighbour")
    assert page.multiselect[0].value == ["neighbour"]
    assert "隔河两镇" in text_of(page)
    assert "三村合股建米厂" not in text_of(page)


def test_a_filter_chosen_is_written_into_the_address(visit):
    page = visit("search")
    page.multiselect[3].set_value(["University"]).run()
    assert page.query_params["partner"] == "University"
    assert "共 1 个案例" in text_of(page)


def test_nonsense_in_an_address_is_passed_over(visit):
    page = visit("search", type="nonsense,mentor", year="12")
    assert page.multiselect[0].value == ["mentor"]


def test_case_shows_profile_text_relations_and_figures(visit, shelf):
    case = next(c for c in shelf.cases.values() if c.title == "三村合股建米厂")
    page = visit("case", id=case.id)
    said = text_of(page)
    assert "石桥湾村→稻穗产业联盟" in said
    assert "计划中" in said
    assert "已否定" in said
    assert "2,000万元以上" in said
    assert "约300人" in said
    assert "隔河两镇" not in said.split("相近的案例")[0]
    assert [tab.label for tab in page.tabs] == ["关系 9", "数字 2"]


def test_evidence_named_by_the_address_is_lit(visit, shelf):
    claim = next(c for c in shelf.claims.values() if c.type == "supports")
    case = shelf.case_at(claim.report, claim.start)
    body = html_of(visit("case", id=case.id, at=claim.id))
    lit = re.findall(r'<mark class="ag-span ag-lit[^"]*">(.*?)</mark>', body)
    assert "派来水稻专家林月，长期驻在石桥湾村指导育秧" in re.sub(r"<[^>]+>", "", "".join(lit))


def test_numbers_in_english(visit, shelf):
    case = next(c for c in shelf.cases.values() if c.title == "三村合股建米厂")
    said = text_of(visit("case", id=case.id, lang="en"))
    assert "at least 20,000,000 yuan" in said
    assert "about 300 persons" in said


def test_entity_says_who_where_and_with_whom(visit, shelf):
    entity = shelf.entities.find("石桥湾村")[0]
    said = text_of(visit("entity", id=entity.id))
    assert "330000000001" in said
    assert "2 次，见于 1 篇报道" in said
    assert "得到帮扶1江东农业大学" in said
    assert "三村合股建米厂 云岭晨报2024年5月8日" in said


def test_links_keep_the_language(visit, shelf):
    entity = shelf.entities.find("石桥湾村")[0]
    body = html_of(visit("entity", id=entity.id, lang="en"))
    own = re.findall(r'<a href="([^"]+)" target="_self"', body)
    assert own
    assert all("lang=en" in href for href in own)


def test_report_shows_both_its_cases(visit, shelf):
    report = next(r for r in shelf.reports.values() if r.stem == "made-01")
    said = text_of(visit("report", id=report.id))
    assert "三村合股建米厂" in said
    assert "隔河两镇，一张网格管到底" in said
    assert "陈一笔" in said


@pytest.mark.parametrize("page", ["case", "entity", "report"])
def test_an_id_that_is_not_there_is_said_so(visit, page):
    assert "资料库里没有这" in text_of(visit(page, id="c-00"))


def test_browse_filters_by_type_and_name(visit):
    page = visit("browse", type="Village", q="柳")
    assert "1 个实体" in text_of(page)
    assert "柳溪村" in text_of(page)


def test_reports_are_filtered_by_title(visit):
    said = text_of(visit("reports", q="米厂"))
    assert "共 1 篇报道、2 个案例" in said


def test_about_counts_what_is_held(visit):
    said = text_of(visit("about"))
    assert re.search(r"2报道3案例\d+实体", said)
    assert "test@1" in said


def test_network_around_an_entity(visit, shelf):
    entity = shelf.entities.find("石桥湾村")[0]
    said = text_of(visit("network", id=entity.id))
    assert "图中 4 个实体、3 条关系" in said
    assert "得到帮扶1江东农业大学" in said


def test_network_says_what_the_filters_hide(visit, shelf):
    entity = shelf.entities.find("石桥湾村")[0]
    said = text_of(visit("network", id=entity.id, rel="leads"))
    assert "图中 2 个实体、1 条关系" in said
    assert "筛选条件隐去了 2 个实体、2 条关系" in said


def test_an_edge_shows_its_sentence(visit, shelf):
    village, alliance = shelf.entities.find("石桥湾村")[0], shelf.entities.find("稻穗产业联盟")[0]
    edge = f"{village.id}~leads:asserted~{alliance.id}"
    said = text_of(visit("network", id=village.id, pick=edge))
    assert "2023年牵头同柳溪村、坝上村组建“稻穗”产业联盟" in said


def test_without_a_library_the_page_says_what_to_run(visit, tmp_path, monkeypatch):
    monkeypatch.setenv("ALLIANCE_LIBRARY", str(tmp_path / "nowhere"))
    test = AppTest.from_function(_search_elsewhere, default_timeout=30, args=(str(tmp_path / "nowhere"),))
    test.run()
    assert not test.exception
    said = text_of(test)
    assert "还没有可读的资料库" in said
    assert "alliance demo" in said


def _search_elsewhere(path: str) -> None:
    import os

    os.environ["ALLIANCE_LIBRARY"] = path
    from views import frame

    frame.shelf("zh")


def test_an_empty_library_says_what_to_run(tmp_path, monkeypatch):
    from graph.store import Library

    path = tmp_path / "library"
    Library.create(path)
    monkeypatch.setenv("ALLIANCE_LIBRARY", str(path))
    test = AppTest.from_function(_search_elsewhere, default_timeout=30, args=(str(path),))
    test.run()
    assert not test.exception
    assert "资料库里还没有报道" in text_of(test)

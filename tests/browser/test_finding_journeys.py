"""Searching and comparing, in a real browser: what is chosen stands in the address, every line leads to its text."""

import re

import pytest
from steps import followed, open_at, read, reload, sentence, settle

from graph.store import Library

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def cases(library_path):
    """Ids of the library's cases by the first characters of their titles."""
    return {case.title[:6]: case.id for case in Library.open(library_path).cases()}


def test_a_question_is_narrowed_and_its_passage_opened(page, address):
    open_at(page, address)
    page.get_by_placeholder("例如：").fill("石桥湾村有谁帮助")
    page.keyboard.press("Enter")
    page.wait_for_selector(".ag-found a:text-is('石桥湾村')")
    page.get_by_role("combobox", name="联盟类型").click()
    page.get_by_role("option", name=re.compile(r"强村带动型 \(\d\)")).click()
    page.wait_for_selector("a.ag-chosen:has-text('联盟类型：强村带动型')")
    page.keyboard.press("Escape")
    reload(page)
    assert page.locator("a.ag-chosen").all_inner_texts() == ["联盟类型：强村带动型 ×"]
    card = page.locator(".ag-card", has_text="三村合股建米厂")
    assert "石桥湾村" in card.locator("mark").all_inner_texts()
    assert "石桥湾村" in followed(page, card.get_by_role("link", name="看原文"))
    page.locator("a.ag-chosen").click()
    page.locator("a.ag-chosen").wait_for(state="detached")
    assert "type=" not in page.url


def test_an_english_address_of_a_search_opens_as_it_was(page, address):
    open_at(page, address + "?lang=en&q=茶厂分红&type=industry_cluster&partner=University")
    chips = ["Alliance type: Industry cluster ×", "Kind of partner: University or institute ×"]
    assert page.locator("a.ag-chosen").all_inner_texts() == chips
    assert "Why" in page.locator(".ag-why").first.inner_text()
    page.get_by_role("link", name="Remove all").click()
    page.wait_for_function("document.querySelectorAll('a.ag-chosen').length === 0")
    assert "q=" in page.url


def test_every_kind_of_line_of_a_comparison_leads_to_its_sentence(page, address, cases):
    open_at(page, f"{address}compare?cases={cases['三村合股建米']},{cases['青禾镇石榴坳']}")
    table = page.locator(".ag-compare")

    def leads_to(aspect: str, column: int) -> str:
        row = table.locator("tr", has=page.locator(f"td.ag-aspect:text-is('{aspect}')"))
        return followed(page, row.locator("td").nth(column).get_by_role("link", name="原句").first)

    assert leads_to("地点", 1) == "石桥湾村"
    assert leads_to("高校院所", 1) == "派来水稻专家林月，长期驻在石桥湾村指导育秧"
    assert leads_to("成效", 2) == "360万元"


def test_a_pasted_description_and_its_weights_stand_in_the_address(page, address):
    open_at(page, address + "compare?lang=en")
    page.get_by_label("Or paste a description").fill("薄弱村抱团出资建厂房，每年分红")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".ag-card h3:has-text('月湾县')")
    page.get_by_text("What counts how much").click()
    page.get_by_role("slider", name="Way of allying").press("ArrowRight")
    page.wait_for_url(re.compile(r"w_type=2\.5"))
    reload(page)
    page.wait_for_selector(".ag-card h3:has-text('月湾县')")
    assert page.get_by_role("slider", name="Way of allying").input_value() == "2.5"
    page.get_by_role("link", name="Reset the weights").click()
    page.wait_for_url(lambda url: "w_type" not in url)
    settle(page)
    assert "薄弱村抱团" in page.get_by_label("Or paste a description").input_value()


def test_a_slider_whose_code_comes_late_shows_the_weight_that_counts(page, address):
    held = []  # the browser asks for a widget's code when it first needs it
    page.route(re.compile(r"/Slider\."), lambda route, request: held.append(route))
    open_at(page, address + "compare?lang=en&w_industry=2.5")
    page.get_by_label("Or paste a description").fill("薄弱村抱团出资建厂房，每年分红")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".ag-card h3:has-text('月湾县')")
    for request in held:
        request.continue_()
    assert page.get_by_role("slider", name="Way of allying").input_value() == "2"
    assert page.get_by_role("slider", name="Industry").input_value() == "2.5"
    page.get_by_role("slider", name="Way of allying").press("ArrowRight")
    page.wait_for_url(re.compile(r"w_type=2\.5"))
    assert re.findall(r"w_[a-z]+=[\d.]+", page.url) == ["w_industry=2.5", "w_type=2.5"]


def test_a_case_is_laid_beside_a_comparable_one(page, address, cases):
    open_at(page, f"{address}case?id={cases['青禾镇石榴坳']}")
    assert "同一案例的另一报道" in read(page)
    page.get_by_role("link", name="并排对照").first.click()
    page.wait_for_selector(".ag-compare")
    assert page.locator(".ag-compare thead th").count() == 3


def test_evidence_of_a_passage_is_in_sight_from_its_address(page, address, cases):
    open_at(page, f"{address}case?lang=en&id={cases['青禾镇石榴坳']}&at=s-0-6")
    assert sentence(page) == "青禾镇石榴坳"

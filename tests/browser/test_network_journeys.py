"""Replication, hubs and possible partners, and every page in a narrow window, in a real browser."""

import re

import pytest
from steps import followed, open_at, reload, sentence, settle

pytestmark = pytest.mark.browser

PAGES = (
    "",
    "compare",
    "spread?view=map",
    "spread?view=else",
    "network",
    "roles",
    "browse",
    "reports",
    "review",
    "about",
)


def test_a_carried_model_is_read_as_tree_map_and_timeline(page, address):
    open_at(page, address + "spread")
    step = page.locator("details.ag-step", has_text="乙滩村").first
    step.locator("summary b").click()
    assert "2023年带到普格县乙滩村" in followed(page, step.locator("blockquote cite a").first)

    page.get_by_role("radio", name="地图").click()
    page.wait_for_url(re.compile(r"view=map"))
    settle(page)
    assert "2023年带到普格县乙滩村" in followed(page, page.locator("a.ag-arc-done"))

    page.get_by_role("radio", name="时间线").click()
    page.wait_for_url(re.compile(r"view=time"))
    reload(page)
    assert "2023年带到普格县乙滩村" in followed(page, page.locator("a.ag-tick-done"))


def test_where_else_a_model_could_go_with_the_sentences_of_both(page, address):
    open_at(page, address + "spread?view=else&lang=en")
    page.get_by_role("combobox", name="Starting from the case").click()
    page.get_by_role("option", name=re.compile("石匠课堂")).click()
    card = page.locator(".ag-card", has=page.locator("h3:has-text('丙桥村')"))
    card.wait_for()
    reload(page)
    trait = card.locator("details.ag-alike", has_text="weak collective economy")
    trait.locator("summary").click()
    assert trait.locator("blockquote").count() == 2
    assert "空壳村" in followed(page, trait.locator("blockquote cite a").last)


def test_a_hub_leads_to_its_sentences_and_the_view_stays_in_the_address(page, address):
    open_at(page, address + "roles")
    row = page.locator(".ag-wide tbody tr", has=page.locator("td:nth-child(2) a:text-is('稻穗产业联盟')"))
    row.locator("summary").click()
    assert "稻穗" in followed(page, row.locator("blockquote cite a").first)
    page.get_by_role("radio", name="桥梁").click()
    page.wait_for_url(re.compile(r"view=broker"))
    settle(page)
    page.get_by_role("radio", name=re.compile("约束度")).click()
    page.wait_for_url(re.compile(r"by_broker=constraint"))
    reload(page)
    assert page.get_by_role("radio", name=re.compile("约束度")).is_checked()
    page.get_by_role("link", name="English").click()
    page.wait_for_selector("text=What it does not mean")
    assert "by_broker=constraint" in page.url


def test_a_possible_partner_is_suggested_with_its_sentences(page, address):
    open_at(page, address + "browse?q=坝上村&lang=en")
    page.locator(".ag-names a").first.click()
    page.wait_for_selector("h2:has-text('Possible partners')")
    settle(page)
    reason = page.locator(".ag-reasons details").first
    reason.locator("summary").click()
    assert followed(page, reason.locator("blockquote cite a").first)
    page.get_by_role("link", name=re.compile("in the community")).click()
    page.wait_for_url(re.compile(r"roles\?.*view=community"))
    page.wait_for_selector("text=The community of 坝上村")


def test_the_bar_is_one_line_in_an_ordinary_window(page, address):
    open_at(page, address + "roles?lang=en")
    assert len(set(page.locator(".ag-top nav a").evaluate_all("all => all.map(one => one.offsetTop)"))) == 1


def test_no_page_is_wider_than_a_narrow_window(page, address):
    page.set_viewport_size({"width": 420, "height": 900})
    wide = {}
    for path in PAGES:
        open_at(page, f"{address}{path}{'&' if '?' in path else '?'}lang=en")
        wide[path] = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
    assert set(wide.values()) == {420}, wide


def test_a_case_in_a_narrow_window_shows_the_sentence_that_was_asked_for(page, address):
    page.set_viewport_size({"width": 420, "height": 800})
    open_at(page, address)
    page.get_by_role("link", name="三村合股建米厂").click()
    page.locator("section.ag-kind", has_text="帮扶").locator("a.ag-jump").click()
    assert sentence(page) == "派来水稻专家林月，长期驻在石桥湾村指导育秧"

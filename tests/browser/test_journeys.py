"""Journeys of a reader through the pages, in a real browser."""

import re

import pytest
from steps import read, settle

pytestmark = pytest.mark.browser

CASE = "三村合股建米厂"


def drawing(page, script: str):
    """Run `script` with `cy`, the drawing of the network page."""
    page.wait_for_function("document.querySelector('.agn-canvas')?.cytoscape?.nodes().length > 0")
    return page.evaluate(f"() => {{ const cy = document.querySelector('.agn-canvas').cytoscape; {script} }}")


def place_of(page, select: str) -> tuple[float, float]:
    """Where on the window a node or an edge is drawn, once the page and the drawing have come to rest."""
    settle(page)
    last, found = None, (-1.0, -1.0)
    while found != last:
        last = found
        page.wait_for_timeout(250)
        x, y = drawing(
            page,
            f"""const one = cy.elements().filter(e => {select})[0];
            const at = one.isNode() ? one.renderedPosition() : one.renderedMidpoint();
            const box = cy.container().getBoundingClientRect(); return [box.left + at.x, box.top + at.y];""",
        )
        found = (x, y)
    return found


def test_from_search_to_case_evidence_entity_and_network(page, address):
    page.goto(address)
    page.get_by_role("link", name=CASE).click()
    page.wait_for_url(re.compile(r"/case\?.*id=c-"))
    page.wait_for_selector(f"h1:has-text('{CASE}')")

    page.locator("section.ag-kind", has_text="帮扶").locator("a.ag-jump").click()
    lit = page.locator("mark.ag-lit")
    assert "".join(lit.all_inner_texts()) == "派来水稻专家林月，长期驻在石桥湾村指导育秧"
    assert lit.first.is_visible()
    assert "at=k-" in page.url

    page.locator(".ag-text a.ag-mention", has_text="江东农业大学").click()
    page.wait_for_selector("h1:has-text('江东农业大学')")
    page.wait_for_selector("blockquote:has-text('长期驻在石桥湾村指导育秧')", state="attached")
    assert "长期驻在石桥湾村指导育秧" in read(page)

    page.get_by_role("link", name="在网络中查看").click()
    x, y = place_of(page, "e.data('name') === '林月'")
    page.mouse.click(x, y)
    page.wait_for_selector(".ag-side h2:has-text('林月')")
    assert "pick=e-" in page.url

    x, y = place_of(page, "e.data('label') === '帮扶'")
    page.mouse.click(x, y)
    page.wait_for_selector(".ag-side blockquote")
    assert "派来水稻专家林月" in page.inner_text(".ag-side blockquote")


def test_expanding_a_node_keeps_the_others_in_place(page, address):
    page.goto(address)
    page.get_by_role("link", name=CASE).click()
    page.get_by_role("link", name="石桥湾村").first.click()
    page.wait_for_selector("h1:has-text('石桥湾村')")  # the case's page has such a link too
    page.get_by_role("link", name="在网络中查看").click()
    x, y = place_of(page, "e.data('name') === '江东农业大学'")
    before = drawing(page, "return cy.nodes().map(n => [n.id(), n.position()]);")
    page.mouse.click(x, y)
    page.get_by_role("link", name="展开它的邻居").click()
    page.wait_for_function(
        "document.querySelector('.agn-canvas').cytoscape.nodes().some(n => n.data('name') === '林月')"
    )
    after = dict(drawing(page, "return cy.nodes().map(n => [n.id(), n.position()]);"))
    assert [[name, after[name]] for name, _ in before] == before


def test_the_network_is_saved_as_an_image(page, address):
    page.goto(address + "network")
    drawing(page, "return 1;")
    with page.expect_download() as download:
        page.get_by_role("button", name="存为图片").click()
    assert download.value.path().read_bytes().startswith(b"\x89PNG")


def test_the_language_switch_keeps_the_place(page, address):
    page.goto(address)
    page.get_by_role("link", name=CASE).click()
    page.wait_for_selector(f"h1:has-text('{CASE}')")
    page.get_by_role("link", name="English").click()
    page.wait_for_selector("text=at least 20,000,000 yuan", state="attached")
    assert page.inner_text("h1") == CASE
    page.get_by_role("link", name="Entities", exact=True).click()
    page.wait_for_selector("text=Find by name or alias")
    assert "lang=en" in page.url


def test_back_goes_back(page, address):
    page.goto(address + "reports")
    settle(page)
    page.get_by_role("link", name="说明", exact=True).click()
    page.wait_for_selector("h2:has-text('实体类型')")
    page.go_back()
    page.wait_for_selector("h1:has-text('报道')")


def test_an_address_reopens_its_page(page, address):
    page.goto(address)
    page.get_by_role("combobox", name="联盟类型").click()
    page.get_by_role("option", name="睦邻协作型").click()
    page.wait_for_selector("text=共 1 个案例")
    page.keyboard.press("Escape")
    page.get_by_role("link", name="隔河两镇").click()
    page.wait_for_selector("h1:has-text('隔河两镇')")
    page.go_back()
    page.wait_for_selector("text=共 1 个案例")
    url = page.url
    page.goto("about:blank")
    page.goto(url)
    page.wait_for_selector("text=共 1 个案例")


def test_evidence_from_an_address_is_in_sight(page, address):
    page.goto(address)
    page.get_by_role("link", name=CASE).click()
    jump = page.locator("section.ag-kind", has_text="帮扶").locator("a.ag-jump").first
    href = jump.get_attribute("href")
    page.goto(address + href)
    page.wait_for_selector("mark.ag-lit")
    assert page.locator("mark.ag-lit").first.is_visible()


@pytest.mark.parametrize("path", ["", "reports", "browse?q=script", "network", "about"])
def test_hostile_text_does_nothing(page, address, path):
    page.goto(address + path)
    settle(page)
    _unhurt(page)


def test_hostile_text_does_nothing_on_its_own_pages(page, address):
    page.goto(address + "reports")
    for wanted in ("report", "case", "entity", "network"):
        page.goto(address + "reports")
        page.wait_for_selector(".ag-card")
        if wanted in ("entity", "network"):
            page.goto(address + "browse?q=onerror")
            page.locator(".ag-names a").first.click()
        else:
            card = page.locator(".ag-card", has_text="window.hit")
            card.locator("h3 a" if wanted == "report" else "ul a").first.click()
        page.wait_for_selector("h1:has-text('window.hit')")
        if wanted == "network":
            page.get_by_role("link", name="在网络中查看").click()
            x, y = place_of(page, "e.isEdge()")
            page.mouse.click(x, y)
            page.wait_for_selector(".ag-side blockquote")
        settle(page)
        _unhurt(page)
        assert "<script>window.hit=1</script>" in read(page)
        assert "**粗**[点](javascript:window.hit=3)`$x$`:red[红]" in read(page)


def _unhurt(page) -> None:
    page.wait_for_timeout(300)
    assert page.evaluate("window.hit") is None
    assert page.locator("[data-testid=stMain] img[src=x]").count() == 0
    assert page.locator("[data-testid=stMain] a[href^='javascript:']").count() == 0


def test_without_a_library_it_says_what_to_run(page, serve, tmp_path):
    page.goto(serve(tmp_path / "nowhere"))
    page.wait_for_selector("text=还没有可读的资料库")
    assert "alliance demo" in read(page)

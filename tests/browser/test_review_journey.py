"""A person who decides at the keyboard, in a real browser."""

import pytest
from made_review import make_review

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def review_address(serve, tmp_path_factory):
    path = tmp_path_factory.mktemp("review") / "library"
    make_review(path)
    return serve(path)


def settle(page) -> None:
    """Wait until the page's script has run to its end and the browser has bound the keys, which is a moment later."""
    page.wait_for_selector(".ag-ask")
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
    page.wait_for_timeout(500)


def test_deciding_with_keys_merges_and_undo_restores(page, review_address):
    page.goto(review_address + "review?kind=identity")
    page.wait_for_selector("h2:has-text('这两处说的是同一个吗？')")
    page.locator(".ag-twin blockquote").nth(1).wait_for()
    settle(page)
    assert page.locator("b:text-is('重逢')").count() == 0  # titles are text, not markup
    page.keyboard.press("1")
    page.wait_for_selector("text=没有待审核的内容了")

    page.goto(review_address + "browse?type=Organization")
    page.wait_for_selector("text=1 个实体")
    page.locator(".ag-names a").first.click()
    page.wait_for_selector("h1:has-text('青禾实践团队')")
    assert "“青禾”实践团" in page.inner_text(".ag-rows")
    page.get_by_role("link", name="合并或拆分").click()
    page.wait_for_url("**/review?**entity=**")
    page.wait_for_selector("text=只看与“青禾实践团队”有关的")

    page.get_by_text("已作判断").click()
    page.get_by_role("button", name="撤回", exact=True).click()
    page.wait_for_selector("text=共 1 个判断，其中 0 个有效")
    page.goto(review_address + "browse?type=Organization")
    page.wait_for_selector("text=2 个实体")


def test_keys_typed_into_the_reason_decide_nothing(page, review_address):
    page.goto(review_address + "review?kind=claim")
    page.wait_for_selector("h2:has-text('原文是这个意思吗？')")
    settle(page)
    asked = page.inner_text(".ag-claim")
    page.get_by_label("理由（可不填）").type("2 次买卖 k")
    page.wait_for_timeout(300)
    assert page.inner_text(".ag-claim") == asked
    page.get_by_role("button", name="错误").click()
    page.wait_for_function("asked => document.querySelector('.ag-claim').innerText !== asked", arg=asked)
    page.locator("button:enabled", has_text="撤回上一个").wait_for()
    settle(page)
    page.keyboard.press("z")
    page.wait_for_function("asked => document.querySelector('.ag-claim').innerText === asked", arg=asked)


def test_a_wrong_claim_is_reported_from_where_it_is_read(page, review_address):
    page.goto(review_address + "reports")
    page.locator(".ag-card a", has_text="青禾下田").first.click()
    row = page.locator("section.ag-kind li", has_text="稻穗产业联盟").first
    row.hover()
    row.get_by_role("link", name="错了？").click()
    page.wait_for_selector("h2:has-text('原文是这个意思吗？')")
    assert "item=k-" in page.url
    assert "不在待审核之列" in page.inner_text("[data-testid=stMain]")

"""Steps that several journeys share."""

import re

LIT = "mark.ag-lit"


def settle(page) -> None:
    """Wait until the page's script has run to its end."""
    page.wait_for_selector(".ag-top")
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")


def open_at(page, url: str) -> None:
    """Open an address and wait for the whole page."""
    page.goto(url)
    settle(page)


def reload(page) -> None:
    """Load the page anew from its address alone."""
    url = page.url
    page.goto("about:blank")
    open_at(page, url)


def read(page) -> str:
    """What a reader reads below the bar."""
    return page.inner_text("[data-testid=stMain]")


def sentence(page) -> str:
    """The sentence that the page marks, once it is in sight; read in one go, for a page may be drawn once more."""
    said = page.wait_for_function(
        "lit => { const marks = [...document.querySelectorAll(lit)], box = marks[0]?.getBoundingClientRect();"
        " return box && box.top >= 0 && box.bottom <= window.innerHeight && marks.map(m => m.innerText).join(''); }",
        arg=LIT,
    )
    return said.json_value()


def followed(page, link) -> str:
    """Follow a link to a piece of evidence; returns the sentence that is marked there, and comes back."""
    assert re.search(r"[?&]at=[kfms]-", link.get_attribute("href"))
    link.click()
    page.wait_for_url(re.compile(r"[?&]at="))
    settle(page)
    said = sentence(page)
    page.go_back()
    page.wait_for_url(lambda url: "at=" not in url)
    settle(page)
    return said

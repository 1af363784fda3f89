"""One made library for all tests of the pages, which nobody writes to."""

from pathlib import Path

import pytest
from made_library import make
from streamlit.testing.v1 import AppTest

from graph.store import Library
from views.data import Shelf

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def library_path(tmp_path_factory):
    path = tmp_path_factory.mktemp("views") / "library"
    make(path)
    return path


@pytest.fixture(scope="session")
def shelf(library_path) -> Shelf:
    return Shelf.load(Library.open(library_path))


@pytest.fixture
def visit(library_path, monkeypatch):
    """Open a page with the parameters of its address; an exception on the page fails the test."""
    monkeypatch.setenv("ALLIANCE_LIBRARY", str(library_path))

    def open_page(page: str, **parameters: str) -> AppTest:
        test = AppTest.from_file(str(ROOT / "views" / f"{page}.py"), default_timeout=30)
        for name, value in parameters.items():
            test.query_params[name] = value
        test.run()
        assert not test.exception, test.exception
        return test

    return open_page

"""The index command: vectors made anew, with our encoder or another, and the offer of a better one."""

import pytest
from typer.testing import CliRunner

from cli import app
from graph.records import Extraction, Report
from graph.search import Encoder, index
from graph.search.encoder import DEFAULT_NAME, STOCK_NAME
from graph.store import Library

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture
def library(tmp_path):
    made = Library.create(tmp_path / "library")
    made.add([Extraction(Report("三个渔村合办渔灯节，去年引来游客两万人。", "lantern", date="2024-02-01"))])
    index(made, Encoder.load(STOCK_NAME))
    return made


def run(*arguments):
    return CliRunner().invoke(app, [str(a) for a in arguments])


def test_an_earlier_encoder_is_offered_to_be_replaced_and_is(library):
    assert f"alliance index --library {library.uri}" in run("status", "--library", library.uri).output
    made = run("index", "--library", library.uri)
    assert made.exit_code == 0
    assert f"vectors by {DEFAULT_NAME}" in made.output
    assert Library.open(library.uri).encoder == DEFAULT_NAME
    assert "alliance index" not in run("status", "--library", library.uri).output
    assert "nothing to do" in run("index", "--library", library.uri).output


def test_another_model_may_be_named(library):
    run("index", "--library", library.uri)
    assert run("index", "--library", library.uri, "--model", STOCK_NAME, "--quiet").output == ""
    assert Library.open(library.uri).encoder == STOCK_NAME
    assert run("search", "渔灯节", "--library", library.uri).exit_code == 0

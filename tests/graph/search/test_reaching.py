import numpy as np

from graph.search.filters import Filters, mask
from graph.search.query import parse
from graph.search.reaching import encoding, reach
from graph.search.units import units


def stems(library, known, reached):
    return [report.stem for _, report in known.records(library, reached.units.tolist())]


def ask(library, question, encoder, allowed=None):
    query = parse(question)
    return reach(library, units(library), query, encoding(library, query, encoder), allowed)


def test_every_unit_of_a_small_library_is_looked_at(library, letters):
    known = units(library)
    reached = ask(library, "茶叶科学研究所", letters, None)
    assert stems(library, known, reached) == ["brief", "enclave", "riders", "tea"]
    assert (reached.words > 0).tolist() == [False, False, False, True]
    assert int(np.argmax(reached.meaning)) == 3
    assert reached.has_meaning


def test_a_filter_is_asked_of_the_store(library, letters):
    known = units(library)
    fits = mask(known, Filters(year=(2024,)))
    reached = ask(library, "茶叶", letters, fits)
    assert stems(library, known, reached) == ["brief", "enclave", "riders"]
    assert set(reached.worth) == {int(row) for at in reached.units for row in known.passages.rows_of(int(at))}


def test_the_glossary_speaks_for_an_english_question(wordy):
    reached = ask(wordy, "tea growers and a research institute", None)
    assert reached.words.tolist() == [0, 0, 0, 0]
    assert int(np.argmax(reached.glossary)) == 3
    assert not reached.has_meaning


def test_a_filter_that_nothing_fits(library, letters):
    known = units(library)
    reached = reach(library, known, parse("茶叶"), letters, np.zeros(len(known), dtype=bool))
    assert len(reached.units) == len(reached.words) == len(reached.meaning) == 0


def test_a_unit_is_as_near_as_its_nearest_passage(library, letters):
    known = units(library)
    reached = ask(library, "茶农", letters, None)
    cosines = library.vectors_at(known.passages.rows_of(3)) @ letters.encode_query("茶农")
    assert abs(reached.meaning[3] - cosines.max()) < 1e-5

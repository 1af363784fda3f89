"""Search in a library large enough for indexes: the same answers as comparing all."""

import numpy as np
import pytest

from graph.records import Extraction, Passage, Report
from graph.store import Library

COUNT, DIMENSION = 1200, 16


def pieces(report):
    return [Passage(report.id, "", at, at + 1, report.text[at]) for at in range(len(report.text))]


def filled(tmp_path):
    """A library of two reports, a passage a character, and the vectors in the order of `pieces`."""
    library = Library.create(tmp_path / "library")
    reports = [Report("山水田林" * (COUNT // 8), "one"), Report("茶稻竹菇" * (COUNT // 8), "two")]
    library.add([Extraction(report) for report in reports])
    vectors = np.random.default_rng(1).standard_normal((COUNT, DIMENSION)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    made = [piece for report in reports for piece in pieces(report)]
    library.put_passages(made, [f"{p.text} 字{p.start}" for p in made], vectors, [[float(p.start)] for p in made])
    return library, made, vectors


@pytest.fixture
def large(tmp_path, monkeypatch):
    monkeypatch.setattr("graph.store.passages.LARGE", 1000)
    library, made, vectors = filled(tmp_path)
    library.reindex()
    return library, made, vectors


def ids_at(library, rows):
    return [passage.id for passage in library.passages_at(rows)]


def test_the_nearest_passages_are_those_of_an_exact_comparison(large):
    library, made, vectors = large
    for at in (0, 700):
        exact = np.argsort(-(vectors @ vectors[at]))[:5]
        found = library.nearest(vectors[at], 5)
        assert ids_at(library, found.rows) == [made[int(place)].id for place in exact]
        assert found.scores == pytest.approx((vectors @ vectors[at])[exact], abs=0.02)
        assert library.vectors_at(found.rows) == pytest.approx(vectors[exact])


def test_words_and_nearness_stay_inside_the_reports_asked_for(large):
    library, made, vectors = large
    second = library.report("two").id
    assert {p.report for p in library.passages_at(library.nearest(vectors[0], 50, [second]).rows)} == {second}
    assert ids_at(library, library.best_words(["字7"], 5, [second]).rows) == [made[COUNT // 2 + 7].id]
    assert len(library.best_words(["字7"], 5).rows) == 2
    assert len(library.best_words(["字7"], 5, []).rows) == len(library.best_words([], 5).rows) == 0


def test_indexes_are_kept_and_take_in_what_comes_later(large):
    library, _, vectors = large
    later = Report("桥", "three")
    library.add([Extraction(later)])
    library.put_passages(pieces(later), ["桥 字新"], -vectors[:1], [[]])
    library.reindex()
    (passage,) = pieces(later)
    assert ids_at(library, library.best_words(["字新"], 5).rows) == [passage.id]
    assert ids_at(library, library.nearest(-vectors[0], 1).rows) == [passage.id]
    library.delete("three")
    assert library.nearest(-vectors[0], 1).scores < 0.9
    assert len(library.best_words(["字新"], 5).rows) == 0


def test_columns_come_with_their_rows(large):
    library, made, _ = large
    table = library.passage_columns(["id", "numbers"])
    rows = dict(zip(table["id"].to_pylist(), table["_rowid"].to_pylist(), strict=True))
    assert ids_at(library, np.array([rows[made[3].id], rows[made[900].id]], dtype=np.uint64)) == [
        made[3].id,
        made[900].id,
    ]
    assert table["numbers"].to_pylist()[5] in [[float(p.start)] for p in made]
    assert library.passages_at(np.array([], dtype=np.uint64)) == []


def test_a_library_without_passages_finds_nothing(tmp_path):
    library = Library.create(tmp_path / "library")
    assert len(library.nearest(np.ones(4, dtype=np.float32), 5).rows) == 0
    assert len(library.best_words(["茶"], 5).rows) == 0
    assert library.passage_columns(["report", "numbers"]).column_names == ["report", "numbers", "_rowid"]

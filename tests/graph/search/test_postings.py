import numpy as np
import pyarrow as pa

from graph.search.postings import Lists, Names, Postings, encoded, ranges

VILLAGES = ["石榴坳", "石榴坳村", "竹影村", "村", "cafe", "𠮷野村", ""]


def names(texts=VILLAGES):
    return Names(pa.array(texts, pa.string()))


def test_a_name_is_found_by_what_it_says_alone():
    known = names()
    assert [known.find(text) for text in VILLAGES] == list(range(len(VILLAGES)))
    assert [known.find(text) for text in ("石榴", "石榴坳村村", "坳村", "Cafe", "野")] == [-1] * 5
    assert [known[at] for at in range(len(known))] == VILLAGES


def test_names_are_found_inside_a_text_longest_first():
    assert names().inside("去石榴坳村和𠮷野村的cafe", 2, 40) == [(1, 5, 1), (1, 4, 0), (6, 9, 5), (10, 14, 4)]
    assert names().inside("去石榴坳村", 2, 3) == [(1, 4, 0)]
    assert names().inside("", 2, 40) == []
    assert names([]).inside("石榴坳村", 2, 40) == []


def test_a_slice_of_an_array_is_read_as_it_stands():
    assert Names(pa.array(["甲", "乙", "丙"], pa.string())[1:]).find("丙") == 1


def test_hundreds_of_thousands_of_names_that_share_most_letters_stay_apart():
    many = [f"{a}{b}{c}{d}村" for a in "东南西北中" for b in "石竹梅兰菊" for c in "山水田林" for d in range(1000)]
    known = names(many)
    assert [known.find(name) for name in many[::997]] == list(range(0, len(many), 997))
    assert known.find("东石山1000村") == -1


def test_postings_give_units_ascending_each_once():
    postings = Postings(names(), np.array([1, 0, 1, 1]), np.array([7, 3, 2, 7]))
    assert postings["石榴坳村"].tolist() == [2, 7]
    assert postings["石榴坳"].tolist() == [3]
    assert postings["竹影村"].tolist() == postings["无名"].tolist() == []
    assert "竹影村" in postings
    assert "无名" not in postings


def test_lists_of_a_range_of_places_are_joined():
    lists = Lists(4, np.array([0, 1, 1, 3]), np.array([5, 2, 5, 9]))
    assert lists.between(0, 2).tolist() == [2, 5]
    assert lists.between(2, 3).tolist() == []
    assert Lists(2, np.array([], dtype=np.int64), np.array([], dtype=np.int64))[1].tolist() == []


def test_columns_are_encoded_against_one_list_of_texts():
    texts, (left, right) = encoded([pa.chunked_array([["甲", "乙"], ["甲"]]), pa.chunked_array([["丙", "乙"]])])
    assert [texts[at].as_py() for at in left] == ["甲", "乙", "甲"]
    assert [texts[at].as_py() for at in right] == ["丙", "乙"]
    assert len(texts) == 3
    assert [len(part) for part in encoded([pa.chunked_array([], pa.string())] * 2)[1]] == [0, 0]


def test_ranges_run_on():
    assert ranges(np.array([3, 9, 0]), np.array([2, 0, 3])).tolist() == [3, 4, 0, 1, 2]
    assert ranges(np.array([], dtype=np.int64), np.array([], dtype=np.int64)).tolist() == []

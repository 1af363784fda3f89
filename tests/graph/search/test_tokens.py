import pytest

from graph.errors import UsageError
from graph.records import Passage
from graph.search.query import numbers, parse
from graph.search.snippets import Piece, densest, snippet
from graph.search.tokens import column, is_chinese, terms


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("党建联盟", ["党建", "建联", "联盟"]),
        ("黨建聯盟", ["党建", "建联", "联盟"]),
        ("茶", ["茶"]),
        ("ＡＢＣ Village-24", ["abc", "village", "24"]),
        ("1,200户、3.5万", ["1200", "户", "3.5", "万"]),
        ("红\x00旗\n村", ["红旗", "村"]),
        ("“ ” ( ) * ?", []),
    ],
)
def test_terms(text, expected):
    assert terms(text) == expected


def test_the_column_is_joined_by_blanks():
    assert column("合作社 2.0 co-op") == "合作 作社 2.0 co op"


@pytest.mark.parametrize(
    ("text", "chinese"),
    [
        ("村民怎么分红", True),
        ("villages share profits", False),
        ("the 党 in a long English question about villages", False),
    ],
)
def test_language(text, chinese):
    assert is_chinese(text) is chinese


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,200户", [1200.0]),
        ("1.3万元", [13000.0]),
        ("2千万", [2e7]),
        ("两千万", [2e7]),
        ("一百三十几个村", [130.0]),
        ("十二个", [12.0]),
        ("三亿五千万", [3.5e8]),
        ("2 million yuan", [2e6]),
        ("二〇二三年", []),
        ("万寿湖", []),
    ],
)
def test_numbers(text, expected):
    assert numbers(text) == expected


def test_what_a_question_stands_for():
    query = parse("Which universities helped villages across the border, 300 households?")
    assert (query.types, query.partners, query.numbers, query.chinese) == (
        {"neighbour"},
        {"University"},
        {300.0},
        False,
    )
    query = parse("薄弱村飞地抱团，农科院指导")
    assert (query.types, query.partners, query.chinese) == ({"enclave"}, {"University"}, True)


@pytest.mark.parametrize("text", ["", "  ", "“”、。", "\x00\x01"])
def test_a_question_without_words_is_refused(text):
    with pytest.raises(UsageError, match="no word"):
        parse(text)


def test_snippet_marks_what_matches_and_loses_nothing():
    passage = Passage("r", "", 0, 12, "兩村黨建聯盟合修水渠。")
    pieces = snippet(passage, "党建联盟 水渠")
    assert pieces == [
        Piece("兩村", False),
        Piece("黨建聯盟", True),
        Piece("合修", False),
        Piece("水渠", True),
        Piece("。", False),
    ]
    assert snippet(passage, "茶叶") == [Piece(passage.text, False)]
    assert snippet(passage, "*\"'") == [Piece(passage.text, False)]


def test_snippets_mark_the_name_that_was_meant_and_no_empty_words():
    passage = Passage("r", "", 0, 11, "我们怎么样的石榴坳村")
    assert snippet(passage, "石榴拗村怎么样的", ("石榴坳村",)) == [
        Piece("我们怎么样的", False),
        Piece("石榴坳村", True),
    ]


def test_a_single_character_marks_inside_words_only_where_it_is_all_that_is_asked():
    passage = Passage("r", "", 0, 6, "茶农300户种茶")
    assert [piece.text for piece in snippet(passage, "茶") if piece.is_match] == ["茶", "茶"]
    assert [piece.text for piece in snippet(passage, "300户农") if piece.is_match] == ["300"]


def test_the_densest_stretch_begins_a_little_before_a_match():
    pieces = [
        Piece("甲" * 50, False),
        Piece("渡口", True),
        Piece("乙" * 200, False),
        Piece("渡口纠纷", True),
        Piece("丙" * 100, False),
    ]
    assert densest(pieces, 60, 10) == 242
    assert densest(pieces[:2], 60, 10) == 0
    assert densest([Piece("甲" * 200, False)], 60, 10) == 0
    assert densest([], 60, 10) == 0

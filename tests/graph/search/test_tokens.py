import pytest

from graph.errors import UsageError
from graph.records import Passage
from graph.search.query import numbers, parse
from graph.search.snippets import Piece, snippet
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

import pytest

from graph.search.nearby import Near, NearNames, Slip, slip

NAMES = ["石榴坳村", "竹影村", "云岭茶香党建联盟", "月湾县", "青禾米业有限公司", "林月", "alpha seed"]


@pytest.fixture(scope="module")
def near():
    return NearNames(NAMES)


def never(pair):
    return False


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("石榴拗村", Slip("wrong", 2)),
        ("石榴村", Slip("missing", 2)),
        ("石榴坳", Slip("missing", 3)),
        ("石榴坳口村", Slip("extra", 3)),
        ("榴石坳村", Slip("swapped", 0)),
        ("石榴坳村", None),
        ("石柳拗村", None),
        ("", None),
    ],
)
def test_slips(written, expected):
    assert slip(written, "石榴坳村") == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("石榴拗村", ["石榴坳村"]),
        ("竹景村", ["竹影村"]),
        ("云岭茶香党建盟联", ["云岭茶香党建联盟"]),
        ("青禾米业有限公", ["青禾米业有限公司"]),
        ("alpha sead", ["alpha seed"]),
        ("石榴坳村", []),
        ("林星", []),
        ("村", []),
        ("\ud800\x00", []),
    ],
)
def test_names_one_slip_away(near, written, expected):
    assert [name for name, _ in near.near(written)] == expected


def test_slips_inside_a_question(near):
    found = near.near_in("想看石榴拗村和云岭差香党建联盟", never)
    assert found == [
        Near(2, 6, "石榴拗村", "石榴坳村", Slip("wrong", 2)),
        Near(7, 15, "云岭差香党建联盟", "云岭茶香党建联盟", Slip("wrong", 2)),
    ]


@pytest.mark.parametrize(
    "question",
    [
        "月弯县有什么",  # what is left of the name is too little inside a sentence
        "石榴坳村有什么",  # written right
        "石榴坳县的事",  # another last word after the whole name
    ],
)
def test_what_is_no_slip_inside_a_question(near, question):
    taken = [(0, 4)] if question.startswith("石榴坳村") else []
    assert [one.name for one in near.near_in(question, never, taken)] in (
        [],
        ["石榴坳村"] if "县的" in question else [],
    )


def test_words_that_the_library_knows_are_no_slip(near):
    assert near.near_in("石榴拗村怎样", lambda pair: pair in ("榴拗", "拗村")) == []
    assert [one.name for one in near.near_in("石榴拗村怎样", lambda pair: pair == "拗村")] == ["石榴坳村"]


def test_a_name_cut_short_is_meant(near):
    assert [(one.written, one.name) for one in near.near_in("石榴坳有茶", never)] == [("石榴坳", "石榴坳村")]


def test_no_names_and_no_text():
    assert NearNames([]).near("石榴坳村") == []
    assert NearNames([]).near_in("石榴坳村", never) == []
    assert NearNames(NAMES).near_in("", never) == []

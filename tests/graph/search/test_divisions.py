import pytest

from graph.search import divisions


@pytest.mark.parametrize(
    ("called", "codes"),
    [
        ("浙江省", ("33",)),
        ("浙江", ("33",)),
        ("海南", ("46",)),
        ("海南区", ("150303",)),
        ("江苏省南京市鼓楼区", ("320106",)),
        ("南京鼓楼", ("320106",)),
        ("北京市朝阳区", ("110105",)),
        ("干安县", ("220723",)),  # folded, as a question is
        ("无此县", ()),
        ("市辖区", ()),
        ("", ()),
    ],
)
def test_codes_that_a_name_means(called, codes):
    assert divisions.codes_called(called) == codes


def test_namesakes_are_all_given():
    assert set(divisions.codes_called("鼓楼区")) == {"320106", "320302", "350102", "410204"}


@pytest.mark.parametrize(
    ("code", "short"), [("330200000000", "3302"), ("330200", "3302"), ("330226104000", "330226104"), ("33", "33")]
)
def test_padding_is_cut(code, short):
    assert divisions.prefix(code) == short


def test_names_gaps_and_what_holds_what():
    assert divisions.name("330226") == "宁海县"
    assert (divisions.name("1101"), divisions.is_gap("1101")) == ("", True)
    assert (divisions.name("999999"), divisions.is_gap("999999")) == ("", False)
    assert [divisions.parent(code) for code in ("330226104", "330226", "3302", "33")] == ["330226", "3302", "33", ""]
    assert divisions.forms("紫藤街道") == ("紫藤街道", "紫藤")
    assert divisions.forms("辉县") == ("辉县",)

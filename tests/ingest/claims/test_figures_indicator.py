"""What figures are called, by the model that ships."""

import pytest

from ingest.claims.figures_indicator import indicators
from ingest.claims.figures_quantities import quantities
from ingest.claims.figures_scene import Scene


def said(text: str) -> list[str]:
    return indicators(Scene(text, ()), [q for q in quantities(text) if q.unit not in ("", "年")])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("截至目前，共吸纳从业人员320人。", ["吸纳从业人员"]),
        ("去年实现村集体经营性收入80万元。", ["村集体经营性收入"]),
        ("联盟已带动新增就业岗位150个。", ["带动新增就业岗位"]),
        ("覆盖周边2个乡镇的居民。", ["覆盖周边乡镇的居民"]),
        ("退休教师来了20天。", ["退休教师来"]),
        ("2019—2021年到位资金300万元。", ["到位资金"]),
        ("带着6名研究生住下。", ["研究生"]),
        ("他今年61岁。", ["年龄"]),
        ("60户。", ["户数"]),
        ("同比增长12%。", ["同比增长"]),
        ("联盟建起冷库3座、凉亭4座，硬化道路5.6公里。", ["冷库", "凉亭", "硬化道路"]),
    ],
)
def test_indicator_is_short_and_in_the_words_around(text: str, words: list[str]) -> None:
    assert said(text) == words


def test_the_noun_counted_may_stand_behind_the_number() -> None:
    assert said("基地栽下800株果苗。") == ["栽下果苗"]


def test_figures_beside_one_another_lend_no_words() -> None:
    assert said("片区人口830户3449人。") == ["片区人口", "人口"]


def test_both_ends_of_a_change_have_one_indicator() -> None:
    assert said("办证时间由45天压到11天。") == ["办证时间", "办证时间"]


def test_one_more_of_the_same_keeps_the_indicator() -> None:
    assert said("集体收入去年到了58万元，前年不及40万元。") == ["集体收入", "集体收入"]


TABLE = """单位 村子 帮扶资金 产业
水利局 柳坡村 45万元 豆腐
林业局 坪桥村 30万元 竹编
"""


def test_a_table_is_read_by_its_columns() -> None:
    assert said(TABLE) == ["帮扶资金", "帮扶资金"]


def test_a_row_without_columns_is_read_by_its_first_cell() -> None:
    assert said("办班期数 甲县 39期 乙县 12期") == ["办班期数", "办班期数"]


def test_without_figures_nothing_is_said() -> None:
    assert indicators(Scene("联盟成立了。", ()), []) == []

import pytest

from ingest.claims.figures_indicator import indicator
from ingest.claims.figures_quantities import quantities
from ingest.claims.figures_scene import Scene


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("截至目前，共吸纳从业人员320人。", "吸纳从业人员"),
        ("联盟已带动新增就业岗位150个。", "新增就业岗位"),
        ("联盟打造出艺术共享空间12个。", "艺术共享空间"),
        ("去年实现村集体经营性收入80万元。", "村集体经营性收入"),
        ("覆盖周边2个乡镇的居民。", "覆盖周边乡镇的居民"),
        ("从县外引进的有88万元。", "县外引进的资金"),
        ("片区人口830户3449人。", "片区人口"),
    ],
)
def test_indicator_is_a_phrase_of_whole_words(text: str, said: str):
    quantity = next(q for q in quantities(text))
    assert indicator(quantity, Scene(text, ())) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("他今年61岁。", "年龄"),
        ("去年卖了47万元。", "卖出销售收入"),
        ("豆子每斤卖到6元。", "豆子每斤卖到价"),
        ("每户分到2.6万元。", "每户分到分红"),
        ("涉及三村211户。", "涉及三村户数"),
        ("退休教师来了20天。", "退休教师来天数"),
        ("同比增长12%。", "同比增长"),
        ("损耗由45天压到11天。", "损耗"),
        ("2019—2021年到位资金300万元。", "到位资金"),
    ],
)
def test_what_the_unit_says_is_said(text: str, said: str):
    assert indicator(next(q for q in quantities(text) if q.unit not in ("", "年")), Scene(text, ())) == said


def test_one_more_of_the_same_keeps_the_indicator():
    text = "集体收入去年到了58万元，前年不及40万元。"
    first, second = quantities(text)
    said = indicator(first, Scene(text, ()))
    assert indicator(second, Scene(text, ()), first.end, said) == said == "集体收入到"


TABLE = """单位 村子 帮扶资金 产业
水利局 柳坡村 45万元 豆腐
林业局 坪桥村 30万元 竹编
"""


def test_a_table_is_read_by_its_columns():
    scene = Scene(TABLE, ())
    assert [indicator(q, scene) for q in quantities(TABLE)] == ["帮扶资金", "帮扶资金"]


def test_a_row_without_columns_is_read_by_its_first_cell():
    text = "办班期数 甲县 39期 乙县 12期"
    scene = Scene(text, ())
    assert [indicator(q, scene) for q in quantities(text)] == ["办班期数", "办班期数"]

"""The grammar of quantities."""

import pytest

from ingest.claims.figures_quantities import quantities, unit_kinds


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("接待游客5万多人次", [(50_000, "人次", "at_least")]),
        ("收入近9000万元", [(90_000_000, "元", "about")]),
        ("装电表1100余只", [(1100, "只", "at_least")]),
        ("总投资2.3亿元", [(230_000_000, "元", "exact")]),
        ("雇了四十来人", [(40, "人", "about")]),
        ("不足20万元", [(200_000, "元", "at_most")]),
        ("两平方公里出头", [(2, "平方公里", "at_least")]),
        ("降到每月30件左右", [(30, "件", "about")]),
        ("控制在3个工作日以内", [(3, "个工作日", "at_most")]),
        ("分成三成多", [(30, "%", "at_least")]),
        ("占一成五", [(15, "%", "exact")]),
        ("一半", [(50, "%", "exact")]),
        ("过半", [(50, "%", "at_least")]),
        ("挂果的不到三分之一", [(33.3, "%", "at_most")]),
        ("翻了一番", [(2, "倍", "exact")]),
        ("翻了两番还多", [(4, "倍", "at_least")]),
        ("每斤三毛钱", [(0.3, "元", "exact")]),
        ("每件八块五", [(8.5, "块", "exact")]),
        ("每斤比他多1块5", [(1.5, "块", "exact")]),
        ("保底九毛二", [(0.92, "元", "exact")]),
        ("种了大半辈子土豆", []),
        ("走了大半天", []),
        ("引进2至3家", [(2, "家", "at_least"), (3, "家", "at_most")]),
        ("月工资2600元至3400元", [(2600, "元", "at_least"), (3400, "元", "at_most")]),
        ("由2%到9%", [(2, "%", "exact"), (9, "%", "exact")]),
        ("来了六七百人", [(600, "人", "at_least"), (700, "人", "at_most")]),
        ("不低于投资额的8%", [(8, "%", "at_least")]),
        ("年收入不超3万元", [(30_000, "元", "at_most")]),
        ("都没超过2成", [(20, "%", "at_most")]),
        ("畝產不足半噸", [(0.5, "噸", "at_most")]),
        ("投放母羊１２００余只", [(1200, "只", "at_least")]),
    ],
)
def test_value_unit_and_bound(text, found):
    assert [(q.value, q.unit, q.bound) for q in quantities(text)] == found


def test_offsets_hold_bound_words_and_unit():
    text = "去年村里收入近9000万元，翻了一番。"
    assert [text[q.start : q.end] for q in quantities(text)] == ["近9000万元", "翻了一番"]


def test_an_ordinal_pair_is_no_range():
    assert all(q.bound == "exact" for q in quantities("第二三期"))


def test_every_unit_has_a_kind():
    assert all(unit and kind for unit, kind in unit_kinds().items())

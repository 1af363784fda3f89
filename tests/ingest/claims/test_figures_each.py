"""Sums of which each of several has one."""

import pytest

from graph.records import Mention
from ingest.claims.figures_cast import Cast
from ingest.claims.figures_each import members
from ingest.claims.figures_quantities import quantities
from ingest.claims.figures_scene import Scene

NAMES = {"柳坡村": "Village", "坪桥村": "Village", "杏岭村": "Village", "柳坡镇": "Division", "禾田公司": "Enterprise"}


def each(text: str) -> list[str]:
    mentions = [
        Mention("r", at, at + len(name), kind, name, name)
        for name, kind in NAMES.items()
        for at in range(len(text))
        if text.startswith(name, at)
    ]
    cast = Cast(Scene(text, mentions))
    return [cast.mentions[thing].name for thing in members(quantities(text)[-1], cast)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("柳坡村、坪桥村各出资20万元。", ["柳坡村", "坪桥村"]),
        ("柳坡村和坪桥村今年各分红3万元。", ["柳坡村", "坪桥村"]),
        ("柳坡村、坪桥村、杏岭村相邻，三村各出20万元。", ["柳坡村", "坪桥村", "杏岭村"]),
        ("柳坡村、坪桥村、杏岭村相邻，两个村各得5万元。", ["坪桥村", "杏岭村"]),
        ("柳坡村、坪桥村相邻，三村各出20万元。", []),
        ("柳坡村出资20万元。", []),
        ("禾田公司办成各类培训20场。", []),
        ("柳坡镇柳坡村各出20万元。", []),
    ],
)
def test_members(text, names):
    assert each(text) == names

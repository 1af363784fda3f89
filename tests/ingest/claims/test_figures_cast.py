"""Where the things of an invented report are spoken of, by name and by common nouns."""

import pytest

from graph.records import Mention
from ingest.claims.figures_cast import Cast, main_things
from ingest.claims.figures_references import references
from ingest.claims.figures_scene import Scene

NAMES = {
    "柳坡村": "Village",
    "坪桥村": "Village",
    "梧叶律师事务所": "Enterprise",
    "柳坡豆腐工坊": "Place",
    "豆苗联盟": "Alliance",
    "温秀兰": "Person",
    "坪桥豆制品合作社": "Enterprise",
}


def scene_of(text: str) -> Scene:
    found = []
    for name, kind in NAMES.items():
        at = text.find(name)
        while at >= 0:
            found.append(Mention("r", at, at + len(name), kind, name, name))
            at = text.find(name, at + 1)
    return Scene(text, found)


@pytest.mark.parametrize(
    ("text", "word", "names"),
    [
        ("柳坡村临着河。该村集体收入不高。", "该村", ["柳坡村"]),
        ("柳坡村、坪桥村相邻，村里有山。", "村里", ["坪桥村", "柳坡村"]),
        ("梧叶律师事务所来了人，律所捐了钱。", "律所", ["梧叶律师事务所"]),
        ("柳坡豆腐工坊开张，工坊雇了人。", "工坊", ["柳坡豆腐工坊"]),
        ("豆苗联盟成立后，联盟买了机器。", "联盟", ["豆苗联盟"]),
        ("温秀兰回了家，她开了店。", "她", ["温秀兰"]),
        ("坪桥豆制品合作社有地，合作社分了红。", "社里", []),
    ],
)
def test_common_nouns_stand_for_what_was_named(text, word, names):
    scene = scene_of(text)
    found = [r for r in references(text, scene.mentions, scene.owner) if text[r.start : r.end] == word]
    assert [r.name for r in found] == names
    assert [r.rank for r in found] == list(range(len(names)))


def test_they_are_not_a_single_person():
    text = "温秀兰回了家，他们开了店。"
    scene = scene_of(text)
    assert references(text, scene.mentions, scene.owner) == []


@pytest.mark.parametrize(
    ("clause", "name"),
    [
        ("柳坡村的坪桥豆制品合作社收了豆子", "坪桥豆制品合作社"),
        ("去年，柳坡村收了豆子", None),
        ("去年柳坡村收了豆子", "柳坡村"),
        ("向柳坡村拨了款", None),
    ],
)
def test_grammatical_subject_of_a_clause(clause, name):
    cast = Cast(scene_of(clause))
    index = cast.subject(0)
    assert (cast.mentions[cast.spoken[index].thing].name if index >= 0 else None) == name


def test_manner_says_what_stands_around():
    cast = Cast(scene_of("柳坡村、坪桥村的梧叶律师事务所"))
    first, second = cast.manner(0), cast.manner(1)
    assert (first.opens, first.listed, chr(first.behind)) == (3, 1, "、")
    assert (second.listed, second.modifies) == (2, 7)


def test_main_things_are_the_most_often_named():
    text = "柳坡村、坪桥村、坪桥村、豆苗联盟。"
    cast = Cast(scene_of(text))
    assert {kind: cast.mentions[t].name for kind, t in main_things(cast, (0, len(text))).items()} == {
        "Village": "坪桥村",
        "Alliance": "豆苗联盟",
    }

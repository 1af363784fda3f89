"""What cases are compared by: words of trades and ways of working, numbers of scale, traits taken together."""

import pytest

from graph.compare.likeness import MOST, features, weights_with
from graph.compare.likeness_scale import measured
from graph.compare.likeness_spread import Spread, cosine, shared
from graph.compare.likeness_words import KINDS, counted, entries, labels
from graph.compare.traits import Traits, merged
from graph.ontology import ontology
from graph.text import fold


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("七个村、三千余户村民", {"villages": 7, "households": 3000}),
        ("共1.2万多人，流转土地1,200余亩", {"people": 12000, "land": 1200}),
        ("投入300多万元，后来又投入2亿元", {"money": 2e8}),
        ("20公顷茶园", {"land": 300}),
        ("12 villages pool 3 million yuan", {"villages": 12, "money": 3e6}),
        ("一个村的事", {}),
        ("没有数字", {}),
    ],
)
def test_scale(said, found):
    assert measured(fold(said)) == found


@pytest.mark.parametrize(
    ("kind", "said", "found"),
    [
        ("industries", "茶园里采茶，茶厂制茶", {"tea": 4}),
        ("industries", "tea gardens and homestays", {"tea": 1, "tourism": 1}),
        ("industries", "steam", {}),
        ("mechanisms", "入股分红，轮值", {"shares": 2, "rotation": 1}),
        ("terrain", "深山里的古村", {"mountain": 1, "old": 1}),
        ("problems", "土地撂荒，矛盾纠纷多", {"idle": 1, "disputes": 2}),
    ],
)
def test_words(kind, said, found):
    assert counted(kind, fold(said)) == found


def test_every_entry_has_words_and_labels_in_both_languages():
    for kind in KINDS:
        for code, entry in entries()[kind].items():
            assert entry.words, code
            assert entry.latin, code
            assert entry.zh, code
            assert entry.en.isascii(), code
            assert entry.relations <= set(ontology().relations), code
    assert labels("industries", ["tea", "fruit"]) == ("茶、水果", "tea, fruit")


def test_weights():
    declared = weights_with()
    assert list(declared) == ["type", "industry", "partners", "mechanism", "setting", "scale", "names", "text"]
    assert all(0 < weight <= MOST for weight in declared.values())
    assert weights_with({"scale": 0.5}) == {**declared, "scale": 0.5}
    assert all(f.zh and f.en and f.meaning_zh and f.meaning_en for f in features().values())


def test_common_words_weigh_less():
    cases = [Traits(terms={"联盟": 1, "茶厂": 1}), Traits(terms={"联盟": 1, "茶厂": 1}), Traits(terms={"联盟": 1})]
    spread = Spread([*cases, Traits(terms={"联盟": 1, "骑手": 3})])
    weights, _ = spread.weighed("terms", cases[0])
    assert weights["联盟"] < weights["茶厂"]
    assert cosine(*(spread.weighed("terms", one) for one in cases[:2])) == pytest.approx(1)
    assert shared(*(spread.weighed("terms", one) for one in cases[:2])) == ["茶厂", "联盟"]
    assert cosine(spread.weighed("terms", cases[0]), spread.weighed("terms", Traits())) == 0


def test_cases_taken_together():
    one = Traits(types=frozenset({"mentor"}), industries={"tea": 2}, rank="village", scale={"land": 100.0})
    other = Traits(types=frozenset({"service"}), industries={"tea": 1, "art": 1}, scale={"land": 300.0, "money": 5.0})
    both = merged([one, other])
    assert both.types == {"mentor", "service"}
    assert both.industries == {"tea": 3, "art": 1}
    assert both.rank == "village"
    assert both.scale == {"land": 300.0, "money": 5.0}

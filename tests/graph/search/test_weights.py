import numpy as np
import pytest

from graph.search.features import features
from graph.search.query import parse
from graph.search.ranking import rank
from graph.search.units import units
from graph.search.weights import FEATURES, KINDS, Table, columns, kinds, standardised, table


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("石榴坳村", ("named", "short")),
        ("给骑手送热水的三十八家商铺在哪里", ("counted",)),
        ("骑手歇脚", ("short",)),
    ],
)
def test_kinds_of_questions(library, letters, question, expected):
    ranking = rank(library, units(library), question, letters)
    assert kinds(ranking.reached, list(ranking.features)) == expected


def test_weights_of_a_kind_are_added(library, letters):
    weights = Table({"words": 1.0, "name": 0.5}, {"named": {"words": -0.25, "meaning": 0.5}, "short": {"name": 1.0}})
    ranking = rank(library, units(library), "石榴坳村", letters)
    worth = weights.of(ranking.reached, list(ranking.features))
    assert worth == {**dict.fromkeys(FEATURES, 0.0), "words": 0.75, "name": 1.5, "meaning": 0.5}


def test_columns_have_a_value_for_every_unit(library, letters):
    known = units(library)
    ranking = rank(library, known, "茶叶科学研究所的1200万元", letters)
    found = columns(ranking.reached, features(parse("茶叶科学研究所的1200万元"), known, ranking.reached.units))
    assert set(found) == set(FEATURES)
    assert {len(values) for values in found.values()} == {4}
    assert abs(found["meaning"].mean()) < 1e-9


def test_standard_deviations():
    assert standardised(np.array([1.0, 2.0, 3.0])).round(3).tolist() == [-1.225, 0.0, 1.225]
    assert standardised(np.array([0.4])).tolist() == [1.0]
    assert standardised(np.array([0.0, 0.0])).tolist() == [0.0, 0.0]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_learned_weights_are_whole(language):
    learned = table(language)
    assert set(learned.always) <= set(FEATURES)
    assert min(learned.always.values()) >= 0
    assert learned.always["meaning"] > 0
    assert set(learned.kinds) == set(KINDS)

import tomllib

import numpy as np
import pytest

from graph.search.training.ranking import Example, as_toml, examples, fit
from graph.search.training.visits import Question
from graph.search.weights import FEATURES, KINDS, Table

QUESTIONS = [
    Question("石榴坳村合修水渠", "tea#0", "", "zh"),
    Question("外卖骑手在哪里歇脚", "riders#0", "", "zh"),
    Question("薄弱村合建厂房分红", "enclave#0", "", "zh"),
]


def test_examples_hold_what_the_ranking_sees(library, letters):
    found = examples(library, QUESTIONS, letters)
    assert [one.right for one in found] == [3, 2, 1]
    assert found[0].features.shape == (4, len(FEATURES))
    assert found[0].kinds.tolist() == [1, 0, 1]
    assert found[0].inputs.shape == (4, len(FEATURES) * (1 + len(KINDS)))


def test_what_tells_the_right_case_gets_weight():
    rng = np.random.default_rng(1)
    learned = []
    for right in range(12):
        features = np.zeros((12, len(FEATURES)))
        features[:, 0] = rng.normal(size=12)  # words say nothing
        features[right, 2] = 2.0  # meaning says it all
        learned.append(Example(features, np.zeros(len(KINDS)), right))
    found = fit(learned)
    assert found.always["meaning"] > 1
    assert found.always.get("words", 0.0) < found.always["meaning"] / 5
    assert all(weight >= 0 for weight in found.always.values())


def test_weights_are_written_as_they_are_read():
    text = as_toml({"zh": Table({"words": 0.3}, {"named": {"words": -0.1}}), "en": Table({"meaning": 1.0}, {})})
    data = tomllib.loads(text)
    assert data["zh"]["always"] == {"words": 0.3}
    assert data["zh"]["named"] == {"words": -0.1}
    assert data["en"]["always"] == {"meaning": pytest.approx(1.0)}

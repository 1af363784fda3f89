"""The numpy network computes what the torch network was trained to compute."""

from itertools import pairwise

import numpy as np
import pytest
import torch

from ingest.mentions.lexical import LexicalModel
from ingest.mentions.tagger import Tagger, character_table, features
from ingest.training.tagger_narrow import narrowed
from ingest.training.tagger_network import NEVER, Settings, TaggerNetwork, grammar, label_names

TEXTS = ["青石岭村与海川农业公司签约。", "宋佳音", "二○二三年春天，老屋前的油菜花开了。"]
LABELS = label_names(["Village", "Enterprise"])


@pytest.fixture
def network():
    torch.manual_seed(3)
    lexical = LexicalModel.load()
    embedding = np.random.default_rng(3).normal(size=(40, 128)).astype(np.float32)
    made = TaggerNetwork(embedding, len(lexical.tags), LABELS, Settings(width=12))
    with torch.no_grad():
        for weight in (made.transitions, made.start, made.stop):
            weight.normal_()
    return made.eval()


@pytest.fixture
def tagger(network):
    letters = [chr(0x4E00 + k) for k in range(39)]
    lexical = LexicalModel.load()
    arrays = network.arrays(["", *letters])
    every = arrays["embedding_weight"].shape[1]  # all directions: then nothing is lost
    return Tagger(narrowed(arrays, TEXTS, lexical, every), lexical)


def read(network, texts):
    """Emissions of the torch network, a row for each window in the order of `texts`."""
    seen = features(texts, character_table(["", *"村农业公司签约春天老屋前油菜花开"]), LexicalModel.load())
    found, at = [], 0
    for count in seen.counts:
        piece = slice(at, at + count)
        at += count
        states = torch.from_numpy(seen.states[seen.units[piece]])[None]
        rows = torch.from_numpy(seen.characters[piece])[None]
        shapes = torch.from_numpy(seen.shapes[piece])[None]
        found.append(network.emissions(rows, shapes, states, torch.tensor([count])))
    return seen, found


def torch_marginals(network, emissions):
    """The CRF's marginals as the gradient of its log partition function by the emissions."""
    emissions = emissions.detach().requires_grad_()
    network._total(emissions, torch.tensor([emissions.shape[1]])).sum().backward()
    return emissions.grad[0].numpy()


def test_numpy_marginals_equal_torch(network, tagger):
    seen, emissions = read(network, TEXTS)
    expected = np.concatenate([torch_marginals(network, scores) for scores in emissions])
    assert tagger.marginals(seen) == pytest.approx(expected, abs=5e-3)  # the weights are kept in float16


def test_loss_is_nothing_where_every_label_is_allowed(network):
    _, (emissions, *_) = read(network, TEXTS)
    counts = torch.tensor([emissions.shape[1]])
    anything = torch.ones(emissions.shape, dtype=torch.bool)
    assert network.loss(emissions, anything, counts).item() == pytest.approx(0.0, abs=1e-4)


def test_grammar_lets_spans_only_open_and_close_properly():
    follows, starts, stops = grammar(LABELS)
    number = {label: k for k, label in enumerate(LABELS)}

    def allowed(*path):
        steps = all(follows[number[a], number[b]] == 0 for a, b in pairwise(path))
        return bool(steps and starts[number[path[0]]] == 0 and stops[number[path[-1]]] == 0)

    assert allowed("O", "B-Village", "I-Village", "E-Village", "S-Enterprise")
    assert not allowed("B-Village", "E-Enterprise")
    assert not allowed("B-Village", "O")
    assert not allowed("I-Village", "E-Village")
    assert not allowed("O", "B-Village")
    assert follows.min() == NEVER

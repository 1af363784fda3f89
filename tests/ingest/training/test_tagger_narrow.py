"""A tagger made cheaper says what the trained network would say."""

import numpy as np
import pytest
import torch

from ingest.mentions.lexical import LexicalModel
from ingest.mentions.tagger import Tagger, character_table, features
from ingest.models import Arrays, unpack_words
from ingest.training.tagger_narrow import narrowed
from ingest.training.tagger_network import Settings, TaggerNetwork, label_names
from ingest.training.train_tagger import vocabulary

TEXTS = ["清源县石岭村与南坡村结对，合办豆腐坊，去年增收30万元。", "村支书钱大海说，三个村抱团闯市场。"]


@pytest.fixture(scope="module")
def arrays() -> Arrays:
    torch.manual_seed(3)
    lexical = LexicalModel.load()
    characters, embedding = vocabulary(lexical)
    labels = label_names(["Village", "Person"])
    return TaggerNetwork(embedding, len(lexical.tags), labels, Settings()).arrays(characters)


def test_with_enough_directions_nothing_is_lost(arrays: Arrays) -> None:
    lexical = LexicalModel.load()
    columns = arrays["embedding_weight"].shape[1]
    full = narrowed(arrays, TEXTS, lexical, columns)
    few = narrowed(arrays, TEXTS, lexical, 64)  # more than the two texts have characters
    seen = features(TEXTS, character_table(unpack_words(arrays["characters"])), lexical)
    whole, part = (Tagger(made, lexical).marginals(seen) for made in (full, few))
    np.testing.assert_allclose(part, whole, atol=0.02)


def test_the_file_holds_narrow_tables(arrays: Arrays) -> None:
    made = narrowed(arrays, TEXTS, LexicalModel.load(), 16)
    assert {name: made[name].shape[-1] for name in ("character", "shape", "state_weight")} == dict.fromkeys(
        ("character", "shape", "state_weight"), 16
    )
    assert made["input_weight"].shape[:2] == (2, 16)
    assert "embedding_weight" not in made

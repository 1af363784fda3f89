import numpy as np
import pytest

from graph.errors import EncoderError
from graph.search.overlay import apply_overlay, card, digest, write_overlay

BEFORE = {
    "layer.weight": np.arange(12, dtype=np.float32).reshape(3, 4),
    "layer.bias": np.zeros(3, dtype=np.float32),
    "untouched": np.ones((2, 2), dtype=np.float32),
}


@pytest.fixture
def overlay(tmp_path):
    after = {name: value.copy() for name, value in BEFORE.items()}
    after["layer.weight"][1] += np.array([0.127, -0.064, 0.0, 0.001], dtype=np.float32)
    after["layer.bias"][2] = 0.25
    write_overlay(tmp_path / "some.npz", BEFORE, after, {"base": "石榴"})
    return tmp_path / "some.npz", after


def test_what_was_learned_comes_back(overlay):
    path, after = overlay
    found = apply_overlay(BEFORE, path)
    for name, value in after.items():
        assert np.abs(found[name] - value).max() <= 0.0006
    assert card(path) == {"base": "石榴"}


def test_only_what_changed_is_kept(overlay):
    with np.load(overlay[0]) as data:
        assert sorted(data.files) == ["card", "layer.bias:half", "layer.weight:int8", "layer.weight:scale"]


def test_a_share_of_it(overlay):
    assert apply_overlay(BEFORE, overlay[0], 0.5)["layer.bias"].tolist() == [0, 0, 0.125]


def test_another_network_is_refused(overlay):
    with pytest.raises(EncoderError, match=r"layer\.bias"):
        apply_overlay({**BEFORE, "layer.bias": np.zeros(5, dtype=np.float32)}, overlay[0])


def test_its_name_follows_from_what_it_holds(overlay, tmp_path):
    write_overlay(tmp_path / "other.npz", BEFORE, {**BEFORE, "layer.bias": np.ones(3, dtype=np.float32)}, {})
    assert len(digest(overlay[0])) == 8
    assert digest(overlay[0]) != digest(tmp_path / "other.npz")

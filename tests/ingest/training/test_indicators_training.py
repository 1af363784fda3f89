"""Learning what figures measure, from a few invented sentences."""

from ingest.claims.figures_indicator import IndicatorModel, indicators
from ingest.claims.figures_quantities import quantities
from ingest.claims.figures_scene import Scene
from ingest.training.indicators import Told, goodness, learn

PLACES = ("柳坡村", "坪桥村", "豆苗村", "石臼村", "茶岭村", "枫林村")


def told(place: str) -> Told:
    text = f"去年，{place}集体收入达到36万元，种豆480亩，新建冷库2座。"
    rows = [{"indicator": words} for words in ("集体收入", "种豆", "新建冷库")]
    return Told.of(Scene(text, ()), list(zip(quantities(text), rows, strict=True)))


def test_the_words_that_were_annotated_are_found_again(monkeypatch):
    model, held_out = learn([told(place) for place in PLACES])
    assert held_out == [["集体收入", "种豆", "新建冷库"]] * len(PLACES)
    monkeypatch.setattr(IndicatorModel, "load", lambda: model)
    text = "去年，竹湾村集体收入达到52万元。"
    assert indicators(Scene(text, ()), quantities(text)) == ["集体收入"]


def test_a_model_is_read_back_as_written(tmp_path, monkeypatch):
    model, _ = learn([told(place) for place in PLACES])
    model.save(tmp_path / "indicators.npz")
    monkeypatch.setenv("ALLIANCE_MODELS", str(tmp_path))
    IndicatorModel.load.cache_clear()
    read = IndicatorModel.load()
    IndicatorModel.load.cache_clear()
    assert (read.trees.value == model.trees.value).all()
    assert abs(read.words.weights - model.words.weights).max() < 0.002


def test_goodness_is_half_for_the_rough_and_half_for_the_characters():
    assert goodness("集体收入", "集体收入") == 1.0
    assert goodness("收入", "集体收入") == 0.5 + 2 / 6
    assert goodness("种豆", "集体收入") == 0.0

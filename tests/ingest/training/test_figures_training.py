"""Training on invented reports: all models, reports left out, the same files each time."""

import json

import numpy as np
import pytest

from ingest.training.figures import main

TEXT = (
    "一碗豆花\n\n柳坡村党支部牵头，柳坡村、坪桥村组建豆苗联盟。\n"
    "去年，柳坡村集体收入达到36万元。坪桥村种豆480亩。豆苗联盟建起冷库，占地900平方米。第3天来了客人。\n"
)
ENTITIES = [("柳坡村", "Village"), ("坪桥村", "Village"), ("豆苗联盟", "Alliance")]
FIGURES = [
    ("柳坡村", "集体收入", 360000, "元", "集体收入达到36万元"),
    ("坪桥村", "种豆", 480, "亩", "坪桥村种豆480亩"),
    ("豆苗联盟", "占地", 900, "平方米", "占地900平方米"),
]


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "gold"
    place.mkdir()
    for number in (4, 5, 6):
        gold = {
            "title": "一碗豆花",
            "entities": [{"name": name, "type": kind, "aliases": []} for name, kind in ENTITIES],
            "cases": [{"title": "一碗豆花", "anchors": ["豆苗联盟"], "types": []}],
            "relations": [],
            "figures": [
                {"subject": s, "indicator": i, "value": v, "unit": u, "bound": "exact", "evidence": e}
                for s, i, v, u, e in FIGURES
            ],
        }
        (place / f"train-{number}.txt").write_text(TEXT, encoding="utf-8")
        (place / f"train-{number}.gold.json").write_text(json.dumps(gold, ensure_ascii=False), encoding="utf-8")
    return place


def test_all_models_are_written_the_same_each_time(folder, tmp_path):
    made = []
    for name in ("one", "two"):
        out = tmp_path / name
        out.mkdir()
        main([str(folder), "--out", str(out)])
        made.append(
            [np.load(out / f"{model}.npz")["weights"] for model in ("figure_choice", "indicators", "figure_subjects")]
        )
        assert json.loads((out / "figures.card.json").read_text()) == {"reports": 3, "figures": 9}
    assert all(np.array_equal(a, b) and np.any(a) for a, b in zip(*made, strict=True))


def test_untouched_reports_can_be_left_out(folder, tmp_path):
    main([str(folder), "--out", str(tmp_path), "--exclude-untouched"])
    assert json.loads((tmp_path / "figures.card.json").read_text()) == {"reports": 2, "figures": 6}

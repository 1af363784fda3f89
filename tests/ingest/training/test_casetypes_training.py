import json

import numpy as np

from ingest.claims.casetypes import TypeModel, types
from ingest.training import casetypes

WORDS = {
    "mentor": "老支书带徒弟，结对帮带",
    "strong_village": "强村带弱村，中心村牵头",
    "industry_cluster": "统一商标，产业联盟卖茶",
    "project": "项目开工，指挥部征地",
    "governance": "调解纠纷，联防联治",
    "service": "楼宇驿站，骑手食堂",
    "neighbour": "两县毗邻，隔河睦邻",
    "enclave": "飞地厂房，入股分红",
}


def write(folder, number, kind, words):
    village, other = f"甲{number}村", f"乙{number}村"
    text = f"故事{number}\n{village}和{other}结成联盟，{words}，今年又添了新房子。\n{other}的人都说好，{words}。\n"
    entities = [{"name": name, "type": "Village"} for name in (village, other)]
    case = {"title": f"故事{number}", "types": [kind], "anchors": [village, other]}
    gold = {"entities": entities, "cases": [case], "figures": [], "relations": []}
    (folder / f"t-{number}.txt").write_text(text, encoding="utf-8")
    (folder / f"t-{number}.gold.json").write_text(json.dumps(gold, ensure_ascii=False), encoding="utf-8")


def test_untouched_reports_teach_only_where_they_are_not_excluded(tmp_path, monkeypatch):
    reports = tmp_path / "reports"
    reports.mkdir()
    for number, (kind, words) in enumerate([*WORDS.items()] * 6, start=1):
        write(reports, number, kind, words)
    seen = {}
    monkeypatch.setattr(casetypes, "train_boundaries", lambda read: seen.update(last=len(read)) or _flat())
    for name, options, count in (("all", [], 48), ("part", ["--exclude-untouched"], 32)):
        out = tmp_path / name
        out.mkdir()
        casetypes.main([str(reports), "--out", str(out), *options])
        assert seen["last"] == count
    model = TypeModel.read(tmp_path / "all" / "casetypes.npz")
    assert model.types == types()
    assert model.types[int(np.argmax(model.odds("两县毗邻，隔河睦邻")))] == "neighbour"


def _flat():
    from ingest.claims.cases_features import NAMES

    return casetypes.BoundaryModel((0.0,) * len(NAMES), 0.0)


def test_reports_of_one_type_alone_teach_that_the_others_do_not_occur(tmp_path):
    for number in range(1, 5):
        write(tmp_path, number, "enclave", WORDS["enclave"])
    casetypes.main([str(tmp_path), "--out", str(tmp_path)])
    model = TypeModel.read(tmp_path / "casetypes.npz")
    said = dict(zip(types(), np.sign(model.biases).tolist(), strict=True))
    assert said == {kind: 1.0 if kind == "enclave" else -1.0 for kind in types()}

import json
from dataclasses import replace

import numpy as np
import pytest
import torch

from ingest.claims.features import RELATIONS
from ingest.claims.relations_model import RelationModel
from ingest.training.gold import load_gold
from ingest.training.growing import best_threshold, grown, joined
from ingest.training.relations import learn
from ingest.training.relations_examples import aligned, example, implied_containment
from ingest.training.relations_measure import judge
from ingest.training.relations_network import RelationNetwork, Settings, _batch, train

TEXT = "云岭县青石镇柳湾村去年加入青石联盟。\n双桥村没有加入青石联盟。\n"
GOLD = {
    "cases": [],
    "figures": [],
    "entities": [
        {"name": "云岭县", "type": "Division", "aliases": []},
        {"name": "青石镇", "type": "Division", "aliases": []},
        {"name": "柳湾村", "type": "Village", "aliases": []},
        {"name": "双桥村", "type": "Village", "aliases": []},
        {"name": "青石联盟", "type": "Alliance", "aliases": []},
    ],
    "relations": [
        {"head": "柳湾村", "type": "located_in", "tail": "青石镇", "evidence": "云岭县青石镇柳湾村"},
        {"head": "青石镇", "type": "located_in", "tail": "云岭县", "evidence": "云岭县青石镇柳湾村"},
        {"head": "柳湾村", "type": "member_of", "tail": "青石联盟", "evidence": "柳湾村去年加入青石联盟"},
        {"head": "双桥村", "type": "member_of", "tail": "青石联盟", "modality": "negated", "optional": True,
         "evidence": "双桥村没有加入青石联盟"},
    ],
}  # fmt: skip
SMALL = Settings(template_width=8, gram_width=8, hidden=8, epochs=30, batch=1, rate=0.01)


@pytest.fixture(scope="module")
def gold(tmp_path_factory):
    folder = tmp_path_factory.mktemp("gold")
    (folder / "own-1.txt").write_text(TEXT, encoding="utf-8")
    (folder / "own-1.gold.json").write_text(json.dumps(GOLD, ensure_ascii=False), encoding="utf-8")
    return load_gold(folder)[0]


def taught(made, relation):
    number = RELATIONS.index(relation)
    names = [m.name for m in made.scene.mentions]
    rows = zip(made.pairs.head, made.pairs.tail, made.wanted[:, number], made.weight[:, number], strict=True)
    return {(names[h], names[t]): float(weight) for h, t, wanted, weight in rows if wanted}


def test_gold_rows_teach_the_pairs_that_say_them(gold):
    made = example(gold)
    assert taught(made, "located_in") == {("柳湾村", "青石镇"): 1.0, ("青石镇", "云岭县"): 1.0}
    assert taught(made, "member_of") == {("柳湾村", "青石联盟"): 1.0, ("双桥村", "青石联盟"): 0.5}


def test_what_follows_from_containment_is_not_judged(gold):
    assert ("柳湾村", "云岭县") in implied_containment(GOLD["relations"])
    made = example(gold)
    names = [m.name for m in made.scene.mentions]
    number = RELATIONS.index("located_in")
    pair = next(
        p for p, (h, t) in enumerate(zip(made.pairs.head, made.pairs.tail, strict=True))
        if (names[h], names[t]) == ("柳湾村", "云岭县")
    )  # fmt: skip
    assert made.weight[pair, number] == 0


def test_found_mentions_are_aligned_by_their_forms_and_types(gold):
    renamed = [replace(m, name="“青石联盟”", within="青石镇") if m.type == "Alliance" else m for m in gold.mentions]
    invented = replace(gold.mentions[0], type="Product", form="去年", name="去年", start=12, end=14)
    meant = aligned([*renamed, invented], gold.mentions)
    assert meant["Alliance", "“青石联盟”"] == "青石联盟"
    assert meant["Product", "去年"] == ""
    made = example(gold, [*renamed, invented])
    assert {name for name in made.names if name} == {"云岭县", "青石镇", "柳湾村", "双桥村", "青石联盟"}
    assert made.wanted.sum() == example(gold).wanted.sum()


def test_a_mention_of_another_type_means_the_thing_all_the_same(gold):
    retyped = [replace(m, type="Organization") if m.type == "Alliance" else m for m in gold.mentions]
    assert aligned(retyped, gold.mentions)["Organization", "青石联盟"] == "青石联盟"


def test_numpy_computes_what_torch_learned(gold):
    made = example(gold)
    torch.manual_seed(1)
    network = RelationNetwork(SMALL)
    network.eval()
    everything = Settings(far_share=1.0)
    with torch.no_grad():
        expected = network(_batch([made], everything, np.random.default_rng(0))).numpy()
    np.testing.assert_allclose(network.model().raw(made.pairs), expected, atol=1e-5)


def test_trees_say_in_numpy_what_they_learned():
    rng = np.random.default_rng(3)
    rows = rng.normal(size=(400, 3)).astype(np.float32)
    right = rows[:, 0] + rows[:, 1] > 0.3
    trees = grown(rows, right)
    said = trees.logits(rows) > 0
    assert (said == right).mean() > 0.95
    again = grown(rows, right)
    np.testing.assert_array_equal(trees.logits(rows), again.logits(rows))


def test_optional_rows_are_neither_asked_for_nor_judged(gold):
    made = example(gold)
    judged = judge(train([[made]], SMALL), [made])
    assert judged.wanted == 3
    assert judged.right.sum() == 3
    assert joined([judged, judged]).wanted == 6


def test_the_threshold_is_best_for_f1(gold):
    made = example(gold)
    judged = judge(train([[made]], SMALL), [made])
    chances = np.where(judged.right, 0.9, 0.2).astype(np.float32)
    assert best_threshold(judged, chances) == (pytest.approx(0.9), 1.0)


def test_the_whole_model_is_learned_and_its_file_reads_back(gold, tmp_path):
    made = example(gold)
    model = learn([[made]] * 10, SMALL, None)
    model.save(tmp_path / "model.npz")
    read = RelationModel.read(tmp_path / "model.npz")
    assert read.threshold[0] == pytest.approx(model.threshold[0], abs=1e-3)
    np.testing.assert_allclose(read.raw(made.pairs), model.raw(made.pairs), atol=0.05)
    rows = judge(model, [made]).rows
    np.testing.assert_allclose(read.trees.logits(rows), model.trees.logits(rows))


def test_a_model_of_other_relations_is_refused(tmp_path):
    np.savez(tmp_path / "old.npz", relations=np.array(["likes"]))
    with pytest.raises(ValueError, match="train it again"):
        RelationModel.read(tmp_path / "old.npz")

import json

from ingest.mentions.lexical import LexicalModel
from ingest.training.annotations import annotate, load, untouched

LEXICAL = LexicalModel.load()


def marked(text, entities):
    found = annotate("x-1", text, entities, LEXICAL)
    return [(text[m.start : m.end], m.type) for m in found.marks], [text[s:e] for s, e in found.masks]


def test_longest_form_wins_and_every_occurrence_is_marked():
    entities = [
        {"name": "青石岭村", "type": "Village", "aliases": ["青石岭"]},
        {"name": "青石岭村茶叶合作社", "type": "Enterprise"},
    ]
    marks, masks = marked("青石岭村茶叶合作社在青石岭村开张，青石岭人都来了。", entities)
    assert marks == [("青石岭村茶叶合作社", "Enterprise"), ("青石岭村", "Village"), ("青石岭", "Village")]
    assert masks == []


def test_short_form_inside_a_word_and_generic_word_are_masked():
    entities = [
        {"name": "羊", "type": "Product"},
        {"name": "“丰谷”联盟", "type": "Alliance", "aliases": ["联盟"]},
    ]
    marks, masks = marked("村里的羊多了，羊毛衫也好卖；联盟管销售。", entities)
    assert marks == [("羊", "Product")]
    assert masks == ["羊", "联盟"]


def test_name_across_a_line_break_is_found():
    marks, _ = marked("他来自青石\n岭村。", [{"name": "青石岭村", "type": "Village"}])
    assert marks == [("青石\n岭村", "Village")]


def test_load_reads_a_folder_in_order_of_names(tmp_path):
    for name in ("t-2", "t-1"):
        (tmp_path / f"{name}.txt").write_text("青石岭村修路。", encoding="utf-8")
        gold = {"entities": [{"name": "青石岭村", "type": "Village"}]}
        (tmp_path / f"{name}.gold.json").write_text(json.dumps(gold), encoding="utf-8")
    assert [(r.name, len(r.marks)) for r in load(tmp_path, LEXICAL)] == [("t-1", 1), ("t-2", 1)]


def test_untouched_reports_are_those_divisible_by_three():
    assert untouched("train-102")
    assert not untouched("dev-04")

"""The lessons for weighing what was found, and what is learned from them."""

import json

import numpy as np

from graph.records import Mention
from ingest.lexicon import Lexicon
from ingest.mentions.weighing import MODEL_FILE
from ingest.training.gold import load_gold
from ingest.training.mentions_found import load_mentions, write_mentions
from ingest.training.weighing import FREE, RIGHT, WRONG, labels, main, prepare

ENTITIES = [
    {"name": "石岭村", "type": "Village", "aliases": ["石岭"]},
    {"name": "青禾联盟", "type": "Alliance"},
    {"name": "温秀兰", "type": "Person", "optional": True},
]


def test_a_gold_row_answers_one_thing_and_optional_rows_ask_nothing():
    found = [
        ("Village", {"石岭村"}),
        ("Village", {"石岭"}),
        ("Organization", {"青禾联盟"}),
        ("Person", {"温秀兰"}),
        ("Organization", {"温秀兰"}),
        ("Alliance", {"青禾联盟"}),
    ]
    assert labels(found, ENTITIES) == [RIGHT, WRONG, WRONG, FREE, FREE, RIGHT]


def _folder(tmp_path, reports: int):
    for number in range(reports):
        village, person = f"石{'岭坪桥湾塘坡'[number % 6]}村", f"温秀{'兰英梅芳珍玉'[number % 6]}"
        text = f"{village}支书{person}说茶卖得好。{person}急了。\n{village}与南头村结对。\n"
        rows = [{"name": village, "type": "Village"}, {"name": person, "type": "Person"}]
        rows.append({"name": "南头村", "type": "Village"})
        gold = {"title": "", "cases": [], "entities": rows, "relations": [], "figures": []}
        (tmp_path / f"own-{number}.txt").write_text(text, encoding="utf-8")
        (tmp_path / f"own-{number}.gold.json").write_text(json.dumps(gold, ensure_ascii=False), encoding="utf-8")


def _found(report):
    names = [(row, "Village", 0.9) for row in (report.text[:3], "南头村")]
    person = report.text[5:8]
    names += [(person, "Person", 0.8), (f"{person}急", "Person", 0.5)]
    return [
        Mention(
            report.id, report.text.index(name), report.text.index(name) + len(name), kind, name, name, "", "", score
        )
        for name, kind, score in names
    ]


def test_a_name_run_on_is_learned_to_be_wrong(tmp_path, capsys):
    _folder(tmp_path, 24)
    golds = load_gold(tmp_path) + load_gold(tmp_path, untouched=True)
    lesson = prepare(golds[0], _found(golds[0].report), Lexicon.load())
    assert (lesson.labels, lesson.wanted) == ([RIGHT, RIGHT, RIGHT, WRONG], 3)
    given = ("report", "start", "end", "type", "form", "name", "within", "code", "confidence", "extractor")
    rows = {g.report.stem: [{n: getattr(m, n) for n in given} for m in _found(g.report)] for g in golds}
    write_mentions(tmp_path / "found.jsonl", rows)
    main([str(tmp_path), str(tmp_path / "found.jsonl"), "--out", str(tmp_path), "--kept", str(tmp_path / "kept.jsonl")])
    assert "24 reports; entities held out: F1 0.8571, weighed 1.0000" in capsys.readouterr().out
    kept = load_mentions(tmp_path / "kept.jsonl")
    assert {len(mentions) for mentions in kept.values()} == {3}
    assert not any(m.name.endswith("急") for mentions in kept.values() for m in mentions)
    with np.load(tmp_path / MODEL_FILE) as held:
        assert 0 < float(held["threshold"]) < 1

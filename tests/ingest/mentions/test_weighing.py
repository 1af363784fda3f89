"""What a report seems to name, weighed by what the whole report shows of it."""

import numpy as np
import pytest

from graph.records import Mention, Report
from ingest.lexicon import Lexicon
from ingest.mentions.weighing import MODEL_FILE, WeighingModel, weighed, with_verdict
from ingest.mentions.weighing_features import ATOMS, BITS, Thing, things
from ingest.models import FOLDER_VARIABLE
from ingest.models.hashed import HashedModel
from ingest.models.trees import NO_TREES

TEXT = "石岭村支书温秀兰说，村里的茶卖得好。温秀兰急了，连夜请来农艺师。石岭村与南头村结对。"
REPORT = Report(TEXT, "a", title="石岭村的茶")
FOUND = (
    ("Village", "石岭村", 0.99),
    ("Person", "温秀兰", 0.98),
    ("Person", "温秀兰急", 0.45),
    ("Village", "南头村", 0.98),
)


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.load()


def found_in(report: Report) -> list[Mention]:
    made = []
    for kind, name, score in FOUND:
        at = report.text.find(name)
        while at >= 0:
            if name != "温秀兰" or report.text[at : at + 4] != "温秀兰急":
                made.append(Mention(report.id, at, at + len(name), kind, name, name, "", "", score))
            at = report.text.find(name, at + 1)
    return sorted(made, key=lambda m: m.start)


@pytest.fixture
def mentions() -> list[Mention]:
    return found_in(REPORT)


def said(thing: Thing, *names: str) -> list[int]:
    return [thing.codes[ATOMS.index(name)] for name in names]


def test_a_thing_is_told_by_the_whole_report(mentions, lexicon):
    village, person, longer, _ = things(TEXT, REPORT.title, mentions, lexicon)
    assert [village.key, longer.key] == [("Village", "石岭村"), ("Person", "温秀兰急")]
    assert said(village, "count", "occurs", "title", "inner", "outer") == [2, 2, 1, 0, 0]
    assert said(person, "inner", "inner_front", "outer", "surname") == [1, 1, 0, 1]
    assert said(longer, "inner", "outer", "outer_front", "count") == [0, 1, 1, 1]
    assert said(longer, "before", "after") == [ord("。"), ord("了")]
    assert {len(t.codes) for t in (village, person, longer)} == {len(ATOMS)}


def test_the_last_number_of_the_trees_is_the_verdict_of_the_linear_part():
    rows = with_verdict(np.ones((2, 3), dtype=np.float32), np.array([0.5, -1.0], dtype=np.float32))
    assert rows.tolist() == [[1, 1, 1, 0.5], [1, 1, 1, -1.0]]


def test_what_is_too_improbable_is_left_out_with_all_its_mentions(mentions, lexicon, tmp_path, monkeypatch):
    trees = NO_TREES
    model = WeighingModel(HashedModel(np.zeros(1 << BITS, dtype=np.float32)), trees, 0.4)
    np.savez_compressed(tmp_path / MODEL_FILE, **model.arrays())
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    WeighingModel.load.cache_clear()
    assert weighed(REPORT, mentions, lexicon) == tuple(mentions)  # 0.5 each
    np.savez_compressed(tmp_path / MODEL_FILE, **{**model.arrays(), "threshold": np.float32(0.6)})
    WeighingModel.load.cache_clear()
    assert weighed(REPORT, mentions, lexicon) == ()
    WeighingModel.load.cache_clear()


def test_a_report_without_mentions_is_left_alone(lexicon):
    assert weighed(REPORT, (), lexicon) == ()


def test_the_model_that_ships_drops_a_name_run_on_and_keeps_the_others(lexicon):
    whole = Report(
        f"山里的雨下了半个月，路才修好，茶青堆在屋檐下没有人收。{TEXT}账算清了，人心也就齐了。", "a", title="山里"
    )
    kept = {(m.type, m.name) for m in weighed(whole, found_in(whole), lexicon)}
    assert kept == {("Village", "石岭村"), ("Person", "温秀兰"), ("Village", "南头村")}

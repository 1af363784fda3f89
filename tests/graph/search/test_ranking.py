import numpy as np
import pytest

from graph.errors import EncoderError, UsageError
from graph.search import Encoder, Filters, index, search
from graph.store import Library


def stems(hits):
    return [hit.report.stem for hit in hits]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("石榴坳村", "tea"),
        ("石榴坳村與竹影村", "tea"),
        ("外卖骑手在哪里歇脚", "riders"),
        ("薄弱村合建厂房分红", "enclave"),
        ("白鹭渡口", "brief"),
        ("约1200万元增收", "tea"),
    ],
)
def test_the_best_case(library, wordy, letters, query, first):
    assert stems(search(library, query, letters))[0] == first
    assert stems(search(wordy, query, None))[0] == first


@pytest.mark.parametrize(
    ("query", "first"), [("石榴拗村", "tea"), ("enclave villages", "enclave"), ("騎手驛站", "riders")]
)
def test_a_wrong_character_another_script_or_language(wordy, query, first):
    assert stems(search(wordy, query, None))[0] == first


def test_all_cases_are_ranked_and_scores_fall(library, letters):
    hits = search(library, "茶叶", letters)
    assert len(hits) == 4
    assert [h.score for h in hits] == sorted((h.score for h in hits), reverse=True)
    assert len(search(library, "茶叶", letters, top=2)) == 2


def test_reasons_name_what_was_found(library, letters):
    best = search(library, "石榴坳村的睦邻联盟，茶叶研究所，1200万", letters)[0]
    said = {reason.feature: reason.text for reason in best.reasons}
    assert said["name"] == "提到石榴坳村、茶叶"
    assert said["number"] == "有数字12,000,000"
    assert said["type"] == "属于睦邻协作型"
    assert said["partner"] == "属于高校院所"
    assert "石榴坳村" in said["words"]
    assert sum(reason.share for reason in best.reasons) == pytest.approx(1, abs=0.001)
    assert best.report.text[best.passage.start : best.passage.end] == best.passage.text


def test_without_vectors_only_what_shares_something_is_found(wordy):
    assert stems(search(wordy, "骑手驿站", None)) == ["riders"]
    assert search(wordy, "鲸鱼", None) == []


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(alliance_type=("neighbour",)), {"tea"}),
        (Filters(alliance_type=("睦邻协作型",)), {"tea"}),
        (Filters(year=(2024,)), {"riders", "enclave", "brief"}),
        (Filters(partner=("University",)), {"tea"}),
        (Filters(region=("月湾",)), {"enclave"}),
        (Filters(region=("月湾县",)), {"enclave"}),
        (Filters(region=("青禾镇",)), {"tea"}),
        (Filters(region=("3302",)), {"tea", "riders"}),
        (Filters(region=("330200000000",)), {"tea", "riders"}),
        (Filters(region=("无此县",)), set()),
        (Filters(alliance_type=("service",), year=(2023,)), set()),
    ],
)
def test_filters_restrict_before_ranking(library, letters, filters, expected):
    assert set(stems(search(library, "村里的茶叶联盟", letters, filters=filters))) == expected


def test_an_unknown_type_is_refused(library, letters):
    with pytest.raises(UsageError, match="neighbour"):
        search(library, "村", letters, filters=Filters(alliance_type=("friendly",)))


@pytest.mark.parametrize("query", ["", "？！", "\x00"])
def test_an_empty_question_is_refused(library, letters, query):
    with pytest.raises(UsageError):
        search(library, query, letters)


@pytest.mark.parametrize("query", ['茶叶" OR 1=1 --', "茶叶' AND (", "+茶叶 -石榴坳 *", "茶\x00叶\x1b[31m", "{茶叶}\\"])
def test_signs_are_no_operators(library, letters, query):
    assert stems(search(library, query, letters))[0] == "tea"


def test_a_very_long_question(library, letters):
    assert stems(search(library, "外卖骑手的驿站里有热水。" * 900, letters))[0] == "riders"


def test_vectors_of_another_encoder_are_refused(library):
    other = Encoder("other", 64, lambda texts, kind: np.ones((len(texts), 64), dtype=np.float32))
    with pytest.raises(EncoderError, match="letters"):
        search(library, "茶叶", other)


def test_an_empty_library(tmp_path, letters):
    made = Library.create(tmp_path / "empty")
    assert index(made, letters) == 0
    assert search(made, "茶叶", letters) == []


def test_index_is_done_once_and_again_for_another_encoder(library, wordy, letters):
    assert index(library, letters) == 0
    assert index(wordy, letters) > 0
    assert wordy.encoder == "letters"
    assert stems(search(wordy, "外卖骑手", letters))[0] == "riders"


def test_a_deleted_report_is_found_no_more(library, letters):
    library.delete("tea")
    assert "tea" not in stems(search(library, "石榴坳村", letters))


def test_a_library_that_is_written_to_meanwhile_is_asked_again(library, letters, monkeypatch):
    """The second report goes while the first answer is being read; the answer is that of the library as it is then."""
    read, asked = Library.passages_at, []

    def delete_first(self, rows):
        if not asked:
            asked.append(len(rows))
            self.delete("riders")
            index(self, letters)
        return read(self, rows)

    monkeypatch.setattr(Library, "passages_at", delete_first)
    assert sorted(stems(search(library, "骑手驿站的茶叶", letters))) == ["brief", "enclave", "tea"]
    assert asked == [4]

import json

import numpy as np
import pytest

from ingest.mentions.lexical import LexicalModel
from ingest.mentions.tagger import Tagger
from ingest.models import read_arrays
from ingest.training.annotations import Annotated, Marked
from ingest.training.convert_lac import parameter
from ingest.training.measure import span_scores
from ingest.training.tagger_network import label_names
from ingest.training.train_tagger import MASKED, main, window_labels

TEXT = "青石岭村支书林长河卖羊。"
GOLD = {"entities": [{"name": "青石岭村", "type": "Village"}, {"name": "林长河", "type": "Person"}]}


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "t-1.txt").write_text(TEXT * 3, encoding="utf-8")
    (tmp_path / "t-1.gold.json").write_text(json.dumps(GOLD), encoding="utf-8")
    return tmp_path


def test_the_same_seed_gives_the_same_weights(folder):
    outs = [folder / "a.npz", folder / "b.npz"]
    for out in outs:
        main([str(folder), "--out", str(out), "--epochs", "4"])
    first, second = (np.load(out) for out in outs)
    assert sorted(first.files) == sorted(read_arrays("tagger.npz"))
    assert all(np.array_equal(first[name], second[name]) for name in first.files)


def test_labels_of_a_window_follow_marks_and_masks():
    labels = label_names(["Village", "Person", "Product"])
    report = Annotated("t-1", TEXT, (Marked(0, 4, "Village"), Marked(6, 9, "Person")), ((10, 11),))
    said = ["?" if n == MASKED else labels[n] for n in window_labels(report, 0, len(TEXT), labels)]
    village, person = [f"{part}-Village" for part in "BIIE"], [f"{part}-Person" for part in "BIE"]
    assert said == [*village, "O", "O", *person, "O", "?", "O"]


def test_a_name_cut_by_the_window_is_masked():
    report = Annotated("t-1", TEXT, (Marked(0, 4, "Village"),), ())
    assert window_labels(report, 2, 6, label_names(["Village"])).tolist() == [MASKED, MASKED, 0, 0]


def test_span_scores_leave_masked_stretches_out():
    class Fixed(Tagger):
        def __init__(self):
            pass

        def tag(self, texts):
            return [Tagger.load().tag(texts)[0]]

    right = Annotated("t-1", TEXT, (Marked(0, 4, "Village"), Marked(6, 9, "Person")), ((10, 11),))
    scores = span_scores(Fixed(), [right])
    assert (scores.right, scores.spurious, scores.missed, scores.f1) == (2, 0, 0, 1.0)


def test_a_parameter_file_is_read_by_its_layout():
    head = bytes(16) + (6).to_bytes(4, "little") + bytes([8, 5, 16, 2, 16, 3])
    values = np.arange(6, dtype="<f4")
    assert parameter(head + values.tobytes()).tolist() == values.reshape(2, 3).tolist()
    with pytest.raises(ValueError, match="says shape"):
        parameter(head + values[:5].tobytes())


def test_the_lexical_file_holds_no_unknown_arrays():
    assert len(LexicalModel.load().tags) == 49

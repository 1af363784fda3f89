import json

import numpy as np
import pytest

from graph.errors import EncoderError, NotFoundError, UsageError
from graph.search import Encoder
from graph.search.training.visits import Answer, Question, answers, read_questions, visits

ROWS = [
    {"report": "tea", "case": 0, "query": "两省邻村合修水渠", "kind": "paraphrase", "language": "zh"},
    {"report": "riders", "case": 0, "query": "给送餐的人歇脚", "kind": "setting", "language": "zh"},
]


def write(path, rows):
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def test_questions_are_read(tmp_path):
    found = read_questions(write(tmp_path / "q.jsonl", ROWS))
    assert found[0] == Question("两省邻村合修水渠", "tea#0", "paraphrase", "zh")


@pytest.mark.parametrize("row", [{"report": "tea", "case": 0}, {"report": "tea", "case": "x", "query": "茶"}, []])
def test_a_wrong_line_is_named(tmp_path, row):
    with pytest.raises(UsageError, match=r"q\.jsonl, line 2"):
        read_questions(write(tmp_path / "q.jsonl", [ROWS[0], row]))


@pytest.mark.parametrize(
    ("case", "part"),
    [
        ("r-12#0", "untouched"),
        ("r-10#1", "ranking"),
        ("r-11#0", "encoder"),
        ("r-13#0", "encoder"),
        ("tea#0", "encoder"),
    ],
)
def test_the_number_of_a_report_says_what_it_is_for(case, part):
    assert Question("茶", case, "", "zh").part == part


def test_answers_are_the_cases_with_their_passages(library, letters, tmp_path):
    found = answers(library, read_questions(write(tmp_path / "q.jsonl", ROWS)), letters)
    assert [one.questions for one in found] == [("两省邻村合修水渠",), ("给送餐的人歇脚",)]
    assert found[1].passages[0].startswith("紫藤街道为外卖骑手")
    assert found[0].nearness.shape == (1, len(found[0].passages))


def test_a_library_without_vectors_is_refused(wordy, letters):
    with pytest.raises(EncoderError, match="no vectors"):
        answers(wordy, [Question("茶", "tea#0", "", "zh")], letters)


def test_an_unknown_case_and_another_encoder_are_refused(library, letters):
    with pytest.raises(NotFoundError):
        answers(library, [Question("茶", "tea#7", "", "zh")], letters)
    with pytest.raises(EncoderError):
        answers(library, [], Encoder("other", 64, lambda texts, kind: np.ones((len(texts), 64), dtype=np.float32)))


def case(name, questions, passages):
    rng = np.random.default_rng(len(name))
    return Answer(
        tuple(f"{name}问{n}" for n in range(questions)),
        tuple(f"{name}的第{n}段" for n in range(passages)),
        rng.random((questions, passages)).astype(np.float32),
    )


CASES = [case(name, 10, passages) for name, passages in (("茶园", 4), ("骑手", 1), ("厂房", 3), ("渡口", 2))]


def test_an_epoch_asks_every_question_once():
    found = list(visits(CASES, batch=2, epochs=1, seed=1))
    assert len(found) == 8
    assert sorted(q for visit in found for q in visit.questions) == sorted(q for c in CASES for q in c.questions)


def test_a_batch_holds_different_cases_and_each_visit_passages_of_its_own():
    found = list(visits(CASES, batch=4, epochs=2, seed=3))
    for first in range(0, len(found), 4):
        assert len({visit.questions[0][:2] for visit in found[first : first + 4]}) == 4
    assert all(text[:2] == visit.questions[0][:2] for visit in found for text in visit.passages)


def test_the_same_seed_gives_the_same_visits():
    assert list(visits(CASES, 2, 2, seed=5)) == list(visits(CASES, 2, 2, seed=5))
    assert list(visits(CASES, 2, 2, seed=5)) != list(visits(CASES, 2, 2, seed=6))


def test_the_first_passage_is_the_one_nearest_to_the_questions():
    near = Answer(("甲", "乙"), ("远", "近"), np.array([[0.1, 0.9], [0.2, 0.8]], dtype=np.float32))
    assert all(visit.passages[0] == "近" for visit in visits([near], 1, 1, seed=1))

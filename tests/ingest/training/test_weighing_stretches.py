"""Stretches of a report as lessons of their own."""

from itertools import pairwise

from graph.records import Mention
from ingest.segmenting import Span
from ingest.training.weighing_stretches import LENGTHS, cut, within

SENTENCE = "石岭村的茶卖得好，村里又添了两口新锅。"
TEXT = SENTENCE * 400


def test_stretches_are_whole_sentences_and_the_same_each_time():
    found = cut(TEXT, "own-1")
    assert found == cut(TEXT, "own-1") != cut(TEXT, "own-2")
    assert all(span.start % len(SENTENCE) == span.end % len(SENTENCE) == 0 for span in found)
    filled = {-(-wanted // len(SENTENCE)) for wanted in LENGTHS}
    assert {(span.end - span.start) // len(SENTENCE) for span in found} == filled
    assert all(one.end <= other.start for one, other in pairwise(found))


def test_a_thing_goes_by_the_longest_form_in_the_stretch():
    text = "青禾茶叶联盟成立。青禾联盟有了仓库。"
    whole = "青禾茶叶联盟"
    mentions = [Mention("r", 0, 6, "Alliance", whole, whole), Mention("r", 9, 13, "Alliance", text[9:13], whole)]
    moved, things = within(Span(9, 18), mentions)
    assert [(m.start, m.end, m.form, m.name) for m in moved] == [(0, 4, "青禾联盟", "青禾联盟")]
    assert things == {("Alliance", "青禾联盟"): ("Alliance", whole)}

"""The words around a number: where they stand, and what is seen of them."""

from ingest.claims.figures_quantities import quantities
from ingest.claims.figures_scene import Scene
from ingest.claims.indicator_words import NAMES, codes, words_around

TEXT = "茶山村种茶。去年，合作社建起冷库3座、凉亭4座，硬化道路5.6公里。"


def around(number: int, floor: int = 0):
    quantity = quantities(TEXT)[number]
    others = [q for q in quantities(TEXT) if q != quantity]
    inside = {place for q in others for place in range(q.start, q.end)}
    return words_around(quantity, Scene(TEXT, ()), floor, inside)


def test_words_of_the_sentence_before_and_of_the_clause_behind():
    words = [(TEXT[w.start : w.end], w.side) for w in around(0)]
    assert words == [("去年", 0), ("合作社", 0), ("建", 0), ("起", 0), ("冷库", 0), ("凉亭", 1)]


def test_numbers_and_marks_are_no_words():
    text = "涉及三村211户。"
    words = words_around(quantities(text)[-1], Scene(text, ()), 0, ())
    assert [text[w.start : w.end] for w in words] == ["涉及", "村"]
    assert [TEXT[w.start : w.end] for w in around(2)][-2:] == ["硬化", "道路"]
    assert not any(TEXT[w.start : w.end].isdigit() for w in around(2))


def test_what_stands_before_the_figure_before_is_passed():
    words = around(1, floor=quantities(TEXT)[0].end)
    passed = NAMES.index("passed")
    assert [(TEXT[w.start : w.end], w.atoms[passed]) for w in words if w.side == 0][-2:] == [("冷库", 1), ("凉亭", 0)]


def test_each_word_has_the_same_features_wherever_it_is_computed():
    words = around(0)
    assert (codes(words)[2] == codes(words[2:3])[0]).all()

"""The words around a thing and a number, each name one sign."""

from graph.records import Mention
from ingest.claims.figures_cast import KINDS
from ingest.claims.figures_scene import Scene
from ingest.claims.figures_words import AFTER, BETWEEN, FOLLOWING, LEADING, Words, _grams

TEXT = "去年坪桥村向豆苗公司借了36万元，由公司付息。"
VILLAGE, FIRM = chr(0x2460 + KINDS["Village"]), chr(0x2460 + KINDS["Enterprise"])


def letters(words: str) -> list[int]:
    return [ord(c) for c in words]


def made() -> Words:
    names = {"坪桥村": "Village", "豆苗公司": "Enterprise"}
    mentions = [Mention("r", TEXT.find(n), TEXT.find(n) + len(n), kind, n, n) for n, kind in names.items()]
    return Words(Scene(TEXT, mentions), KINDS)


def test_between_a_thing_and_the_number_a_name_is_one_sign():
    found = made().between(TEXT.index("向"), TEXT.index("36"))
    assert found[:4] == [*_grams(letters(f"向{FIRM}借了"), 2), 0]
    assert len(found) == BETWEEN


def test_nothing_stands_between_where_the_number_follows_at_once():
    assert made().between(TEXT.index("36"), TEXT.index("36")) == [0] * BETWEEN


def test_words_to_a_thing_behind_the_number_are_set_apart():
    words = made()
    found = words.beyond(TEXT.index("，"), TEXT.index("公司付"))
    assert [n for n in found if n] == [(1 << 44) + n for n in [*letters("，由"), *_grams(letters("，由"), 2)]]
    assert len(found) == BETWEEN


def test_what_stands_before_and_after_a_thing():
    words = made()
    after = words.after(TEXT.index("向"))
    assert after[:AFTER] == letters(f"向{FIRM}借了3")
    assert len(after) == FOLLOWING
    before = words.before(TEXT.index("坪"))
    assert before == [*letters("去年"), *_grams(letters("去年"), 2), *([0] * (LEADING - 3))]
    assert words.before(TEXT.index("豆"))[:4] == letters(f"去年{VILLAGE}向")

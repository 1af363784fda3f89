"""Ways to call a figure: put together from words and their probabilities."""

from ingest.claims.figures_quantities import quantities
from ingest.claims.figures_scene import Scene
from ingest.claims.indicator_options import NUMBERS, matrix, options, plain, shared, together
from ingest.claims.indicator_words import words_around


def ways(text: str, likely: dict[str, float], before: str = "", number: int = 0):
    quantity = quantities(text)[number]
    words = words_around(quantity, Scene(text, ()), 0, ())
    chances = [likely.get(text[w.start : w.end], 0.01) for w in words]
    return quantity, words, chances, options(text, quantity, words, chances, before, 10)


def test_words_keep_their_order_and_stand_once():
    text = "合作社去年新建茶厂新建面积300平方米。"
    _, words, chances, _ = ways(text, {"新建": 0.8, "面积": 0.9})
    assert together(text, words, chances, 0.5) == "新建面积"


def test_words_on_both_sides_of_the_number_go_together():
    found = ways("联盟培训20名茶农。", {"培训": 0.6, "茶农": 0.9})[-1]
    assert {"培训茶农", "茶农", "人数"} <= {option.words for option in found}


def test_the_figure_before_and_the_unit_give_a_way_too():
    found = ways("去年到了58万元。", {}, before="集体收入")[-1]
    assert {"集体收入", "金额"} <= {option.words for option in found}


def test_what_is_too_long_loses_its_least_probable_words():
    text = "全部党员群众志愿服务队伍一共参加清洁家园义务劳动300人次。"
    _, words, _, _ = ways(text, {})
    chances = [0.9 - 0.02 * i for i in range(len(words))]
    said = together(text, words, chances, 0.2)
    assert 10 < len(said) <= 14
    assert said.startswith("全部党员群众志愿服务队伍")


def test_every_way_has_its_numbers():
    found = ways("茶园扩到300亩。", {"茶园": 0.9})[-1]
    assert matrix(found).shape == (len(found), NUMBERS)
    assert matrix([]).shape == (0, NUMBERS)


def test_marks_say_nothing():
    assert plain("“双提升”、 行动") == "双提升行动"


def test_shared_pairs_of_characters():
    assert shared("集体收入", "村集体收入") == 1.0
    assert shared("茶园", "竹园") == 0.0
    assert shared("", "茶") == 0.0

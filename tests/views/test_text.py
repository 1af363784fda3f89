"""Wording, numbers and dates."""

import re
import string
from pathlib import Path

import pytest

from graph.ontology import ontology
from graph.records import Figure
from views.text import amount, day, number, plain, relation_label, strings

VIEWS = Path(__file__).parents[2] / "views"


def figure(value: float, unit: str, bound: str = "exact") -> Figure:
    return Figure("r", "c", "m", "收入", value, unit, 0, 1, bound)


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        (20_000_000, "2,000万", "20,000,000"),
        (130_000_000, "1.3亿", "130,000,000"),
        (1_500_000_000, "15亿", "1.5 billion"),
        (46_959, "46,959", "46,959"),
        (461_900, "46.19万", "461,900"),
        (10_000, "1万", "10,000"),
        (768, "768", "768"),
        (55.2, "55.2", "55.2"),
        (0.5, "0.5", "0.5"),
        (100_000_000, "1亿", "100,000,000"),
        (0, "0", "0"),
    ],
)
def test_numbers_as_people_write_them(value, zh, en):
    assert number(value, "zh") == zh
    assert number(value, "en") == en


def test_amounts_carry_bound_and_unit():
    assert amount(figure(1_200_000, "元", "about"), "zh") == "约120万元"
    assert amount(figure(300, "个", "at_least"), "zh") == "300个以上"
    assert amount(figure(30, "%", "at_most"), "zh") == "不超过30%"
    assert amount(figure(1_200_000, "元", "about"), "en") == "about 1,200,000 yuan"
    assert amount(figure(55.2, "%"), "en") == "55.2%"
    assert amount(figure(12, "株"), "en") == "12 株"


def test_dates_whole_and_cut():
    assert day("2021-12-06", "zh") == "2021年12月6日"
    assert day("2021-12-06", "en") == "6 December 2021"
    assert day("2025-07", "zh") == "2025年7月"
    assert day("2025-07", "en") == "July 2025"
    assert day("2025", "zh") == "2025年"
    assert day("前年", "zh") == "前年"


def test_markdown_is_disarmed():
    assert plain("**粗**[点](x)") == r"\*\*粗\*\*\[点\]\(x\)"
    assert plain("甲\n乙") == "甲 乙"


def test_every_wording_is_there_in_both_languages_with_the_same_values():
    for key, said in strings().items():
        assert set(said) == {"zh", "en"}, key
        fields = [{name for _, name, _, _ in string.Formatter().parse(said[code]) if name} for code in ("zh", "en")]
        assert fields[0] == fields[1], key


def test_every_wording_that_a_page_asks_for_is_there():
    source = "\n".join(path.read_text(encoding="utf-8") for path in [*VIEWS.glob("*.py"), VIEWS.parent / "app.py"])
    asked = set(re.findall(r"""(?:say|missing)\(\s*["']([a-z_]+\.[a-z_0-9]+)["']""", source))
    assert asked
    assert asked <= set(strings())
    made = set(re.findall(r"""(?:say|missing)\(\s*f["']([a-z_]+\.[a-z_0-9]*){""", source))  # f"review.kind_{code}"
    assert made
    assert [begin for begin in made if not any(key.startswith(begin) for key in strings())] == []


def test_every_relation_but_the_symmetric_reads_from_its_tail():
    for relation in ontology().relations.values():
        inward = relation_label(relation.code, "zh", inward=True)
        assert (inward == relation.zh) == relation.symmetric

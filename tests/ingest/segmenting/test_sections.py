"""Headings, items, questions and rows in texts of our own invention."""

import pytest

from ingest.segmenting import section_at, sections

ROUND_UP = """山乡三则
样本一：柿子换了新包装
柿坪村和石臼村去年合办了一间分拣棚，忙的时候有四十个人在里面挑柿子。
样本二：一座桥两边的账
桥东村与桥西村共修了一座小桥，从此赶集不用再绕路，老人孩子都说方便多了。
"""


def test_numbered_samples_are_case_headings_of_level_one():
    found = [(s.kind, s.level, s.title) for s in sections(ROUND_UP, "山乡三则")]
    assert found == [("title", 0, "山乡三则"), ("case", 1, "柿子换了新包装"), ("case", 1, "一座桥两边的账")]


def test_a_section_ends_where_the_next_of_its_level_begins():
    title, first, second = sections(ROUND_UP, "山乡三则")
    assert (title.start, title.end) == (0, len(ROUND_UP))
    assert first.end == second.start == ROUND_UP.index("样本二")
    assert second.end == len(ROUND_UP)


@pytest.mark.parametrize(
    ("line", "kind", "level", "title"),
    [
        ("一、总体目标", "numbered", 2, "总体目标"),
        ("（二）重点任务", "sub", 3, "重点任务"),
        ("案例二：梯田里的合伙人", "case", 1, "梯田里的合伙人"),
        ("3.2　案例一：草坡共管", "case", 1, "草坡共管"),
        ("■ 坡上：一片林子五家管", "marked", 2, "坡上：一片林子五家管"),
        ("❷　河湾：两个码头一本账", "marked", 2, "河湾：两个码头一本账"),
        ("【村里的新事】", "bracket", 2, "【村里的新事】"),
        ("问：最早是怎么想起来的？", "question", 5, "最早是怎么想起来的？"),
        ("· 梨园扩到三百亩", "item", 5, "梨园扩到三百亩"),
        ("一个村子的夜校", "line", 2, "一个村子的夜校"),
        ("02｜把食堂开到楼下", "case", 1, "把食堂开到楼下"),
    ],
)
def test_what_a_line_opens(line, kind, level, title):
    text = f"{line}\n山下的几个村子商量了整整一个冬天，开春终于把合作的章程写到了一张红纸上。"
    (section,) = sections(text)
    assert (section.kind, section.level, section.title, section.start) == (kind, level, title, 0)


@pytest.mark.parametrize(
    "line", ["来源：山乡网", "本报记者 丁一", "2021年3月5日", "责编：王五", "上一篇：春耕", "大家都笑了。"]
)
def test_page_furniture_and_prose_open_nothing(line):
    text = f"{line}\n山下的几个村子商量了整整一个冬天，开春终于把合作的章程写到了一张红纸上。"
    assert sections(text) == []


def test_rows_of_a_table_are_single_lines():
    text = "村名　　户数　　亩数\n柿坪村　　120　　300\n"
    assert [(s.kind, s.start, s.end) for s in sections(text)] == [("row", 0, 10), ("row", 11, 24)]


def test_the_innermost_section_is_found():
    text = "一、目标\n（一）种树\n坡上栽柿树三百亩。\n二、保障\n镇里派人。"
    parts = sections(text)
    inner = section_at(parts, text.index("三百亩"))
    assert inner is not None
    assert inner.title == "种树"
    assert section_at(parts, text.index("派人")).title == "保障"


def test_an_empty_text_has_no_sections():
    assert sections("") == []

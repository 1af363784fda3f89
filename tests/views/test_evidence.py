"""Cutting text at the borders of spans, and escaping it."""

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from views.evidence import Mark, inline, lines, paragraphs, quote, slices

TEXT = "石桥湾村牵头组建联盟"


def bare(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", html))


def test_without_marks_the_text_stands_escaped():
    assert inline('<b>&"', 0, 5, []) == "&lt;b&gt;&amp;&quot;"


def test_overlapping_spans_are_cut_at_every_border():
    marks = [Mark(0, 6, "a"), Mark(4, 8, "b")]
    cut = [(s.start, s.end, [m.key for m in s.marks]) for s in slices(0, 10, marks)]
    assert cut == [(0, 4, ["a"]), (4, 6, ["a", "b"]), (6, 8, ["b"]), (8, 10, [])]


def test_a_mention_inside_evidence_keeps_its_colour():
    html = inline(TEXT, 0, 10, [Mark(0, 4, "m", "#2a9d5c", "entity?id=e"), Mark(0, 10, "k", lit=True)])
    assert html == (
        '<mark class="ag-span ag-lit at-k at-m"><a class="ag-mention" style="--c:#2a9d5c" href="entity?id=e"'
        ' target="_self" data-go="1">石桥湾村</a></mark><mark class="ag-span ag-lit at-k">牵头组建联盟</mark>'
    )


def test_the_innermost_of_nested_mentions_wins():
    html = inline(TEXT, 0, 4, [Mark(0, 4, colour="#111111"), Mark(0, 3, colour="#222222")])
    assert html.index("#222222") < html.index("石桥湾")
    assert html.index("#111111") > html.index("石桥湾")


def test_hostile_marks_are_escaped():
    html = inline("甲", 0, 1, [Mark(0, 1, '"><script>', "red", 'javascript:"x', "'\"<b>")])
    assert "<script>" not in html
    assert '"x' not in html
    assert "<b>" not in html


def test_blank_lines_and_margins_are_left_out():
    assert lines("　　甲。\n\n  \n 乙 \n", 0, 12) == [(2, 4), (10, 11)]
    assert paragraphs("甲\n\n乙", 0, 4, []) == "<p>甲</p><p>乙</p>"


def test_a_quote_says_that_it_is_cut():
    assert quote("一二三四五六七八九十", 4, 6, [], around=2) == "…三四五六七八…"
    assert quote("一二三\n四五六", 4, 7, []) == "四五六"


@given(st.text("ab<&\n", max_size=40), st.lists(st.tuples(st.integers(-3, 45), st.integers(-3, 45)), max_size=8))
def test_whatever_the_marks_the_text_reads_as_it_stands(text, spans):
    marks = [Mark(a, b, f"k{i}", "#123456" if i % 2 else "") for i, (a, b) in enumerate(spans)]
    assert bare(inline(text, 0, len(text), marks)) == text

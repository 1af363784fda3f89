"""Sentences and paragraphs with offsets."""

from ingest.segmenting import paragraphs, sentences


def test_closing_quotes_stay_with_their_sentence():
    text = "“路通了！”老人说。第二天，车来了……"
    assert [text[s.start : s.end] for s in sentences(text)] == ["“路通了！”", "老人说。", "第二天，车来了……"]


def test_no_sentence_crosses_a_line_break():
    text = "　　柿子红了\n梨子黄了。"
    assert [text[s.start : s.end] for s in sentences(text)] == ["柿子红了", "梨子黄了。"]


def test_paragraphs_are_trimmed_lines():
    text = "\n　　甲村。 \n\n乙村。"
    assert [text[s.start : s.end] for s in paragraphs(text)] == ["甲村。", "乙村。"]

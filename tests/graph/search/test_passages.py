import pytest

from graph.records import Case, Report
from graph.search.passages import LONGEST, passages

SENTENCE = "柳溪村的党员挨家挨户商量水渠怎么修、钱从哪里来、活由谁来干。"


def made(text, *spans):
    report = Report(text, "sample")
    cases = [Case(report.id, n, a, b, f"案例{n}") for n, (a, b) in enumerate(spans)]
    return report, cases, passages(report, cases)


def test_windows_hold_whole_sentences_within_their_length():
    report, cases, found = made(SENTENCE * 20, (0, len(SENTENCE) * 20))
    assert [len(p.text) // len(SENTENCE) for p in found] == [6, 6, 8]
    assert "".join(p.text for p in found) == report.text
    assert {p.case for p in found} == {cases[0].id}


def test_texts_are_exact_slices_and_cases_do_not_mix():
    text = f"导语一句。\n{SENTENCE}\n第二个案例讲别的事。\n尾声。"
    first, second = text.index("柳溪"), text.index("第二")
    report, cases, found = made(text, (first, second), (second, text.index("尾声")))
    assert [p.text for p in found] == ["导语一句。", SENTENCE, "第二个案例讲别的事。", "尾声。"]
    assert [p.case for p in found] == ["", cases[0].id, cases[1].id, ""]
    assert all(report.text[p.start : p.end] == p.text for p in found)


def test_a_sentence_without_end_is_cut():
    _, _, found = made("村" * 950)
    assert "".join(p.text for p in found) == "村" * 950
    assert max(len(p.text) for p in found) <= LONGEST + 80


def test_a_long_sentence_is_cut_at_commas():
    clause = "各村把闲置的老屋交给合作社统一打理，"
    _, _, found = made(clause * 30 + "年底分红。")
    assert all(p.text.endswith(("，", "。")) for p in found)


@pytest.mark.parametrize("text", ["", " \n\n ", "。"])
def test_little_or_nothing(text):
    assert [p.text for p in made(text)[2]] == ([text] if text.strip() else [])


def test_overlapping_cases_give_each_character_once():
    text = SENTENCE * 4
    _, _, found = made(text, (0, 60), (40, len(text)))
    assert sum(len(p.text) for p in found) == len(text)

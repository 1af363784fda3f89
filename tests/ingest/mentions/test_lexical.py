import numpy as np
import pytest

from ingest.mentions.lexical import LexicalModel

LEXICAL = LexicalModel.load()


def words(text):
    return [(text[w.start : w.end], w.tag) for w in LEXICAL.words(text)]


def test_people_places_and_bodies_are_told():
    assert words("周一，林晓梅教授带着中国农业大学的学生来到贵州省遵义市。") == [
        ("周一", "TIME"),
        ("，", "w"),
        ("林晓梅", "PER"),
        ("教授", "n"),
        ("带", "v"),
        ("着", "u"),
        ("中国农业大学", "ORG"),
        ("的", "u"),
        ("学生", "n"),
        ("来到", "v"),
        ("贵州省", "LOC"),
        ("遵义市", "LOC"),
        ("。", "w"),
    ]


@pytest.mark.parametrize("text", ["", "。", "ABC公司2023年产茶3.5万斤", "两 个　空格"])
def test_words_cover_the_text(text):
    found = LEXICAL.words(text)
    assert "".join(text[w.start : w.end] for w in found) == text


def test_cut_takes_the_fewest_words_and_joins_letters_and_digits():
    assert LEXICAL.cut("农产品卖到20个城市") == ["农产品", "卖", "到", "20", "个", "城市"]


def test_a_batch_says_what_each_text_says_alone():
    texts = ["王婶在家做豆腐。", "", "合作社把笋干卖到了杭州和宁波，一年比一年多。"]
    together = LEXICAL.lex(texts)
    alone = [LEXICAL.lex([text]) for text in texts]
    assert together.counts == [lexed.counts[0] for lexed in alone]
    assert np.concatenate([lexed.states for lexed in alone]) == pytest.approx(together.states, abs=1e-5)
    assert np.concatenate([lexed.tags for lexed in alone]).tolist() == together.tags.tolist()

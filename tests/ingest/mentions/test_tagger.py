import numpy as np
import pytest

from ingest.mentions.lexical import LexicalModel
from ingest.mentions.tagger import OUTSIDE, WINDOW, Tagger, windows
from ingest.models import read_arrays


@pytest.fixture(scope="module")
def tagger():
    return Tagger.load()


def forms(tagger, text):
    return [(text[t.start : t.end], t.type) for t in tagger.tag([text])[0]]


def test_finds_a_village_its_secretary_a_university_and_a_company(tagger):
    text = "青石岭村党支部书记林长河说，去年浙江农林大学派来专家，与海川农业有限公司一起种铁皮石斛。"
    assert forms(tagger, text) == [
        ("青石岭村", "Village"),
        ("林长河", "Person"),
        ("浙江农林大学", "University"),
        ("海川农业有限公司", "Enterprise"),
        ("铁皮石斛", "Product"),
    ]


def test_offsets_are_of_the_text_given_and_scores_are_probabilities(tagger):
    texts = ["  \n\n今天有雨。\n\n县农业农村局在松溪县开会。", "", "没有名字的一句话。"]
    first, empty, _ = tagger.tag(texts)
    assert [(texts[0][t.start : t.end], t.type) for t in first] == [
        ("县农业农村局", "Department"),
        ("松溪县", "Division"),
    ]
    assert empty == []
    assert all(0.0 < t.score <= 1.0 for t in first)


def test_traditional_script_reads_as_simplified(tagger):
    simple = "青石岭村党支部书记林长河与海川农业有限公司签约。"
    traditional = "青石嶺村黨支部書記林長河與海川農業有限公司簽約。"
    assert tagger.tag([traditional])[0] == tagger.tag([simple])[0]


def test_a_long_line_is_read_to_its_end(tagger):
    text = "村里的路修好了又修好了" * 910 + "林长河书记去了松溪县。"
    assert len(text) > 10_000
    found = tagger.tag([text])[0]
    assert (text[found[-1].start : found[-1].end], found[-1].type) == ("松溪县", "Division")


@pytest.mark.parametrize(
    ("named", "outside", "said"),
    [
        (0.7, 0.3, [("河湾", "Place", 0.7)]),
        (0.3, 0.6, [("河湾", "Place", 0.3)]),  # less likely than no name, but not by far
        (0.2, 0.8, []),
        (0.18, 0.4, []),  # likelier than a third of no name, yet too unsure
    ],
)
def test_what_is_named_only_perhaps_is_said_too(named, outside, said, monkeypatch):
    tagger = Tagger(read_arrays("tagger.npz"), LexicalModel.load())
    text = "去河湾看"
    marginals = np.full((len(text), len(tagger.labels)), 0.001, dtype=np.float32)
    marginals[:, OUTSIDE] = 0.9
    for place, label in ((1, "B-Place"), (2, "E-Place")):
        marginals[place, OUTSIDE], marginals[place, tagger.labels.index(label)] = outside, named
    monkeypatch.setattr(tagger, "marginals", lambda seen: marginals)
    found = [(text[t.start : t.end], t.type, round(t.score, 2)) for t in tagger.tag([text])[0]]
    assert found == said


def test_no_texts(tagger):
    assert tagger.tag([]) == []


def test_windows_keep_sentences_whole_and_cut_long_ones_at_a_comma():
    short, long = "天晴了。", "一二三四五六七八九，" * 20 + "完。"
    text = f"{short}{short}\n{long}"
    found = windows(text)
    assert text[found[0].start : found[0].end] == short * 2
    assert "".join(text[s.start : s.end] for s in found[1:]) == long
    assert all(s.end - s.start <= WINDOW for s in found)
    assert text[found[1].end - 1] == "，"

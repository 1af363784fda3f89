"""Stories told one by one, and pages that tell none."""

from zlib import crc32

import numpy as np
import pytest

from graph.records import Mention, Report
from ingest.claims.cases import find_cases
from ingest.claims.casetypes import BUCKETS, cues, gram_counts, load_model, reason, type_cases

FIRST = (
    "样本一：柿子换了新包装\n"
    "青岭县柿坪镇的柿坪村和石臼村去年牵头成立红柿子产业联盟，统一商标、统一收购，由青岭红柿食品有限公司加工。\n"
    "红柿子产业联盟的三十户社员说，从前互相压价，如今一个价。\n"
)
SECOND = (
    "样本二：一座桥两边的账\n"
    "白水县的桥东村与邻县的桥西村只隔一条河，2020年两村组建一桥睦邻党建联盟，轮流巡护河堤，合修了和气桥。\n"
    "桥西村的老人过河看病不用再绕远，一桥睦邻党建联盟还办起了和气食堂。\n"
)
KINDS = {
    "青岭县": "Division", "柿坪镇": "Division", "柿坪村": "Village", "石臼村": "Village", "红柿子产业联盟": "Alliance",
    "青岭红柿食品有限公司": "Enterprise", "白水县": "Division", "桥东村": "Village", "桥西村": "Village",
    "一桥睦邻党建联盟": "Alliance", "和气桥": "Place", "和气食堂": "Place",
}  # fmt: skip


def read(text, title=""):
    report = Report(text, "invented", title=title)
    mentions = []
    for name, kind in KINDS.items():
        at = text.find(name)
        while at >= 0:
            mentions.append(Mention(report.id, at, at + len(name), kind, name, name))
            at = text.find(name, at + 1)
    return report, tuple(sorted(mentions, key=lambda m: m.start))


def test_a_round_up_yields_one_case_a_story():
    text = "山乡两则\n" + FIRST + SECOND
    cases = find_cases(*read(text, "山乡两则"))
    assert [(c.position, c.title, c.start) for c in cases] == [
        (0, "柿子换了新包装", text.index("样本一")),
        (1, "一座桥两边的账", text.index("样本二")),
    ]
    assert cases[0].end <= cases[1].start
    assert cases[1].place == "白水县"


def test_the_lead_before_the_first_of_a_series_is_no_story():
    lead = "去年以来，白水县的桥东村、桥西村组建一桥睦邻党建联盟，青岭县柿坪镇的柿坪村、石臼村成立红柿子产业联盟。\n"
    text = "山乡两则\n" + lead + FIRST + SECOND
    cases = find_cases(*read(text, "山乡两则"))
    assert [c.start for c in cases] == [text.index("样本一"), text.index("样本二")]


def test_a_report_of_one_story_is_one_case_under_its_title():
    text = "".join(FIRST.splitlines(keepends=True)[1:])
    (case,) = find_cases(*read(text, "柿子红了"))
    assert (case.position, case.title) == (0, "柿子红了")
    assert text[case.start :].startswith("青岭县")


@pytest.mark.parametrize("text", ["", "柿坪村\n石臼村\n桥东村\n", "今日天气晴。各部门请注意防火，值班电话见附件。"])
def test_pages_without_a_story_yield_none(text):
    assert find_cases(*read(text)) == ()


def test_types_come_with_a_reason_each():
    report, mentions = read("山乡两则\n" + FIRST + SECOND, "山乡两则")
    typed = type_cases(report, find_cases(report, mentions), mentions, ())
    assert "industry_cluster" in typed[0].types
    assert "neighbour" in typed[1].types
    assert all(len(c.types) == len(c.reasons) for c in typed)
    at = typed[1].types.index("neighbour")
    assert typed[1].reasons[at].endswith("符合睦邻协作型。")


def test_a_reason_names_the_words_that_speak_for_it():
    assert reason("师傅带徒弟，师傅不藏私", "mentor").startswith("文中说到“师傅”、“徒弟”")


def test_every_cue_is_a_type_of_the_ontology():
    from graph.ontology import ontology

    assert {cue.type for cue in cues()} == set(ontology().alliance_types)


def test_a_page_on_which_nobody_works_together_tells_no_case():
    text = (
        "秋收见闻\n青岭县柿坪镇的柿坪村和石臼村今年雨水多，柿子红得晚，老人坐在桥东村的屋檐下晒太阳，说起往年的收成。\n"
    )
    assert find_cases(*read(text, "秋收见闻")) == ()


def test_an_alliance_of_divisions_is_a_case_too():
    text = "青岭县与白水县组建红柿子产业联盟，两县的果农从此共用一个商标，收购价由大家商量着定下来，谁也不压谁的价。\n"
    (case,) = find_cases(*read(text, "两县一个价"))
    assert case.title == "两县一个价"
    alone = text.replace("红柿子产业联盟", "果农互助的班子")
    assert find_cases(*read(alone, "两县一个价")) == ()


@pytest.mark.parametrize("words", ["划出乡村振兴片区", "结成友好村", "成立产业链党委"])
def test_words_for_working_together(words):
    text = f"青岭县柿坪镇的柿坪村、石臼村和桥东村去年{words}，从前各修各的路，如今一起修，路修到了最远的一户门口。\n"
    assert len(find_cases(*read(text.replace("一起", "合着"), "路"))) == 1


def test_traditional_script_is_typed_like_simplified():
    traditional = "兩村組建睦鄰黨建聯盟，輪流巡護河堤。"
    simple = "两村组建睦邻党建联盟，轮流巡护河堤。"
    model = load_model()
    assert model.odds(traditional) == pytest.approx(model.odds(simple))
    assert "“睦鄰”" in reason(traditional, "neighbour")


def test_n_grams_are_hashed_by_their_bytes_and_stop_at_marks():
    counts = gram_counts("两村，合修2桥")
    expected = np.zeros(BUCKETS, dtype=int)
    for gram in ("两村", "合修"):
        expected[crc32(gram.encode()) % BUCKETS] += 1
    assert (counts == expected).all()
    assert gram_counts("山货店").sum() == 3  # 山货, 货店, 山货店
    assert gram_counts("").sum() == gram_counts("村").sum() == 0

import pytest

from ingest.lexicon import Lexicon
from ingest.mentions.boundaries import bounded, paired
from ingest.mentions.candidates import Candidate


def spans(text: str, *names: tuple[str, str]) -> list[tuple[str, str]]:
    """The names (form, type) of `text`, each as it first stands there, with their bounds mended."""
    found = [Candidate(text.find(form), text.find(form) + len(form), kind, 0.9, "tagger") for form, kind in names]
    return [(text[s.start : s.end], s.type) for s in bounded(text, sorted(found), Lexicon.load())]


@pytest.mark.parametrize(
    ("text", "cut", "whole"),
    [
        ("街道办起“橙心e站”服务点，方便骑手。", "橙心e站”服务点", "“橙心e站”服务点"),
        ("五家单位加入“同心圆”党建联盟。", "“同心圆", "“同心圆"),
        ("五家单位加入“同心圆”党建联盟。", "入“同心", "入“同心圆”"),
        ("他们成了好邻居”联盟的成员。", "好邻居”联盟", "好邻居"),
        ("办起“湖边议事》联盟，邻里和气。", "“湖边议事》联盟", "“湖边议事》联盟"),
    ],
)
def test_marks_come_in_pairs(text: str, cut: str, whole: str):
    start = text.find(cut)
    mended = paired(text, Candidate(start, start + len(cut), "Place", 0.9, "tagger"))
    assert text[mended.start : mended.end] == whole


def test_quoted_names_before_and_others_are_taken_apart():
    text = "县里评选“领头好书记”“百名好书记”等称号。"
    assert spans(text, ("领头好书记”“百名好书记”等称号", "Programme")) == [
        ("“领头好书记”", "Programme"),
        ("“百名好书记”", "Programme"),
    ]


def test_brand_with_latin_letters_goes_on_to_its_closing_quote():
    assert spans("骑手走进“橙爱e家”歇脚。", ("橙爱e", "Place")) == [("橙爱e家", "Place")]


@pytest.mark.parametrize(
    ("text", "found", "name"),
    [
        ("四个村抱团组建江岸片区党建联盟。", "抱团组建江岸片区党建联盟", "江岸片区党建联盟"),
        ("去年成立江岸商圈党建联盟。", "成立江岸商圈党建联盟", "江岸商圈党建联盟"),
        ("大家参加联合党委的会。", "联合党委", "联合党委"),
    ],
)
def test_verb_of_founding_is_no_part_of_a_body(text: str, found: str, name: str):
    assert spans(text, (found, "Alliance")) == [(name, "Alliance")]


def test_two_facilities_run_together():
    text = "联盟建起“邻里书吧”和橙色驿站、江岸服务中心。"
    assert spans(text, ("“邻里书吧”和橙色驿站、江岸服务中心", "Place")) == [
        ("“邻里书吧”", "Place"),
        ("橙色驿站", "Place"),
        ("江岸服务中心", "Place"),
    ]


def test_and_in_one_name_stays():
    assert spans("市青年和妇女联合会来了。", ("市青年和妇女联合会", "Alliance")) == [("市青年和妇女联合会", "Alliance")]


@pytest.mark.parametrize(
    ("text", "found", "name"),
    [
        ("村民赵大河满脸笑意。", "赵大河", "赵大河"),
        ("村民赵河满脸笑意。", "赵河满", "赵河"),
        ("支书钱江笑着说，今年好。", "钱江笑", "钱江"),
        ("会计孙玉兰则忙着记账。", "孙玉兰则", "孙玉兰"),
        ("李早早上学去了，李早今年七岁。", "李早", "李早"),
    ],
)
def test_next_word_is_no_part_of_a_person(text: str, found: str, name: str):
    assert spans(text, (found, "Person")) == [(name, "Person")]


def test_person_named_again_keeps_a_name_that_looks_like_a_verb():
    text = "赵河满脸上有光。掌声送给赵河满，他是领头人。"
    assert spans(text, ("赵河满", "Person")) == [("赵河满", "Person")]


@pytest.mark.parametrize("form", ["后进村党组织", "属地镇党委", "各村党支部", "属地镇乡党（工）委"])
def test_party_organisations_without_a_name(form: str):
    assert spans(f"经过努力，{form}变了样。", (form, "PartyOrganization")) == []


def test_others_behind_a_name_end_it_and_common_nouns_name_nothing():
    assert spans("养鸡等专业合作社办起来。", ("养鸡等专业合作社", "Enterprise")) == []
    assert spans("江岸大学等高校来了。", ("江岸大学等高校", "University")) == [("江岸大学", "University")]


def test_quoted_plight_is_no_programme():
    assert spans("联盟破解“各唱各调”难题。", ("各唱各调", "Programme")) == []
    assert spans("联盟推行“五联五动”机制。", ("五联五动", "Programme")) == [("五联五动", "Programme")]

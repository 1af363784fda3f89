from collections.abc import Sequence

import pytest
from marked_texts import Span, read, rows

from graph.records import Report
from ingest.lexicon import Lexicon, simplified
from ingest.mentions import find_mentions


def test_gazetteer_alone_nests_places_with_codes():
    mentions = read("上午，记者来到浙江省杭州市西湖区转塘街道，了解情况。")
    assert [(m.form, m.within, m.code) for m in mentions] == [
        ("浙江省", "", "33"),
        ("杭州市", "浙江省", "3301"),
        ("西湖区", "杭州市", "330106"),
        ("转塘街道", "西湖区", "330106010"),
    ]


def test_traditional_script_is_read_and_kept():
    mentions = read("他們來到廣東省梅州市，參觀果園。")
    assert [(m.form, m.code) for m in mentions] == [("廣東省", "44"), ("梅州市", "4414")]


def test_a_tagged_chain_is_taken_apart():
    lexicon = Lexicon.load()
    village = next(n for n in lexicon.gazetteer.villages("330106010") if n.endswith("村"))
    text = f"项目落在西湖区转塘街道{village}，村民高兴。"
    mentions = read(text, Village=[f"西湖区转塘街道{village}"])
    assert [(m.form, m.type) for m in mentions] == [
        ("西湖区", "Division"),
        ("转塘街道", "Division"),
        (village, "Village"),
    ]
    assert mentions[-1].within == "转塘街道"
    assert mentions[-1].code == lexicon.gazetteer.villages("330106010")[village][0]


def test_short_forms_join_the_full_name():
    mentions = read("嘉善县开了会，嘉善的做法很实。", Division=["嘉善县", "嘉善"])
    assert rows(mentions) == [("嘉善县", "Division", "嘉善县"), ("嘉善", "Division", "嘉善县")]
    assert {m.code for m in mentions} == {"330421"}


@pytest.mark.parametrize(
    ("kind", "full", "short"),
    [
        ("Enterprise", "绿野文旅有限公司", "绿野公司"),
        ("Enterprise", "青禾果蔬专业合作社", "青禾合作社"),
        ("Enterprise", "天台蓝湾水产有限公司", "蓝湾水产"),
        ("Alliance", "“金穗”产业联盟", "金穗"),
        ("Department", "嘉善县农业农村局", "县农业农村局"),
        ("University", "四川农业大学", "川农大"),
        ("Village", "南石桥村", "南石桥"),
        ("Person", "欧阳青山", "青山"),
        ("Product", "有机小米", "小米"),
    ],
)
def test_aliases_join(kind, full, short):
    mentions = read(f"先说{full}，再说{short}。", **{kind: [full, short]})
    assert [(m.form, m.name) for m in mentions if m.type == kind] == [(full, full), (short, full)]


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("University", "安徽大学", "安徽农业大学"),
        ("Product", "山楂", "山楂糕"),
        ("Enterprise", "青禾有限公司", "绿野有限公司"),
        ("PartyOrganization", "转塘街道党委", "转塘街道东山社区党委"),
    ],
)
def test_different_things_stay_apart(kind, one, other):
    mentions = read(f"先说{one}，再说{other}。", **{kind: [one, other]})
    assert {m.name for m in mentions if m.type == kind} == {one, other}


def test_an_introduced_short_name_counts_even_if_it_is_a_common_word():
    mentions = read("三方组建清溪党建联合体（以下简称“联合体”），联合体随即开工。", Alliance=["清溪党建联合体"])
    assert rows(mentions) == [
        ("清溪党建联合体", "Alliance", "清溪党建联合体"),
        ("联合体", "Alliance", "清溪党建联合体"),
        ("联合体", "Alliance", "清溪党建联合体"),
    ]


def test_bare_references_and_slogans_name_nothing():
    mentions = read(
        "联盟说，强村富民要紧，公司和该村都在变。",
        Alliance=["联盟"],
        Village=["强村", "该村"],
        Enterprise=["公司"],
    )
    assert mentions == ()


def test_a_list_is_taken_apart():
    mentions = read("镇里把东沟、南坡、柳湾三个行政村连成片。")
    assert rows(mentions) == [
        ("东沟", "Village", "东沟"),
        ("南坡", "Village", "南坡"),
        ("柳湾", "Village", "柳湾"),
    ]


def test_forms_of_address_go_to_the_person_meant():
    mentions = read("支部书记秦大山先开口。秦书记说得慢，老秦爱笑。", Person=["秦大山", "秦书记", "老秦"])
    assert [(m.form, m.name) for m in mentions] == [("秦大山", "秦大山"), ("秦书记", "秦大山"), ("老秦", "秦大山")]


def test_a_title_tells_two_of_one_surname_apart():
    text = "支部书记秦大山和会计秦小河都在。秦书记先说。"
    mentions = read(text, Person=["秦大山", "秦小河", "秦书记"])
    assert mentions[-1].name == "秦大山"


def test_a_name_found_once_is_marked_everywhere():
    text = "绿野果业有限公司来了。后来，绿野果业有限公司又来了。"
    report = Report(text, "test")

    class Once:
        def tag(self, texts: Sequence[str]) -> list[list[Span]]:
            return [[Span(0, 8, "Enterprise", 0.9)]]

    mentions = find_mentions(report, Once(), Lexicon.load(), "test@1")
    assert [m.form for m in mentions] == ["绿野果业有限公司"] * 2


def test_villages_of_one_name_carry_their_townships():
    text = "青山镇柳湾村种茶，白石乡柳湾村养鱼。"
    mentions = read(text, Division=["青山镇", "白石乡"], Village=["柳湾村"])
    assert [m.name for m in mentions if m.type == "Village"] == ["青山镇柳湾村", "白石乡柳湾村"]
    assert [m.within for m in mentions if m.type == "Village"] == ["青山镇", "白石乡"]


def test_page_furniture_names_no_divisions():
    assert read("地址：浙江省杭州市西湖区文三路，邮编：310000，电话。\n首页 >> 浙江 >> 新闻") == ()


def test_a_cut_front_is_mended():
    text = "嘉善县供电公司派人来，嘉善县很重视。"
    report = Report(text, "test")

    class Cut:
        def tag(self, texts: Sequence[str]) -> list[list[Span]]:
            return [[Span(1, 7, "Enterprise", 0.8)]]

    mentions = find_mentions(report, Cut(), Lexicon.load(), "test@1")
    assert [(m.form, m.type) for m in mentions] == [("嘉善县供电公司", "Enterprise"), ("嘉善县", "Division")]
    assert mentions[0].within == "嘉善县"


def test_offsets_survive_folding():
    text = "廣東省"
    assert len(simplified(text)) == len(text)

from dataclasses import replace

import pytest
from relation_texts import marked

from ingest.claims.modality import is_plan, modality_of
from ingest.claims.relations_references import find_references
from ingest.claims.relations_rules import rule_hits
from ingest.claims.relations_scene import build_scene
from ingest.claims.roles import role_of


def hits(source):
    scene = build_scene(*marked(source))
    return {(h.name, scene.mentions[h.head].name, h.relation, scene.mentions[h.tail].name) for h in rule_hits(scene)}


def references(source):
    report, mentions = marked(source)
    return [(report.text[r.start : r.end], r.mention.name, r.rank) for r in find_references(report.text, mentions)]


def test_a_name_that_holds_its_place_says_where_it_is():
    source = (
        "[Village:柳湾村]很小。[PartyOrganization:柳湾村党支部]开了会，[Department:云岭县林业局]也来了。"
        "[Division:云岭县]不大。"
    )
    assert hits(source) == {
        ("branch-in-village", "柳湾村党支部", "located_in", "柳湾村"),
        ("department-in-division", "云岭县林业局", "located_in", "云岭县"),
    }


def test_a_firm_named_after_a_province_or_a_paper_is_not_placed_by_its_name():
    assert (
        hits("[Division:浙江]的[Enterprise:浙江绿芽茶业公司]，[Division:云岭县]的[Organization:云岭县日报]。") == set()
    )


def test_a_college_is_part_of_the_university_whose_name_it_holds():
    assert hits("[University:云岭农业大学]派人，[University:云岭农业大学茶学院]出题。") == {
        ("college-of-university", "云岭农业大学茶学院", "part_of", "云岭农业大学")
    }


def test_a_form_that_names_the_place_too_says_where_a_village_is():
    found = hits("[Division:云岭县青石镇=青石镇]春茶开园，[Division:云岭县]来人祝贺。")
    assert found == {("nested-form", "青石镇", "located_in", "云岭县")}


def test_the_container_that_a_mention_carries_is_where_it_lies():
    report, mentions = marked("[Division:青石镇]春茶开园。路修好了。[Village:柳湾村]来了客商。")
    scene = build_scene(report, [mentions[0], replace(mentions[1], within="青石镇")])
    (hit,) = rule_hits(scene)
    assert (hit.name, scene.mentions[hit.head].name, scene.mentions[hit.tail].name) == ("container", "柳湾村", "青石镇")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("[Village:柳湾村]党支部书记[Person:钱松年]说", ("钱松年", "柳湾村")),
        ("[Division:云岭县]县委常委、统战部部长[Person:钱松年]到场", ("钱松年", "云岭县")),
        ("[University:云岭农业大学]的教授[Person:钱松年]来了", ("钱松年", "云岭农业大学")),
        ("[Person:钱松年]同志任[Village:柳湾村]第一书记。", ("钱松年", "柳湾村")),
        ("[Person:钱松年]当选为[Division:云岭县][Division:青石镇][Village:柳湾村]党支部书记", ("钱松年", "柳湾村")),
        ("[Village:柳湾村]很美。[PartyOrganization:柳湾村党支部]书记[Person:钱松年]说", ("钱松年", "柳湾村")),
    ],
)
def test_body_title_name_in_a_row_is_an_office(source, expected):
    found = {(head, tail) for name, head, relation, tail in hits(source) if name == "title-beside-name"}
    assert found == {expected}


@pytest.mark.parametrize("between", ["的茶园里，", "来了", "和", "（记者"])
def test_other_words_between_body_and_name_are_no_title(between):
    assert not any(h[0] == "title-beside-name" for h in hits(f"[Village:柳湾村]{between}[Person:钱松年]说"))


@pytest.mark.parametrize(
    "source", ["[Person:钱松年]任教于[University:云岭农业大学]多年", "[Person:钱松年]任[Village:柳湾村]路队"]
)
def test_an_office_taken_has_a_title(source):
    assert not any(h[0] == "title-beside-name" for h in hits(source))


def test_a_reference_stands_for_the_latest_fitting_name_with_a_second_guess():
    assert references("[Village:双桥村]和[Village:柳湾村]相邻，[Enterprise:绿芽公司]在山下。该村种茶。") == [
        ("该村", "柳湾村", 0),
        ("该村", "双桥村", 1),
    ]


def test_a_counted_group_stands_for_each_of_the_last_so_many():
    assert [r[:2] for r in references("[Village:甲岙村]远，[Village:双桥村]、[Village:柳湾村]近。两村合股。")] == [
        ("两村", "双桥村"),
        ("两村", "柳湾村"),
    ]


def test_a_group_larger_than_what_was_named_stands_for_nothing():
    assert references("[Village:双桥村]、[Village:柳湾村]近。五村合股。") == []


def test_words_inside_a_name_are_no_reference():
    assert references("[Village:柳湾村]的[Alliance:青石党建联盟]。") == []


def scene_of(source):
    return build_scene(*marked(source))


def test_a_list_is_folded_and_stands_under_the_place_before_it():
    scene = scene_of("[Division:青石镇][Village:柳湾村]、[Village:双桥村]和[Village:梅坞村]结盟")
    assert scene.group.tolist() == [0, 1, 1, 1]
    assert scene.governor.tolist() == [-1, 0, 0, 0]
    assert scene.place_in_group.tolist() == [0, 0, 1, 2]
    assert len(set(scene.left[1:].tolist())) == len(set(scene.right[1:].tolist())) == 1


def test_each_place_of_a_list_governs_its_own_villages():
    scene = scene_of("[Division:青石镇][Village:柳湾村]、[Division:竹口乡][Village:下畈村]")
    assert scene.governor.tolist() == [-1, 0, -1, 2]


def test_masked_tokens_hold_one_token_for_a_name_and_one_for_a_number():
    scene = scene_of("[Village:柳湾村]种茶 600亩")
    assert len(scene.tokens) == 5  # 柳湾村 种 茶 600 亩
    assert scene.token_of[len("柳湾村")] == 1


@pytest.mark.parametrize(
    ("relation", "before", "said", "after", "expected"),
    [
        ("member_of", "", "柳湾村至今没有加入联盟。", "", "negated"),
        ("member_of", "", "柳湾村计划加入联盟。", "", "planned"),
        ("founded", "明年，", "柳湾村、双桥村成立联盟。", "", "planned"),
        ("founded", "去年办了三件事；", "柳湾村成立联盟。", "", "asserted"),
        ("replicated_to", "", "双桥村照着“三共”模式办，", "不到半年就停了。", "negated"),
        ("implements", "", "柳湾村实施“三年行动计划”。", "", "asserted"),
        ("member_of", "", "柳湾村退出了联盟。", "", "negated"),
        ("located_in", "", "将在青石镇柳湾村建厂。", "", "asserted"),
        ("member_of", "", "北岙村暂未加入联盟。", "", "negated"),
        ("member_of", "", "北岙村想加入联盟，", "因为路远，至今没有谈拢。", "negated"),
        ("partners_with", "", "北岙村与茶社并无往来。", "", "negated"),
        ("partners_with", "", "北岙村目前未与茶社合作。", "", "negated"),
        ("invests_in", "", "北岙村报了名，", "因旧账没清，没能入股。", "negated"),
        ("founded", "", "四村没有平地，合建茶厂。", "", "asserted"),
        ("founded", "", "两局不再各修各的，而是组建联合党支部。", "", "asserted"),
        ("invests_in", "", "三村将帮扶资金投进茶厂。", "", "asserted"),
        ("invests_in", "", "三村将投资茶厂。", "", "planned"),
        ("implements", "", "柳湾村推行“头雁带飞”计划，", "", "asserted"),
        ("member_of", "", "“青石”联盟计划再吸收北岙村。", "", "planned"),
    ],
)
def test_modality_follows_the_cues_that_govern_a_claim(relation, before, said, after, expected):
    assert modality_of(relation, "Village", before, said, after) == expected


def test_a_planned_building_is_planned_where_it_will_stand():
    assert modality_of("located_in", "Place", "", "拟在柳湾村建青石茶叶市场。", "") == "planned"


def test_a_body_that_stands_is_placed_whatever_the_sentence_plans():
    said = "云岭县文化馆将与学院合办茶会。"
    assert modality_of("located_in", "Organization", "", said, "") == "asserted"


def test_in_a_plan_help_is_planned_unless_it_is_said_to_be_done():
    assert is_plan("关于印发《云岭县茶产业提升行动方案（2025—2027年）》的通知")
    assert not is_plan("云岭县茶产业规划落地记")
    assert modality_of("supports", "Department", "", "县林业局包柳湾村。", "", plan=True) == "planned"
    assert modality_of("supports", "Department", "", "县林业局已派人驻柳湾村。", "", plan=True) == "asserted"
    assert modality_of("founded", "Village", "", "柳湾村成立联盟。", "", plan=True) == "asserted"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("柳湾村党支部书记钱松年", "党支部书记"),
        ("柳湾村的种茶大户钱松年", "种茶大户"),
        ("柳湾村请钱松年担任技术顾问", "技术顾问"),
        ("柳湾村里住着钱松年", ""),
    ],
)
def test_a_role_is_read_as_written(text, expected):
    person = text.index("钱松年")
    assert role_of(text, (person, person + 3), (0, 3)) == expected


def test_a_role_before_the_name_counts_where_the_body_stands_behind():
    text = "副教授钱松年来自云岭农业大学"
    assert role_of(text, (3, 6), (8, 14)) == "副教授"

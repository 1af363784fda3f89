import time

import pytest
from relation_texts import claims_of, marked, triples

from graph.ontology import ontology
from graph.records import Case, Extraction, span_errors
from ingest.claims import find_claims

FOUNDING = (
    "2022年3月，[Village:柳湾村]、[Village:双桥村]、[Village:梅坞村]共同组建[Alliance:“青石同心”党建联盟]，"
    "统一管护山林。"
)


def test_nested_names_give_direct_containment_only():
    found = triples("[Division:云岭县][Division:青石镇][Village:柳湾村]的茶园里，游客不少。")
    assert found == {("柳湾村", "located_in", "青石镇", "asserted"), ("青石镇", "located_in", "云岭县", "asserted")}


def test_each_of_a_list_founds_and_joins():
    names, alliance = ("柳湾村", "双桥村", "梅坞村"), "“青石同心”党建联盟"
    assert triples(FOUNDING) == {(n, r, alliance, "asserted") for n in names for r in ("founded", "member_of")}


def test_the_leader_leads_and_the_others_found():
    found = triples("[Division:青石镇]牵头，[Village:柳湾村]、[Village:双桥村]成立[Alliance:“青石同心”党建联盟]。")
    alliance = "“青石同心”党建联盟"
    assert ("青石镇", "leads", alliance, "asserted") in found
    assert {(v, r, alliance, "asserted") for v in ("柳湾村", "双桥村") for r in ("founded", "member_of")} <= found


def test_what_has_not_been_joined_is_negated_and_what_will_be_is_planned():
    alliance = "[Alliance:“青石同心”党建联盟]"
    assert ("北岙村", "member_of", "“青石同心”党建联盟", "negated") in triples(
        f"[Village:北岙村]至今没有加入{alliance}。"
    )
    assert ("北岙村", "member_of", "“青石同心”党建联盟", "planned") in triples(
        f"下一步，[Village:北岙村]计划加入{alliance}。"
    )


def test_passive_voice_turns_the_ends():
    found = triples("[Place:青石茶叶加工厂]由[Enterprise:云岭绿芽茶业有限公司]负责运营。")
    assert ("云岭绿芽茶业有限公司", "operates", "青石茶叶加工厂", "asserted") in found


def test_partners_are_named_once():
    found = triples("[Village:柳湾村]与[University:云岭农业大学]签约合作，共建实验茶园。")
    partners = [ends for ends in found if ends[1] == "partners_with"]
    assert partners == [("柳湾村", "partners_with", "云岭农业大学", "asserted")]


def test_an_office_carries_its_title_and_its_evidence():
    report, mentions, claims = claims_of("春茶开园，[Village:柳湾村]党支部书记[Person:钱松年]正在修枝。")
    (claim,) = (c for c in claims if c.type == "affiliated_with")
    assert claim.role == "党支部书记"
    assert report.text[claim.start : claim.end] == "柳湾村党支部书记钱松年正在修枝。"
    assert (claim.head, claim.tail) == (mentions[1].id, mentions[0].id)


def test_a_reference_leads_back_to_the_mention_it_stands_for():
    report, mentions, claims = claims_of("[Village:柳湾村]的茶山有名。该村去年投资30万元建起[Place:青石茶叶加工厂]。")
    (claim,) = (c for c in claims if c.type == "invests_in")
    assert (claim.head, claim.tail) == (mentions[0].id, mentions[1].id)
    assert report.text[claim.start : claim.end] == "该村去年投资30万元建起青石茶叶加工厂。"


@pytest.mark.parametrize(
    ("source", "relation"),
    [
        ("[Village:柳湾村]种植[Product:黄金芽]600亩。", "produces"),
        ("[Alliance:“青石同心”党建联盟]推行[Programme:“三共三享”机制]。", "implements"),
        ("[Department:县农业农村局]派出技术员到[Village:柳湾村]指导种茶。", "supports"),
        ("[Programme:“三共三享”机制]已推广到[Village:北岙村]。", "replicated_to"),
    ],
)
def test_plain_sentences_of_each_kind(source, relation):
    _, mentions, claims = claims_of(source)
    assert (mentions[0].id, relation, mentions[1].id) in {(c.head, c.type, c.tail) for c in claims}


def test_claims_keep_to_the_ontology_and_to_the_text():
    report, mentions, claims = claims_of(FOUNDING + "[Division:青石镇]的[Person:钱松年]担任[Village:柳湾村]书记。")
    types = {m.id: m.type for m in mentions}
    assert all(ontology().relation(c.type).allows(types[c.head], types[c.tail]) for c in claims)
    assert list(span_errors(Extraction(report, (), tuple(mentions), claims))) == []
    assert all(0 < c.confidence <= 1 and c.reason and c.extractor == "test@1" for c in claims)


def test_the_same_report_gives_the_same_claims_in_any_order_of_mentions():
    report, mentions = marked(FOUNDING)
    forward = find_claims(report, mentions, (), "test@1")
    assert forward == find_claims(report, mentions[::-1], (), "test@1")
    assert list(forward) == sorted(forward, key=lambda c: (c.start, c.end, c.type, c.head, c.tail))


def test_things_of_different_cases_are_not_related_across_sentences():
    report, mentions = marked("[Village:柳湾村]的茶山有名。该村去年投资30万元建起[Place:青石茶叶加工厂]。")
    border = report.text.index("该村")
    cases = (Case(report.id, 0, 0, border, "一"), Case(report.id, 1, border, len(report.text), "二"))
    assert find_claims(report, mentions[:1], cases, "test@1") == ()


@pytest.mark.parametrize("source", ["", "今天天气很好。", "[Village:柳湾村]很美。"])
def test_nothing_is_claimed_where_nothing_is_related(source):
    assert claims_of(source)[2] == ()


def test_a_report_takes_milliseconds():
    report, mentions = marked(
        (FOUNDING + "[Division:云岭县][Division:青石镇][Village:柳湾村]种植[Product:黄金芽]。\n") * 12
    )
    find_claims(report, mentions, (), "test@1")
    begin = time.process_time()
    find_claims(report, mentions, (), "test@1")
    assert time.process_time() - begin < 0.5


def test_a_model_carried_by_a_speaker_named_behind_is_found():
    found = triples(
        "“我们的经验还带到了[Division:青石县]、[Division:白水县]。”[Village:柳湾村]党支部书记[Person:钱松年]说。"
    )
    assert {t for t in found if t[1] == "replicated_to"} == {
        ("柳湾村", "replicated_to", place, "asserted") for place in ("青石县", "白水县")
    }

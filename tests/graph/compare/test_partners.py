"""Suggested partners: exact order and reasons on a small network."""

from dataclasses import replace
from math import log

import pytest

from graph.compare import Ground, set_aside, suggest
from graph.compare.partners import WEIGHTS
from graph.compare.partners_ground import kind_of
from graph.compare.partners_reasons import FEATURES
from graph.errors import NotFoundError, UsageError
from graph.identity import Entities, Entity
from graph.network import Network
from graph.records import Case, Claim, Report

REPORT = Report("报道", "r", date="2024-05-01")


def entity(name: str, kind: str = "Village", code: str = "", **more: tuple[str, ...]) -> Entity:
    return Entity(f"e-{name}", name, kind, code=code, mentions=(f"m-{name}",), **more)


def claim(head: str, kind: str, tail: str, modality: str = "asserted", at: int = 0, **more: str) -> Claim:
    return Claim(REPORT.id, kind, f"m-{head}", f"m-{tail}", at, at + 1, modality=modality, **more)


ENTITIES = Entities(
    [
        *(entity(f"{name}村") for name in "丙丁戊己庚"),
        entity("甲村", code="330226101201"),
        entity("乙村", code="330226101202"),
        entity("辛村", code="330226101203"),
        entity("壬村", code="330226102201"),
        entity("东江农业大学", "University"),
        entity("西江农业大学", "University"),
        entity("茶叶", "Product"),
        entity("李工", "Person"),
        entity("云上联盟", "Alliance"),
        entity("县供电公司", "Enterprise", reports=("r", "s")),
        entity("柳镇", "Division"),
    ]
)
CLAIMS = [
    claim("东江农业大学", "supports", "甲村"),
    claim("东江农业大学", "supports", "乙村"),
    claim("东江农业大学", "supports", "丙村"),
    claim("东江农业大学", "supports", "李工"),
    claim("甲村", "partners_with", "丙村", "negated"),
    claim("甲村", "member_of", "云上联盟", "planned"),
    claim("甲村", "produces", "茶叶"),
    claim("丁村", "produces", "茶叶"),
    claim("戊村", "produces", "茶叶", "planned"),
    claim("县供电公司", "supports", "甲村"),
    claim("县供电公司", "supports", "戊村"),
]


def ground(claims: list[Claim], cases: tuple[Case, ...] = ()) -> Ground:
    return Ground.of(Network.build(ENTITIES, claims, [REPORT]), cases)


def names(found: list) -> list[str]:
    return [row.entity.name for row in found]


def test_suggestions_come_with_their_reasons_and_shares() -> None:
    found = suggest(ground(CLAIMS), "e-甲村")
    assert [(s.entity.name, [r.text for r in s.reasons]) for s in found] == [
        ("乙村", ["都与东江农业大学有往来", "同一乡镇"]),
        ("辛村", ["同一乡镇"]),
        ("丁村", ["都生产茶叶"]),
    ]
    assert found[0].score == pytest.approx(1 / log(4) + WEIGHTS["near"])
    assert found[0].reasons[0].english == "both work with 东江农业大学"
    assert sum(reason.share for reason in found[0].reasons) == pytest.approx(1)
    assert found[2].score == pytest.approx(WEIGHTS["products"] / log(3))


def test_every_path_of_a_reason_names_the_claims_of_both_ends() -> None:
    (path,) = suggest(ground(CLAIMS), "e-甲村")[0].reasons[0].paths
    assert (path.via, path.one, path.other) == ("e-东江农业大学", (CLAIMS[0].id,), (CLAIMS[1].id,))


def test_partners_and_what_is_planned_or_denied_are_no_suggestion_but_are_told() -> None:
    own = ground(CLAIMS)
    assert {"东江农业大学", "丙村", "李工", "戊村", "云上联盟"}.isdisjoint(names(suggest(own, "e-甲村", 100)))
    assert [(row.entity.name, row.state) for row in set_aside(own, "e-甲村")] == [
        ("丙村", "negated"),
        ("云上联盟", "planned"),
    ]
    assert set_aside(own, "e-甲村")[0].claims == (CLAIMS[4].id,)


def test_a_tie_that_ended_is_no_shared_partner_and_is_set_aside() -> None:
    ended = claim("东江农业大学", "supports", "甲村", "negated", at=9)
    own = ground([*CLAIMS, ended])
    assert [(s.entity.name, s.reasons[0].feature) for s in suggest(own, "e-甲村")] == [
        ("乙村", "near"),
        ("辛村", "near"),
        ("丁村", "products"),
    ]
    assert "东江农业大学" in names(set_aside(own, "e-甲村"))


def test_a_name_that_may_stand_for_several_joins_nobody() -> None:
    assert "戊村" not in names(suggest(ground(CLAIMS), "e-甲村", 100))


def test_a_kind_narrows_and_a_wrong_one_is_said() -> None:
    assert names(suggest(ground(CLAIMS), "e-甲村", kind="University")) == []
    with pytest.raises(UsageError, match="No kind of partner is called 'Product'"):
        suggest(ground(CLAIMS), "e-甲村", kind="Product")


def test_a_kind_that_the_like_have_and_it_lacks() -> None:
    claims = [claim(f"{name}村", "produces", "茶叶") for name in "甲丁戊"]
    claims += [claim("西江农业大学", "supports", f"{name}村") for name in "丁戊"]
    claims += [claim("东江农业大学", "supports", "庚村")]
    found = suggest(ground(claims), "e-甲村", kind="University")
    assert names(found) == ["西江农业大学", "东江农业大学"]
    assert [r.feature for r in found[1].reasons] == ["lacking"]
    assert found[1].reasons[0].text == "还没有农林类高校院所伙伴，情况相近的2个中2个有"
    like = next(r for r in found[0].reasons if r.feature == "peers")
    assert like.text == "情况相近的丁村、戊村与它有往来"
    assert {path.via for path in like.paths} == {"e-丁村", "e-戊村"}
    assert set(like.paths[0].one) <= {c.id for c in claims[:3]}
    assert like.paths[0].other == (claims[3].id,)


def test_alliance_types_of_the_cases_in_which_both_act() -> None:
    case = Case(REPORT.id, 0, 0, 10, "甲", types=("enclave",))
    claims = [claim("甲村", "supports", "丙村", at=1), claim("己村", "supports", "庚村", at=2)]
    claims += [claim("甲村", "produces", "茶叶"), claim("己村", "produces", "茶叶")]
    (found,) = [s for s in suggest(ground(claims, (case,)), "e-甲村") if s.entity.name == "己村"]
    types = next(r for r in found.reasons if r.feature == "types")
    assert (types.text, types.paths[0].one) == ("都参与飞地抱团型联盟", (case.id,))


def test_nearness_without_codes_goes_by_the_division_both_lie_in() -> None:
    claims = [claim("丙村", "located_in", "柳镇"), claim("丁村", "located_in", "柳镇")]
    ((found),) = suggest(ground(claims), "e-丙村")
    assert (found.entity.name, found.reasons[0].text) == ("丁村", "同一乡镇（柳镇）")
    assert found.reasons[0].english == "in one township (柳镇)"
    assert (found.reasons[0].paths[0].one, found.reasons[0].paths[0].other) == ((claims[0].id,), (claims[1].id,))


def test_a_common_county_alone_suggests_nobody() -> None:
    assert "壬村" not in names(suggest(ground(CLAIMS), "e-甲村", 100))


def test_an_alliance_is_asked_who_could_join_it() -> None:
    claims = [claim("甲村", "member_of", "云上联盟"), claim("甲村", "partners_with", "丙村")]
    found = suggest(ground(claims), "e-云上联盟")
    assert names(found) == ["丙村", "乙村", "辛村"]
    assert found[1].reasons[0].paths == ()


def test_an_unknown_entity_is_said() -> None:
    with pytest.raises(NotFoundError, match="holds no entity 'e-无'"):
        suggest(ground(CLAIMS), "e-无")


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("东江农业大学", "University", "farming"),
        ("县中医院", "Organization", "health"),
        ("柳镇信用社", "Enterprise", "finance"),
        ("柳湾村", "Village", ""),
        ("东江大学", "University", ""),
    ],
)
def test_fields_by_name(name: str, kind: str, expected: str) -> None:
    assert kind_of(replace(entity("甲村"), name=name, type=kind)) == (kind, expected)


def test_every_feature_has_a_weight_and_a_name() -> None:
    assert set(WEIGHTS) == set(FEATURES)

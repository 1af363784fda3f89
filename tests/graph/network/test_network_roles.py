"""Hubs, brokers and communities on a network of two groups that one university joins."""

import subprocess
import sys
from pathlib import Path

import pytest

from graph.errors import UsageError
from graph.identity import Entities, Entity
from graph.network import Network
from graph.network.alliance import TIES, alliance_graph, is_vague
from graph.network.communities import partition
from graph.network.roles import MEASURES, RANKED, Roles, roles
from graph.ontology import ontology
from graph.records import Claim, Report

REPORTS = [Report("早", "early", date="2020-01-01"), Report("晚", "late", date="2024-01-01")]
EARLY, LATE = (r.id for r in REPORTS)


def entity(name: str, kind: str = "Village") -> Entity:
    return Entity(f"e-{name}", name, kind, mentions=(f"m-{name}",))


def claim(head: str, kind: str, tail: str, modality: str = "asserted", report: str = LATE) -> Claim:
    return Claim(report, kind, f"m-{head}", f"m-{tail}", 0, 1, modality=modality)


ENTITIES = Entities(
    [
        *(entity(f"{name}村") for name in "甲乙丙丁戊己"),
        entity("东江大学", "University"),
        entity("云上联盟", "Alliance"),
        entity("柳镇", "Division"),
        entity("山居", "Place"),
    ]
)
TRIANGLES = [claim(f"{a}村", "partners_with", f"{b}村") for a, b in ("甲乙", "乙丙", "甲丙", "丁戊", "戊己", "丁己")]
CLAIMS = [
    *TRIANGLES,
    claim("东江大学", "supports", "甲村"),
    claim("东江大学", "supports", "丁村"),
    claim("乙村", "located_in", "柳镇"),
    claim("丙村", "located_in", "柳镇"),
    claim("甲村", "operates", "山居"),
    claim("丙村", "member_of", "云上联盟", "planned"),
]


@pytest.fixture(scope="module")
def found() -> Roles:
    return roles(Network.build(ENTITIES, CLAIMS, REPORTS))


def rows(found: Roles, measure: str, top: int | None = None) -> list[tuple[str, float, int]]:
    return [(s.entity.name, round(s.value, 3), s.rank) for s in found.ranked(measure, top=top)]


def test_only_asserted_ties_between_actors_count(found) -> None:
    assert {"e-柳镇", "e-山居", "e-云上联盟"}.isdisjoint(found.graph)
    assert (len(found.graph), found.graph.number_of_edges()) == (7, 8)
    assert found.claims_between("e-甲村", "e-乙村") == (TRIANGLES[0].id,)
    assert found.claims_between("e-甲村", "e-丁村") == ()


@pytest.mark.parametrize(("denied", "stands"), [(EARLY, True), (LATE, False)])
def test_a_tie_denied_after_it_was_asserted_has_ended(denied, stands) -> None:
    report = LATE if denied == EARLY else EARLY
    claims = [
        claim("甲村", "member_of", "云上联盟", report=report),
        claim("甲村", "member_of", "云上联盟", "negated", denied),
    ]
    assert bool(alliance_graph(Network.build(ENTITIES, claims, REPORTS))) is stands


def test_hubs_have_the_most_partners_and_equals_share_a_rank(found) -> None:
    assert rows(found, "degree", 4) == [("丁村", 3, 1), ("甲村", 3, 1), ("丙村", 2, 3), ("东江大学", 2, 3)]
    assert rows(found, "kinds", 2) == [("丁村", 2, 1), ("甲村", 2, 1)]


def test_brokers_join_those_who_have_no_ties_otherwise(found) -> None:
    first = found.ranked("betweenness", top=1)[0]
    assert (first.entity.name, round(first.value, 3)) == ("东江大学", 0.6)
    assert first.sides == (("e-丁村",), ("e-甲村",))
    assert rows(found, "constraint", 1) == [("东江大学", 0.5, 1)]
    village = found.standing("e-甲村", "degree", 1)
    assert village.sides == (("e-丙村", "e-乙村"), ("e-东江大学",))
    assert dict(village.kinds) == {"Village": 2, "University": 1}


def test_types_narrow_and_wrong_words_are_said(found) -> None:
    assert [s.entity.name for s in found.ranked("betweenness", frozenset({"Village"}))] == ["丁村", "甲村"]
    with pytest.raises(UsageError, match="No measure is called 'fame'; known are degree"):
        found.ranked("fame")
    with pytest.raises(UsageError, match="Not in the alliance network: Product"):
        found.ranked("degree", frozenset({"Product"}))


def test_communities_are_named_by_place_and_members_and_tell_their_bridges(found) -> None:
    assert [sorted(m.name for m in c.members) for c in found.communities] in (
        [["丁村", "东江大学", "己村", "戊村"], ["丙村", "乙村", "甲村"]],
        [["东江大学", "丙村", "乙村", "甲村"], ["丁村", "己村", "戊村"]],
    )
    placed = next(c for c in found.communities if any(m.name == "乙村" for m in c.members))
    assert placed.places == (("柳镇", 2),)
    assert placed.name.startswith("柳镇 · ")
    assert (placed.outside, len(placed.bridges)) == (1, 1)
    assert sum(c.inside for c in found.communities) == 7


def test_groups_counts_the_communities_that_one_ties(found) -> None:
    assert {value for _, value, _ in rows(found, "groups")} == {2}


def test_an_empty_network_has_no_roles() -> None:
    empty = roles(Network.build(ENTITIES, []))
    assert [empty.ranked(measure) for measure in RANKED] == [[]] * len(RANKED)
    assert empty.communities == ()


def test_a_measure_that_would_take_minutes_is_left_out_and_said(monkeypatch) -> None:
    monkeypatch.setattr("graph.network.roles.STEPS", 10)
    large = roles(Network.build(ENTITIES, CLAIMS, REPORTS))
    with pytest.raises(UsageError, match="too large for betweenness; constraint and groups"):
        large.ranked("betweenness")
    assert large.ranked("constraint", top=1)[0].entity.name == "东江大学"


def test_above_fifty_thousand_ties_labels_are_propagated(monkeypatch, found) -> None:
    monkeypatch.setattr("graph.network.communities.LOUVAIN", 1)
    parts = partition(found.graph)
    assert len({parts[f"e-{name}村"] for name in "甲乙丙"}) == 1
    assert parts == partition(found.graph)


def test_the_division_is_the_same_in_every_process(found) -> None:
    script = (
        "import networkx as nx\nfrom graph.network.communities import partition\n"
        "g = nx.gnm_random_graph(200, 300, seed=3)\n"
        "g = nx.relabel_nodes(g, {n: f'e-{n}' for n in g})\nprint(sorted(partition(g).items()))"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", script],
            cwd=Path(__file__).parents[3],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1
    assert partition(found.graph) == dict(found.community_of)


def test_every_relation_is_said_to_count_or_not_and_every_measure_has_its_words() -> None:
    assert sorted(TIES) == sorted(ontology().relations)
    assert all(tie.zh and tie.en for tie in TIES.values())
    for words in MEASURES.values():
        assert all((words.means("zh"), words.means("en"), words.means_not("zh"), words.means_not("en")))
        assert words.best in ("high", "low")


@pytest.mark.parametrize(
    ("name", "reports", "expected"),
    [("县供电公司", 2, True), ("县供电公司", 1, False), ("柳县供电公司", 2, False), ("县级文化馆", 2, False)],
)
def test_short_names_of_several_reports_are_vague(name, reports, expected) -> None:
    made = Entity("e", name, "Enterprise", reports=tuple(f"r{n}" for n in range(reports)))
    assert is_vague(made) is expected

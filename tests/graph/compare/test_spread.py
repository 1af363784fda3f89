"""Chains of replication: order, distance, what was given up."""

import pytest

from graph.compare import chains, spread_of
from graph.compare.spread import levels_apart
from graph.identity import Entities, Entity
from graph.records import Claim, Report

OLD = Report("二", "b", date="2021-01-01")


def entity(name: str, kind: str = "Village", code: str = "") -> Entity:
    return Entity(f"e-{name}", name, kind, code=code, mentions=(f"m-{name}",))


def carried(head: str, tail: str, report: Report, modality: str = "asserted", since: str = "") -> Claim:
    return Claim(report.id, "replicated_to", f"m-{head}", f"m-{tail}", 0, 1, modality=modality, since=since)


NEW = Report("一", "a", date="2024-05-01")
KNOWN = {NEW.id: NEW, OLD.id: OLD}
ENTITIES = Entities(
    [
        entity("甲村", code="330226001001"),
        entity("乙县", "Division", "522324"),
        entity("丙县", "Division", "330281"),
        entity("丁村"),
    ]
)


def test_steps_are_told_in_the_order_of_their_dates() -> None:
    claims = [carried("甲村", "乙县", NEW), carried("甲村", "丙县", OLD), carried("甲村", "乙县", NEW, since="2019")]
    said = [(s.target.name, s.date, s.levels, s.state) for s in spread_of(claims, ENTITIES, KNOWN)]
    assert said == [("乙县", "2019", 4, "done"), ("丙县", "2021-01-01", 2, "done")]


def test_a_chain_follows_the_place_onward_and_ends_at_what_was_given_up() -> None:
    claims = [
        carried("甲村", "丁村", OLD),
        carried("丁村", "乙县", NEW),
        carried("甲村", "丙县", NEW, "negated"),
        carried("丙县", "乙县", NEW, "planned"),
    ]
    found = chains(spread_of(claims, ENTITIES, KNOWN))
    said = sorted([chain[0].origin.name, *(s.target.name for s in chain), chain[-1].state] for chain in found)
    assert said == [["丙县", "乙县", "planned"], ["甲村", "丁村", "乙县", "done"], ["甲村", "丙县", "given up"]]


def test_a_circle_is_followed_once() -> None:
    found = chains(spread_of([carried("甲村", "丁村", OLD), carried("丁村", "甲村", NEW)], ENTITIES, KNOWN))
    assert [[s.target.name for s in chain] for chain in found] == [["丁村"], ["甲村"]]


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("330226101201", "330226101202", 0),
        ("330226101201", "330226102202", 1),
        ("330226101201", "3302", 2),
        ("330226", "330281", 2),
        ("3302", "3303", 3),
        ("330226", "522324", 4),
        ("330226", "", -1),
    ],
)
def test_how_far_apart_two_codes_lie(one: str, other: str, apart: int) -> None:
    assert levels_apart(one, other) == apart

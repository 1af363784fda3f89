"""Suggested partners: exact order and reasons on a small network."""

from math import log

import pytest

from graph.compare.partners import suggest
from graph.errors import NotFoundError
from graph.identity import Entities, Entity
from graph.network import Network
from graph.records import Claim


def entity(name: str, kind: str = "Village", code: str = "") -> Entity:
    return Entity(f"e-{name}", name, kind, code=code, mentions=(f"m-{name}",))


def claim(head: str, kind: str, tail: str, modality: str = "asserted") -> Claim:
    return Claim("r", kind, f"m-{head}", f"m-{tail}", 0, 1, modality=modality)


ENTITIES = Entities(
    [
        entity("甲村", code="330226101201"),
        entity("乙村", code="330226101202"),
        entity("丙村"),
        entity("丁村"),
        entity("戊村"),
        entity("农大", "University"),
        entity("茶叶", "Product"),
        entity("李工", "Person"),
    ]
)
CLAIMS = [
    claim("农大", "supports", "甲村"),
    claim("农大", "supports", "乙村"),
    claim("农大", "supports", "丙村"),
    claim("农大", "supports", "李工"),
    claim("甲村", "partners_with", "丙村", "negated"),
    claim("甲村", "produces", "茶叶"),
    claim("丁村", "produces", "茶叶"),
    claim("戊村", "produces", "茶叶", "planned"),
]


def test_suggestions_come_with_their_reasons() -> None:
    found = suggest(Network.build(ENTITIES, CLAIMS), "e-甲村")
    assert [(s.entity.name, [r.text for r in s.reasons]) for s in found] == [
        ("乙村", ["都与农大有往来", "同一乡镇"]),
        ("丁村", ["都生产茶叶"]),
    ]
    assert found[0].score == pytest.approx(1 / log(4) + 0.3)
    assert found[1].score == pytest.approx(0.6)


def test_whom_one_works_with_already_or_gave_up_is_no_suggestion() -> None:
    names = {s.entity.name for s in suggest(Network.build(ENTITIES, CLAIMS), "e-甲村")}
    assert names.isdisjoint({"农大", "丙村", "李工", "戊村"})


def test_an_unknown_entity_is_said() -> None:
    with pytest.raises(NotFoundError, match="holds no entity 'e-无'"):
        suggest(Network.build(ENTITIES, CLAIMS), "e-无")

"""Retellings: two accounts of one case are recognised, two cases of one alliance are kept apart."""

import pytest
from made_alike import MEALS, TEA, TEA_AGAIN, case, make

from graph.compare.likeness_ground import ground
from graph.compare.retellings import Retellings, Why, copied, grouped


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    return make(tmp_path_factory.mktemp("retold") / "library")


@pytest.fixture(scope="module")
def told(library):
    """Why two reports tell of the same, by their stems."""
    known = ground(library)
    retellings = Retellings(known)

    def why(one, other):
        units = [known.unit(case(library, stem).id) for stem in (one, other)]
        both = known.known(units)
        return retellings.why(both[units[0]], both[units[1]])

    return why


def test_another_account_names_the_same_people_places_and_things(told):
    found = told("tea", "tea-again")
    assert not found.copied
    assert found.text.startswith("讲的是同一件事：都有")
    assert "何守田" in found.text
    assert found.english.startswith("tells of the same: both name ")


def test_a_copy_is_known_by_its_words(told):
    assert told("tea", "tea-copy") == Why(copied=True)
    assert told("tea", "tea-copy").text == "文字几乎相同"


@pytest.mark.parametrize("stem", ["tea", "tea-again", "tea-copy"])
def test_another_case_of_the_same_alliance_is_no_retelling(told, stem):
    assert told(stem, "meals") is None
    assert told("meals", stem) is None


@pytest.mark.parametrize("stem", ["other-tea", "riders", "enclave"])
def test_like_cases_elsewhere_are_no_retellings(told, stem):
    assert told("tea", stem) is None


def test_a_case_is_no_retelling_within_its_own_report(told):
    assert told("tea", "tea") is None


def test_copied():
    assert copied(TEA, "据悉，" + TEA[:60])
    assert not copied(TEA, TEA_AGAIN)
    assert not copied(TEA, MEALS)
    assert not copied(TEA[:20], TEA[:20])  # too short to tell


def test_groups_keep_their_order(library):
    known = list(ground(library).known(range(4)).values())
    same = {(0, 2)}
    found = grouped(known, lambda a, b: Why(copied=True) if (a.unit, b.unit) in same else None)
    assert [(first.unit, [one.unit for one, _ in rest]) for first, rest in found] == [(0, [2]), (1, []), (3, [])]

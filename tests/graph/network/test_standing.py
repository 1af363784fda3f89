from dataclasses import replace

from graph.network import standing_claims
from graph.records import Claim, Judgement

ONE, TWO = Claim("r", "supports", "m-1", "m-2", 0, 5), Claim("r", "supports", "m-1", "m-3", 0, 5)
WRONG = Judgement("claim", ONE.id, "", "wrong", "li", "2024-01-01T00:00:00Z")


def test_the_latest_judgement_stands():
    assert standing_claims([ONE, TWO], []) == [ONE, TWO]
    assert standing_claims([ONE, TWO], [WRONG]) == [TWO]
    right = replace(WRONG, verdict="right", when="2024-02-01T00:00:00Z")
    assert standing_claims([ONE, TWO], [right, WRONG]) == [ONE, TWO]
    later = replace(right, verdict="wrong", when="2024-03-01T00:00:00Z")
    assert standing_claims([ONE, TWO], [later, right, WRONG]) == [TWO]


def test_a_superseded_judgement_no_longer_counts():
    taken_back = Judgement("claim", ONE.id, "", "unsure", "li", "2023-01-01T00:00:00Z", supersedes=WRONG.id)
    assert standing_claims([ONE], [WRONG, taken_back]) == [ONE]


def test_judgements_of_other_kinds_say_nothing_of_claims():
    assert standing_claims([ONE], [replace(WRONG, kind="type")]) == [ONE]

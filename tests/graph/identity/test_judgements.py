import json
from dataclasses import replace

import pytest

from graph.errors import OntologyError, UsageError
from graph.identity import derive
from graph.identity.judgements import corrected, fault, from_jsonl, latest, standing_claims, to_jsonl, unknown
from graph.records import Claim, Judgement, Mention
from graph.store.anchors import anchors_of, from_text, present_ids

ONE, TWO = Claim("r", "supports", "m-1", "m-2", 0, 5), Claim("r", "supports", "m-1", "m-3", 0, 5)
WRONG = Judgement("claim", ONE.id, "", "wrong", "li", "2024-01-01T00:00:00Z")
SAME = Judgement("identity", "m-b", "m-a", "same", "li", "2024-01-01T00:00:00Z")
PAIR = ("identity", "m-a", "m-b")


def mention(start, form, kind="Enterprise", name="", report="r-1"):
    return Mention(report, start, start + len(form), kind, form, name or form)


def judge(kind, subject, verdict, when="2024-01-01T00:00:00Z", at=None):
    texts = {} if at is None else anchors_of([at], [])
    return Judgement(kind, subject, "", verdict, "li", when, subject_at=texts.get(subject, ""))


def test_the_latest_judgement_of_a_claim_stands():
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


def test_a_pair_is_one_pair_whichever_way_round():
    other = replace(SAME, subject="m-a", object="m-b", verdict="different", when="2024-02-01T00:00:00Z")
    assert latest([other, SAME]) == {PAIR: other}


def test_a_withdrawal_brings_back_what_stood_before():
    other = replace(SAME, verdict="different", when="2024-02-01T00:00:00Z", supersedes=SAME.id)
    undone = replace(SAME, verdict="withdrawn", when="2024-03-01T00:00:00Z", supersedes=other.id)
    redone = replace(SAME, verdict="withdrawn", when="2024-04-01T00:00:00Z", supersedes=undone.id)
    assert latest([SAME, other]) == {PAIR: other}
    assert latest([SAME, other, undone]) == {PAIR: SAME}
    assert latest([redone, undone, other, SAME]) == {PAIR: other}


def test_a_withdrawal_of_nothing_in_particular_takes_back_all_before_it():
    undone = replace(SAME, verdict="withdrawn", when="2024-02-01T00:00:00Z")
    again = replace(SAME, verdict="different", when="2024-03-01T00:00:00Z")
    assert latest([undone, SAME]) == {}
    assert latest([undone, SAME, again]) == {PAIR: again}


def test_the_machine_yields_to_people_even_when_it_speaks_later():
    machine = replace(SAME, who="machine", verdict="different", when="2025-01-01T00:00:00Z")
    assert latest([machine]) == {PAIR: machine}
    assert latest([SAME, machine]) == {PAIR: SAME}


def test_a_type_holds_for_all_that_the_report_calls_so():
    full, short, other = mention(0, "青禾谷茶坊"), mention(9, "茶坊", name="青禾谷茶坊"), mention(20, "茶坊", "Place")
    made = corrected([full, short, other], [judge("type", short.id, "Place")])
    assert [m.type for m in made] == ["Place", "Place", "Place"]
    assert [m.id for m in made] == [full.id, short.id, other.id]
    with pytest.raises(OntologyError):
        corrected([full], [judge("type", full.id, "Teahouse")])


def test_a_name_holds_for_the_thing_or_for_the_form_that_was_put_with_the_wrong_one():
    full, short = mention(0, "青禾谷茶坊"), mention(9, "茶坊", name="青禾谷茶坊")
    assert [m.name for m in corrected([full, short], [judge("name", full.id, "青禾茶坊")])] == ["青禾茶坊"] * 2
    assert [m.name for m in corrected([full, short], [judge("name", short.id, "溪口茶坊")])] == [
        "青禾谷茶坊",
        "溪口茶坊",
    ]
    undone = judge("name", full.id, "withdrawn", "2024-02-01T00:00:00Z")
    assert corrected([full, short], [judge("name", full.id, "青禾茶坊"), undone]) == [full, short]


def test_corrections_go_before_entities():
    one, two = mention(0, "青禾谷茶坊"), mention(0, "青禾谷茶坊", "Place", report="r-2")
    assert len(derive([one, two], [])) == 2
    entities = derive([one, two], [], [judge("type", one.id, "Place")])
    (entity,) = entities.by_id.values()
    assert (entity.type, set(entities.of_mention)) == ("Place", {one.id, two.id})


def test_a_judgement_finds_its_mention_again_under_another_type_end_or_name():
    old = mention(10, "青禾谷茶坊")
    judgement = judge("type", old.id, "Place", at=old)
    retyped, longer, renamed = (
        mention(10, "青禾谷茶坊", "Product"),
        mention(10, "青禾谷茶坊店"),
        mention(10, "青禾谷茶坊", name="青禾谷茶坊店"),
    )
    for now in (retyped, longer, renamed):
        assert present_ids([judgement], [mention(0, "青禾谷茶坊"), now]) == {old.id: now.id}
    assert present_ids([judgement], [retyped, longer, renamed]) == {old.id: renamed.id}
    assert present_ids([judgement], [old, retyped]) == {}
    elsewhere = [mention(30, "青禾谷茶坊"), mention(11, "禾谷"), mention(10, "青禾谷茶坊", report="r-2")]
    assert present_ids([judgement], elsewhere) == {}
    assert corrected([longer], [judgement])[0].type == "Place"


def test_an_identity_judgement_survives_other_ids_on_both_sides():
    one, two = mention(0, "梁青", "Person"), mention(0, "梁青", "Person", report="r-2")
    texts = anchors_of([one, two], [])
    same = Judgement("identity", one.id, two.id, "same", "li", "2024", "", 0.0, "", texts[one.id], texts[two.id])
    assert len(derive([one, two], [])) == 2
    assert len(derive([one, two], [], [same])) == 1
    new = [mention(0, "梁青老师", "Person"), mention(0, "梁青", "Person", "梁青书记", report="r-2")]
    assert len(derive(new, [])) == 2
    assert len(derive(new, [], [same])) == 1


def test_a_claim_is_found_again_by_its_ends_and_its_evidence():
    head, tail = mention(0, "溪口公司"), mention(8, "柳湾村", "Village")
    claim = Claim("r-1", "supports", head.id, tail.id, 0, 11)
    wrong = Judgement(
        "claim", claim.id, "", "wrong", "li", "2024", subject_at=anchors_of([head, tail], [claim])[claim.id]
    )
    head_now = mention(0, "溪口公司", "Organization")
    now = Claim("r-1", "supports", head_now.id, tail.id, 0, 13)
    planned = Claim("r-1", "supports", head_now.id, tail.id, 0, 13, modality="planned")
    assert standing_claims([now, planned], [wrong], [head_now, tail]) == [planned]
    assert standing_claims([now], [wrong]) == [now]


def test_what_is_exported_comes_back():
    one = mention(0, "青禾谷茶坊")
    every = [judge("type", one.id, "Place", at=one), replace(WRONG, why="写错\n了", score=0.5), SAME]
    text = to_jsonl(every)
    assert from_jsonl(text) == sorted(every, key=lambda j: (j.when, j.id))
    assert text.count("\n") == 3
    assert from_text(json.loads(to_jsonl(every[:1]))["subject_at"]) == from_text(every[0].subject_at)
    few = {"kind": "claim", "subject": "k-1", "object": "", "verdict": "right", "who": "li", "when": "2024"}
    assert from_jsonl("\n" + json.dumps(few) + "\n") == [Judgement("claim", "k-1", "", "right", "li", "2024")]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"verdict": "maybe"}, "verdict 'maybe' of kind claim is none of right, wrong"),
        ({"kind": "colour"}, "kind 'colour' is none of identity, claim"),
        ({"kind": "type", "verdict": "Teahouse"}, "no type of the ontology"),
        ({"kind": "identity", "verdict": "same"}, "needs a subject and an object"),
        ({"who": ""}, "must not be empty"),
        ({"who": 3}, "who must be text"),
        ({"score": "high"}, "score must be a number"),
        ({"subject_at": "{}"}, "not an anchor"),
        ({"subject_at": "["}, "not an anchor"),
        ({"id": "j-0"}, "is not that of what it says"),
    ],
)
def test_a_bad_row_is_named_by_its_line(change, said):
    row = {"kind": "claim", "subject": "k-1", "object": "", "verdict": "right", "who": "li", "when": "2024"}
    text = json.dumps(row) + "\n" + json.dumps({**row, **change})
    with pytest.raises(UsageError, match=f"Line 2 is no judgement: .*{said}"):
        from_jsonl(text)


@pytest.mark.parametrize("line", ["{", "[]", "3", '{"kind": "claim"}'])
def test_a_line_that_holds_no_judgement_is_an_error(line):
    with pytest.raises(UsageError, match="Line 1 is no judgement"):
        from_jsonl(line)


def test_judgements_of_what_is_not_there_are_said():
    one, gone = mention(0, "青禾谷茶坊"), mention(40, "茶坊")
    kept, lost = judge("type", one.id, "Place", at=one), judge("type", gone.id, "Place", at=gone)
    assert unknown([kept, lost], [one], []) == [lost]
    assert unknown([kept, lost], [mention(0, "青禾谷茶坊", "Product")], []) == [lost]
    assert fault(lost) == ""

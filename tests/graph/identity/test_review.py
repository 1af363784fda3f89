"""The review queue: what is asked, in which order, with what evidence, and what decisions change."""

import time
from itertools import pairwise

import pytest
from made_review import FIRST, SECOND, make_review

from graph.errors import NotFoundError, UsageError
from graph.identity import Entities, Entity, derive
from graph.identity.review import Desk, Pair, Reason, correct, decide, made, pair_id, withdraw
from graph.identity.review_items import openness
from graph.identity.review_sides import quote
from graph.records import Claim, Judgement, Mention, Report

WHO, WHEN = "韩", "2024-06-01T08:00:00.000+00:00"


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    return make_review(tmp_path_factory.mktemp("review") / "library")


@pytest.fixture(scope="module")
def desk(library) -> Desk:
    return Desk.load(library)


def team(desk: Desk):
    return next(i for i in desk.items if i.kind == "identity")


def deal(desk: Desk):
    return next(i for i in desk.items if i.type == "partners_with")


def nobody(one: str, other: str) -> Pair:
    raise AssertionError("not asked for")


def test_openness_is_greatest_at_the_border_and_where_the_machine_went_against_its_score():
    assert openness(0.5, 0.5) == 1.0
    assert openness(0.75, 0.5) == 0.5
    assert openness(1.0, 0.75) == 0.0
    assert openness(0.375, 0.75) == 0.5
    assert openness(0.9, 0.75, joined=False) == 1.0
    assert openness(0.3, 0.75, joined=True) == 1.0
    assert openness(1.0, 0.75, joined=True) == 0.0


def test_what_changes_most_comes_first(desk):
    said = [(i.kind, i.type, i.score) for i in desk.queue(desk.settled([]))]
    assert said[:2] == [("claim", "partners_with", 0.5), ("identity", "Organization", 0.74)]
    assert said[-1] == ("claim", "affiliated_with", 0.95)
    assert ("claim", "leads", 0.97) not in said  # surer than what people are asked about
    weights = [i.weight for i in desk.items]
    assert weights == sorted(weights, reverse=True)


def test_the_queue_is_the_same_in_whatever_order_the_records_come(library, desk):
    mentions, claims, reports = library.mentions(), library.claims(), library.reports()
    entities = derive(mentions, reports)
    pairs = [Pair(i.object, i.subject, i.score) for i in desk.items if i.kind == "identity"]
    turned = Desk(reports[::-1], mentions[::-1], claims[::-1], entities, pairs, nobody)
    assert turned.items == desk.items


def test_a_queue_of_one_kind_type_or_entity(desk):
    nothing = desk.settled([])
    assert {i.kind for i in desk.queue(nothing, kind="identity")} == {"identity"}
    assert [i.type for i in desk.queue(nothing, of_type="partners_with")] == ["partners_with"]
    university = desk.entities.find("江东农业大学")[0]
    assert [i.kind for i in desk.queue(nothing, entity=university.id)] == ["identity"]
    student = desk.entities.find("林月")[0]
    assert {i.type for i in desk.queue(nothing, entity=student.id)} == {"Person", "partners_with", "affiliated_with"}


def test_both_sides_tell_who_they_are_and_which_sentences_say_so(desk):
    one, other = sorted(desk.sides(team(desk)), key=lambda side: -len(side.name))
    assert (one.name, other.name) == ("青禾实践团队", "青禾实践团")
    assert (one.type, one.aliases, one.mentions, one.claims, one.reports) == (
        "Organization",
        ("“青禾”实践团队",),
        1,
        2,
        1,
    )
    said = one.quotes[0]
    assert said.text == "暑假里，江东农业大学的“青禾”实践团队住进石桥湾村教育秧，队长林月说还要再来。"
    assert (said.report.title, said.report.date) == ("青禾下田", "2023-07-20")
    assert FIRST[said.start : said.end] == said.text
    assert [text for text, marked in said.pieces() if marked] == ["“青禾”实践团队"]
    assert "".join(text for text, _ in said.pieces()) == said.text


def test_reasons_are_named_with_their_share_the_weightiest_first(desk):
    reasons = desk.reasons(team(desk))
    shares = [r.share for r in reasons]
    assert shares == sorted(shares, reverse=True)
    assert all(r.text("zh") and r.text("en") for r in reasons)
    assert "containment" in {r.name for r in reasons}
    assert [(r.name, r.share) for r in desk.reasons(deal(desk))] == [("model", 0.5)]


def test_a_claim_shows_its_sentence_with_the_ends_that_stand_in_it(desk):
    item = deal(desk)
    said = desk.evidence(item)
    assert said.text == "另一头，泉口县的林月办起米厂，同石桥湾村只有过一次买卖。"
    assert [text for text, marked in said.pieces() if marked] == ["林月"]
    assert [side.name for side in desk.sides(item)] == ["林月", "石桥湾村"]


def test_decided_items_leave_the_queue_and_come_back_when_taken_back(desk):
    item = deal(desk)
    wrong = decide(item, "wrong", desk.settled([]), WHO, WHEN, "只买过一次")
    assert (wrong.kind, wrong.subject, wrong.object, wrong.score, wrong.why) == (
        "claim",
        item.id,
        "",
        0.5,
        "只买过一次",
    )
    assert item not in desk.queue(desk.settled([wrong]))
    back = withdraw(wrong, WHO, "2024-06-01T08:01:00.000+00:00")
    assert (back.verdict, back.supersedes) == ("withdrawn", wrong.id)
    assert item in desk.queue(desk.settled([wrong, back]))
    assert made([wrong, back]) == [(wrong, False)]


def test_a_second_decision_takes_the_place_of_the_first(desk):
    item = team(desk)
    unsure = decide(item, "unsure", desk.settled([]), WHO, WHEN)
    same = decide(item, "same", desk.settled([unsure]), "梁", "2024-06-02T08:00:00.000+00:00")
    assert same.supersedes == unsure.id
    assert desk.settled([unsure, same]).on(item) == same
    assert made([unsure, same]) == [(same, True), (unsure, False)]


def test_what_the_machine_decided_is_still_asked(desk):
    item = team(desk)
    by_machine = decide(item, "same", desk.settled([]), "machine", WHEN)
    assert item in desk.queue(desk.settled([by_machine]))


def test_only_verdicts_of_its_kind_are_taken(desk):
    with pytest.raises(UsageError, match="'wrong' is no verdict on identity; say one of same, different, unsure"):
        decide(team(desk), "wrong", desk.settled([]), WHO, WHEN)
    with pytest.raises(UsageError, match="no verdict"):
        decide(deal(desk), "withdrawn", desk.settled([]), WHO, WHEN)
    with pytest.raises(UsageError, match="'Dorf' is no type"):
        correct("type", team(desk).subject, "Dorf", desk.settled([]), WHO, WHEN)
    with pytest.raises(UsageError, match="corrected value"):
        correct("name", team(desk).subject, "  ", desk.settled([]), WHO, WHEN)


def test_any_claim_and_any_two_mentions_can_be_decided(desk):
    sure = next(c for c in desk.claims.values() if c.type == "leads")
    assert desk.item(sure.id).score == 0.97
    names = {m.form: m.id for m in desk.mentions.values()}
    odd = desk.item(pair_id(names["岚水县"], names["泉口县"]))
    assert (odd.kind, odd.together) == ("identity", False)
    for name in ("k-00", "m-1~m-2", names["岚水县"], f"{names['岚水县']}~{names['岚水县']}"):
        with pytest.raises(NotFoundError, match="Nothing to review"):
            desk.item(name)


def test_a_correction_supersedes_the_one_before(desk):
    mention = team(desk).subject
    one = correct("name", mention, " 江东农大实践团 ", desk.settled([]), WHO, WHEN)
    assert (one.verdict, one.supersedes) == ("江东农大实践团", "")
    two = correct("name", mention, "青禾实践团队", desk.settled([one]), WHO, "2024-06-02T08:00:00.000+00:00")
    assert two.supersedes == one.id


# -- names that people joined ---------------------------------------------------------------------------------------


def three_names() -> Desk:
    """Three entities of a report each, every two of which are asked about."""
    reports = [Report(f"{form}来了。", form) for form in ("甲队", "乙队", "丙队")]
    mentions = [Mention(r.id, 0, 2, "Organization", r.stem, r.stem) for r in reports]
    entities = Entities(Entity(f"e-{m.form}", m.form, m.type, mentions=(m.id,), reports=(m.report,)) for m in mentions)
    a, b, c = (m.id for m in mentions)
    pairs = [Pair(a, b, 0.6), Pair(b, c, 0.6, (Reason("name", 0.6, "同名", "same name"),)), Pair(c, a, 0.6)]
    return Desk(reports, mentions, [], entities, pairs, nobody)


def same(one: str, other: str, verdict: str = "same") -> Judgement:
    return Judgement("identity", *sorted((one, other)), verdict, WHO, WHEN)


def test_what_follows_from_decisions_is_not_asked_again():
    desk = three_names()
    a, b, c = (m.id for m in desk.mentions.values())
    assert len(desk.queue(desk.settled([]))) == 3
    left = desk.queue(desk.settled([same(a, b)]))
    assert {i.id for i in left} == {pair_id(b, c), pair_id(c, a)}
    assert desk.queue(desk.settled([same(a, b), same(b, c)])) == []
    assert desk.queue(desk.settled([same(a, b), same(b, c, "different")])) == []
    assert len(desk.queue(desk.settled([same(a, b, "unsure")]))) == 2


def test_an_entity_is_split_by_its_names_in_reports(library):
    desk = Desk.load(library)
    village = desk.entities.find("石桥湾村")[0]
    split = [i for i in desk.matching(kind="identity", entity=village.id) if i.together]
    assert [(i.type, {desk.mentions[m].report for m in (i.subject, i.object)}) for i in split] == [
        ("Village", set(village.reports))
    ]
    one, other = desk.sides(split[0])
    assert {one.quotes[0].report.text, other.quotes[0].report.text} == {FIRST, SECOND}
    different = decide(split[0], "different", desk.settled([]), WHO, WHEN)
    assert desk.queue(desk.settled([different]), kind="identity", entity=village.id) == [
        i for i in desk.matching(kind="identity", entity=village.id) if not i.together
    ]


def test_decisions_change_what_is_derived_and_back(tmp_path):
    library = make_review(tmp_path / "library")
    desk = Desk.load(library)
    same_team = decide(team(desk), "same", desk.settled([]), WHO, WHEN)
    library.judge([same_team])

    def teams() -> list[str]:
        found = derive(library.mentions(), library.reports(), library.judgements())
        return sorted(e.name for e in found.by_id.values() if e.type == "Organization")

    assert teams() == ["青禾实践团队"]
    assert not [i for i in Desk.load(library).items if i.kind == "identity" and not i.together]
    library.judge([withdraw(same_team, WHO, "2024-06-01T08:01:00.000+00:00")])
    assert teams() == ["青禾实践团", "青禾实践团队"]


def test_a_quote_is_the_sentence_cut_where_it_runs_on():
    report = Report("第一句。" + "长" * 300 + "柳溪村" + "长" * 300 + "。末句。", "long")
    at = report.text.index("柳溪村")
    cut = quote(report, [(at, at + 3)])
    assert (cut.start, cut.end) == (at - 160, at + 163)
    short = quote(Report("一句话。\n　柳溪村在此！又一句。", "short"), [(6, 9)])
    assert short.text == "柳溪村在此！"


def test_twenty_thousand_entities_are_queued_at_once():
    report = Report("柳溪村。" * 10, "many")
    mentions = [Mention(report.id, 0, 3, "Village", "柳溪村", f"柳溪村{n}") for n in range(20_000)]
    entities = Entities(Entity(f"e-{n}", m.name, m.type, mentions=(m.id,)) for n, m in enumerate(mentions))
    claims = [
        Claim(report.id, "partners_with", one.id, other.id, 0, 3, confidence=0.5) for one, other in pairwise(mentions)
    ]
    pairs = [Pair(one.id, other.id, 0.6) for one, other in zip(mentions[::4], mentions[1::4], strict=True)]
    began = time.perf_counter()
    desk = Desk([report], mentions, claims, entities, pairs, nobody)
    assert len(desk.queue(desk.settled([]))) == len(claims) + len(pairs)
    assert time.perf_counter() - began < 3

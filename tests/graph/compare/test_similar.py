"""Comparable cases: what is found for a case, an entity and a description, and how weights change it."""

import pytest
from made_alike import LETTERS, case, make

from graph.compare import likeness_ground
from graph.compare.likeness import features
from graph.compare.similar import meant, similar
from graph.errors import EncoderError, NotFoundError, UsageError
from graph.identity import Entity
from graph.search import Encoder
from graph.store import Library


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    return make(tmp_path_factory.mktemp("alike") / "library", LETTERS)


@pytest.fixture(scope="module")
def wordy(tmp_path_factory):
    """The same without vectors."""
    return make(tmp_path_factory.mktemp("wordy") / "library")


def stems(found):
    return [alike.hit.report.stem for alike in found.alike]


@pytest.mark.parametrize("source", ["library", "wordy"])
def test_accounts_of_the_same_case_stand_apart_and_the_like_case_comes_first(source, request):
    source = request.getfixturevalue(source)
    found = similar(source, case(source, "tea"), LETTERS if source.encoder else None)
    assert {retold.hit.report.stem for retold in found.also_told} == {"tea-again", "tea-copy"}
    assert stems(found)[0] == "other-tea"
    assert set(stems(found)) == {"other-tea", "meals", "riders", "enclave"}


def test_retellings_stand_under_the_one_that_fits_best(library):
    found = similar(library, case(library, "other-tea"), LETTERS, top=3)
    first = found.alike[0]
    assert {first.hit.report.stem, *(r.hit.report.stem for r in first.retold)} == {"tea", "tea-again", "tea-copy"}
    assert len(found.alike) == 3
    assert [hit.report.stem for hit in found.ranking[1:3]] == [r.hit.report.stem for r in first.retold]


def test_features_lie_between_0_and_1_and_make_the_score(library):
    found = similar(library, case(library, "tea"), LETTERS)
    for alike in found.alike:
        assert all(0 <= part.value <= 1.000001 for part in alike.parts)
        assert alike.hit.score == pytest.approx(sum(found.weights[p.feature] * p.value for p in alike.parts))
        if alike.hit.reasons:  # nothing speaks for the last
            assert sum(reason.share for reason in alike.hit.reasons) == pytest.approx(1, abs=0.01)
    assert found.alike[0].hit.reasons


def test_reasons_say_what_is_alike(library):
    found = similar(library, case(library, "tea"), LETTERS)
    said = {reason.feature: reason.text for reason in found.alike[0].hit.reasons}
    assert said["type"] == "同属产业集聚型"
    assert said["industry"] == "产业相近：茶"
    assert said["scale"].startswith("规模相近：村数12与6")
    assert "入股分红" in said["mechanism"]


def test_weights_change_the_order(library):
    asked = case(library, "meals")
    by_type = {"industry": 0, "partners": 0, "mechanism": 0, "setting": 0, "scale": 0, "names": 0, "text": 0}
    assert stems(similar(library, asked, LETTERS, weights=by_type))[0] == "riders"
    by_names = {**by_type, "type": 0, "names": 1}
    assert stems(similar(library, asked, LETTERS, weights=by_names))[0].startswith("tea")


def test_weights_that_cannot_be_are_refused(library):
    asked = case(library, "tea")
    with pytest.raises(UsageError, match=r"No feature is called 'size'; cases are compared by type \(组建方式\), ind"):
        similar(library, asked, LETTERS, weights={"size": 1})
    with pytest.raises(UsageError, match="must lie between 0 and 5"):
        similar(library, asked, LETTERS, weights={"scale": -1})
    with pytest.raises(UsageError, match="All weights are 0"):
        similar(library, asked, LETTERS, weights=dict.fromkeys(features(), 0.0))


def test_a_description_is_compared_by_its_features(library):
    found = similar(library, "几个薄弱村抱团出资，到开发区合建厂房分红", LETTERS)
    assert found.like == ()
    assert stems(found)[0] == "enclave"
    assert "mechanism" in {reason.feature for reason in found.alike[0].hit.reasons}


def test_an_english_description_works_without_a_shared_word(library):
    found = similar(library, "a service station where delivery riders and couriers can rest", LETTERS)
    assert stems(found)[0] == "riders"
    assert "like trades: e-commerce and delivery" in {reason.english for reason in found.alike[0].hit.reasons}


def test_a_description_without_words(library):
    with pytest.raises(UsageError):
        similar(library, "。，", LETTERS)


def test_an_entity_stands_for_its_cases_which_are_left_out(library):
    entity = meant(library, "何守田")
    assert isinstance(entity, Entity)
    found = similar(library, entity, LETTERS)
    assert len(found.like) == 4
    assert stems(found)[0] == "other-tea"
    assert set(stems(found)) == {"other-tea", "riders", "enclave"}


def test_what_a_user_names(library):
    assert meant(library, "tea#0") == case(library, "tea")
    assert meant(library, case(library, "tea").id) == case(library, "tea")
    entity = meant(library, "柳塘村")
    assert meant(library, entity.id) == entity
    assert meant(library, "柳塘村的茶") == "柳塘村的茶"
    with pytest.raises(NotFoundError):
        meant(library, "e-nothing")
    with pytest.raises(NotFoundError):
        meant(library, "tea#7")


def test_a_case_of_another_library(library, wordy, tmp_path):
    empty = Library.create(tmp_path / "empty")
    with pytest.raises(NotFoundError):
        similar(empty, case(library, "tea"), None)
    assert similar(empty, "茶厂分红", None).alike == ()


def test_vectors_of_another_encoder(library):
    with pytest.raises(EncoderError):
        similar(library, case(library, "tea"), Encoder("other", 64, LETTERS._embed))


def test_without_index_the_beginning_of_a_case_speaks_for_it(tmp_path):
    from made_alike import extractions

    bare = Library.create(tmp_path / "bare")
    bare.add(extractions())
    found = similar(bare, case(bare, "tea"), None)
    assert stems(found)[0] == "other-tea"
    assert found.alike[0].hit.passage.text.startswith("枫桥县柳塘村")


def test_a_large_library_is_compared_in_part_with_the_same_first_cases(library, monkeypatch):
    whole = stems(similar(library, case(library, "tea"), LETTERS, top=2))
    monkeypatch.setattr(likeness_ground, "WHOLE", 3)
    likeness_ground._grounds.clear()
    part = similar(library, case(library, "tea"), LETTERS, top=2)
    likeness_ground._grounds.clear()
    assert stems(part) == whole
    assert {retold.hit.report.stem for retold in part.also_told} == {"tea-again", "tea-copy"}


def test_a_claim_judged_wrong_no_longer_counts(tmp_path):
    from graph.records import Judgement

    made = make(tmp_path / "judged")
    claim = made.claims(made.report("other-tea").id)[0]

    def pairing():
        known = likeness_ground.ground(made)
        unit = known.unit(case(made, "other-tea").id)
        return known.known([unit])[unit].traits.mechanisms.get("pairing", 0)

    assert pairing() == 1
    made.judge([Judgement("claim", claim.id, "", "wrong", "测试者", "2024-05-01T08:00:00+08:00")])
    assert pairing() == 0

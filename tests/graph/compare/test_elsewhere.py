"""Where else: likeness before, what a place has and lacks, what is left out and marked."""

import numpy as np
import pytest
from made_spread import cases, holdings

from graph.compare import Atlas, elsewhere, elsewhere_row, nearness
from graph.compare.before import kind_of, settings_of
from graph.errors import NotFoundError
from graph.identity import Entity
from graph.records import Case, Passage


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return Atlas.of(holdings())


def traits(atlas: Atlas, place: str) -> set[tuple[str, str]]:
    return {(t.feature, t.zh) for t in atlas.settings[f"e-{place}"].traits}


def test_a_setting_is_what_was_before(atlas: Atlas) -> None:
    assert traits(atlas, "甲石村") == {
        ("kind", "村"),
        ("problem", "集体经济薄弱"),
        ("problem", "卖难"),
        ("resource", "山林"),
        ("resource", "闲置房屋土地"),
        ("resource", "古村老屋"),
        ("product", "青梅"),
    }
    assert ("product", "新果脯") not in traits(atlas, "甲石村")  # made by a firm that the story founded


def test_every_trait_has_its_sentence(atlas: Atlas) -> None:
    held = holdings()
    setting = atlas.settings["e-甲石村"]
    for trait, proofs in setting.traits.items():
        assert proofs, trait
        assert all(held.reports[p.report].text[p.start : p.end].endswith("。") for p in proofs)


@pytest.mark.parametrize(
    ("name", "kind", "code", "expected"),
    [
        ("丙桥村", "Village", "", "village"),
        ("戊港社区", "Village", "", "community"),
        ("某镇", "Division", "330226109", "township"),
        ("某街道", "Division", "330226001", "street"),
        ("慈溪市", "Division", "330282", "county"),
        ("宁波市", "Division", "3302", ""),
        ("某县", "Division", "", "county"),
        ("某公司", "Enterprise", "", ""),
    ],
)
def test_kinds_of_places(name: str, kind: str, code: str, expected: str) -> None:
    assert kind_of(Entity("e", name, kind, code=code)) == expected


def test_the_like_place_comes_first_with_what_it_has_and_lacks(atlas: Atlas) -> None:
    case = cases()[0]
    found = elsewhere(atlas.origin(case), atlas, case)
    best = found.candidates[0]
    assert best.place.name == "丙桥村"
    assert {part.feature for part in best.likeness} == {"problem", "product", "resource", "kind"}
    assert any(part.text == "当初同样集体经济薄弱" for part in best.likeness)
    assert any(part.english == "both make 青梅" for part in best.likeness)
    assert {need.kind: need.lacking for need in best.needs} == {
        "University": True,
        "Enterprise": False,
        "Programme": True,
    }
    assert next(n for n in best.needs if n.kind == "Enterprise").has[0].entity.name == "云上文旅公司"
    assert best.score == pytest.approx(sum(part.points for part in best.likeness))


def test_where_it_went_is_left_out_and_what_was_given_up_is_marked(atlas: Atlas) -> None:
    case = cases()[0]
    found = elsewhere(atlas.origin(case), atlas, case, meaning={"e-丁岭村": 3.0})
    states = {candidate.place.name: candidate.state for candidate in found.candidates}
    assert "乙滩村" not in states
    assert "甲石村" not in states
    assert states["丁岭村"] == "given up"
    assert [step.target.name for step in found.already] == ["乙滩村"]


def test_a_likeness_of_kind_alone_is_none(atlas: Atlas) -> None:
    case = cases()[0]
    found = elsewhere(atlas.origin(case), atlas, case)
    assert "己河村" not in {candidate.place.name for candidate in found.candidates}


def test_a_case_without_a_known_place_says_so(atlas: Atlas) -> None:
    with pytest.raises(NotFoundError, match="no village, township or county"):
        atlas.origin(Case("r-none", 0, 0, 1, "无地之事"))


def test_the_answer_as_data_quotes_the_sentences(atlas: Atlas) -> None:
    case = cases()[0]
    row = elsewhere_row(elsewhere(atlas.origin(case), atlas, case), holdings().reports)
    assert row["origin"] == "甲石村"
    assert row["already"] == ["乙滩村"]
    problem = next(part for part in row["candidates"][0]["in_common"] if part["feature"] == "problem")
    assert problem["there"][0]["text"] == "丙桥村曾是负债的空壳村，山林里的老屋闲置多年。"


def test_nearness_needs_vectors_and_leaves_out_shared_reports() -> None:
    held = holdings()
    settings = settings_of(held)
    origin = settings["e-甲石村"]
    assert nearness(origin, settings, [], ([], np.zeros((0, 2), np.float32))) == {}
    passages = [Passage(r.id, "", 0, len(r.text), r.text) for r in held.reports.values()]
    rows = np.array([[1.0, 0.0], [0.0, 1.0]], np.float32)
    # Only two places are told of in the other report, too few to say what is near.
    assert nearness(origin, settings, passages, ([p.id for p in passages], rows)) == {}

"""Candidates for what a figure measures, and the model that ranks them."""

import numpy as np
import pytest

from graph.records import Mention
from ingest.claims.figures_cast import Cast, main_things
from ingest.claims.figures_features import ATOMS, BITS, CASE, WORDED, Setting, atoms
from ingest.claims.figures_quantities import quantities
from ingest.claims.figures_scene import Scene
from ingest.claims.figures_subject import Ranked, asked, candidates, ranked, subjects
from ingest.models.hashed import HashedModel, Templates

TEXT = "豆苗联盟落户柳坡村。去年，坪桥村集体收入达到36万元，其中温秀兰交了租金。"
NAMES = {"豆苗联盟": "Alliance", "柳坡村": "Village", "坪桥村": "Village", "温秀兰": "Person"}


@pytest.fixture
def cast():
    mentions = [Mention("r", TEXT.find(n), TEXT.find(n) + len(n), kind, n, n) for n, kind in NAMES.items()]
    return Cast(Scene(TEXT, mentions))


@pytest.fixture
def at(cast):
    quantity = quantities(TEXT)[0]
    scene, sentence = cast.scene, cast.scene.sentence(quantity.number)
    whole = (0, len(TEXT))
    return Setting(quantity, scene.clause(quantity.number), sentence, whole, 0, whole, "集体收入", "一碗豆花")


def test_candidates_come_nearest_first_then_later_ones_then_the_case(cast, at):
    found = candidates(at.quantity, cast, at.bounds, main_things(cast, at.bounds))
    names = [cast.mentions[o.thing].name if o.thing != CASE else "" for o in found]
    assert names == ["坪桥村", "柳坡村", "豆苗联盟", "温秀兰", ""]


def test_the_subject_of_the_clause_is_marked(cast, at):
    main = main_things(cast, at.bounds)
    options = candidates(at.quantity, cast, at.bounds, main)
    rows = atoms(options, at, cast, main)
    assert {len(row) for row in rows} == {len(ATOMS) + len(WORDED)}
    assert [row[ATOMS.index("subj")] for row in rows] == [1, 0, 3, 0, 0]
    assert [row[ATOMS.index("ring")] for row in rows] == [1, 3, 3, 7, 9]


def test_scores_do_not_depend_on_what_stands_beside(cast, at):
    random = np.random.default_rng(0)
    model = HashedModel(random.normal(size=1 << BITS).astype(np.float32))
    question = asked(at, cast, main_things(cast, at.bounds), 0)
    alone, twice = ranked([question], model), ranked([question, question], model)
    assert twice[1] == twice[0] == alone[0]
    assert ranked([], model) == []


def _scored(cast, at, another, same):
    return Ranked(asked(at, cast, main_things(cast, at.bounds), 0).options, another, same)


def test_the_figure_before_counts(cast, at):
    scored = _scored(cast, at, [2.0, 1.0, 0.0, 0.0, 0.0], [0.0, 3.0, 0.0, 0.0, 0.0])
    ahead, other = (o.thing for o in scored.options[:2])
    sure = _scored(cast, at, [0.0, 9.0, 0.0, 0.0, 0.0], [0.0, 9.0, 0.0, 0.0, 0.0])
    assert subjects([scored], [False]) == [ahead]
    assert subjects([sure, scored], [False, False]) == [other, other]


def test_what_the_figure_before_was_about_counts_as_far_as_it_is_probable(cast, at):
    ahead, other = (o.thing for o in candidates(at.quantity, cast, at.bounds, {})[:2])
    open_ = _scored(cast, at, [2.0, 1.9, -9.0, -9.0, -9.0], [2.0, 1.9, -9.0, -9.0, -9.0])  # ahead by a little
    after = _scored(cast, at, [0.0, 1.0, -9.0, -9.0, -9.0], [1.2, 4.0, -9.0, -9.0, -9.0])
    assert subjects([open_, after], [False, False]) == [ahead, other]
    assert subjects([open_], [False]) == [ahead]


def test_the_end_of_a_range_is_about_what_its_beginning_is(cast, at):
    sure = _scored(cast, at, [0.0, 9.0, 0.0, 0.0, 0.0], [0.0, 9.0, 0.0, 0.0, 0.0])
    another = _scored(cast, at, [9.0, 0.0, 0.0, 0.0, 0.0], [9.0, 0.0, 0.0, 0.0, 0.0])
    other = sure.options[1].thing
    assert subjects([sure, another], [False, True]) == [other, other]
    assert subjects([another, sure], [True, False]) == [sure.options[0].thing, other]


def test_members_of_a_bag_share_their_features():
    templates = Templates.of(("kind", "w0", "w1"), "kind;kind w*")
    one, other = templates.codes([[1, 5, 7]]), templates.codes([[1, 7, 5]])
    assert sorted(one[0]) == sorted(other[0])
    assert templates.codes([[2, 5, 7]])[0, 0] != one[0, 0]
    assert one.max() < 1 << BITS
    with pytest.raises(ValueError, match="not in tuple"):
        Templates.of(("kind",), "unit")


def test_a_model_is_read_as_it_was_written(tmp_path):
    model = HashedModel(np.arange(1 << BITS, dtype=np.float32) % 8, 0.5)
    model.save(tmp_path / "made.npz")
    read = HashedModel.load(tmp_path / "made.npz")
    codes = np.array([[1, 2, 3]])
    assert read.scores(codes).tolist() == model.scores(codes).tolist() == [6.5]

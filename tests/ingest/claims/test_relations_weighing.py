import numpy as np
import pytest
from relation_texts import marked

from ingest.claims.features import RELATIONS, pair_features
from ingest.claims.relations_rules import RULES, rule_hits
from ingest.claims.relations_scene import build_scene
from ingest.claims.relations_weighing import FEATURES, NONE, candidates
from ingest.models.trees import Trees

PARTNERS, FOUNDED = RELATIONS.index("partners_with"), RELATIONS.index("founded")


def weighed(source, said=(), hits=()):
    """Candidates of `source` where the pair model says `said`: (head, relation, tail, logit) by names."""
    scene = build_scene(*marked(source))
    pairs = pair_features(scene)
    logits = np.full((len(pairs.head), len(RELATIONS)), NONE, dtype=np.float32)
    names = [m.name for m in scene.mentions]
    for head, relation, tail, logit in said:
        for pair, ends in enumerate(zip(pairs.head, pairs.tail, strict=True)):
            if (names[ends[0]], names[ends[1]]) == (head, tail):
                logits[pair, RELATIONS.index(relation)] = logit
    found = candidates(scene, pairs, logits, hits or rule_hits(scene))
    rows = zip(found.head, found.relation, found.tail, strict=True)
    return found, [(names[h], RELATIONS[r], names[t]) for h, r, t in rows]


def test_only_what_is_worth_it_is_weighed():
    source = "[Village:柳湾村]成立[Enterprise:青石茶社]。"
    said = [("柳湾村", "founded", "青石茶社", 1.5), ("柳湾村", "invests_in", "青石茶社", -6.0)]
    found, rows = weighed(source, said)
    assert rows == [("柳湾村", "founded", "青石茶社")]
    assert found.rows.shape == (1, FEATURES)
    assert found.rows[0, :2].tolist() == [FOUNDED, 1.5]
    assert found.hit.tolist() == [-1]


def test_a_symmetric_relation_is_weighed_once_by_its_surer_statement():
    source = "[Village:柳湾村]与[University:云岭大学]合作。[University:云岭大学]与[Village:柳湾村]签约。"
    said = [("柳湾村", "partners_with", "云岭大学", 0.5), ("云岭大学", "partners_with", "柳湾村", 2.0)]
    found, rows = weighed(source, said)
    assert len(rows) == 1
    assert found.rows[0, :2].tolist() == [PARTNERS, 2.0]
    assert rows[0] == ("云岭大学", "partners_with", "柳湾村")


def test_what_a_rule_says_is_weighed_though_the_pairs_say_nothing():
    found, rows = weighed("[Village:柳湾村]很小。[PartyOrganization:柳湾村党支部]开了会。")
    assert rows == [("柳湾村党支部", "located_in", "柳湾村")]
    ruled = found.rows[0, -25 - len(RULES) : -25]
    assert [RULES[i] for i in np.flatnonzero(ruled)] == ["branch-in-village"]
    assert found.hit.tolist() == [0]


def test_a_better_tail_is_seen():
    source = "[Village:柳湾村]成立[Enterprise:青石茶社]和[Enterprise:云岭果社]。"
    found, rows = weighed(source, [("柳湾村", "founded", "青石茶社", 2.0), ("柳湾村", "founded", "云岭果社", -1.0)])
    rivals = {row[2]: float(value) for row, value in zip(rows, found.rows[:, 5], strict=True)}
    assert rivals == {"青石茶社": -1.0, "云岭果社": 2.0}


def test_nothing_named_gives_no_candidates():
    assert weighed("今天天气很好。")[1] == []


@pytest.mark.parametrize(("row", "expected"), [([0.0, 9.0], 1.25), ([2.0, 1.0], 3.25), ([2.0, 5.0], -0.75)])
def test_every_tree_is_walked_to_its_leaf(row, expected):
    trees = Trees(
        roots=np.array([0, 5]),
        feature=np.array([0, 0, 1, 0, 0, 0]),
        threshold=np.array([1.0, 0, 3.0, 0, 0, 0], dtype=np.float32),
        left=np.array([1, 1, 3, 3, 4, 5]),
        right=np.array([2, 1, 4, 3, 4, 5]),
        value=np.array([0, 1.0, 0, 3.0, -1.0, 0.5], dtype=np.float32),
        base=np.array([-0.25], dtype=np.float32),
        depth=np.array([2]),
    )
    assert trees.logits(np.array([row], dtype=np.float32)).tolist() == [expected]

import pytest
from test_derive import report

from graph.identity import Matcher, candidate_pairs, derive, score_pair
from graph.identity.evidence import stages_of
from graph.identity.locals import local_entities
from graph.identity.scoring import floor, threshold, weights_of
from graph.records import Judgement

COUNTY, FAR = ("双溪县", "Division"), ("东屏县", "Division")


def locals_of(*parts):
    return [x for _, mentions in parts for x in local_entities(mentions)]


def pair(one, other):
    """The score of the last thing named in each of two reports."""
    first, second = report("a", "", *one), report("b", "", *other)
    last = [next(x for x in locals_of(part) if x.mentions[0] == part[1][-1].id) for part in (first, second)]
    return score_pair(*last)


def names_of(scored):
    return [reason.name for reason in scored.reasons]


def test_a_code_settles_a_village():
    scored = pair(
        [("柳桥村", "Village", "", "", "330226101201")], [("双溪县柳桥", "Village", "柳桥", "", "330226101201")]
    )
    assert scored.score == 1.0
    assert scored.joins
    assert scored.reasons[0].text_zh == "官方代码相同：330226101201"
    assert scored.reasons[0].text_en == "same official code: 330226101201"


def test_villages_of_two_codes_are_forbidden_whatever_speaks_for_them():
    one, other = (
        ("柳桥村", "Village", "", "双溪县", "330226101201"),
        ("柳桥村", "Village", "", "双溪县", "330226101999"),
    )
    scored = pair([COUNTY, one], [COUNTY, other])
    assert scored.score >= threshold()
    assert [g.name for g in scored.guards] == ["codes"]
    assert not scored.joins


def test_villages_of_two_counties_are_forbidden():
    scored = pair([COUNTY, ("柳桥村", "Village", "", "双溪县")], [FAR, ("柳桥村", "Village", "", "东屏县")])
    assert [(g.name, g.text_zh) for g in scored.guards] == [("places", "所在地不同：东屏、双溪")]


def test_a_bare_name_never_joins_by_itself():
    for kind, name in (("Village", "柳桥村"), ("Person", "周明远"), ("PartyOrganization", "联合党委")):
        assert pair([(name, kind)], [(name, kind)]).score < threshold()


def test_names_that_are_only_similar_never_join_whatever_stands_around():
    place = ("柳桥村", "Village", "", "双溪县")
    scored = pair(
        [COUNTY, place, ("柳桥片区联合党委", "PartyOrganization", "", "双溪县")],
        [COUNTY, place, ("联合党委", "PartyOrganization", "", "双溪县")],
    )
    assert floor() <= scored.score < threshold()
    assert names_of(scored)[:2] == ["neighbours", "place"]
    assert "containment" in names_of(scored)
    assert scored.reasons[0].text_zh == "文中附近提到的相同：双溪、双溪柳桥"


def test_what_stands_near_is_no_likeness():
    assert pair([COUNTY, ("周明远", "Person")], [COUNTY, ("郑望山", "Person")]).score == 0


@pytest.mark.parametrize(
    ("kind", "one", "other", "feature"),
    [
        ("University", "湖北师范大学", "湖北师大", "name"),
        ("Enterprise", "青禾谷农业发展有限公司", "青禾谷农业发展公司", "distinctive"),
        ("Department", "双溪县委组织部", "双溪县委组织部", "owner"),
        ("Alliance", "双溪县乡村建设高校联盟", "乡村建设高校联盟", "placed"),
        ("PartyOrganization", "青禾谷溪口联合党总支", "青禾谷溪口联合党支部", "core"),
        ("Organization", "青禾谷志愿服务总队", "青谷总队", "short_form"),
        ("Person", "周书记", "周明远", "surname"),
        ("Product", "黑木耳", "木耳", "containment"),
    ],
)
def test_each_feature_says_its_reason(kind, one, other, feature):
    scored = pair([COUNTY, (one, kind)], [COUNTY, (other, kind)])
    assert feature in names_of(scored)
    reason = scored.reasons[names_of(scored).index(feature)]
    assert reason.text_zh
    assert reason.text_en
    assert reason.weight == weights_of(kind)[feature]


def test_an_encoder_adds_to_the_score_and_never_joins_alone():
    one, other = locals_of(report("a", "", ("红美人", "Product")), report("b", "", ("柑橘", "Product")))
    assert score_pair(one, other).score == 0
    scored = score_pair(one, other, similarity=1.0)
    assert 0 < scored.score < threshold()
    assert names_of(scored) == ["encoder"]


SURE = [
    [COUNTY, ("双溪县委组织部", "Department")],
    [COUNTY, ("县委组织部", "Department", "", "双溪县")],
    [COUNTY, ("柳桥村", "Village", "", "双溪县"), ("周明远", "Person")],
    [COUNTY, ("柳桥村", "Village"), ("“青禾谷”共富联盟", "Alliance"), ("周明远", "Person")],
    [("双溪", "Division"), ("柳桥", "Village", "", "双溪"), ("青禾谷共富聯盟", "Alliance"), ("红茶", "Product")],
    [("柳桥村", "Village", "", "", "330226101201"), ("湖北师大", "University"), ("红茶", "Product")],
    [("柳桥", "Village", "", "", "330226101201"), ("湖北师范大学", "University"), ("青禾谷小院", "Place")],
    [("温水镇", "Division", "", "双溪县"), ("青禾谷小院", "Place"), ("驿站", "Place", "", "双溪县")],
]


def test_every_bucket_of_evidence_reaches_the_threshold():
    made = [report(f"r{number}", "", *rows) for number, rows in enumerate(SURE)]
    buckets = {}
    for local in locals_of(*made):
        for stage in stages_of(local.type):
            for bucket in stage(local):
                buckets.setdefault((local.type, stage.__name__, bucket), []).append(local)
    shared = [(key, owners) for key, owners in buckets.items() if len({x.report for x in owners}) > 1]
    assert len(shared) > 12
    for key, owners in shared:
        assert score_pair(owners[0], owners[-1]).score >= threshold(), key


def test_candidates_are_what_nobody_decided_best_first():
    place = ("柳桥村", "Village", "", "双溪县")
    one = report("a", "", COUNTY, place, ("柳桥片区联合党委", "PartyOrganization", "", "双溪县"), ("黑木耳", "Product"))
    two = report("b", "", COUNTY, place, ("联合党委", "PartyOrganization", "", "双溪县"), ("木耳", "Product"))
    mentions, reports = [*one[1], *two[1]], [one[0], two[0]]
    entities = derive(mentions, reports)
    found = candidate_pairs(mentions, entities)
    named = [{entities.by_id[c.one].name, entities.by_id[c.other].name} for c in found]
    assert named == [{"柳桥片区联合党委", "联合党委"}, {"黑木耳", "木耳"}]
    assert [c.scored.score for c in found] == sorted((c.scored.score for c in found), reverse=True)
    for verdict in ("same", "different", "unsure"):
        first = found[0]
        said = Judgement("identity", first.one_mention, first.other_mention, verdict, "林", "2025")
        after = derive(mentions, reports, [said])
        assert [c.scored.score for c in candidate_pairs(mentions, after, [said])] == [found[1].scored.score]


def test_what_the_machine_joined_says_why():
    one = report("a", "", ("湖北师大", "University"))
    two = report("b", "", ("湖北师范大学", "University"))
    mentions = [*one[1], *two[1]]
    entities = derive(mentions, [])
    (entity,) = entities.by_id
    (join,) = Matcher(mentions, entities).joins(entity)
    assert {join.one_mention, join.other_mention} == {m.id for m in mentions}
    assert join.scored.joins
    assert names_of(join.scored) == ["name", "distinctive"]

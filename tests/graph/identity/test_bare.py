import pytest
from test_derive import joined, report, together
from test_scoring import pair

from graph.identity import derive
from graph.identity.bare import is_bare, is_distinctive
from graph.identity.scoring import floor, threshold

COUNTY, FAR = ("双溪县", "Division"), ("东屏县", "Division")
BARE = [
    ("县供电公司", "Enterprise"),
    ("我县供销社", "Enterprise"),
    ("县农商银行", "Enterprise"),
    ("县农业农村局", "Department"),
    ("县市场监督管理局", "Department"),
    ("县人民医院", "Organization"),
    ("县老年大学", "University"),
    ("县委", "PartyOrganization"),
    ("县柑橘产业联盟", "Alliance"),
    ("县文化馆新馆", "Place"),
    ("供电公司", "Enterprise"),
    ("市场监督管理局", "Department"),
    ("联合护林队", "Organization"),
    ("联合党委", "PartyOrganization"),
    ("便民驿站", "Place"),
]


@pytest.mark.parametrize(("name", "kind"), BARE)
def test_a_bare_name_joins_only_where_both_reports_know_the_same_container(name, kind):
    one = report("a", "", COUNTY, (name, kind, "", "双溪县"))
    two = report("b", "", COUNTY, (name, kind, "", "双溪县"))
    other = report("c", "", FAR, (name, kind, "", "东屏县"))
    groups = joined(one, two, other)
    assert together(groups, ("a", name), ("b", name))
    assert frozenset({("c", name)}) in groups


@pytest.mark.parametrize(("name", "kind"), BARE)
def test_a_bare_name_of_unknown_place_stays_alone_whatever_the_reports_name(name, kind):
    around = [COUNTY, ("湖南省", "Division"), ("柳桥村", "Village", "", "双溪县")]
    one = report("a", "", *around, (name, kind))
    two = report("b", "", *around, (name, kind))
    known = report("c", "", *around, (name, kind, "", "双溪县"))
    assert {frozenset({(stem, name)}) for stem in "abc"} <= joined(one, two, known)


def test_within_one_report_a_bare_name_is_one():
    firm = ("县供电公司", "Enterprise")
    made, mentions = report("a", "", firm, ("供电公司", "Enterprise", "县供电公司"), firm)
    assert [len(e.mentions) for e in derive(mentions, [made]).by_id.values()] == [3]


@pytest.mark.parametrize("name", ["镇党委", "镇党群服务中心"])
def test_the_body_of_a_township_needs_the_township_not_only_its_county(name):
    kind = "PartyOrganization" if name == "镇党委" else "Place"

    def of(stem, town, county="双溪县"):
        return report(stem, "", (county, "Division"), (town, "Division", "", county), (name, kind, "", town))

    county_only = report("d", "", COUNTY, (name, kind, "", "双溪县"))
    groups = joined(of("a", "长岭镇"), of("b", "长岭镇"), of("c", "松口镇"), county_only, of("e", "长岭镇", "东屏县"))
    assert together(groups, ("a", name), ("b", name))
    assert {frozenset({(stem, name)}) for stem in "cde"} <= groups


def test_a_township_of_no_known_county_is_no_known_container():
    rows = [("长岭镇", "Division"), ("镇党委", "PartyOrganization", "", "长岭镇")]
    groups = joined(report("a", "", *rows), report("b", "", *rows))
    assert {frozenset({("a", "镇党委")}), frozenset({("b", "镇党委")})} <= groups


def test_the_same_official_code_is_the_same_container():
    rows = [("长岭镇", "Division", "", "", "330226101"), ("镇党委", "PartyOrganization", "", "长岭镇")]
    other = [("长岭镇", "Division", "", "", "410322105"), ("镇党委", "PartyOrganization", "", "长岭镇")]
    groups = joined(report("a", "", *rows), report("b", "", *rows), report("c", "", *other))
    assert together(groups, ("a", "镇党委"), ("b", "镇党委"))
    assert frozenset({("c", "镇党委")}) in groups


def test_a_college_is_its_universitys_before_its_countys():
    def of(stem, university):
        college = ("园艺学院", "University", "", university)
        return report(stem, "", COUNTY, (university, "University", "", "双溪县"), college)

    groups = joined(of("a", "青禾大学"), of("b", "青禾大学"), of("c", "望山大学"))
    assert together(groups, ("a", "园艺学院"), ("b", "园艺学院"))
    assert frozenset({("c", "园艺学院")}) in groups


def test_a_bare_name_joins_the_full_name_of_the_same_place():
    one = report("a", "", COUNTY, ("县供电公司", "Enterprise", "", "双溪县"))
    two = report("b", "", ("双溪县供电公司", "Enterprise"))
    other = report("c", "", FAR, ("县供电公司", "Enterprise", "", "东屏县"))
    groups = joined(one, two, other)
    assert together(groups, ("a", "县供电公司"), ("b", "双溪县供电公司"))
    assert frozenset({("c", "县供电公司")}) in groups


def test_a_bare_form_of_a_full_name_joins_nothing():
    full, bare = "国网双溪电力有限公司", "县供电公司"
    one = report("a", "", COUNTY, (full, "Enterprise"), (bare, "Enterprise", full))
    two = report("b", "", COUNTY, (bare, "Enterprise"))
    assert frozenset({("b", bare)}) in joined(one, two)


def test_bureaus_whose_names_hold_a_division_word_belong_to_their_own_place():
    one = report("a", "", ("双溪区住房和城乡建设局", "Department"))
    two = report("b", "", ("东屏市住房和城乡建设局", "Department"))
    assert len(joined(one, two)) == 2


def test_people_are_asked_about_bare_names_the_machine_does_not_join():
    scored = pair([COUNTY, ("县供电公司", "Enterprise")], [COUNTY, ("县供电公司", "Enterprise")])
    assert floor() <= scored.score < threshold()
    assert not scored.guards
    rows = [[COUNTY, (town, "Division", "", "双溪县"), ("镇党委", "PartyOrganization", "", town)]
            for town in ("长岭镇", "松口镇")]  # fmt: skip
    apart = pair(*rows)
    assert not apart.joins
    assert [(g.name, g.text_zh) for g in apart.guards] == [("places", "所在地不同：松口、长岭")]
    held = pair(rows[0], rows[0])
    assert held.joins


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("双溪县供电公司", "Enterprise"),
        ("浙江省农科院", "University"),
        ("中国老年大学协会", "Organization"),
        ("镇平县供销社", "Enterprise"),
        ("镇海炼化有限公司", "Enterprise"),
        ("青禾谷合作社", "Enterprise"),
        ("县“青禾谷”茶叶合作社", "Enterprise"),
        ("“镇海楼”志愿服务队", "Organization"),
        ("村强民富共同体", "Alliance"),
        ("周明远", "Person"),
        ("县供电公司", "Product"),
    ],
)
def test_what_has_a_proper_part_or_is_no_body_is_not_bare(name, kind):
    assert not is_bare(kind, name)


def test_a_bare_name_is_never_distinctive():
    assert [name for name, kind in BARE if not is_bare(kind, name) or is_distinctive(kind, name)] == []


def test_a_township_with_the_short_name_of_its_county_in_front_is_that_township():
    one = report("a", "", COUNTY, ("长岭镇", "Division", "", "双溪县"), ("柳桥村", "Village", "", "长岭镇"))
    two = report("b", "", COUNTY, ("双溪长岭镇", "Division", "", "双溪县"), ("柳桥村", "Village", "", "双溪长岭镇"))
    both = report("c", "", COUNTY, *((n, "Division", "", "双溪县") for n in ("双溪长岭镇", "长岭镇")))
    other = report("d", "", FAR, ("双溪长岭镇", "Division", "", "东屏县"))
    own = report("e", "", COUNTY, ("双溪口镇", "Division", "", "双溪县"), ("口镇", "Division", "", "双溪县"))
    groups = joined(one, two, both, other, own)
    assert together(groups, ("a", "长岭镇"), ("b", "双溪长岭镇"), ("c", "双溪长岭镇"), ("c", "长岭镇"))
    assert together(groups, ("a", "柳桥村"), ("b", "柳桥村"))
    assert frozenset({("d", "双溪长岭镇")}) in groups
    assert {frozenset({("e", "双溪口镇")}), frozenset({("e", "口镇")})} <= groups
    entities = derive([*one[1], *two[1]], [one[0], two[0]])
    assert {e.name for e in entities.by_id.values() if e.type == "Division"} == {"双溪县", "长岭镇"}

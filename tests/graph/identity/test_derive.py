import random
from dataclasses import replace

from graph.identity import derive
from graph.records import Judgement, Mention, Report, content_id


def report(stem, date, *rows, gap=40):
    """A report whose text names each row (form, type[, name[, within[, code]]]) once, and its mentions."""
    text, spans = "", []
    for form, *_ in rows:
        text += "，" * gap
        spans.append((len(text), len(text) + len(form)))
        text += form
    made = Report(f"{text}。{stem}", stem, date=date)
    mentions = []
    for (start, end), (form, kind, *rest) in zip(spans, rows, strict=True):
        name, within, code = [*rest, "", "", ""][:3]
        mentions.append(Mention(made.id, start, end, kind, form, name or form, within, code))
    return made, mentions


def joined(*parts, judgements=()):
    """Frozen sets of (stem, name) that were put together."""
    reports, mentions = [r for r, _ in parts], [m for _, ms in parts for m in ms]
    entities = derive(mentions, reports, judgements)
    stems = {r.id: r.stem for r in reports}
    named = {m.id: (stems[m.report], m.name) for m in mentions}
    return {frozenset(named[m] for m in e.mentions) for e in entities.by_id.values()}


def together(groups, *names):
    return any(set(names) <= group for group in groups)


def test_villages_of_one_code_are_one_and_of_two_codes_are_two():
    one = report("a", "2023", ("白石滩村", "Village", "", "", "330226101201"))
    two = report("b", "2024", ("白石滩", "Village", "", "", "330226101201"))
    far = report("c", "2024", ("白石滩村", "Village", "", "", "330226101999"))
    groups = joined(one, two, far)
    assert together(groups, ("a", "白石滩村"), ("b", "白石滩"))
    assert len(groups) == 2


def test_villages_without_code_need_a_container_in_common():
    one = report("a", "", ("双溪县", "Division"), ("柳桥村", "Village", "", "双溪县"))
    two = report("b", "", ("双溪", "Division"), ("柳桥", "Village", "", "双溪"))
    other = report("c", "", ("东屏县", "Division"), ("柳桥村", "Village", "", "东屏县"))
    alone = report("d", "", ("柳桥村", "Village"))
    groups = joined(one, two, other, alone)
    assert together(groups, ("a", "柳桥村"), ("b", "柳桥"))
    assert frozenset({("c", "柳桥村")}) in groups
    assert frozenset({("d", "柳桥村")}) in groups


def test_a_village_without_container_is_placed_by_what_else_its_report_names():
    one = report("a", "", ("双溪县", "Division"), ("柳桥村", "Village", "", "双溪县"))
    two = report("b", "", ("双溪县", "Division"), ("柳桥村", "Village"))
    assert together(joined(one, two), ("a", "柳桥村"), ("b", "柳桥村"))


def test_two_villages_of_one_name_in_a_report_stay_two():
    one = report(
        "a", "", ("双溪县", "Division"), ("柳桥村", "Village", "", "双溪县"), ("东屏县长岭镇柳桥村", "Village")
    )
    two = report("b", "", ("双溪县", "Division"), ("柳桥村", "Village", "", "双溪县"))
    groups = joined(one, two)
    assert together(groups, ("a", "柳桥村"), ("b", "柳桥村"))
    assert frozenset({("a", "东屏县长岭镇柳桥村")}) in groups


def test_a_village_is_not_the_community_of_the_same_name():
    one = report("a", "", ("双溪县", "Division"), ("柳桥村", "Village", "", "双溪县"))
    two = report("b", "", ("双溪县", "Division"), ("柳桥社区", "Village", "", "双溪县"))
    assert not together(joined(one, two), ("a", "柳桥村"), ("b", "柳桥社区"))


def test_divisions_join_by_name_and_kind_with_or_without_the_long_form():
    one = report("a", "", ("贵州省", "Division"), ("云岭布依族苗族自治州", "Division", "", "贵州省"))
    two = report("b", "", ("贵州", "Division"), ("云岭州", "Division"))
    groups = joined(one, two)
    assert together(groups, ("a", "贵州省"), ("b", "贵州"))
    assert together(groups, ("a", "云岭布依族苗族自治州"), ("b", "云岭州"))


def test_townships_of_one_name_in_two_counties_stay_two():
    one = report("a", "", ("双溪县", "Division"), ("温水镇", "Division", "", "双溪县"))
    two = report("b", "", ("东屏县", "Division"), ("温水镇", "Division", "", "东屏县"))
    three = report("c", "", ("东屏县温水镇", "Division"))
    groups = joined(one, two, three)
    assert together(groups, ("b", "温水镇"), ("c", "东屏县温水镇"))
    assert frozenset({("a", "温水镇")}) in groups


def test_a_bare_name_that_could_be_either_of_two_is_left_alone():
    town = report("a", "", ("双溪县", "Division"), ("安平乡", "Division", "", "双溪县"))
    city = report("b", "", ("安平市", "Division", "", "河南"))
    county = report("d", "", ("安平县", "Division", "", "河北"))
    bare = report("c", "", ("安平", "Division"))
    assert frozenset({("c", "安平")}) in joined(town, city, county, bare)
    near = report("e", "", ("双溪县", "Division"), ("安平", "Division"))
    assert together(joined(town, city, county, near), ("a", "安平乡"), ("e", "安平"))


def test_people_of_one_name_are_one_only_beside_something_in_common():
    one = report("a", "", ("双溪县", "Division"), ("柳桥村", "Village", "", "双溪县"), ("周明远", "Person"))
    two = report("b", "", ("双溪县", "Division"), ("柳桥村", "Village", "", "双溪县"), ("周明远", "Person"))
    other = report("c", "", ("东屏县", "Division"), ("周明远", "Person"))
    groups = joined(one, two, other)
    assert together(groups, ("a", "周明远"), ("b", "周明远"))
    assert frozenset({("c", "周明远")}) in groups


def test_generic_bodies_belong_to_their_place():
    one = report("a", "", ("双溪县", "Division"), ("县委组织部", "Department", "", "双溪县"))
    two = report("b", "", ("双溪县委组织部", "Department"))
    other = report("c", "", ("东屏县", "Division"), ("县委组织部", "Department", "", "东屏县"))
    alone = report("d", "", ("县委组织部", "Department"))
    groups = joined(one, two, other, alone)
    assert together(groups, ("a", "县委组织部"), ("b", "双溪县委组织部"))
    assert frozenset({("c", "县委组织部")}) in groups
    assert frozenset({("d", "县委组织部")}) in groups


def test_distinctive_names_join_across_quotes_legal_forms_and_usual_short_forms():
    one = report(
        "a",
        "",
        ("“青禾谷”共富联盟", "Alliance"),
        ("青禾谷农业发展有限公司", "Enterprise"),
        ("湖北师范大学", "University"),
    )
    two = report(
        "b", "", ("青禾谷共富聯盟", "Alliance"), ("青禾谷农业发展公司", "Enterprise"), ("湖北师大", "University")
    )
    groups = joined(one, two)
    assert together(groups, ("a", "“青禾谷”共富联盟"), ("b", "青禾谷共富聯盟"))
    assert together(groups, ("a", "青禾谷农业发展有限公司"), ("b", "青禾谷农业发展公司"))
    assert together(groups, ("a", "湖北师范大学"), ("b", "湖北师大"))


def test_generic_names_do_not_join():
    names = [("片区联合党委", "PartyOrganization"), ("强村公司", "Enterprise"), ("物业党建联盟", "Alliance")]
    assert len(joined(report("a", "", *names), report("b", "", *names))) == 6


def test_an_alias_joins_where_a_place_is_shared():
    place = ("柳桥村", "Village", "", "双溪县")
    firm = ("青禾谷文旅有限公司", "Enterprise")
    one = report("a", "", ("双溪县", "Division"), place, firm, ("青禾谷公司", "Enterprise", "青禾谷文旅有限公司"))
    two = report("b", "", ("双溪县", "Division"), place, ("青禾谷公司", "Enterprise"))
    far = report("c", "", ("东屏县", "Division"), ("青禾谷公司", "Enterprise"), gap=400)
    groups = joined(one, two, far)
    assert together(groups, ("a", "青禾谷文旅有限公司"), ("b", "青禾谷公司"))


def test_judgements_go_before_rules_and_the_latest_stands():
    one = report("a", "", ("青梅", "Product"), ("周明远", "Person"))
    two = report("b", "", ("青梅", "Product"), ("周明远", "Person"))
    (plum, man), (plum_too, man_too) = one[1], two[1]
    apart = Judgement("identity", plum.id, plum_too.id, "different", "li", "2024-01-01T00:00:00Z")
    same = Judgement("identity", man.id, man_too.id, "same", "li", "2024-01-01T00:00:00Z")
    groups = joined(one, two, judgements=[apart, same])
    assert not together(groups, ("a", "青梅"), ("b", "青梅"))
    assert together(groups, ("a", "周明远"), ("b", "周明远"))
    later = replace(apart, verdict="same", when="2024-02-01T00:00:00Z")
    unsure = replace(same, verdict="unsure", when="2024-02-01T00:00:00Z", supersedes=same.id)
    groups = joined(one, two, judgements=[later, unsure, same, apart])
    assert together(groups, ("a", "青梅"), ("b", "青梅"))
    assert not together(groups, ("a", "周明远"), ("b", "周明远"))


def test_an_entity_holds_its_fullest_name_its_aliases_and_its_dates():
    one = report("a", "2023-05-01", ("柳桥", "Village", "柳桥村", "", "330226101201"))
    two = report("b", "2021-12", ("双溪县柳桥村", "Village", "柳桥村", "", "330226101201"))
    entities = derive([*one[1], *two[1]], [one[0], two[0]])
    (entity,) = entities.by_id.values()
    assert entity.id == content_id("e", "Village", "330226101201")
    assert (entity.name, entity.aliases, entity.code) == ("柳桥村", ("双溪县柳桥村", "柳桥"), "330226101201")
    assert (entity.first_seen, entity.last_seen) == ("2021-12", "2023-05-01")
    assert entity.reports == tuple(sorted((one[0].id, two[0].id)))
    assert entities.of_mention == {m.id: entity.id for m in (*one[1], *two[1])}


def test_ids_stay_when_other_reports_come():
    one = report("a", "", ("双溪县", "Division"), ("柳桥村", "Village", "", "双溪县"), ("青禾谷共富联盟", "Alliance"))
    two = report("b", "", ("双溪", "Division"), ("柳桥", "Village", "", "双溪"), ("“青禾谷”共富联盟", "Alliance"))
    alone = derive(one[1], [one[0]]).by_id
    assert set(alone) == set(derive([*one[1], *two[1]], [one[0], two[0]]).by_id)


def test_the_order_of_input_changes_nothing():
    rng = random.Random(3)
    names = [("柳桥村", "Village"), ("温水镇", "Division"), ("周明远", "Person"), ("县委", "PartyOrganization")]
    parts = []
    for number in range(40):
        county = rng.choice(["双溪县", "东屏县", "双溪", "安平市", "安平"])
        rows = [(n, kind, "", rng.choice(["", county])) for n, kind in rng.sample(names, 3)]
        parts.append(report(f"r{number}", f"20{number + 10}", (county, "Division"), *rows))
    mentions, reports = [m for _, ms in parts for m in ms], [r for r, _ in parts]
    expected = derive(mentions, reports).by_id
    for _ in range(5):
        rng.shuffle(mentions)
        rng.shuffle(reports)
        found = derive(mentions, reports).by_id
        assert found == expected
        assert list(found) == list(expected)


def test_find_goes_from_exact_to_partial_and_by_number_of_reports():
    one = report(
        "a", "", ("柳桥村", "Village", "", "", "330226101201"), ("柳桥茶厂", "Enterprise"), ("新柳桥", "Place")
    )
    two = report("b", "", ("柳桥村", "Village", "", "", "330226101201"), ("柳桥", "Village", "柳桥村"))
    entities = derive([*one[1], *two[1]], [one[0], two[0]])
    assert [e.name for e in entities.find("柳桥")] == ["柳桥村", "柳桥茶厂", "新柳桥"]
    assert [e.name for e in entities.find("330226101201")] == ["柳桥村"]
    assert [e.name for e in entities.find(entities.find("“柳桥茶厂”")[0].id)] == ["柳桥茶厂"]
    assert entities.find("“”") == []
    assert entities.find("无此地") == []

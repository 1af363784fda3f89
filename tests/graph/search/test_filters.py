import pytest

from graph.errors import UsageError
from graph.records import Extraction, Report
from graph.search import Filters
from graph.search.advice import advice
from graph.search.facets import facets
from graph.search.filters import allowed, mask
from graph.search.units import units


def stems(library, filters):
    known = units(library)
    return {library.report(known.report_id(int(unit))).stem for unit in allowed(known, filters)}


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(), {"tea", "riders", "enclave", "brief"}),
        (Filters(alliance_type=("neighbour",)), {"tea"}),
        (Filters(alliance_type=("睦邻协作型", "service")), {"tea", "riders"}),
        (Filters(alliance_type=("睦鄰協作型",)), {"tea"}),
        (Filters(year=(2024,)), {"riders", "enclave", "brief"}),
        (Filters(year=(2023, 2024)), {"tea", "riders", "enclave", "brief"}),
        (Filters(year=(1999,)), set()),
        (Filters(partner=("University",)), {"tea"}),
        (Filters(partner=("高校院所", "Alliance")), {"tea"}),
        (Filters(product=("茶叶",)), {"tea"}),
        (Filters(product=("茶葉", "无此物")), {"tea"}),
        (Filters(programme=("无此项目",)), set()),
        (Filters(region=("月湾",)), {"enclave"}),
        (Filters(region=("月湾县",)), {"enclave"}),
        (Filters(region=("青禾镇",)), {"tea"}),
        (Filters(region=("3302",)), {"tea", "riders"}),
        (Filters(region=("３３０２",)), {"tea", "riders"}),
        (Filters(region=("330200000000",)), {"tea", "riders"}),
        (Filters(region=("浙江省",)), {"tea", "riders", "enclave"}),  # no report names the province
        (Filters(region=("浙江",)), {"tea", "riders", "enclave"}),
        (Filters(region=("浙江 宁波市",)), {"tea", "riders"}),
        (Filters(region=("宁海县", "月湾县")), {"tea", "enclave"}),
        (Filters(region=("无此县",)), set()),
        (Filters(region=("  ",)), set()),
        (Filters(region=("%' OR 1=1",)), set()),
        (Filters(alliance_type=("service",), year=(2023,)), set()),
    ],
)
def test_what_filters_allow(library, filters, expected):
    assert stems(library, filters) == expected


def test_the_publisher_is_that_of_the_report(library):
    library.add([Extraction(Report("白鹭渡口又添了一条渡船。", "ferry", publisher="云岭晨报", date="2024-02-02"))])
    assert stems(library, Filters(publisher=("雲嶺晨報",))) == {"ferry"}
    assert stems(library, Filters(publisher=("云岭",))) == set()
    assert [one.zh for one in advice(library, Filters(publisher=("云岭晚报",)))] == [
        "媒体“云岭晚报”下没有案例。相近的有：云岭晨报。"
    ]


def test_nothing_chosen_restricts_nothing(library):
    assert mask(units(library), Filters()) is None
    assert not Filters()
    assert Filters(year=(2024,))


@pytest.mark.parametrize("filters", [Filters(alliance_type=("friendly",)), Filters(partner=("Friend",))])
def test_an_undeclared_type_is_refused_with_those_declared(library, filters):
    with pytest.raises(UsageError, match=r"neighbour|Village"):
        allowed(units(library), filters)


def test_a_lone_text_is_no_tuple_of_values():
    with pytest.raises(TypeError, match="region"):
        Filters(region="浙江")


def test_facets_count_what_the_other_filters_allow(library):
    found = facets(library, Filters(year=(2024,), alliance_type=("service",)))
    assert found.total == 1
    said = {field: [(row.value, row.count) for row in rows] for field, rows in found.values.items()}
    assert said["alliance_type"] == [("service", 1), ("enclave", 1)]
    assert said["year"] == [("2024", 1)]
    assert said["product"] == []
    assert said["partner"] == []


def test_facets_of_everything(library):
    found = facets(library)
    said = {field: [(row.value, row.count, row.zh) for row in rows] for field, rows in found.values.items()}
    assert said["year"] == [("2024", 3, "2024年"), ("2023", 1, "2023年")]
    assert said["product"] == [("茶叶", 1, "茶叶")]
    assert said["partner"][0] == ("Village", 1, "村/社区")
    assert found.left_out == {}


def test_regions_form_a_tree_by_their_codes(library):
    (province,) = [region for region in facets(library).regions if region.code]
    assert (province.code, province.name, province.level, province.count) == ("33", "浙江省", "province", 3)
    assert [(city.code, city.name, city.count) for city in province.children] == [
        ("3302", "宁波市", 2),
        ("3303", "温州市", 1),
    ]
    counties = [county.code for county in province.children[0].children]
    assert counties == ["330203", "330226"]
    assert province.children[0].children[1].children[0].level == "township"


def test_every_count_is_what_the_filter_gives(library):
    found = facets(library)

    def check(regions):
        for region in regions:
            assert len(stems(library, Filters(region=(region.value,)))) == region.count
            check(region.children)

    check(found.regions)
    for field in ("alliance_type", "partner", "product", "programme", "publisher"):
        for row in found.values[field]:
            assert len(stems(library, Filters(**{field: (row.value,)}))) == row.count


def test_long_lists_say_how_much_they_leave_out(library):
    found = facets(library, most=1)
    assert len(found.values["partner"]) == 1
    assert found.left_out["partner"] > 0


def test_advice_names_values_that_nothing_has(library):
    asked = Filters(year=(1999, 2024), product=("茶业",), region=("月弯县",))
    assert [(one.field, one.value, one.near) for one in advice(library, asked)] == [
        ("region", "月弯县", ("月湾县",)),
        ("year", "1999", ()),
        ("product", "茶业", ("茶叶",)),
    ]

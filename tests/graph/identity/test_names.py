import pytest

from graph.identity.names import body_name, company, core, division_name, names_place, normal, university, village_name


@pytest.mark.parametrize(
    ("name", "stem", "kind", "places"),
    [
        ("双溪县长岭镇柳桥村", "柳桥", "村", ("双溪县", "长岭镇")),
        ("柳桥行政村", "柳桥", "村", ()),
        ("柳桥自然村", "柳桥", "村", ()),
        ("柳桥社区", "柳桥", "社区", ()),
        ("柳桥", "柳桥", "", ()),
        ("新村村", "新村", "村", ()),
        ("新村", "新村", "", ()),
        ("河南寨村", "河南寨", "村", ()),
        ("阳光小区社区", "阳光小区", "社区", ()),
        ("東嶺村", "东岭", "村", ()),
    ],
)
def test_village_names(name, stem, kind, places):
    taken = village_name(name)
    assert (taken.stem, taken.kind, taken.places) == (stem, kind, places)


@pytest.mark.parametrize(
    ("name", "stem", "kind", "level"),
    [
        ("浙江", "浙江", "省", "province"),
        ("广西壮族自治区", "广西", "省", "province"),
        ("吉林市", "吉林", "市", "city"),
        ("双溪侗族自治县", "双溪", "县", "county"),
        ("双溪县", "双溪", "县", "county"),
        ("双溪", "双溪", "", "city"),
        ("祁县", "祁县", "县", "county"),
        ("长岭瑶族乡", "长岭", "乡", "township"),
        ("湖南省双溪县长岭镇", "长岭", "镇", "township"),
        ("云岭布依族苗族自治州", "云岭", "州", "prefecture"),
        ("青云经济开发区", "青云经济开发区", "", "county"),
    ],
)
def test_division_names(name, stem, kind, level):
    taken = division_name(name)
    assert (taken.stem, taken.kind, taken.level) == (stem, kind, level)


@pytest.mark.parametrize(
    ("name", "owner", "kind", "rest"),
    [
        ("双溪县委组织部", "双溪", "县", "委组织部"),
        ("中共双溪县委员会", "双溪", "县", "委"),
        ("县委组织部", "", "县", "委组织部"),
        ("长岭镇柳桥村党委", "柳桥", "村", "党委"),
        ("社区党委", "", "社区", "党委"),
        ("指挥部", "", "", "指挥部"),
    ],
)
def test_body_names(name, owner, kind, rest):
    taken = body_name(name)
    assert (taken.owner, taken.kind, taken.rest) == (owner, kind, rest)


def test_quotes_blanks_width_and_traditional_characters_do_not_count():
    assert normal("“青禾谷”（共富） 聯盟Ａ") == normal("青禾谷共富联盟a")
    assert normal("垅上") == normal("垄上")


def test_generic_words_leave_nothing():
    assert core("片区联合党委") == ""
    assert core("青禾谷共富联盟") == "青禾谷"


def test_short_forms_are_written_out():
    assert university("湖北师大") == "湖北师范大学"
    assert university("浙江农林大") == "浙江农林大学"
    assert university("湖北师大美术学院") == "湖北师范大学美术学院"
    assert university("中国科大") == "中国科学技术大学"
    assert university("湖北大学") == "湖北大学"
    assert company("青禾谷发展有限责任公司") == "青禾谷发展"
    assert company("公司") == "公司"


def test_a_name_that_says_its_place():
    assert names_place("浙江省农科院")
    assert names_place("双溪县农业农村局")
    assert not names_place("省农科院")
    assert not names_place("农业农村局")

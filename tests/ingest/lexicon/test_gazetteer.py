from ingest.lexicon import Gazetteer, Lexicon, is_brief, parent, short_forms, simplified, village_stem
from ingest.lexicon.make_gazetteer import plain_name


def test_codes_names_and_paths():
    gazetteer = Gazetteer.load()
    assert gazetteer.name("33") == "浙江省"
    assert gazetteer.name("330106") == "西湖区"
    assert gazetteer.name("999999999999") == ""
    assert gazetteer.path("330106") == "浙江省杭州市西湖区"
    assert gazetteer.path("110101") == "北京市东城区"  # the placeholder 市辖区 is passed over
    assert list(gazetteer.ancestors("110101001")) == ["110101", "11"]
    assert parent("110101001001") == "110101001"
    assert parent("11") == ""


def test_children_pass_through_placeholders():
    gazetteer = Gazetteer.load()
    assert "110101" in gazetteer.children("11")
    assert gazetteer.children("33")[0] == "3301"
    assert gazetteer.children("110101001001") == ()
    assert all(code.startswith("3301") and len(code) == 6 for code in gazetteer.children("3301"))


def test_find_by_name_short_form_and_area():
    gazetteer = Gazetteer.load()
    assert gazetteer.find("浙江省") == ("33",)
    assert gazetteer.find("浙江") == ("33",)
    assert gazetteer.find("恩施州") == ("4228",)
    assert gazetteer.find("广西") == ("45",)
    assert gazetteer.find("台湾省") == ("71",)
    assert set(gazetteer.find("朝阳区")) == {"110105", "220104"}
    assert gazetteer.find("朝阳区", under="11") == ("110105",)
    assert gazetteer.find("没有这个地方") == ()


def test_villages_of_a_county_and_by_bisection():
    gazetteer = Gazetteer.load()
    villages = gazetteer.villages("330106")
    assert villages
    name, codes = next((n, c) for n, c in villages.items() if len(c) == 1)
    assert codes[0].startswith("330106")
    assert gazetteer.find(name, under="330106") == codes
    assert gazetteer.name(codes[0]) == name


def test_a_county_level_city_without_counties_stands_once():
    assert Gazetteer.load().find("东莞市") == ("4419",)


def test_divisions_in_text_have_offsets():
    text = "浙江省杭州市西湖区"
    hits = [h for h in Gazetteer.load().divisions_in(text) if h.full]
    assert [(text[h.start : h.end], h.codes[0]) for h in hits] == [
        ("浙江省", "33"),
        ("杭州市", "3301"),
        ("西湖区", "330106"),
    ]


def test_short_forms():
    assert short_forms("浙江省") == ("浙江",)
    assert short_forms("广西壮族自治区") == ("广西",)
    assert short_forms("恩施土家族苗族自治州") == ("恩施州", "恩施")
    assert short_forms("云县") == ()
    assert is_brief("恩施州", "恩施土家族苗族自治州")
    assert not is_brief("恩施", "恩施土家族苗族自治州")


def test_committees_become_villages():
    assert plain_name("石桥村委会") == "石桥村"
    assert plain_name("石桥村民委员会") == "石桥村"
    assert plain_name("新村村委会") == "新村"
    assert plain_name("东门居委会") == "东门社区"
    assert plain_name("东门社区居委会") == "东门社区"
    assert village_stem("石桥行政村") == "石桥"
    assert village_stem("石村") == "石村"


def test_traditional_script_folds_one_for_one():
    assert simplified("廣東聯盟與鄉鎮") == "广东联盟与乡镇"
    assert len(simplified("發展乾坤，著述於此")) == len("發展乾坤，著述於此")


def test_lexicon_knows_surnames_endings_and_traps():
    lexicon = Lexicon.load()
    assert lexicon.surname("欧阳春") == "欧阳"
    assert lexicon.surname("张三") == "张"
    assert lexicon.ending("青禾农业有限公司") == ("Enterprise", "有限公司")
    assert lexicon.ending("春晓党建联盟") == ("Alliance", "党建联盟")
    assert lexicon.ending("无名") == ("", "")
    assert {"强村", "行政村", "全村"} <= lexicon.stop_words["village"]
    assert "浙江大学" in lexicon.universities
    assert "牵头" in lexicon.verbs["leads"]

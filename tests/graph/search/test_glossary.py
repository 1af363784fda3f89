from importlib.resources import files

import pytest

from graph.search.glossary import TABLES, Expansion, expand, glossary, query_terms
from graph.search.tokens import terms
from graph.text import fold

FIELDS = {
    "aid", "alliance", "aquaculture", "care", "commerce", "craft", "crops", "culture", "division", "economy",
    "education", "environment", "finance", "governance", "health", "infrastructure", "land", "livestock", "logistics",
    "mediation", "party", "people", "science", "tourism", "unit", "province", "prefecture", "county",
}  # fmt: skip
SOURCES = {"ontology", "statistics", "government", "general", "divisions"}


def rows():
    for table in TABLES:
        for line in files("graph.search").joinpath(table).read_text(encoding="utf-8").splitlines():
            if not line.startswith("#"):
                yield line.split("\t")


def said(text, *, chinese):
    return [expansion.term for expansion in expand(fold(text), chinese=chinese)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Which river chiefs patrol the canals?", ["river chiefs", "patrol", "canals"]),
        ("first secretary of a tea village", ["first secretary", "tea", "village"]),
        ("The women's federations of two counties", ["women's federations", "two counties"]),
        ("PARTY-BUILDING alliance", ["party-building alliance"]),
        ("leased greenhouses, mentoring and livestreaming", ["leased", "greenhouses", "mentoring", "livestreaming"]),
        ("ferries and bamboo baskets", ["ferries", "bamboo"]),
        # No term reaches across a comma, or begins within a word.
        ("party, building", ["building"]),
        ("steak and seafloor", []),
    ],
)
def test_english_terms(text, expected):
    assert said(text, chinese=False) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("东西部协作的冷库", ["东西部协作", "冷库"]),
        ("联合党委牵头调解纠纷", ["联合党委", "牵头", "调解", "纠纷"]),
        ("河長制與農村合作社", ["河长制", "农村", "合作社"]),
        ("和平县的和平", ["和平县"]),
        ("嗯嗯", []),
    ],
)
def test_chinese_terms(text, expected):
    assert said(text, chinese=True) == expected


def test_where_a_term_stands_and_what_it_is_called():
    assert expand("a ferry, two mu", chinese=False) == (
        Expansion("ferry", 2, 7, ("渡口", "渡船", "摆渡", "轮渡")),
        Expansion("mu", 13, 15, ("亩",)),
    )
    assert expand("在河长制里", chinese=True) == (
        Expansion("河长制", 1, 4, ("river chief", "river chief system", "lake chief")),
    )


def test_places_in_both_languages():
    assert query_terms("Zhejiang and Ningbo") == ("浙江", "宁波")
    assert query_terms("宁波、西安") == ("ningbo", "xi'an")
    assert query_terms("Xi'an's Hohhot") == query_terms("xian hohhot") == ("西安", "呼和浩特")
    assert query_terms("Min County") == ("岷县",)
    assert query_terms("Shaanxi, not Shanxi") == ("陕西", "山西")


def test_a_name_that_folding_changes_is_found():
    assert query_terms("Qian County") == ("乾县",)
    assert query_terms("乾县的苹果") == ("qian county", "qianxian", "apple", "apple orchard")


def test_one_spelling_of_several_places_gives_all():
    assert query_terms("taizhou") == ("泰州", "台州")
    assert query_terms("suzhou") == ("苏州", "宿州")
    assert query_terms("Yichun") == ("伊春", "宜春")


def test_a_county_that_shares_the_name_of_a_province_needs_its_class_word():
    assert query_terms("xinjiang") == ("新疆",)
    assert query_terms("xinjiang county") == ("新绛县", "新绛")


def test_a_form_as_written_goes_before_its_base():
    # Training is a term of its own, and a project-based alliance has no base.
    assert "培训" in query_terms("training")
    assert "火车站" not in query_terms("training")
    assert said("a based alliance", chinese=False) == ["alliance"]


def test_search_terms_without_repetition():
    found = query_terms("ferry and ferries")
    assert found == ("渡口", "渡船", "摆渡", "轮渡")
    assert [terms(other) for other in found] == [["渡口"], ["渡船"], ["摆渡"], ["轮渡"]]
    assert query_terms("...") == ()


def test_every_row_is_well_formed():
    for zh, en, field, source in rows():
        assert (field in FIELDS, source in SOURCES) == (True, True), (zh, field, source)
        for forms in (zh.split("|"), en.split("|")):
            assert len(set(forms)) == len(forms), forms
            assert all(form and form == form.strip() for form in forms), forms
        assert all(form.isascii() and form == form.lower() for form in en.split("|")), en
        assert not any(form.isascii() for form in zh.split("|")), zh


def test_every_term_is_found_by_itself():
    for zh, en, field, _ in rows():
        for form in en.split("|"):
            others = {other for found in expand(form, chinese=False) for other in found.others}
            assert set(zh.split("|")) <= others, form
        form = fold(zh.split("|")[0])
        assert set(en.split("|")) <= set(expand(form, chinese=True)[0].others), (form, field)


def test_provinces_and_prefectures_are_complete():
    kinds = [field for _, _, field, _ in rows()]
    assert (kinds.count("province"), kinds.count("prefecture")) == (34, 333)


def test_the_tables_are_read_once():
    assert glossary() is glossary()

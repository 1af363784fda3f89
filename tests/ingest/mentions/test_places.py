import pytest
from marked_texts import named, read, rows


@pytest.mark.parametrize("before", ["宁海县开了会。", "会议在宁波市开，"])
def test_a_bare_county_counts_once_its_full_form_or_its_container_is_named(before: str):
    mentions = read(f"{before}大家说，宁海的路子很实，可以学。", Division=["宁海"])
    assert ("宁海", "330226") in [(m.form, m.code) for m in mentions]


def test_a_bare_county_without_any_support_has_no_code_by_itself():
    assert read("大家说，朝阳很好，和平很好，友谊也很好。") == ()


@pytest.mark.parametrize("word", ["强村", "行政村", "薄弱村", "振兴乡村", "全镇", "各村"])
def test_common_nouns_for_villages_and_townships_name_nothing(word: str):
    text = f"宁海县大佳何镇下了决心，{word}要一步一步来，急不得。"
    mentions = read(text, Village=[word] if word.endswith("村") else [], Division=[word] if word == "全镇" else [])
    assert rows(mentions) == [("宁海县", "Division", "宁海县"), ("大佳何镇", "Division", "大佳何镇")]


@pytest.mark.parametrize("honour", ["全国文明村", "兴示范村", "美丽宜居村庄", "省级重点村"])
def test_what_a_village_is_called_in_praise_is_no_part_of_its_name(honour: str):
    assert named(read(f"走进{honour}里坞村，茶正香。", Village=[f"{honour}里坞村"]), "Village") == ["里坞村"]
    assert named(read(f"走进{honour}里坞村，茶正香。", Village=[honour]), "Village") == ["里坞村"]
    mentions = read(f"走进{honour}里坞村，茶正香。", Village=[honour, "里坞村"])
    assert rows(mentions) == [("里坞村", "Village", "里坞村")]
    assert read(f"去年评上了{honour}。", Village=[honour]) == ()


@pytest.mark.parametrize("name", ["前岙自然村", "里坞村", "后畈村", "白头嘎查", "柳湾社区"])
def test_natural_villages_and_their_like_are_villages(name: str):
    assert named(read(f"路修到了{name}，家家通车。", Village=[name]), "Village") == [name]


def test_a_bare_village_needs_something_that_calls_it_a_village():
    assert read("客人爱看竹林，也爱看水塔。", Village=["竹林", "水塔"]) == ()
    mentions = read("里坞村种茶。里坞的茶香。", Village=["里坞村", "里坞"])
    assert rows(mentions) == [("里坞村", "Village", "里坞村"), ("里坞", "Village", "里坞村")]


def test_a_list_vouches_for_a_bare_village():
    mentions = read("里坞村、乌溪合修一条路。", Village=["里坞村", "乌溪"])
    assert named(mentions, "Village") == ["里坞村", "乌溪"]


def test_the_bare_name_of_a_township_is_no_village_of_its_own():
    mentions = read("青山镇的办法走出了青山。", Division=["青山镇"], Village=["青山"])
    assert rows(mentions) == [("青山镇", "Division", "青山镇"), ("青山", "Division", "青山镇")]


@pytest.mark.parametrize(
    ("form", "kind"),
    [("乌龙江", "Place"), ("青石溪", "Place"), ("月亮湖", "Place"), ("云台景区", "Place")],
)
def test_rivers_and_mountains_are_places(form: str, kind: str):
    assert rows(read(f"村前流过{form}，风光好。", Division=[form])) == [(form, kind, form)]


@pytest.mark.parametrize("form", ["南部山区", "大石山区", "川北多山", "坝上", "帮扶县", "桂三省", "城乡"])
def test_regions_without_an_official_name_are_no_divisions(form: str):
    assert read(f"这一带地处{form}，田少。", Division=[form]) == ()


@pytest.mark.parametrize(
    ("text", "tagged", "name"),
    [
        ("县医院联里坞村义诊。里坞村的人都来了。", "联里坞村", "里坞村"),
        ("他来自宁海县，爱种茶。", "来自宁海县", "宁海县"),
        ("作者系宁海县人，爱种茶。", "系宁海县", "宁海县"),
        ("中共宁海县代表会开了。", "中共宁海县", "宁海县"),
    ],
)
def test_a_verb_before_a_place_is_no_part_of_it(text: str, tagged: str, name: str):
    places = read(text, **{"Village" if tagged.endswith("村") else "Division": [tagged, name]})
    assert {m.name for m in places} == {name}


def test_a_person_inside_the_name_of_a_division_is_that_division():
    mentions = read("路通到宁海县力洋镇，客商来了。", Person=["力洋"])
    assert rows(mentions) == [("宁海县", "Division", "宁海县"), ("力洋镇", "Division", "力洋镇")]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("镇里让王民、周康两村合股。", ["王民", "周康"]),
        ("由东沟、南坡、柳湾等五个村合股。", ["东沟", "南坡", "柳湾"]),
        ("租给东沟、南坡、柳湾三个行政村。", ["东沟", "南坡", "柳湾"]),
    ],
)
def test_lists_with_a_shared_last_word_are_taken_apart(text: str, names: list[str]):
    assert named(read(text), "Village") == names


def test_a_list_of_townships_is_one_of_divisions():
    mentions = read("东沟、南坡两个乡结了对。", Village=["东沟", "南坡"])
    assert [(m.name, m.type) for m in mentions] == [("东沟", "Division"), ("南坡", "Division")]


@pytest.mark.parametrize("word", ["该村", "这3个村", "三村", "两村", "本镇", "联盟", "公司", "他"])
def test_references_name_nothing(word: str):
    tagged = {"Village": [word], "Alliance": ["联盟"], "Enterprise": ["公司"], "Person": ["他"]}
    assert read(f"后来{word}变了样，大家都说好。", **tagged) == ()


def test_counted_villages_are_no_village():
    assert read("两石村攀了亲，一师一村，三年一轮。", Village=["两石村", "一师一村"]) == ()


def test_two_villages_of_one_name_and_the_bare_name():
    text = "青山镇柳湾村种茶，白石乡柳湾村养鱼。柳湾村两委常来常往。"
    mentions = read(text, Division=["青山镇", "白石乡"], Village=["柳湾村"])
    assert named(mentions, "Village") == ["青山镇柳湾村", "白石乡柳湾村"]


def test_a_prefecture_and_its_county_of_one_stem_stay_apart():
    mentions = read("荆州的企业来到荆州区，看了厂房。", Division=["荆州", "荆州区"])
    assert [(m.name, m.code) for m in mentions] == [("荆州", "4210"), ("荆州区", "421003")]


def test_official_names_of_two_characters_or_with_a_numeral_have_their_codes():
    mentions = read("莘县开了会。谷城县五山镇种茶。", Division=["莘县", "五山镇"])
    assert [(m.form, m.code) for m in mentions] == [("莘县", "371522"), ("谷城县", "420625"), ("五山镇", "420625104")]


def test_a_name_that_folding_changes_is_still_official():
    mentions = read("上午，记者来到吉林省松原市乾安县，了解情况。", Division=["乾安县"])
    assert [(m.form, m.name, m.code) for m in mentions][-1] == ("乾安县", "乾安县", "220723")


def test_traditional_script_joins_short_forms_and_keeps_its_own_characters():
    mentions = read("東灣社區辦了會，東灣的人都來了。", Village=["東灣社區", "東灣"])
    assert rows(mentions) == [("東灣社區", "Village", "東灣社區"), ("東灣", "Village", "東灣社區")]


def test_names_broken_by_spaces_keep_their_offsets():
    mentions = read("上午，大家走进里 坞村，听乡亲 说。", Village=["里 坞村"])
    assert rows(mentions) == [("里 坞村", "Village", "里坞村")]


def test_long_prose_names_divisions_whatever_words_it_holds():
    line = "下一步，我们打通导航，电话问计，上门求教，把这套办法推广到宁海县力洋镇，再推广到全市各地，" * 2
    assert {"宁海县", "力洋镇"} <= set(named(read(line), "Division"))

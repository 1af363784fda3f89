import pytest
from marked_texts import named, read, rows


@pytest.mark.parametrize(
    ("text", "tagged", "name"),
    [
        ("总书记似的，支书谭玉明托人带话。", "谭玉明托", "谭玉明"),
        ("镇委委员秦大河来做见证。", "秦大河来", "秦大河"),
        ("教师施文兰前年带着学生来。", "施文兰前年", "施文兰"),
        ("院长湛志远一行走访。", "湛志远一行", "湛志远"),
    ],
)
def test_the_word_behind_a_name_of_three_is_no_part_of_it(text: str, tagged: str, name: str):
    assert named(read(text, Person=[tagged]), "Person") == [name]


@pytest.mark.parametrize("name", ["阿依古丽·买买提", "扎西顿珠", "索南达杰", "朝鲁孟和", "约翰·史密斯", "欧阳青山"])
def test_foreign_and_minority_names_stay_whole(name: str):
    assert named(read(f"村医{name}来了十年。", Person=[name]), "Person") == [name]


def test_the_first_part_of_a_name_between_dots_means_the_whole():
    mentions = read("阿依古丽·买买提开店。阿依古丽说，生意好。", Person=["阿依古丽·买买提", "阿依古丽"])
    assert named(mentions, "Person") == ["阿依古丽·买买提"]


def test_titles_before_and_behind():
    text = "党支部书记秦大山、会计李小河都在。秦书记先说，李会计再说。"
    mentions = read(text, Person=["秦大山", "李小河", "秦书记"])
    assert rows(mentions) == [
        ("秦大山", "Person", "秦大山"),
        ("李小河", "Person", "李小河"),
        ("秦书记", "Person", "秦大山"),
    ]


def test_a_chain_of_officials_names_each_of_them():
    text = "宁海县委副书记、县长秦大山，副县长李小河、周康，力洋镇党委书记王青陪同。"
    mentions = read(text, Person=["秦大山", "李小河", "周康", "王青"], PartyOrganization=["力洋镇党委"])
    assert named(mentions, "Person") == ["秦大山", "李小河", "周康", "王青"]
    assert named(mentions, "PartyOrganization") == []


def test_a_branch_that_acts_is_named_beside_its_secretary():
    text = "里坞村党支部书记秦大山说，里坞村党支部带头修路。"
    mentions = read(text, Person=["秦大山"], Village=["里坞村"], PartyOrganization=["里坞村党支部"])
    assert named(mentions, "PartyOrganization") == ["里坞村党支部"]


def test_a_compound_surname_with_a_title_is_the_person_of_that_surname():
    mentions = read("农艺师欧阳青山来了。后来欧阳老师请了人。", Person=["欧阳青山", "欧阳"])
    assert named(mentions, "Person") == ["欧阳青山"]


@pytest.mark.parametrize(
    "said",
    ["乡亲们都喊她“茶妹子”。", "孩子们管她叫“茶妹子”。", "人称“茶妹子”。"],
)
def test_what_people_call_somebody_is_an_alias(said: str):
    mentions = read(f"秦小河回村种茶，{said}茶妹子爱笑。", Person=["秦小河"])
    assert named(mentions, "Person") == ["秦小河"]
    assert [m.form for m in mentions] == ["秦小河", "茶妹子", "茶妹子"]


@pytest.mark.parametrize(
    "line",
    [
        "编辑：秦大山",
        "排版：豆豆 审核：秦大山",
        "作者：阿桃",
        "文/阿桃  图/小满",
        "作者：阿桃 收藏 96",
        "责编：秦大山 李小河",
    ],
)
def test_editors_and_pen_names_are_no_persons_of_the_report(line: str):
    text = f"里坞村种茶。\n{line}\n"
    assert named(read(text, Person=["秦大山", "李小河", "豆豆", "阿桃", "小满"], Village=["里坞村"]), "Person") == []


def test_a_reporter_by_full_name_and_a_speaker_stay():
    mentions = read("（记者 秦大山）\n记者：李小河，您哪年来的？\n", Person=["秦大山", "李小河"])
    assert named(mentions, "Person") == ["秦大山", "李小河"]


def test_contact_lines_name_nothing():
    text = "里坞村种茶。\n本报地址：东江路  电话：0000 联系人 秦大山\n"
    assert [m.form for m in read(text, Village=["里坞村"], Place=["东江路"], Person=["秦大山"])] == ["里坞村"]


def test_a_firm_called_by_its_core_is_no_person():
    mentions = read(
        "山西鑫瑞霖煤业有限公司出资。一年来，鑫瑞霖先后出钱修路。",
        Enterprise=["山西鑫瑞霖煤业有限公司"],
        Person=["鑫瑞霖"],
    )
    assert named(mentions, "Enterprise") == ["山西鑫瑞霖煤业有限公司"]
    assert named(mentions, "Person") == []


@pytest.mark.parametrize("text", ["院长吕清与施兰揭牌。", "院长吕清和施兰揭牌。"])
def test_two_people_run_together_over_and_are_two(text: str):
    tagged = text[2:7]
    assert named(read(text, Person=[tagged]), "Person") == ["吕清", "施兰"]


def test_a_name_cut_short_grows_to_the_fuller_one_that_stands_there():
    text = "副镇长秦大河出席。秦大河代表镇里讲话，秦大河最后致谢。"
    mentions = read(text, Person=["秦大河", "秦大"])
    assert named(mentions, "Person") == ["秦大河"]


def test_a_common_word_that_begins_with_a_surname_is_nobody():
    assert read("联盟增强了凝聚力、向心力和战斗力。", Person=["向心力"]) == ()

import pytest
from marked_texts import named, read


@pytest.mark.parametrize(
    ("form", "tagged", "kind"),
    [
        ("宁海县法院", "Organization", "Department"),
        ("宁海县人民医院", "Department", "Organization"),
        ("力洋中学", "University", "Organization"),
        ("校团委", "PartyOrganization", "Organization"),
        ("宁海师范高等专科学校", "Organization", "University"),
        ("青禾律师事务所", "Organization", "Enterprise"),
        ("县委宣传部", "PartyOrganization", "Department"),
        ("中共力洋镇委员会", "Department", "PartyOrganization"),
        ("茶叶采后技术服务队", "Place", "Organization"),
        ("“同心”结对仪式", "Programme", "Event"),
        ("“引水渠”工程", "Organization", "Programme"),
    ],
)
def test_the_last_word_settles_what_a_body_is(form: str, tagged: str, kind: str):
    mentions = read(f"上午，{form}在镇里。", **{tagged: [form]})
    assert [m.type for m in mentions if m.name == form] == [kind]


@pytest.mark.parametrize(
    ("text", "tagged", "name"),
    [
        ("四个村成立江岸片区党建联盟。", "成立江岸片区党建联盟", "江岸片区党建联盟"),
        ("宁海县供电公司来了，宁海县很重视。", "县供电公司", "宁海县供电公司"),
        ("他们走进“橙心”驿站。", "橙心”驿站", "“橙心”驿站"),
    ],
)
def test_where_a_body_begins(text: str, tagged: str, name: str):
    kind = "Alliance" if "联盟" in name else "Enterprise" if "公司" in name else "Place"
    assert named(read(text, **{kind: [tagged]}), kind) == [name]


def test_bodies_of_both_counties_are_not_named():
    assert read("两县林业局合派一支队伍。", Department=["县林业局"]) == ()


def test_one_of_a_kind_has_no_name():
    assert (
        read("镇里建了一处冷藏中转站，还有一座茶叶加工厂。", Place=["一处冷藏中转站"], Enterprise=["一座茶叶加工厂"])
        == ()
    )


@pytest.mark.parametrize("slogan", ["绿水青山", "金山银山", "强村富民", "共同富裕", "二十大精神"])
def test_slogans_are_neither_programme_nor_place(slogan: str):
    assert read(f"大家学习{slogan}，干劲足。", Programme=[slogan]) == ()
    assert read(f"大家学习{slogan}，干劲足。", Place=[slogan]) == ()


def test_a_quoted_model_is_a_programme_and_a_quoted_plight_is_none():
    text = "联盟推行“五联五动”机制，破解“各唱各调”难题。"
    assert named(read(text, Programme=["“五联五动”", "“各唱各调”"]), "Programme") == ["五联五动"]


def test_a_play_is_no_programme_and_an_agreement_is():
    mentions = read("台上唱的是《三岔口》，台下签了《茶乡合作协议》。", Programme=["三岔口", "茶乡合作协议"])
    assert named(mentions, "Programme") == ["茶乡合作协议"]


def test_a_dateline_is_no_organisation():
    assert read("里坞讯，今年茶叶好。", Organization=["里坞讯"]) == ()


def test_what_the_tagger_is_unsure_of_goes_on_to_the_weighing():
    (mention,) = read("客人带走豆皮。", score=0.25, Product=["豆皮"])
    assert (mention.name, mention.type, mention.confidence) == ("豆皮", "Product", 0.25)


def test_others_behind_a_list_end_it():
    mentions = read("“果香坊”“茶香坊”等评上了称号。", Programme=["“果香坊”“茶香坊”等评上了称号"])
    assert named(mentions, "Programme") == ["果香坊", "茶香坊"]


def test_a_university_of_the_lexicon_is_found_without_the_tagger():
    assert named(read("去年，浙江农林大学来了人，教大家种茶。"), "University") == ["浙江农林大学"]
    tagged = read("去年，浙江农林大学园艺学院来了人，教大家种茶。", University=["浙江农林大学园艺学院"])
    assert named(tagged, "University") == ["浙江农林大学园艺学院"]


def test_an_alliance_is_one_whatever_the_tagger_took_it_for():
    assert named(read("茶乡高校联盟开会。", Department=["茶乡高校联盟"]), "Alliance") == ["茶乡高校联盟"]


def test_a_university_ends_where_its_name_does():
    text = "青河农业大学政产学研合作。青河农业大学园艺学院派人。"
    mentions = read(text, University=["青河农业大学政产学研", "青河农业大学园艺学院"])
    assert named(mentions, "University") == ["青河农业大学", "青河农业大学园艺学院"]


def test_a_county_government_stands_for_the_county():
    text = "浙江省宁海县动员。宁海县人民政府签约。"
    mentions = read(text, Department=["宁海县人民政府"])
    assert [(m.type, m.name) for m in mentions] == [
        ("Division", "浙江省"),
        ("Division", "宁海县"),
        ("Division", "宁海县"),
    ]

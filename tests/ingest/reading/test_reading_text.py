"""Plain texts: encodings, wrapping, blanks, furniture, masthead."""

import codecs

import pytest

from ingest.reading import read
from ingest.reading.characters import normalise_characters
from ingest.reading.cleaning import clean, tidy
from ingest.reading.dates import any_date, compact_date
from ingest.reading.encoding import decode

SHORT = "青禾村与柳河村结对。"
TRADITIONAL = "青禾村與柳河村結對，請了農學院的老師來講課。"


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [("utf-8", b""), ("utf-8", codecs.BOM_UTF8), ("utf-16-le", codecs.BOM_UTF16_LE), ("gb18030", b""), ("gbk", b"")],
)
def test_every_encoding_gives_the_same_text(tmp_path, encoding, mark):
    path = tmp_path / "report.txt"
    path.write_bytes(mark + SHORT.encode(encoding))
    (report,) = read(path).reports
    assert report.text == SHORT


@pytest.mark.parametrize(
    "text", ["联盟", "三村结对", "石湾村", SHORT, "王芳、李强两位老师", "2021年12月，合作社分红12万元。"]
)
def test_short_gb18030_is_not_taken_for_something_else(text):
    assert decode(text.encode("gb18030")).text == text


def test_big5_is_told_from_gb18030():
    decoded = decode(TRADITIONAL.encode("big5"))
    assert (decoded.text, decoded.encoding) == (TRADITIONAL, "big5hkscs")


def test_traditional_characters_in_gb18030_stay_so():
    assert decode(TRADITIONAL.encode("gb18030")).text == TRADITIONAL


def test_a_cut_utf8_file_is_read_with_a_doubt():
    decoded = decode((SHORT * 20).encode("utf-8")[:-1])
    assert decoded.text.startswith(SHORT)
    assert decoded.doubtful


def test_full_width_digits_and_invisible_characters():
    assert normalise_characters("２０２１年\u200b投入１．５万元\ufeff，增长１２％") == "2021年投入1.5万元，增长12%"


def test_half_width_marks_next_to_chinese_become_full_width():
    said = "抱团发展,路子宽:三村27,000元,10:26开会;http://a.cn/x?y=1,好!"
    assert normalise_characters(said) == "抱团发展，路子宽：三村27,000元，10:26开会；http://a.cn/x?y=1，好！"


def test_a_question_mark_for_a_lost_character_stays_half_width():
    assert normalise_characters("禄?芬来了。谁来办?大家想想。") == "禄?芬来了。谁来办？大家想想。"


def test_wrapped_lines_are_joined_and_paragraphs_kept():
    text = (
        "　　青禾镇有三个村子挨在一起，过去各种各的稻，各找各的销路，\n"
        "价钱总也上不去。去年春天，镇党委把三个村的支部书记请到一张桌\n"
        "子上，商量怎么把力气使到一处。\n\n"
        "　　第一步是统一种子。县农业农村局派来两名技术员，住在石湾村，\n"
        "一户一户地讲。第二步是统一收购，稻谷由镇上的粮站包下来，每斤\n"
        "比往年多两毛。\n"
    )
    assert clean(text) == (
        "青禾镇有三个村子挨在一起，过去各种各的稻，各找各的销路，价钱总也上不去。去年春天，"
        "镇党委把三个村的支部书记请到一张桌子上，商量怎么把力气使到一处。\n"
        "第一步是统一种子。县农业农村局派来两名技术员，住在石湾村，一户一户地讲。第二步是统一收购，"
        "稻谷由镇上的粮站包下来，每斤比往年多两毛。"
    )


def test_headings_items_and_credits_are_not_joined():
    text = (
        "联起来，路就宽\n——三村见闻\n本报记者 方远\n一、统一种子\n（一）怎样选\n①石湾村的做法\n石湾村选了两个品种。\n"
    )
    assert clean(text).split("\n") == [
        "联起来，路就宽",
        "——三村见闻",
        "本报记者 方远",
        "一、统一种子",
        "（一）怎样选",
        "①石湾村的做法",
        "石湾村选了两个品种。",
    ]


def test_a_sentence_goes_on_over_the_page_turn():
    text = (
        "稻谷由镇上的粮站包下来，每斤比往年多两毛，三个村的农户\n\n（下"
        "转第6版）\n\n（上接第3版）都说这是头一回不愁卖。\n"
    )
    assert clean(text) == "稻谷由镇上的粮站包下来，每斤比往年多两毛，三个村的农户都说这是头一回不愁卖。"


def test_paragraphs_of_an_unwrapped_text_stay_apart():
    text = "石湾村种稻。\n柳河村养鱼。\n竹坪村做豆腐。\n"
    assert clean(text) == "石湾村种稻。\n柳河村养鱼。\n竹坪村做豆腐。"


def test_blanks_in_prose_close_and_in_bylines_stay():
    prose = "技术员樊 淑清住在石湾村，每亩增收 300 元，一年下来，三个村共增收 2 900 元。"
    assert tidy(prose) == "技术员樊淑清住在石湾村，每亩增收300元，一年下来，三个村共增收2900元。"
    assert tidy("记者 逯 飞  通讯员 林青") == "记者 逯飞 通讯员 林青"
    assert tidy("乡 村 月 谈") == "乡村月谈"
    assert tidy("第 9 期") == "第9期"


def test_furniture_is_dropped_and_the_story_kept():
    text = (
        "首页 > 乡村 > 正文\n石湾村种出好稻\n"
        "发布时间：2023-05-06　来源：云岭农讯　浏览次数：120　【打印】【关闭】\n"
        "石湾村今年种稻三百亩。\n责任编辑：于洋\n上一篇：防汛通知　下一篇：没有了\n"
        "放大 缩小 默认\n版权所有 未经授权不得转载\n"
    )
    assert clean(text) == "石湾村种出好稻\n发布时间：2023-05-06 来源：云岭农讯\n石湾村今年种稻三百亩。"


def test_cleaning_twice_changes_nothing():
    text = clean("　　石湾村今年种稻三百亩,亩产一千斤.\n　　柳河村种藕二百亩。\n")
    assert clean(text) == text


def test_newspaper_masthead(tmp_path):
    path = tmp_path / "page.txt"
    path.write_text(
        "云岭晚报　　2022年10月18日　星期二　　第3版·乡村\n三个村子一碗"
        "饭\n——青禾镇联村种稻记\n本报记者 方 远　通讯员 林青\n"
        "　　青禾镇石湾村的稻田里，收割机来回穿梭，村党支部书记周望山正忙着给邻村介绍经验。\n",
        encoding="utf-8",
    )
    (report,) = read(path).reports
    assert (report.title, report.publisher, report.date) == ("三个村子一碗饭", "云岭晚报", "2022-10-18")
    assert (report.edition, report.authors) == ("3版", ("方远", "林青"))


def test_official_notice_masthead(tmp_path):
    path = tmp_path / "notice.txt"
    path.write_text(
        "云岭县人民政府办公室文件\n云政办〔2024〕7号\n"
        "关于印发《云岭县联村种稻三年行动计划》的通知\n各乡镇人民政府：\n"
        "现将计划印发给你们，请认真抓好落实，年底前把进展情况报送县政府办公室，"
        "联系电话见附件，逾期不候。\n2024年3月5日\n",
        encoding="utf-8",
    )
    (report,) = read(path).reports
    assert report.title == "关于印发《云岭县联村种稻三年行动计划》的通知"
    assert (report.publisher, report.date) == ("云岭县人民政府办公室", "2024-03-05")


@pytest.mark.parametrize(
    ("said", "date"),
    [
        ("2021年12月6日", "2021-12-06"),
        ("二○○八年五月二十二日", "2008-05-22"),
        ("2025年7月", "2025-07"),
        ("2025年第7期", "2025"),
        ("（2022）第9期", "2022"),
        ("2023/7/19 11:02", "2023-07-19"),
        ("2023年2月30日", "2023-02"),
        ("没有日期", ""),
    ],
)
def test_dates(said, date):
    assert any_date(said) == date


def test_date_in_eight_digits():
    assert compact_date("paper/20211206/A7.html") == "2021-12-06"

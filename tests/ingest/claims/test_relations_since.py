import pytest

from ingest.claims.relations_since import since_of


@pytest.mark.parametrize(
    ("relation", "text", "evidence", "since"),
    [
        ("founded", "2019年3月，柳湾村、双桥村成立青石联盟。", "柳湾村、双桥村成立青石联盟", "2019-03"),
        ("founded", "去年，柳湾村成立青石茶社。", "柳湾村成立青石茶社", "2021"),
        ("member_of", "北岙村于2020年加入青石联盟。", "北岙村于2020年加入青石联盟", "2020"),
        ("member_of", "北岙村加入青石联盟。", "北岙村加入青石联盟", ""),
        ("founded", "2018年落户，2019年由柳湾村组建青石茶社，2020年分红。", "组建青石茶社，2020年分红", ""),
        ("operates", "目前，2020年接手的茶厂由绿芽公司运营。", "2020年接手的茶厂由绿芽公司运营", ""),
        ("founded", "2017年歉收。柳湾村成立青石茶社。", "柳湾村成立青石茶社", ""),
        ("located_in", "2019年，茶厂建在柳湾村。", "茶厂建在柳湾村", ""),
    ],
)
def test_the_year_stands_in_the_sentence_before_the_verb_that_begins_it(relation, text, evidence, since):
    start = text.index(evidence)
    assert since_of(relation, text, (start, start + len(evidence)), "2022-06-01") == since


def test_without_a_report_date_last_year_is_no_date():
    assert since_of("founded", "去年，柳湾村成立青石茶社。", (0, 13), "") == ""

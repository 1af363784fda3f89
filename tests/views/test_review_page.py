"""The review page's logic, run without a browser."""

import pytest
from made_review import make_review
from page_text import html_of, text_of
from streamlit import config

from graph.identity import derive
from graph.identity.judgements import from_jsonl
from graph.store import Library
from views import review_room


@pytest.fixture
def library_path(tmp_path):
    make_review(tmp_path / "library")
    return tmp_path / "library"


def verdicts(library_path) -> list[tuple[str, str]]:
    return [(j.kind, j.verdict) for j in Library.open(library_path).judgements()]


def teams(library_path) -> list[str]:
    held = Library.open(library_path)
    found = derive(held.mentions(), held.reports(), held.judgements())
    return sorted(e.name for e in found.by_id.values() if e.type == "Organization")


def test_one_claim_is_asked_with_its_sentence(visit):
    page = visit("review")
    said = text_of(page)
    assert "原文是这个意思吗？" in said
    assert "林月合作 ↔石桥湾村" in said
    assert "同石桥湾村只有过一次买卖" in said
    assert "第 1 项，共 5 项已判 0 项" in said
    assert [b.label for b in page.button[:5]] == ["正确", "错误", "说不准", "跳过", "撤回上一个"]


def test_a_pair_is_asked_with_both_sides_and_reasons(visit):
    page = visit("review", kind="identity", lang="en")
    said = text_of(page)
    assert "Do both mean the same?" in said
    assert "now two entities" in said
    assert "1青禾实践团" in said or "1青禾实践团队" in said
    assert "1 of 1" in said
    assert "one name holds the other: 青禾实践团" in said
    assert "The program's score: 0.74" in said
    assert [b.label for b in page.button[:3]] == ["Same", "Different", "Unsure"]


def test_a_decision_is_written_and_the_next_is_asked(visit, library_path):
    page = visit("review")
    page.text_input(key="review-why").set_value("只买过一次")
    page.text_input(key="review-who").set_value("韩")
    page.button(key="answer-wrong").click().run()
    assert not page.exception
    judgement = Library.open(library_path).judgements()[0]
    assert (judgement.verdict, judgement.who, judgement.why) == ("wrong", "韩", "只买过一次")
    assert "这两处说的是同一个吗？" in text_of(page)
    assert page.query_params["item"].count("~") == 1
    assert "第 2 项，共 5 项已判 1 项" in text_of(page)
    page.button(key="answer-same").click().run()
    assert teams(library_path) == ["青禾实践团队"]


def test_undo_takes_back_and_shows_the_item_again(visit, library_path):
    page = visit("review", kind="identity")
    assert page.button(key="undo").disabled
    page.button(key="answer-same").click().run()
    assert "没有待审核的内容了" in text_of(page)
    page.button(key="undo").click().run()
    assert verdicts(library_path) == [("identity", "same"), ("identity", "withdrawn")]
    assert "这两处说的是同一个吗？" in text_of(page)


def test_skipping_decides_nothing(visit, library_path):
    page = visit("review")
    page.button(key="skip").click().run()
    assert "第 2 项" in text_of(page)
    assert verdicts(library_path) == []


def test_an_address_opens_its_item_and_says_what_stands(visit, library_path):
    page = visit("review")
    page.button(key="answer-right").click().run()
    claim = Library.open(library_path).judgements()[0].subject
    said = text_of(visit("review", item=claim))
    assert "已判为“正确”" in said
    assert "资料库里没有这一项" in text_of(visit("review", item="k-00"))


def test_an_entity_is_reviewed_alone_and_can_be_split(visit, library_path):
    held = Library.open(library_path)
    village = derive(held.mentions(), held.reports()).find("石桥湾村")[0]
    page = visit("review", kind="identity", entity=village.mentions[0])
    said = text_of(page)
    assert "只看与“石桥湾村”有关的" in said
    assert "现在归为同一个实体" in said
    page.button(key="answer-different").click().run()
    found = derive(held.mentions(), held.reports(), held.judgements())
    assert len([e for e in found.by_id.values() if e.name == "石桥湾村"]) == 2


def test_a_type_is_corrected(visit, library_path):
    page = visit("review", kind="identity")
    save = next(b for b in page.button if b.key.endswith("-save-type"))
    page.selectbox(key=save.key.replace("-save-type", "-type")).set_value("Alliance")
    save.click().run()
    assert verdicts(library_path) == [("type", "Alliance")]
    assert "类型改为“联盟”" in text_of(page)


def test_decisions_are_listed_and_taken_back(visit, library_path):
    assert "还没有作出判断" in text_of(visit("review", show="made"))
    visit("review").button(key="answer-wrong").click().run()
    page = visit("review", show="made")
    assert "共 1 个判断，其中 1 个有效" in text_of(page)
    assert "错误林月 合作 石桥湾村" in text_of(page)
    next(b for b in page.button if b.label == "撤回").click().run()
    assert verdicts(library_path) == [("claim", "wrong"), ("claim", "withdrawn")]
    assert "共 1 个判断，其中 0 个有效" in text_of(page)


def test_text_of_reports_is_never_markup(visit):
    body = html_of(visit("review"))
    assert "秋收&lt;b&gt;重逢&lt;/b&gt;" in body
    assert "<b>重逢" not in body


def test_elsewhere_than_on_this_machine_nobody_decides_without_signing_in(visit, library_path):
    before = config.get_option("server.address")
    config.set_option("server.address", "0.0.0.0")
    try:
        page = visit("review")
        assert page.button(key="answer-right").disabled
        assert "登录后才能作判断" in text_of(page)
    finally:
        config.set_option("server.address", before)
    assert verdicts(library_path) == []


def test_pages_lead_to_the_review_of_what_they_show(visit, library_path):
    held = Library.open(library_path)
    village = derive(held.mentions(), held.reports()).find("石桥湾村")[0]
    body = html_of(visit("entity", id=village.mentions[0]))  # a mention stands for its entity
    assert "合并或拆分" in body
    assert body.count("错了？") == len(
        [k for k in held.claims() if k.tail in village.mentions or k.head in village.mentions]
    )
    report = held.reports()[0]
    assert html_of(visit("report", id=report.id)).count("错了？") == len(held.claims(report.id))


def test_the_export_is_what_an_import_reads(visit, library_path):
    from graph.identity.judgements import to_jsonl

    visit("review").button(key="answer-wrong").click().run()
    held = Library.open(library_path).judgements()
    assert from_jsonl(to_jsonl(held)) == held


def test_the_time_keeps_the_order_of_decisions():
    first, second = review_room.now(), review_room.now()
    assert first <= second
    assert first.endswith("+00:00")

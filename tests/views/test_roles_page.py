"""Hubs, bridges, communities, and who could join, as the pages show them."""

import re

import pytest
from page_text import html_of, text_of

from graph.identity import Entity
from graph.network.roles import Standing
from graph.records import Extraction, Report
from graph.store import Library
from views.roles_tables import value


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("view", ["", "broker", "community"])
def test_every_view_opens_in_both_languages(visit, view, language):
    said = text_of(visit("roles", lang=language, view=view))
    assert ("不说明什么" if language == "zh" else "What it does not mean") in said
    assert ("哪些关系算作结盟往来" if language == "zh" else "Which relations count as ties") in said


def test_hubs_stand_with_their_partners_and_sentences(visit, shelf):
    page = visit("roles")
    said, body = text_of(page), html_of(page)
    assert "共 10 个" in said
    alliance = next(e for e in shelf.entities.by_id.values() if e.name == "稻穗产业联盟")
    first, second = re.findall(r"<tr>(.*?)</tr>", body.split("<tbody>")[1], re.DOTALL)[:2]
    assert "石桥湾村" in first
    assert f"entity?lang=zh&amp;id={alliance.id}" in second
    assert f"network?lang=zh&amp;id={alliance.id}" in second
    assert "原句（3 条往来中的 3 条）" in second
    assert "柳溪村" in second


def test_what_is_planned_or_denied_makes_no_hub(visit):
    assert "岚水县稻米协会" not in text_of(visit("roles", view="community"))


def test_the_choice_is_kept_in_the_address(visit):
    page = visit("roles", view="broker")
    page.segmented_control[1].set_value("constraint").run()
    page.multiselect[0].set_value(["Village"]).run()
    assert page.query_params["by_broker"] in ("constraint", ["constraint"])
    assert page.query_params["type"] in ("Village", ["Village"])
    again = visit("roles", view="broker", by_broker="constraint", type="Village")
    assert "石桥湾村" in text_of(again)
    assert "约束度（伯特）" in text_of(again)


def test_nonsense_in_the_address_is_passed_over(visit):
    assert "共 10 个" in text_of(visit("roles", view="nothing", by_hub="fame", type="Product"))


def test_a_community_is_found_by_one_of_its_members(visit, shelf):
    village = next(e for e in shelf.entities.by_id.values() if e.name == "坝上村")
    said = text_of(visit("roles", view="community", id=village.id))
    assert "坝上村所在的群体" in said
    assert "稻穗产业联盟" in said
    assert "一河两岸" not in said


def test_hostile_names_are_shown_as_text(visit):
    assert "<script>window.hit" not in html_of(visit("roles"))


def test_a_library_without_ties_says_so(tmp_path, monkeypatch, visit):
    library = Library.create(tmp_path / "bare")
    library.add([Extraction(Report("柳湾村的桥修好了。", "bare"), (), (), (), ())])
    monkeypatch.setenv("ALLIANCE_LIBRARY", str(tmp_path / "bare"))
    assert "没有讲到各方之间的结盟往来" in text_of(visit("roles"))


def test_an_entity_page_says_who_could_join_and_why(visit, shelf):
    village = next(e for e in shelf.entities.by_id.values() if e.name == "石桥湾村")
    said = text_of(visit("entity", id=village.id))
    assert "可能的伙伴" in said
    assert "同在稻穗产业联盟中" in said
    assert "伙伴 3 个" in said
    english = text_of(visit("entity", id=village.id, lang="en"))
    assert "both are in 稻穗产业联盟" in english


def test_an_entity_page_says_who_was_left_out_of_the_suggestions(visit, shelf):
    village = next(e for e in shelf.entities.by_id.values() if e.name == "柳溪村")
    said = text_of(visit("entity", id=village.id))
    assert "因已有计划或曾被否认而未列入的 2 个" in said
    assert "眼下尚未加入" in said


def test_a_product_is_no_partner(visit, shelf):
    person = next(e for e in shelf.entities.by_id.values() if e.type == "Person")
    assert "可能的伙伴" not in text_of(visit("entity", id=person.id))


@pytest.mark.parametrize(
    ("number", "said"), [(8.0, "8"), (0.333333, "0.333"), (1.25, "1.25"), (0.0000776, "0.0000776"), (123.4, "123")]
)
def test_values_are_written_without_powers_of_ten(number, said):
    assert value(Standing(Entity("e-1", "坝上村", "Village"), "broker", number, 1, 0, {}, ())) == said

import pytest

from graph.identity import entities_of
from graph.search.entities import EntityNames, find_entities, names_of
from graph.search.forgiving import forgive
from graph.search.query import LONGEST, parse
from graph.search.units import units
from graph.store import Library


def said(hits):
    return [(hit.entity.name, hit.kind) for hit in hits]


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("石榴坳村", ("石榴坳村", "name")),
        (" “石榴坳村” ", ("石榴坳村", "name")),
        ("云岭茶香党建联盟", ("“云岭茶香”党建联盟", "name")),
        ("雲嶺茶香黨建聯盟", ("“云岭茶香”党建联盟", "name")),
        ("３３０３２６", ("月湾县", "code")),
        ("石榴坳村的茶叶卖给谁", ("石榴坳村", "named")),
        ("云岭茶香", ("“云岭茶香”党建联盟", "begins")),
        ("科学研究所", ("茶叶科学研究所", "part")),
        ("石榴拗村", ("石榴坳村", "near")),
        ("石榴村", ("石榴坳村", "near")),
        ("竹彰村", ("竹影村", "near")),
        ("石榴坳口村", ("石榴坳村", "near")),
        ("紫藤街道的石榴拗村", ("紫藤街道", "named")),
    ],
)
def test_the_first_entity(library, question, first):
    assert said(find_entities(library, question))[0] == first


def test_a_slip_in_a_longer_question_is_found_and_said(library):
    hits = find_entities(library, "石榴拗村和竹影村怎样修水渠")
    assert said(hits) == [("竹影村", "named"), ("石榴坳村", "near_named")]
    assert hits[1].zh == "“石榴拗村”与“石榴坳村”相近：有一个字不同"
    assert hits[1].en == "“石榴拗村” is near to “石榴坳村”: one character differs"
    assert (hits[1].asked, hits[1].form) == ("石榴拗村", "石榴坳村")


def test_names_across_a_comma_are_no_name(library):
    assert said(find_entities(library, "看石榴，坳村怎样")) == []


@pytest.mark.parametrize("question", ["", " ", "？！", "\x00\x1b", "' OR 1=1 --", "鲸鱼", "村", "e-0000", "*" * 10_000])
def test_what_names_nothing_finds_nothing(library, question):
    assert find_entities(library, question) == []


def test_an_id_finds_its_entity_alone(library):
    entity = entities_of(library).find("竹影村")[0]
    (hit,) = find_entities(library, entity.id)
    assert (hit.entity, hit.zh) == (entity, "编号相同")


def test_no_more_than_asked_for(library):
    assert len(find_entities(library, "石榴坳村、竹影村、月湾县、紫藤街道", top=2)) == 2


def test_an_empty_library_has_no_entities(tmp_path):
    assert find_entities(Library.create(tmp_path / "empty"), "石榴坳村") == []


def test_names_are_kept_with_their_entities(library):
    entities = entities_of(library)
    assert isinstance(names_of(entities), EntityNames)
    assert names_of(entities) is names_of(entities)


def test_a_question_is_forgiven_a_slip_in_a_name(library):
    asked = forgive(parse("请问石榴拗村怎样"), units(library), library)
    assert asked.meant == (("石榴拗村", "石榴坳村"),)
    assert {"榴拗", "榴坳", "坳村"} <= set(asked.terms)
    assert units(library).names_in(asked.folded) == ("石榴坳村",)


@pytest.mark.parametrize("question", ["石榴坳村怎样", "外卖骑手在哪里歇脚", "薄弱村抱团出资", "anything else"])
def test_a_question_without_a_slip_stays_as_it_is(library, question):
    asked = parse(question)
    assert forgive(asked, units(library), library) is asked


def test_what_is_beyond_the_longest_question_is_not_read():
    asked = parse("茶" * 10_000)
    assert (len(asked.text), asked.left_out) == (LONGEST, 10_000 - LONGEST)
    assert parse("茶叶").left_out == 0

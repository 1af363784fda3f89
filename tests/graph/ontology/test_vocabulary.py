import pytest

from graph.errors import OntologyError
from graph.ontology import ontology


def test_the_closed_vocabularies_are_whole():
    words = ontology()
    assert " ".join(words.entity_types) == (
        "Village Division PartyOrganization Alliance Department University Enterprise Organization Person Product "
        "Place Programme Event"
    )
    assert " ".join(words.relations) == (
        "located_in member_of part_of leads partners_with supports founded invests_in produces operates "
        "affiliated_with implements participates_in replicated_to"
    )
    assert " ".join(t.zh for t in words.alliance_types.values()) == (
        "导师帮带型 强村带动型 产业集聚型 项目牵引型 治理联动型 服务统筹型 睦邻协作型 飞地抱团型"
    )


def test_every_term_has_both_labels_definitions_and_an_iri():
    words = ontology()
    for table in (words.entity_types, words.relations, words.alliance_types):
        for code, term in table.items():
            assert term.label("zh")
            assert term.label("en")
            assert term.definition("zh")
            assert term.definition("en")
            assert term.iri == words.iri + code


def test_relations_allow_the_ends_the_ontology_gives_them():
    words = ontology()
    assert words.relation("affiliated_with").allows("Person", "Village")
    assert not words.relation("affiliated_with").allows("Village", "Person")
    assert not words.relation("replicated_to").allows("Person", "Village")
    assert [r.code for r in words.relations.values() if r.symmetric] == ["partners_with"]
    assert words.relations_between("Person", "Product") == ("produces",)


def test_only_known_types_stand_at_the_ends():
    words = ontology()
    for relation in words.relations.values():
        assert relation.heads | relation.tails <= set(words.entity_types)


def test_an_unknown_word_is_an_error_that_names_the_known_ones():
    with pytest.raises(OntologyError, match="No relation is called 'owns'; known are located_in, member_of"):
        ontology().relation("owns")
    with pytest.raises(OntologyError, match="No entity type is called 'River'"):
        ontology().entity_type("River")

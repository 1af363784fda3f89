from decimal import Decimal

import pytest
from rdflib import ORG, PROV, RDF, SKOS, BNode, Graph, Literal, URIRef

from graph.identity import derive
from graph.ontology import ontology
from graph.rdf import nquads, to_dataset, turtle
from graph.rdf.terms import AG, CLASSES, OA, SCHEMA, Names
from graph.rdf.writing import merged
from graph.store import Library

NAMES = Names("https://example.org/data")


def made(library):
    entities = derive(library.mentions(), library.reports(), library.judgements())
    return to_dataset(library, entities, NAMES.base)


@pytest.fixture(scope="module")
def dataset(villages):
    return made(villages)


@pytest.fixture(scope="module")
def graph(dataset):
    """All graphs as one, as a query sees them."""
    return merged(dataset)


def named(graph, name):
    (subject,) = set(graph.subjects(SKOS.prefLabel, Literal(name, lang="zh-Hans")))
    return subject


def claim_between(graph, head, tail):
    found = set(graph.subjects(RDF.subject, named(graph, head))) & set(graph.subjects(RDF.object, named(graph, tail)))
    return sorted(found)[0]


def test_every_report_has_a_graph_of_its_own(dataset, villages):
    graphs = {str(graph.identifier) for graph in dataset.graphs() if len(graph)}
    reports = {str(NAMES.graph(report.id)) for report in villages.reports()}
    assert graphs == reports | {str(NAMES.vocabulary)}
    assert not any(isinstance(term, BNode) for quad in dataset.quads() for term in quad[:3])


def test_an_asserted_claim_is_said_directly_and_others_are_not(graph):
    stone, warm = named(graph, "石泉村"), named(graph, "温水村")
    alliance, willow = named(graph, "青禾谷共富联盟"), named(graph, "柳桥村")
    assert (stone, AG.member_of, alliance) in graph
    assert (warm, AG.member_of, alliance) not in graph
    assert (warm, AG.partners_with, willow) in graph
    assert (willow, AG.partners_with, warm) in graph


def test_a_claim_leads_to_its_words(graph, villages):
    claim = claim_between(graph, "石泉村", "青禾谷共富联盟")
    assert (claim, RDF.predicate, AG.member_of) in graph
    assert (claim, AG.modality, AG.asserted) in graph
    assert (claim, RDF.type, ORG.Membership) in graph
    assert graph.value(claim, AG.confidence).toPython() == Decimal("0.9")
    report = graph.value(claim, PROV.wasQuotedFrom)
    assert (report, RDF.type, SCHEMA.NewsArticle) in graph
    target = graph.value(claim, OA.hasTarget)
    selectors = set(graph.objects(target, OA.hasSelector))
    (quote,) = (s for s in selectors if (s, RDF.type, OA.TextQuoteSelector) in graph)
    (place,) = selectors - {quote}
    start, end = (graph.value(place, p).toPython() for p in (OA.start, OA.end))
    texts = {str(NAMES.of("report", r.id)): r.text for r in villages.reports()}
    assert str(graph.value(quote, OA.exact)) == texts[str(report)][start:end] == "石泉村加入青禾谷共富联盟"
    assert str(graph.value(quote, OA.suffix)).startswith("。温水村")


def test_planned_claims_keep_modality_and_date(graph):
    claim = claim_between(graph, "温水村", "青禾谷共富联盟")
    assert graph.value(claim, AG.modality) == AG.planned
    assert str(graph.value(claim, AG.since)) == "2023"
    assert (claim, RDF.type, ORG.Membership) not in graph


def test_cases_and_figures(graph):
    case = min(graph.subjects(RDF.type, AG.Case))
    assert graph.value(case, AG.allianceType) == AG.strong_village
    assert named(graph, "柳桥村") in set(graph.objects(case, AG.about))
    figure = min(f for f in graph.subjects(RDF.type, AG.Figure) if (f, AG.measures, case) in graph)
    assert graph.value(figure, AG.value).toPython() == 3_000_000
    assert graph.value(figure, AG.bound) == AG.at_least


def test_the_ontology_is_there_in_both_languages(graph):
    assert set(CLASSES) == set(ontology().entity_types)
    for term in (
        *ontology().entity_types.values(),
        *ontology().relations.values(),
        *ontology().alliance_types.values(),
    ):
        labels = {(str(x), x.language) for x in graph.objects(URIRef(term.iri), SKOS.prefLabel)}
        assert labels == {(term.zh, "zh-Hans"), (term.en, "en")}


def test_nquads_are_sorted_and_read_back(dataset):
    data = nquads(dataset)
    lines = data.decode().splitlines()
    assert lines == sorted(lines)
    assert len(lines) == len(list(dataset.quads()))
    again = Graph()
    triples = [line.rsplit(" ", 2)[0] + " ." for line in lines]
    again.parse(data="\n".join(triples), format="nt")
    assert set(again) == {quad[:3] for quad in dataset.quads()}


def test_turtle_reads_back(dataset, graph):
    data = turtle(dataset)
    again = Graph()
    again.parse(data=data.decode(), format="turtle")
    assert set(again) == set(graph)
    assert b"ag:member_of entity:" in data


def test_the_same_library_gives_the_same_bytes_however_it_was_filled(dataset, one, other_one, tmp_path):
    other = Library.create(tmp_path / "other")
    other.add([other_one])
    other.add([one])
    assert nquads(made(other)) == nquads(dataset)
    assert turtle(made(other)) == turtle(dataset)

"""The ontology as RDF: classes, properties, and SKOS schemes of the closed vocabularies."""

from collections.abc import Iterable, Mapping

from rdflib import OWL, RDF, RDFS, SKOS, Literal, URIRef
from rdflib.graph import Graph

from graph.ontology import Term, ontology
from graph.rdf.terms import AG, CHINESE, CLASSES, ENGLISH, PROPERTIES


def _describe(graph: Graph, term: Term, kind: URIRef, above: Iterable[URIRef], below: URIRef) -> URIRef:
    subject = URIRef(term.iri)
    graph.add((subject, RDF.type, kind))
    for text, language in ((term.zh, CHINESE), (term.en, ENGLISH)):
        graph.add((subject, RDFS.label, Literal(text, lang=language)))
        graph.add((subject, SKOS.prefLabel, Literal(text, lang=language)))
    for text, language in ((term.definition_zh, CHINESE), (term.definition_en, ENGLISH)):
        if text:
            graph.add((subject, SKOS.definition, Literal(text, lang=language)))
    for parent in above:
        graph.add((subject, below, parent))
    return subject


def _scheme(graph: Graph, name: str, terms: Mapping[str, Term]) -> None:
    scheme = AG[name]
    graph.add((scheme, RDF.type, SKOS.ConceptScheme))
    for term in terms.values():
        subject = _describe(graph, term, SKOS.Concept, (scheme,), SKOS.inScheme)
        graph.add((subject, SKOS.notation, Literal(term.code)))


def describe_ontology(graph: Graph) -> None:
    """Add all that the ontology declares to `graph`."""
    known = ontology()
    for kind in known.entity_types.values():
        _describe(graph, kind, OWL.Class, CLASSES[kind.code], RDFS.subClassOf)
    for relation in known.relations.values():
        subject = _describe(graph, relation, OWL.ObjectProperty, PROPERTIES.get(relation.code, ()), RDFS.subPropertyOf)
        if relation.symmetric:
            graph.add((subject, RDF.type, OWL.SymmetricProperty))
    _scheme(graph, "allianceTypes", known.alliance_types)
    _scheme(graph, "modalities", known.modalities)
    _scheme(graph, "bounds", known.bounds)

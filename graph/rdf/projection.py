"""Records and entities as an RDF dataset: one named graph a report, no blank nodes."""

from collections import defaultdict
from collections.abc import Iterable
from typing import TypeVar

from rdflib import Dataset

from graph.identity import Entities, standing_claims
from graph.rdf.reports import ReportWriter
from graph.rdf.terms import BASE, Names
from graph.rdf.vocabulary import describe_ontology
from graph.records import Case, Claim, Extraction, Figure, Mention, Report
from graph.store import Library

Owned = TypeVar("Owned", Case, Claim, Figure, Mention)


def to_dataset(library: Library, entities: Entities, base: str = BASE) -> Dataset:
    """Everything in `library` as RDF, its IRIs under `base`; claims that were judged wrong are left out."""
    mentions = library.mentions()
    claims = standing_claims(library.claims(), library.judgements(), mentions)
    parts = library.reports(), library.cases(), mentions, claims, library.figures()
    return dataset_of(by_report(*parts), entities, base)


def dataset_of(extractions: Iterable[Extraction], entities: Entities, base: str = BASE) -> Dataset:
    """The records of `extractions` as RDF.

    The named graph of a report holds what the report says: itself, its cases, claims, figures, and the entities it
    names. An asserted claim is also said directly (head, relation, tail); planned and negated ones never are. A query
    sees all graphs as one.
    """
    names = Names(base)
    dataset = Dataset(default_union=True)
    for prefix, iri in names.prefixes().items():
        dataset.bind(prefix, iri, override=True)
    describe_ontology(dataset.graph(names.vocabulary))
    for extraction in extractions:
        graph = dataset.graph(names.graph(extraction.report.id))
        ReportWriter(graph, names, extraction.report, entities).write(extraction)
    return dataset


def by_report(
    reports: Iterable[Report],
    cases: Iterable[Case],
    mentions: Iterable[Mention],
    claims: Iterable[Claim],
    figures: Iterable[Figure],
) -> list[Extraction]:
    """All records, put together report by report."""
    told, named, said, counted = _grouped(cases), _grouped(mentions), _grouped(claims), _grouped(figures)
    return [
        Extraction(r, tuple(told[r.id]), tuple(named[r.id]), tuple(said[r.id]), tuple(counted[r.id])) for r in reports
    ]


def _grouped(records: Iterable[Owned]) -> dict[str, list[Owned]]:
    groups: dict[str, list[Owned]] = defaultdict(list)
    for record in records:
        groups[record.report].append(record)
    return groups

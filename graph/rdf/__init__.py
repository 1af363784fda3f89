"""The graph as RDF: dataset, files, bounded SPARQL."""

from graph.rdf.projection import by_report, dataset_of, to_dataset
from graph.rdf.query import Limits, QueryError, ResultTable, query
from graph.rdf.terms import BASE
from graph.rdf.writing import nquads, turtle

__all__ = [
    "BASE",
    "Limits",
    "QueryError",
    "ResultTable",
    "by_report",
    "dataset_of",
    "nquads",
    "query",
    "to_dataset",
    "turtle",
]

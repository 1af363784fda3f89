"""RDF files: the same dataset always gives the same bytes."""

import re

from rdflib import Dataset, Literal
from rdflib.graph import Graph
from rdflib.term import Node

ESCAPES = {"\\": r"\\", '"': r"\"", "\n": r"\n", "\r": r"\r"}
ESCAPED = re.compile(r'[\\"\n\r]')


def _term(term: Node) -> str:
    """A term as N-Quads has it (W3C RDF 1.1 N-Quads, section 3)."""
    if not isinstance(term, Literal):
        return term.n3()
    quoted = '"' + ESCAPED.sub(lambda found: ESCAPES[found[0]], str(term)) + '"'
    if term.language:
        return f"{quoted}@{term.language}"
    return f"{quoted}^^{term.datatype.n3()}" if term.datatype else quoted


def nquads(dataset: Dataset) -> bytes:
    """All statements with their graphs, one a line, lines sorted."""
    lines = [
        f"{subject.n3()} {predicate.n3()} {_term(value)} {graph.n3() if graph else ''} .\n".encode()
        for subject, predicate, value, graph in dataset.quads()
    ]
    return b"".join(sorted(lines))


def merged(dataset: Dataset) -> Graph:
    """All statements of all graphs as one graph, with the dataset's prefixes."""
    whole = Graph()
    for prefix, iri in dataset.namespaces():
        whole.bind(prefix, iri, override=True)
    for subject, predicate, value, _ in dataset.quads():
        whole.add((subject, predicate, value))
    return whole


def turtle(dataset: Dataset) -> bytes:
    """All statements as one graph, for people and tools that know no named graphs."""
    return merged(dataset).serialize(format="turtle", encoding="utf-8")

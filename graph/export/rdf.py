"""RDF files: N-Quads with one named graph a report, and Turtle with all of them as one."""

from graph.export.snapshot import Snapshot
from graph.rdf import dataset_of, nquads, turtle


def write_nquads(snapshot: Snapshot) -> tuple[bytes, ...]:
    """The bytes of the N-Quads file."""
    return (nquads(dataset_of(snapshot.extractions(), snapshot.entities)),)


def write_turtle(snapshot: Snapshot) -> tuple[bytes, ...]:
    """The bytes of the Turtle file."""
    return (turtle(dataset_of(snapshot.extractions(), snapshot.entities)),)

"""The ontology: entity types, relations with their allowed ends, alliance types; declared in `ontology.toml`."""

from graph.ontology.vocabulary import (
    AllianceType,
    EntityType,
    Ontology,
    Relation,
    Term,
    ontology,
)

__all__ = ["AllianceType", "EntityType", "Ontology", "Relation", "Term", "ontology"]

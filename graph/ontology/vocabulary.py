"""Loads `ontology.toml` into frozen objects and answers what is allowed."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from graph.errors import OntologyError

Language = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a closed vocabulary: its code, its labels and definitions in Chinese and English, its IRI."""

    code: str
    zh: str
    en: str
    iri: str
    definition_zh: str = ""
    definition_en: str = ""

    def label(self, language: Language = "zh") -> str:
        """The label in `language`."""
        return self.zh if language == "zh" else self.en

    def definition(self, language: Language = "zh") -> str:
        """The definition in `language`, empty for terms that need none."""
        return self.definition_zh if language == "zh" else self.definition_en


@dataclass(frozen=True, slots=True)
class EntityType(Term):
    """A kind of thing the graph holds; `colour` is its colour everywhere it is drawn (#rrggbb)."""

    colour: str = "#777777"


@dataclass(frozen=True, slots=True)
class Relation(Term):
    """A kind of claim, with the entity types allowed at its two ends."""

    symmetric: bool = False
    heads: frozenset[str] = frozenset()
    tails: frozenset[str] = frozenset()

    def allows(self, head: str, tail: str) -> bool:
        """Whether a claim of this kind may lead from type `head` to type `tail`."""
        return head in self.heads and tail in self.tails


@dataclass(frozen=True, slots=True)
class AllianceType(Term):
    """One of the eight ways in which alliances are formed."""


@dataclass(frozen=True, slots=True)
class Ontology:
    """Everything `ontology.toml` declares, in its order."""

    iri: str
    actors: frozenset[str]
    entity_types: dict[str, EntityType]
    relations: dict[str, Relation]
    alliance_types: dict[str, AllianceType]
    modalities: dict[str, Term]
    bounds: dict[str, Term]

    def relation(self, code: str) -> Relation:
        """The relation named `code`; raises OntologyError where there is none."""
        if code not in self.relations:
            raise OntologyError(f"No relation is called {code!r}; known are {', '.join(self.relations)}.")
        return self.relations[code]

    def entity_type(self, code: str) -> EntityType:
        """The entity type named `code`; raises OntologyError where there is none."""
        if code not in self.entity_types:
            raise OntologyError(f"No entity type is called {code!r}; known are {', '.join(self.entity_types)}.")
        return self.entity_types[code]

    def relations_between(self, head: str, tail: str) -> tuple[str, ...]:
        """Codes of the relations that may lead from type `head` to type `tail`."""
        return tuple(r.code for r in self.relations.values() if r.allows(head, tail))


def _term(iri: str, code: str, row: dict[str, Any]) -> dict[str, Any]:
    ends: dict[str, Any] = {key: frozenset(row[key]) for key in ("heads", "tails") if key in row}
    return {"code": code, "iri": iri + code, **row, **ends}


@cache
def ontology() -> Ontology:
    """The ontology of this version, read once from the package's data file."""
    data = tomllib.loads(files("graph.ontology").joinpath("ontology.toml").read_text(encoding="utf-8"))
    iri: str = data["iri"]
    return Ontology(
        iri=iri,
        actors=frozenset(data["actors"]),
        entity_types={c: EntityType(**_term(iri, c, row)) for c, row in data["entity_types"].items()},
        relations={c: Relation(**_term(iri, c, row)) for c, row in data["relations"].items()},
        alliance_types={c: AllianceType(**_term(iri, c, row)) for c, row in data["alliance_types"].items()},
        modalities={c: Term(**_term(iri, c, row)) for c, row in data["modalities"].items()},
        bounds={c: Term(**_term(iri, c, row)) for c, row in data["bounds"].items()},
    )

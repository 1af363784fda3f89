"""Namespaces and IRIs. The data's base is a setting; the ontology's IRIs come from the ontology."""

from urllib.parse import quote

from rdflib import Namespace, URIRef
from rdflib.namespace import DCTERMS, ORG, PROV, RDF, RDFS, SKOS, XSD

from graph.ontology import ontology

BASE = "https://w3id.org/alliance-graph/data/"
OA = Namespace("http://www.w3.org/ns/oa#")
SCHEMA = Namespace("https://schema.org/")
AG = Namespace(ontology().iri)
CHINESE, ENGLISH = "zh-Hans", "en"

PREFIXES: dict[str, str] = {
    "ag": str(AG),
    "dcterms": str(DCTERMS),
    "oa": str(OA),
    "org": str(ORG),
    "prov": str(PROV),
    "rdf": str(RDF),
    "rdfs": str(RDFS),
    "schema": str(SCHEMA),
    "skos": str(SKOS),
    "xsd": str(XSD),
}

# The classes of other vocabularies that a type of ours is a kind of.
CLASSES: dict[str, tuple[URIRef, ...]] = {
    "Village": (SCHEMA.Place,),
    "Division": (SCHEMA.AdministrativeArea,),
    "PartyOrganization": (ORG.Organization,),
    "Alliance": (ORG.OrganizationalCollaboration,),
    "Department": (ORG.FormalOrganization,),
    "University": (ORG.FormalOrganization,),
    "Enterprise": (ORG.FormalOrganization,),
    "Organization": (ORG.Organization,),
    "Person": (SCHEMA.Person,),
    "Product": (SCHEMA.Product,),
    "Place": (SCHEMA.Place,),
    "Programme": (SCHEMA.Project,),
    "Event": (SCHEMA.Event,),
}

# The properties of other vocabularies that a relation of ours is a kind of.
PROPERTIES: dict[str, tuple[URIRef, ...]] = {
    "located_in": (SCHEMA.containedInPlace,),
    "member_of": (ORG.memberOf,),
    "part_of": (ORG.unitOf,),
    "partners_with": (ORG.linkedTo,),
    "affiliated_with": (ORG.memberOf,),
}
MEMBERSHIPS = ("member_of", "affiliated_with")  # relations whose claims are also org:Membership


# What has IRIs under the base, each kind with a prefix of its own in Turtle.
KINDS = (
    "entity", "report", "claim", "case", "figure", "extractor", "graph", "target", "quote", "position",
)  # fmt: skip


class Names:
    """IRIs of records and entities under one base."""

    def __init__(self, base: str = BASE) -> None:
        self.base = base if base.endswith(("/", "#")) else base + "/"

    def of(self, kind: str, identifier: str) -> URIRef:
        """The IRI of the `kind` (one of KINDS) with this id."""
        return URIRef(f"{self.base}{kind}/{quote(identifier, safe='@.-_~')}")

    def graph(self, report: str) -> URIRef:
        """The named graph of what a report (id) says."""
        return self.of("graph", report)

    def prefixes(self) -> dict[str, str]:
        """Prefix → namespace, for all vocabularies and for the kinds of this base."""
        return {**PREFIXES, **{kind: f"{self.base}{kind}/" for kind in KINDS}}

    @property
    def vocabulary(self) -> URIRef:
        """The named graph of the ontology."""
        return self.of("graph", "ontology")

"""What one report says, as the triples of its named graph."""

from collections.abc import Sequence
from decimal import Decimal

from rdflib import DCTERMS, ORG, PROV, RDF, SKOS, XSD, Literal, URIRef
from rdflib.graph import Graph
from rdflib.term import Node

from graph.identity import Entities
from graph.ontology import ontology
from graph.rdf.terms import AG, CHINESE, CLASSES, MEMBERSHIPS, OA, SCHEMA, Names
from graph.records import Case, Claim, Extraction, Figure, Mention, Report

CONTEXT = 30  # characters before and after a quotation, to find it again in another copy of the text
DATES = {4: XSD.gYear, 7: XSD.gYearMonth, 10: XSD.date}


def dated(date: str) -> Literal:
    """A date as far as it is known: year, month or day."""
    return Literal(date, datatype=DATES.get(len(date)), normalize=False)


class ReportWriter:
    """Writes one report into one graph."""

    def __init__(self, graph: Graph, names: Names, report: Report, entities: Entities) -> None:
        self._graph, self._names, self._report, self._entities = graph, names, report, entities
        self._iri = names.of("report", report.id)

    def _say(self, subject: URIRef, *pairs: tuple[URIRef, Node | None]) -> None:
        for predicate, value in pairs:
            if value is not None:
                self._graph.add((subject, predicate, value))

    def _entity(self, mention: str) -> URIRef | None:
        found = self._entities.of_mention.get(mention)
        return self._names.of("entity", found) if found else None

    def write(self, extraction: Extraction) -> None:
        """All that the report says."""
        self.report()
        self.entities(extraction.mentions)
        for case in extraction.cases:
            self.case(case, extraction.mentions)
        for claim in extraction.claims:
            self.claim(claim)
        for figure in extraction.figures:
            self.figure(figure)

    def report(self) -> None:
        """The report itself."""
        own = self._report
        self._say(
            self._iri,
            (RDF.type, SCHEMA.NewsArticle),
            (RDF.type, PROV.Entity),
            (DCTERMS.identifier, Literal(own.stem)),
            (SCHEMA.headline, _text(own.title)),
            (SCHEMA.publisher, _text(own.publisher)),
            (SCHEMA.datePublished, dated(own.date) if own.date else None),
            (SCHEMA.url, Literal(own.url, datatype=XSD.anyURI, normalize=False) if own.url else None),
            *((SCHEMA.author, _text(author)) for author in own.authors),
        )

    def entities(self, mentions: Sequence[Mention]) -> None:
        """The entities that the report names, under their common name and the names used here."""
        for mention in mentions:
            found = self._entities.of_mention.get(mention.id)
            if found is None:
                continue
            entity = self._entities.by_id[found]
            self._say(
                self._names.of("entity", found),
                (RDF.type, AG[entity.type]),
                *((RDF.type, kind) for kind in CLASSES[entity.type]),
                (SKOS.prefLabel, _text(entity.name)),
                (SKOS.altLabel, _text(mention.form) if mention.form != entity.name else None),
                (SKOS.altLabel, _text(mention.name) if mention.name != entity.name else None),
                (SKOS.notation, Literal(entity.code) if entity.code else None),
                (PROV.hadPrimarySource, self._iri),
            )

    def case(self, case: Case, mentions: Sequence[Mention]) -> None:
        """A case, with its alliance types and the entities named in it."""
        subject = self._names.of("case", case.id)
        known = ontology().alliance_types
        inside = sorted({m.id for m in mentions if case.start <= m.start < case.end})
        self._say(
            subject,
            (RDF.type, AG.Case),
            (DCTERMS.title, _text(case.title)),
            (DCTERMS.isPartOf, self._iri),
            (AG.position, Literal(case.position)),
            (AG.place, _text(case.place)),
            *((AG.allianceType, URIRef(known[code].iri)) for code in case.types if code in known),
            *((AG.about, self._entity(mention)) for mention in inside),
        )

    def claim(self, claim: Claim) -> None:
        """A claim with its evidence; an asserted one is also said directly."""
        head, tail = self._entity(claim.head), self._entity(claim.tail)
        if head is None or tail is None:
            return
        subject, relation = self._names.of("claim", claim.id), ontology().relation(claim.type)
        predicate = URIRef(relation.iri)
        self._say(
            subject,
            (RDF.type, AG.Claim),
            (RDF.type, RDF.Statement),
            (RDF.subject, head),
            (RDF.predicate, predicate),
            (RDF.object, tail),
            (AG.modality, URIRef(ontology().modalities[claim.modality].iri)),
            (AG.role, _text(claim.role)),
            (AG.since, dated(claim.since) if claim.since else None),
            (AG.confidence, _number(claim.confidence)),
        )
        self._source(subject, claim)
        if claim.modality == "asserted":
            self._graph.add((head, predicate, tail))
            if relation.symmetric:
                self._graph.add((tail, predicate, head))
            if claim.type in MEMBERSHIPS:
                self._say(subject, (RDF.type, ORG.Membership), (ORG.member, head), (ORG.organization, tail))

    def figure(self, figure: Figure) -> None:
        """A figure with its evidence; its subject is an entity, else its case."""
        subject = self._names.of("figure", figure.id)
        measured = self._entity(figure.subject) or self._names.of("case", figure.case or figure.subject)
        self._say(
            subject,
            (RDF.type, AG.Figure),
            (AG.measures, measured),
            (AG.case, self._names.of("case", figure.case) if figure.case else None),
            (AG.indicator, _text(figure.indicator)),
            (AG.value, _number(figure.value)),
            (AG.unit, _text(figure.unit)),
            (AG.bound, URIRef(ontology().bounds[figure.bound].iri)),
            (AG.year, Literal(str(figure.year), datatype=XSD.gYear, normalize=False) if figure.year else None),
            (AG.modality, URIRef(ontology().modalities[figure.modality].iri)),
            (AG.confidence, _number(figure.confidence)),
        )
        self._source(subject, figure)

    def _source(self, subject: URIRef, record: Claim | Figure) -> None:
        """Where it is said (PROV) and the quotation itself (Web Annotation)."""
        text, start, end = self._report.text, record.start, record.end
        target, quoted, placed = (self._names.of(part, record.id) for part in ("target", "quote", "position"))
        self._say(
            subject,
            (PROV.wasQuotedFrom, self._iri),
            (PROV.wasAttributedTo, self._names.of("extractor", record.extractor) if record.extractor else None),
            (OA.hasTarget, target),
        )
        self._say(
            target,
            (RDF.type, OA.SpecificResource),
            (OA.hasSource, self._iri),
            (OA.hasSelector, quoted),
            (OA.hasSelector, placed),
        )
        self._say(
            quoted,
            (RDF.type, OA.TextQuoteSelector),
            (OA.exact, Literal(text[start:end])),
            (OA.prefix, Literal(text[max(0, start - CONTEXT) : start])),
            (OA.suffix, Literal(text[end : end + CONTEXT])),
        )
        self._say(
            placed,
            (RDF.type, OA.TextPositionSelector),
            (OA.start, Literal(start, datatype=XSD.nonNegativeInteger)),
            (OA.end, Literal(end, datatype=XSD.nonNegativeInteger)),
        )


def _text(value: str) -> Literal | None:
    return Literal(value, lang=CHINESE) if value else None


def _number(value: float) -> Literal:
    """A number as xsd:decimal in its canonical form, with a point: 0.9 stays 0.9, 300 is 300.0."""
    plain = format(Decimal(repr(float(value))), "f")
    return Literal(plain if "." in plain else f"{plain}.0", datatype=XSD.decimal, normalize=False)

"""One state of a library with what is derived from it: what every format is written from."""

from dataclasses import dataclass
from functools import cached_property

from graph.export.rows import Table, tabulate
from graph.identity import Entities, entities_of, standing_claims
from graph.network import Filters, Network
from graph.rdf import by_report
from graph.records import Case, Extraction, Figure, Judgement, Mention, Report
from graph.store import Library


@dataclass(frozen=True)
class Snapshot:
    """Records, entities, and the network of the claims that pass the filters."""

    reports: tuple[Report, ...]
    cases: tuple[Case, ...]
    mentions: tuple[Mention, ...]
    figures: tuple[Figure, ...]
    judgements: tuple[Judgement, ...]
    entities: Entities
    network: Network
    judged_wrong: int

    @classmethod
    def take(cls, library: Library, filters: Filters) -> "Snapshot":
        """Read a library whole; claims that were judged wrong are left out, and counted."""
        reports, mentions, judgements = library.reports(), library.mentions(), library.judgements()
        everything = library.claims()
        claims = standing_claims(everything, judgements, mentions)
        entities = entities_of(library)
        return cls(
            tuple(reports),
            tuple(library.cases()),
            tuple(mentions),
            tuple(library.figures()),
            tuple(judgements),
            entities,
            Network.build(entities, claims, reports, filters),
            len(everything) - len(claims),
        )

    @cached_property
    def table(self) -> Table:
        """The network as rows."""
        return tabulate(self.network, self.reports)

    def extractions(self) -> list[Extraction]:
        """The records by report: claims on an edge, mentions of entities that are nodes, all cases and figures."""
        graph, entity = self.network.graph, self.entities.of_mention
        kept = {claim for _, _, edge in graph.edges(data=True) for claim in edge["claims"]}
        mentions = [m for m in self.mentions if entity.get(m.id) in graph]
        claims = [claim for claim in self.network.claims if claim.id in kept]
        return by_report(self.reports, self.cases, mentions, claims, self.figures)

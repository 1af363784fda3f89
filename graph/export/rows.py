"""What every format writes: one row a node, one row an edge, each edge with the sentences that say it."""

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from graph.network import Network
from graph.ontology import ontology
from graph.records import Claim, Report, content_id

Cell = str | int | float | bool
BREAKS = "。！？\n"
# What XML 1.0 cannot hold, not even escaped.
FORBIDDEN = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_safe(text: str) -> str:
    """`text` without the control characters that no XML file may hold; line ends as XML reads them back."""
    return FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where one claim stands: [start, end) in the text of `report` (file stem) reads `text`, inside `sentence`."""

    claim: str
    report: str
    title: str
    publisher: str
    date: str
    start: int
    end: int
    text: str
    sentence: str
    role: str
    confidence: float
    modality: str
    extractor: str


@dataclass(frozen=True, slots=True)
class NodeRow:
    """One entity."""

    id: str
    name: str
    type: str
    code: str
    within: str
    aliases: tuple[str, ...]
    reports: int
    mentions: int
    first_seen: str
    last_seen: str

    def cells(self) -> dict[str, Cell]:
        """Its columns besides id and label, in order; aliases joined by `;`."""
        return {
            "type": self.type,
            "type_zh": ontology().entity_type(self.type).zh,
            "code": self.code,
            "within": self.within,
            "aliases": ";".join(self.aliases),
            "reports": self.reports,
            "mentions": self.mentions,
            "first_seen": self.first_seen,
            "last_seen": self.last_seen,
        }


@dataclass(frozen=True, slots=True)
class EdgeRow:
    """One head, relation, tail and modality with all that is said for it, the surest first."""

    id: str
    source: str
    target: str
    relation: str
    modality: str
    symmetric: bool
    confidence: float
    since: str
    until: str
    evidence: tuple[Evidence, ...]

    @property
    def kind(self) -> str:
        """What keeps it apart from other edges between the same two nodes."""
        return f"{self.relation}:{self.modality}"

    @property
    def weight(self) -> int:
        """Number of claims."""
        return len(self.evidence)

    @property
    def label(self) -> str:
        """The relation in Chinese."""
        return ontology().relation(self.relation).zh

    def cells(self) -> dict[str, Cell]:
        """Its columns besides ends, id, kind, label and weight, in order.

        `report` to `end` are of the surest claim, `evidence` holds all claims as a JSON list.
        """
        best = self.evidence[0]
        return {
            "relation": self.relation,
            "modality": self.modality,
            "symmetric": self.symmetric,
            "confidence": self.confidence,
            "since": self.since,
            "until": self.until,
            "role": best.role,
            "report": best.report,
            "title": best.title,
            "date": best.date,
            "sentence": best.sentence,
            "start": best.start,
            "end": best.end,
            "reports": ";".join(sorted({e.report for e in self.evidence})),
            "evidence": json.dumps([asdict(e) for e in self.evidence], ensure_ascii=False, separators=(",", ":")),
        }


@dataclass(frozen=True, slots=True)
class Table:
    """Nodes and edges in the order of their ids and ends."""

    nodes: tuple[NodeRow, ...]
    edges: tuple[EdgeRow, ...]


def sentence_of(text: str, start: int, end: int) -> str:
    """The sentence or sentences of `text` around [start, end), trimmed."""
    left = max(text.rfind(mark, 0, start) for mark in BREAKS) + 1
    ends = [at for mark in BREAKS if (at := text.find(mark, max(start, end - 1))) >= 0]
    return text[left : min(ends) + 1 if ends else len(text)].strip()


def evidence_of(claim: Claim, report: Report) -> Evidence:
    """Where `claim` stands in `report`."""
    said, around = report.text[claim.start : claim.end], sentence_of(report.text, claim.start, claim.end)
    return Evidence(
        claim.id,
        report.stem,
        report.title,
        report.publisher,
        report.date,
        claim.start,
        claim.end,
        said,
        around,
        claim.role,
        claim.confidence,
        claim.modality,
        claim.extractor,
    )


def tabulate(network: Network, reports: Sequence[Report]) -> Table:
    """The network as rows; `reports` are those that its claims come from."""
    of_report = {report.id: report for report in reports}
    of_claim = {claim.id: claim for claim in network.claims}
    nodes, edges = [], []
    for node in sorted(network.graph):
        own = network.graph.nodes[node]
        shown = {key: own[key] for key in NodeRow.__dataclass_fields__ if key != "id"}
        nodes.append(NodeRow(node, **shown))
    for head, tail, key, edge in sorted(network.graph.edges(keys=True, data=True), key=lambda row: row[:3]):
        claims = sorted((of_claim[claim] for claim in edge["claims"]), key=lambda c: (-c.confidence, c.id))
        said = tuple(evidence_of(claim, of_report[claim.report]) for claim in claims)
        shown = {name: edge[name] for name in ("relation", "modality", "symmetric", "confidence", "since", "until")}
        edges.append(EdgeRow(content_id("edge", head, tail, key), head, tail, **shown, evidence=said))
    return Table(tuple(nodes), tuple(edges))

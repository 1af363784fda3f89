"""What a mechanism needs, and which of it a place has: partners by type and programmes, each with its proof.

needs_of(case, records) -> dict[kind, Party list];  had_by(place, ties) -> the same of a place
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.compare.before import Holdings, Proof
from graph.compare.profile import ACTS
from graph.identity import Entity
from graph.records import Case

# What a place can lack: kinds of partner, a joint body, programmes. Villages and divisions are everywhere.
KINDS = ("University", "Enterprise", "Department", "PartyOrganization", "Organization", "Alliance", "Programme")


@dataclass(frozen=True, slots=True)
class Party:
    """A partner or programme and where it is said."""

    entity: Entity
    proofs: tuple[Proof, ...]


@dataclass(frozen=True, slots=True)
class Need:
    """One kind of partner: who filled the part at the origin, and whom the place has for it (nobody: it lacks it)."""

    kind: str
    wanted: tuple[Party, ...]
    has: tuple[Party, ...]

    @property
    def lacking(self) -> bool:
        """Whether no report names anyone."""
        return not self.has


class Ties:
    """Who does what with whom, by place and by case."""

    def __init__(self, records: Holdings) -> None:
        """Only asserted claims count."""
        self._records = records
        self._of: dict[str, dict[str, dict[str, list[Proof]]]] = defaultdict(lambda: defaultdict(dict))
        ends = records.entities.of_mention
        self._acts = [c for c in records.claims if c.type in ACTS and c.modality == "asserted"]
        for claim in self._acts:
            head, tail = ends.get(claim.head, ""), ends.get(claim.tail, "")
            if head and tail and head != tail:
                proof = Proof(claim.report, claim.start, claim.end, claim.id)
                self._tie(head, tail, proof)
                self._tie(tail, head, proof)

    def _tie(self, one: str, other: str, proof: Proof) -> None:
        kind = self._records.entities.by_id[other].type
        if kind in KINDS:
            self._of[one][kind].setdefault(other, []).append(proof)

    def of_place(self, place: str) -> dict[str, tuple[Party, ...]]:
        """Kind → those that do something with the place."""
        return self._parties(self._of.get(place, {}))

    def of_case(self, case: Case) -> dict[str, tuple[Party, ...]]:
        """Kind → those that take part in the case."""
        found: dict[str, dict[str, list[Proof]]] = defaultdict(dict)
        for claim in self._acts:
            if claim.report == case.report and case.start <= claim.start < case.end:
                proof = Proof(claim.report, claim.start, claim.end, claim.id)
                for mention in (claim.head, claim.tail):
                    entity = self._records.entities.of_mention.get(mention, "")
                    if entity and self._records.entities.by_id[entity].type in KINDS:
                        found[self._records.entities.by_id[entity].type].setdefault(entity, []).append(proof)
        return self._parties(found)

    def _parties(self, found: Mapping[str, Mapping[str, Sequence[Proof]]]) -> dict[str, tuple[Party, ...]]:
        by_id = self._records.entities.by_id
        ordered = {kind: sorted(own.items(), key=lambda item: (-len(item[1]), item[0])) for kind, own in found.items()}
        return {kind: tuple(Party(by_id[e], tuple(proofs)) for e, proofs in own) for kind, own in ordered.items()}

    def places_in(self, case: Case) -> set[str]:
        """Villages and divisions that take part in the case."""
        found: set[str] = set()
        for claim in self._acts:
            if claim.report == case.report and case.start <= claim.start < case.end:
                found |= {self._records.entities.of_mention.get(m, "") for m in (claim.head, claim.tail)}
        return {e for e in found if e and self._records.entities.by_id[e].type in ("Village", "Division")}


def needs(wanted: Mapping[str, tuple[Party, ...]], held: Mapping[str, tuple[Party, ...]]) -> tuple[Need, ...]:
    """The parts of the mechanism in the order of KINDS, with whom a place has for each.

    A programme is had only where it is the same one; of partners any of the kind will do.
    """
    found = []
    for kind in (kind for kind in KINDS if wanted.get(kind)):
        has = held.get(kind, ())
        if kind == "Programme":
            same = {party.entity.id for party in wanted[kind]}
            has = tuple(party for party in has if party.entity.id in same)
        found.append(Need(kind, wanted[kind], has))
    return tuple(found)

"""What part of the claims a network, an export or a view takes in."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from graph.errors import UsageError
from graph.ontology import ontology
from graph.records import Claim


@dataclass(frozen=True, slots=True)
class Filters:
    """Empty fields let everything through.

    `relations`, `types` and `modalities` are codes of the ontology; `years` the first and last year, both taken in, in
    which a claim holds: the year of its `since`, else of its report; a claim of unknown year passes only without them.
    `isolates` keeps entities that no remaining claim touches.
    """

    relations: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()
    modalities: frozenset[str] = frozenset()
    years: tuple[int, int] | None = None
    min_confidence: float = 0.0
    isolates: bool = True

    def __post_init__(self) -> None:
        known = ontology()
        for asked, codes in (
            (self.relations, known.relations),
            (self.types, known.entity_types),
            (self.modalities, known.modalities),
        ):
            if unknown := sorted(asked - set(codes)):
                raise UsageError(f"Unknown: {', '.join(unknown)}. Known are {', '.join(codes)}.")
        if self.years and self.years[0] > self.years[1]:
            raise UsageError(f"The first year, {self.years[0]}, comes after the last, {self.years[1]}.")

    def takes(self, claim: Claim, date: str) -> bool:
        """Whether the claim itself, said in a report of `date`, passes; its ends are not looked at."""
        if self.relations and claim.type not in self.relations:
            return False
        if self.modalities and claim.modality not in self.modalities:
            return False
        if claim.confidence < self.min_confidence:
            return False
        return self.years is None or self._in_years(claim.since or date)

    def _in_years(self, date: str) -> bool:
        year = date[:4]
        return self.years is not None and year.isdecimal() and self.years[0] <= int(year) <= self.years[1]

    def takes_type(self, kind: str) -> bool:
        """Whether entities of this type pass."""
        return not self.types or kind in self.types

    def as_row(self) -> Mapping[str, Any]:
        """The filters as JSON can hold them, in a fixed order."""
        row = asdict(self)
        return {k: sorted(v) if isinstance(v, frozenset) else v for k, v in row.items()}

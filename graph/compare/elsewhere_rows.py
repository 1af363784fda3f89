"""The answer to where else as plain data: every trait, partner and reason with its sentences.

elsewhere_row(found, reports) -> dict
"""

from collections.abc import Iterable, Mapping
from typing import Any

from graph.compare.before import Proof, Trait
from graph.compare.elsewhere import Candidate, Elsewhere
from graph.compare.elsewhere_needs import Party
from graph.records import Report

Reports = Mapping[str, Report]


def elsewhere_row(found: Elsewhere, reports: Reports) -> dict[str, Any]:
    """The origin before, what the mechanism needs, candidates with what they have and lack, where it went already."""
    return {
        "case": found.case.id if found.case else "",
        "origin": found.origin.place.name,
        "origin_id": found.origin.place.id,
        "before": [
            {**_trait(trait), "evidence": _quotes(proofs, reports)} for trait, proofs in found.origin.traits.items()
        ],
        "needs": {kind: [_party(party, reports) for party in parties] for kind, parties in found.needs.items()},
        "already": list(dict.fromkeys(step.target.name for step in found.already)),
        "candidates": [_candidate(candidate, reports) for candidate in found.candidates],
    }


def _candidate(candidate: Candidate, reports: Reports) -> dict[str, Any]:
    return {
        "place": candidate.place.name,
        "place_id": candidate.place.id,
        "kind": candidate.kind,
        "score": round(candidate.score, 4),
        "state": candidate.state,
        "levels": candidate.levels,
        "km": candidate.km,
        "in_common": [
            {
                "feature": part.feature,
                "points": round(part.points, 4),
                "zh": part.text,
                "en": part.english,
                "here": _quotes(part.here, reports),
                "there": _quotes(part.there, reports),
            }
            for part in candidate.likeness
        ],
        "lacks": [_trait(trait) for trait in candidate.lacks],
        "needs": [
            {
                "kind": need.kind,
                "lacking": need.lacking,
                "wanted": [party.entity.name for party in need.wanted],
                "has": [_party(party, reports) for party in need.has],
            }
            for need in candidate.needs
        ],
    }


def _trait(trait: Trait) -> dict[str, str]:
    return {"feature": trait.feature, "zh": trait.zh, "en": trait.en}


def _party(party: Party, reports: Reports) -> dict[str, Any]:
    return {"name": party.entity.name, "id": party.entity.id, "evidence": _quotes(party.proofs, reports)}


def _quotes(proofs: Iterable[Proof], reports: Reports) -> list[dict[str, Any]]:
    """The sentences, each once."""
    return [
        {
            "report": reports[report].stem,
            "start": start,
            "end": end,
            "text": reports[report].text[start:end],
        }
        for report, start, end in dict.fromkeys((p.report, p.start, p.end) for p in proofs)
    ]

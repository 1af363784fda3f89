"""Claims that stand: those that nobody judged wrong."""

from collections.abc import Iterable

from graph.records import Claim, Judgement


def standing_claims(claims: Iterable[Claim], judgements: Iterable[Judgement]) -> list[Claim]:
    """`claims` without those whose latest judgement, not superseded, is that they are wrong."""
    everything = list(judgements)
    superseded = {j.supersedes for j in everything if j.supersedes}
    latest = {
        j.subject: j.verdict
        for j in sorted(everything, key=lambda j: (j.when, j.id))
        if j.kind == "claim" and j.id not in superseded
    }
    return [claim for claim in claims if latest.get(claim.id) != "wrong"]

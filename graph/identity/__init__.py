"""Mentions → entities: which names of different reports mean one thing, and what people decided about it."""

from graph.identity.derive import derive
from graph.identity.entities import Entities, Entity
from graph.identity.judgements import corrected, latest, standing_claims
from graph.identity.keeping import Refreshed, entities_of, refresh
from graph.identity.matching import Candidate, Matcher, candidate_pairs
from graph.identity.scoring import Reason, Scored, score_pair

__all__ = [
    "Candidate",
    "Entities",
    "Entity",
    "Matcher",
    "Reason",
    "Refreshed",
    "Scored",
    "candidate_pairs",
    "corrected",
    "derive",
    "entities_of",
    "latest",
    "refresh",
    "score_pair",
    "standing_claims",
]

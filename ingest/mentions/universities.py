"""Universities and institutes of the lexicon, wherever a report names one in full."""

from functools import cache

from ingest.lexicon import Lexicon
from ingest.lexicon.naming import longest_names
from ingest.mentions.candidates import Candidate

TYPE, SOURCE, SCORE = "University", "lexicon", 0.85
SHORTEST = 4  # characters: shorter names stand inside other words


@cache
def _long(names: frozenset[str]) -> frozenset[str]:
    return frozenset(name for name in names if len(name) >= SHORTEST)


def find_universities(text: str, lexicon: Lexicon) -> list[Candidate]:
    """Candidates for the universities that `text` (simplified) names in full, of two that begin together the longer."""
    spans = longest_names(text, _long(lexicon.universities))
    return [Candidate(start, end, TYPE, SCORE, SOURCE) for start, end in spans]

"""Short names that a report introduces itself: A（以下简称B）, A，简称“B”."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.mentions.candidates import Candidate

SOURCE = "introduced"
SCORE = 0.95
INTRODUCED = re.compile(
    r"[（(，,]?(?:以下|下文|后文)?(?:简称|下称|统称|合称|又称|俗称|并称)(?:为|作|是)?[：:]?[“\"「『]?(?P<name>[^”\"」』）)，,。；;\n]{2,20}?)[”\"」』]?(?=[）)，,。；;\n])"
)
REACH = 3  # characters that may stand between the full name and the bracket: a closing quote, a comma


@dataclass(frozen=True, slots=True)
class Introduction:
    """The report says that `short` (a span) is from here on the name of what `full` (a span) names."""

    full: Candidate
    short: Candidate


def find_introductions(text: str, spans: Sequence[Candidate]) -> list[Introduction]:
    """Every short name introduced behind one of `spans`, which are in text order."""
    found: list[Introduction] = []
    for match in INTRODUCED.finditer(text):
        behind = [s for s in spans if 0 <= match.start() - s.end <= REACH and s.start < match.start()]
        if behind:
            full = behind[-1]
            short = Candidate(match.start("name"), match.end("name"), full.type, SCORE, SOURCE, full.codes)
            found.append(Introduction(full, short))
    return found


def with_introduced(spans: Sequence[Candidate], introductions: Sequence[Introduction]) -> list[Candidate]:
    """`spans` with the introduced short names in place of whatever the finders saw there."""
    shorts = [i.short for i in introductions]
    kept = [s for s in spans if not any(s.overlaps(short) for short in shorts)]
    return sorted([*kept, *shorts])

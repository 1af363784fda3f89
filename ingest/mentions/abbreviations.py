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
# What people call somebody: 乡亲喊她“茶姐”, 孩子管他叫“果爷爷”.
CALLED = re.compile(
    r"(?:(?:喊|叫|唤|尊称|戏称|称呼|亲切地称|称)(?:他|她|其)(?:为|作|叫|一声)?|(?:管|把|将)(?:他|她)(?:叫|唤|喊|称)(?:作|为|做)?|"
    r"人称|绰号|外号|诨名|小名|乳名)[：:]?[“\"「『](?P<name>[\u4e00-\u9fff]{2,5})[”\"」』]"
)
CALLED_REACH = 80  # characters back in which the person called so has been named
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
    return [*found, *_nicknames(text, spans)]


def _nicknames(text: str, spans: Sequence[Candidate]) -> list[Introduction]:
    """What somebody named right before is called by others."""
    found: list[Introduction] = []
    for match in CALLED.finditer(text):
        line = text.rfind("\n", 0, match.start())
        people = [s for s in spans if s.type == "Person" and line < s.start and s.end <= match.start("name")]
        if people and match.start() - people[-1].end <= CALLED_REACH:
            full = people[-1]
            found.append(Introduction(full, Candidate(match.start("name"), match.end("name"), "Person", SCORE, SOURCE)))
    return found


def with_introduced(spans: Sequence[Candidate], introductions: Sequence[Introduction]) -> list[Candidate]:
    """`spans` with the introduced short names in place of whatever the finders saw there."""
    shorts = [i.short for i in introductions]
    kept = [s for s in spans if not any(s.overlaps(short) for short in shorts)]
    return sorted([*kept, *shorts])

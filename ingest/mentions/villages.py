"""Villages that a report names, found in the gazetteer below the counties and townships it names.

A village's name alone is unique in one case of three, so a match counts only inside the report's own area, and only
where the characters before it can end something else.
"""

import re
from collections.abc import Sequence

from ingest.lexicon import Gazetteer, Lexicon, village_stem
from ingest.mentions.candidates import Candidate
from ingest.mentions.divisions import Surroundings, containers

TYPE = "Village"
SOURCE = "gazetteer"
ENDING = re.compile(
    r"社区|嘎查|村(?!民|委会主任|庄|落|级|企|集体|干部|口|医|屯|史|歌|情|容|貌|规|务|支书|两委|上|里|子|头)"
)
LONGEST = 9
IN_TOWNSHIP, IN_COUNTY = 0.9, 0.8
# A name may begin behind these: anything else may be its own first character (小|石桥村).
OPENS = re.compile(
    r"[^\u4e00-\u9fff]$|[镇乡村县区市道在的与和及到是由等从去来向对让给为至往自把将连同跟或叫即]$|街道$|社区$|周边$|组织$"
)


def _merged(areas: Sequence[str], gazetteer: Gazetteer) -> dict[str, tuple[str, ...]]:
    """Village name → codes over all `areas`, none of which holds another."""
    found: dict[str, tuple[str, ...]] = {}
    for area in areas:
        for name, codes in gazetteer.villages(area).items():
            found[name] = found[name] + codes if name in found else codes
    return found


class VillageCodes:
    """Says which official village a name means in this report."""

    def __init__(self, lexicon: Lexicon, around: Surroundings) -> None:
        self.lexicon, self.around = lexicon, around
        self._gazetteer = lexicon.gazetteer
        self._in_townships = _merged([code for code in around.areas() if len(code) == 9], lexicon.gazetteer)
        self._in_counties = _merged(sorted(around.counties()), lexicon.gazetteer)

    def named(self, name: str) -> tuple[str, ...]:
        """Codes of the villages of exactly this name in the named townships, else in the named counties."""
        return self._in_townships.get(name) or self._in_counties.get(name, ())

    def anywhere(self, form: str) -> tuple[str, ...]:
        """Codes of all villages that `form` may mean in any of the named townships and counties."""
        return next((self._in_counties[name] for name in spellings(form) if name in self._in_counties), ())

    def of(self, form: str, before: Sequence[str] = ()) -> tuple[str, ...]:
        """Codes of the villages that `form` may mean, by its name or, if the word behind has changed, by its stem.

        `before` are the codes of the division that is written right before it; one of townships or counties decides.
        """
        areas = [self._gazetteer.villages(code) for code in before if len(code) in (6, 9)]
        for name in spellings(form):
            inside = tuple(code for area in areas for code in area.get(name, ()))
            found = inside if areas else self.named(name)
            if found:
                return found
        return ()


def spellings(form: str) -> tuple[str, ...]:
    """The names under which the gazetteer may have a village: as written, and with the other words for what it is."""
    stem = village_stem(form)
    return tuple(dict.fromkeys((form, stem + "村", stem + "社区", stem, stem + "嘎查")))


def find_villages(text: str, known: VillageCodes, divisions: Sequence[Candidate]) -> list[Candidate]:
    """Candidates for villages of the named townships and counties that `text` (simplified) writes with 村 or 社区."""
    before = {c.end: c.codes for c in divisions if c.codes}
    stop = known.lexicon.stop_words["village"]
    found: list[Candidate] = []
    for ending in ENDING.finditer(text):
        end = ending.end()
        for start in range(max(0, end - LONGEST), end - 1):
            form = text[start:end]
            if form in stop or not OPENS.search(text[max(0, start - 2) : start] or "\n"):
                continue
            codes = known.of(form, before[start]) if start in before else known.named(form)
            if codes:
                close = start in before or any(c in known.around.codes for code in codes for c in containers(code)[:1])
                found.append(Candidate(start, end, TYPE, IN_TOWNSHIP if close else IN_COUNTY, SOURCE, codes))
                break
    return found

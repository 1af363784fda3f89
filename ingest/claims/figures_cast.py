"""Who and what a report speaks of, and every place where it does: names as written, and words that stand for them."""

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import NamedTuple

from graph.records import Mention
from ingest.claims.figures_references import references
from ingest.claims.figures_scene import Scene
from ingest.claims.figures_words import Words
from ingest.models.hashed import code_of

KINDS = {
    kind: number
    for number, kind in enumerate(
        (
            "Village", "Division", "PartyOrganization", "Alliance", "Department", "University", "Enterprise",
            "Organization", "Person", "Product", "Place", "Programme", "Event", "Case",
        ),
        start=1,
    )
}  # fmt: skip
_LIST = "、和与及"
_QUOTES_OPEN, _QUOTES_SHUT = '“"‘「『（(《', '”"’」』）)》'
_SPEECH = re.compile(r"[^，。！？：]{0,8}(?:说|介绍|告诉|算|道|笑|回忆|坦言|表示|：|翻开)")
# What may stand before the grammatical subject of a clause: times, adverbs, marks of lists.
_ADVERBS = re.compile(
    r"^(?:[\s　“\"「（(🔸·•\-—✅*#【】│\d.、，：]|[一二三四五六七八九十两几零]|[年月日来底末初前后春夏秋冬天]|"
    r"去年|今年|明年|前年|当年|"
    r"上半年|下半年|目前|如今|现在|眼下|截至|截止|至今|以来|其中|同时|此外|另外|另|随后|后来|不久|由|经|原来|过去|从前|累计|预计|据|"
    r"全年|第|季度|期间|同期|比|上年|仅|光|就|也|还|又|已|今|昨|到|自|从|每年|一年|头|为此|于是|但|而|这|那|让|使)*$"
)
OBJECT = "在向给对为把将与同跟被比到"


class Spoken(NamedTuple):
    """A place [start, end) where thing number `thing` is spoken of: `guess` 0 by name, 1 or 2 by a word for it."""

    start: int
    end: int
    thing: int
    guess: int


class Manner(NamedTuple):
    """How a thing is spoken of at one place, all numbers.

    `opens`: 3 its line, 2 its sentence, 1 its clause; `previous`, `behind`, `two` are the characters around it;
    `modifies` is the kind of the name that it goes before directly (某村的某社), 0 none; `listed` 1 first of a list,
    2 last, 3 amid; `speaks` whether it is quoted.
    """

    opens: int
    previous: int
    behind: int
    two: int
    modifies: int
    listed: int
    speaks: int


@dataclass(slots=True)
class Cast:
    """The things a scene names, numbered in the order of their first mention."""

    scene: Scene
    mentions: list[Mention] = field(init=False)  # of each thing the first
    spoken: list[Spoken] = field(init=False)
    starts: list[int] = field(init=False)
    counts: list[int] = field(init=False)
    first: dict[int, int] = field(init=False)  # thing → index of its first place
    words: Words = field(init=False)
    _manner: dict[int, Manner] = field(init=False)
    _subjects: dict[int, int] = field(init=False)

    def __post_init__(self) -> None:
        scene = self.scene
        number: dict[str, int] = {}
        self.mentions, self.counts, places = [], [], []
        for m in scene.mentions:
            if m.name not in number:
                number[m.name] = len(number)
                self.mentions.append(m)
                self.counts.append(0)
            thing = number[m.name]
            self.counts[thing] += 1
            places.append(Spoken(m.start, m.end, thing, 0))
        for r in references(scene.text, scene.mentions, scene.owner):
            places.append(Spoken(r.start, r.end, number[r.name], r.rank + 1))
        self.spoken = sorted(places)
        self.starts = [p.start for p in self.spoken]
        self.first = {}
        for index, place in enumerate(self.spoken):
            self.first.setdefault(place.thing, index)
        self.words = Words(scene, KINDS)
        self._manner, self._subjects = {}, {}

    def before(self, place: int) -> int:
        """How many places start before `place`: an index into `spoken`."""
        return bisect_left(self.starts, place)

    def manner(self, index: int) -> Manner:
        """How the thing is spoken of at `spoken[index]`."""
        known = self._manner.get(index)
        if known is None:
            known = self._manner[index] = self._manner_of(index)
        return known

    def _manner_of(self, index: int) -> Manner:
        scene, place = self.scene, self.spoken[index]
        text, start, end = scene.text, place.start, place.end
        behind = end
        while text[behind : behind + 1] and text[behind] in _QUOTES_SHUT:
            behind += 1
        ahead = start - 1
        while ahead >= 0 and text[ahead] in _QUOTES_OPEN:
            ahead -= 1
        last, previous = text[behind : behind + 1], text[ahead] if ahead >= 0 else "\n"
        follows = behind + 1 if last == "的" else behind
        while text[follows : follows + 1] and text[follows] in _QUOTES_OPEN:
            follows += 1
        owner = scene.owner[min(follows, len(text))]
        modifies = KINDS[scene.mentions[owner].type] if owner >= 0 else 0
        listed = 2 * (previous in _LIST) + (last != "" and last in _LIST)
        return Manner(
            self._opens(start),
            ord(previous),
            ord(last) if last else 0,
            code_of(text[behind : behind + 2]),
            modifies,
            listed,
            int(bool(_SPEECH.match(text, behind))),
        )

    def _opens(self, start: int) -> int:
        scene = self.scene
        clause = scene.clause(start)[0]
        if not _ADVERBS.match(scene.text[clause:start]):
            return 0
        if _ADVERBS.match(scene.text[scene.line(start)[0] : start]):
            return 3
        return 2 if _ADVERBS.match(scene.text[scene.sentence(start)[0] : start]) else 1

    def subject(self, clause: int) -> int:
        """The index in `spoken` of the grammatical subject of the clause that starts at `clause`, -1 without one.

        The first thing spoken of, where only adverbs stand before it; of 某村的某社 the last.
        """
        known = self._subjects.get(clause)
        if known is None:
            known = self._subjects[clause] = self._subject_of(clause)
        return known

    def _subject_of(self, clause: int) -> int:
        end = self.scene.clause(clause)[1]
        index = self.before(clause)
        if index == len(self.spoken) or self.starts[index] >= end or not self.manner(index).opens:
            return -1
        while True:
            after = index + 1
            if after == len(self.spoken) or self.starts[after] >= end:
                return index
            gap = self.scene.text[self.spoken[index].end : self.starts[after]].strip('“”"「」‘’')
            if gap not in ("", "的") or self.spoken[after].guess == 2 or self.spoken[index].start == self.starts[after]:
                return index
            index = after


def main_things(cast: Cast, bounds: tuple[int, int]) -> dict[str, int]:
    """Type → the thing of that type most often named inside the bounds, first met first."""
    often: dict[int, int] = {}
    for place in cast.spoken[cast.before(bounds[0]) : cast.before(bounds[1])]:
        if place.guess == 0:
            often[place.thing] = often.get(place.thing, 0) + 1
    best: dict[str, int] = {}
    for thing, times in often.items():
        kind = cast.mentions[thing].type
        if kind not in best or times > often[best[kind]]:
            best[kind] = thing
    return best

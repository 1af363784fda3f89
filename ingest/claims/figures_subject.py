"""Which of the things named nearby a figure measures: a ranking by named features with learned weights."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.records import Mention
from ingest.claims.figures_quantities import Quantity
from ingest.claims.figures_scene import Scene

NEAREST = 9  # distinct names looked back at; names later in the clause and the case's main bodies come on top
_PIECE = re.compile(r"[“”\"’‘（）()《》\s]")
_SHARED = re.compile(
    r"(?:[两二三四五六七八九十几各\d]个?|一共|合计|每)(?:村|社区|嘎查|镇|乡|县|地|家)|各自|均分|平分|三方|双方"
)
_OF_PERSON = re.compile(r"[^，。；、：]{0,9}$")


# Clauses that say what kind of thing they measure, and the kinds that it then cannot be.
_NO_COLLECTIVE = frozenset({"Person", "Programme", "Product", "Event", "University", "Department", "Organization"})
_NO_DIVISION = _NO_COLLECTIVE | {"Village", "PartyOrganization", "Alliance", "Department", "Enterprise", "Place"}
_RULED_OUT = (
    (re.compile("村集体|集体经济|集体收入"), _NO_COLLECTIVE),
    (re.compile("^全[区县市省镇乡]"), _NO_DIVISION),
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mention that a figure may be about: its rank among the names before the number (0 nearest), -1 if after."""

    mention: Mention
    rank: int
    after: bool


@dataclass(frozen=True, slots=True)
class Setting:
    """What all candidates of one figure share; computed once a figure.

    `clause`, `sentence` and `line` are bounds; `bare` is the clause, and `said` the sentence up to the number, with
    every name blanked out; `previous` names the subject of the figure before and says where that ended.
    """

    quantity: Quantity
    clause: tuple[int, int]
    sentence: tuple[int, int]
    line: tuple[int, int]
    earlier: int
    bare: str
    said: str
    words: tuple[str, ...]
    shared: bool
    main: frozenset[str]
    previous: tuple[str, int]


def setting(
    quantity: Quantity, scene: Scene, main: Sequence[Mention], previous: tuple[str, int], indicator: str
) -> Setting:
    """The setting of one figure whose indicator is already known."""
    clause, sentence = scene.clause(quantity.number), scene.sentence(quantity.number)
    bare = scene.blank(*clause)
    words = tuple(indicator[i : i + 2] for i in range(len(indicator) - 1))[-8:]
    earlier = scene.sentence(sentence[0] - 1)[0] if sentence[0] else 0
    return Setting(
        quantity, clause, sentence, scene.line(quantity.number), earlier,
        bare, scene.blank(sentence[0], quantity.start),
        words, bool(_SHARED.search(bare)), frozenset(m.name for m in main), previous,
    )  # fmt: skip


def candidates(quantity: Quantity, scene: Scene, bounds: tuple[int, int], main: Sequence[Mention]) -> list[Candidate]:
    """Distinct names around the number inside the case at `bounds`, each by its nearest mention."""
    seen: set[str] = set()
    found: list[Candidate] = []
    at = scene.before(quantity.start)
    for index in range(at - 1, -1, -1):
        mention = scene.mentions[index]
        if mention.start < bounds[0] or len(found) >= NEAREST:
            break
        if mention.name not in seen:
            seen.add(mention.name)
            found.append(Candidate(mention, len(found), after=False))
    start, stop = scene.clause(quantity.number)
    clause = scene.text[start:stop]
    barred = frozenset().union(*(kinds for words, kinds in _RULED_OUT if words.search(clause)))
    _, end = scene.sentence(quantity.number)
    for index in range(at, min(len(scene.mentions), at + 3)):
        mention = scene.mentions[index]
        if mention.start < min(end, bounds[1]) and mention.name not in seen:
            seen.add(mention.name)
            found.append(Candidate(mention, index - at, after=True))
    for mention in main:
        if mention.name not in seen:
            seen.add(mention.name)
            found.append(Candidate(mention, NEAREST, after=False))
    return [option for option in found if option.mention.type not in barred]


def main_bodies(scene: Scene, bounds: tuple[int, int]) -> list[Mention]:
    """The mentions of a case that its shared sums belong to: its most named alliance, place, village and firm."""
    inside = scene.mentions[scene.before(bounds[0]) : scene.before(bounds[1])]
    best: dict[str, Mention] = {}
    for mention in inside:
        known = best.get(mention.type)
        if known is None or scene.counts[mention.name] > scene.counts[known.name]:
            best[mention.type] = mention
    return [best[kind] for kind in ("Alliance", "Place", "Village", "Enterprise") if kind in best]


def _ring(candidate: Candidate, at: Setting) -> str:
    """Which ring the mention stands in: c clause, s sentence, p sentence before, l line, o elsewhere, a after."""
    start = candidate.mention.start
    if candidate.after:
        return "ac" if start < at.clause[1] else "as"
    if start >= at.clause[0]:
        return "c"
    if start >= at.sentence[0]:
        return "s"
    if start >= at.earlier:
        return "p"
    return "l" if start >= at.line[0] else "o"


def features(candidate: Candidate, at: Setting, scene: Scene) -> Iterator[str]:
    """The features of one candidate for one figure."""
    m, q, text = candidate.mention, at.quantity, scene.text
    kind, ring = m.type, _ring(candidate, at)
    rank = f"{'a' if candidate.after else 'b'}{candidate.rank}"
    yield from (f"t{kind}", f"d{ring}", f"r{rank}", f"td{kind}{ring}", f"tr{kind}{rank}", f"tk{kind}{q.kind}")
    yield f"kd{kind}{q.kind}{ring}"
    often = min(scene.counts[m.name], 5)
    yield from (f"n{often}", f"nt{kind}{often}", f"main{kind}{m.name in at.main}{ring in 'lo'}")
    yield f"shared{at.shared}{kind}{ring in ('c', 's')}"
    yield from (f"i{word}{kind}" for word in at.words)
    opens = _opens(m, scene)
    yield from (f"open{opens}{ring}", f"topen{kind}{opens}{ring}", f"ropen{rank}{opens}")
    yield from _continuity(m, at, scene, ring)
    yield from _references(m, at, ring)
    yield from _neighbours(candidate, at, scene, ring)
    if not candidate.after and kind != "Case":
        between = text[m.end : q.start]
        yield from (f"stops{min(4, between.count('。'))}", f"commas{min(4, between.count('，'))}{ring}")


def _continuity(m: Mention, at: Setting, scene: Scene, ring: str) -> Iterator[str]:
    """A run of figures tends to keep its subject until another thing is named."""
    name, end = at.previous
    if not name:
        yield f"first{m.type}"
        return
    starts = (("c", at.clause[0]), ("s", at.sentence[0]), ("p", at.earlier), ("l", at.line[0]))
    gap = next((name for name, start in starts if end >= start), "o")
    fresh = min(2, scene.before(at.quantity.start) - scene.before(end))
    same = name == m.name
    yield from (f"prev{same}{gap}{fresh}", f"prevr{same}{gap}{ring}", f"prevt{same}{m.type}{gap}")
    if m.start >= end and not same:
        yield f"new{gap}{m.type}{ring}"


def _references(m: Mention, at: Setting, ring: str) -> Iterator[str]:
    """Common nouns of the clause or sentence that may stand for the mention: 合作社, 该园区, 全村."""
    bare = _PIECE.sub("", m.name)
    for length in (4, 3, 2):
        tail = bare[-length:]
        if len(tail) == length and tail in at.bare:
            first = at.bare.find(tail) <= 2
            yield from (f"ref{length}{ring in ('c', 'ac')}", f"reft{m.type}{first}", f"refw{tail[-1]}")
            return
        if len(tail) == length and tail in at.said:
            yield from (f"refs{length}{ring in ('c', 's')}", f"refst{m.type}")
            return
    last = bare[-1:]
    place = at.bare.find(last) if last else -1
    if place >= 0:
        yield from (
            f"one{last}{at.bare[max(0, place - 1) : place]}",
            f"onet{m.type}{ring}",
            f"onen{last}{at.bare[place + 1 : place + 2]}",
        )
    else:
        yield f"noref{m.type}"


def _neighbours(candidate: Candidate, at: Setting, scene: Scene, ring: str) -> Iterator[str]:
    """What stands directly before and behind the mention, and between it and the number."""
    m, q, text = candidate.mention, at.quantity, scene.text
    if m.type == "Case":
        return
    before, last = text[max(0, m.start - 1) : m.start], text[m.end : m.end + 1]
    yield from (f"f{last}{ring}", f"f2{text[m.end : m.end + 2]}", f"p{before}{ring}", f"tf{m.type}{last}{ring}")
    yield f"prep{before in '在向给对从为把被由与和同到'}{m.type}{ring}"
    index = scene.before(m.start)
    following = scene.mentions[index + 1] if index + 1 < len(scene.mentions) else None
    if following and following.type == "Person" and _OF_PERSON.fullmatch(text[m.end : following.start]):
        yield f"ofperson{m.type}{ring}"  # 某学院教授某某: the body speaks through its person
    earlier = scene.mentions[index - 1] if index else None
    if m.type == "Person" and earlier and _OF_PERSON.fullmatch(text[earlier.end : m.start]):
        yield f"personof{earlier.type}{ring}"
    if candidate.after:
        yield f"gap{text[q.end : m.start][:2]}{m.type}"
    elif ring in ("c", "s"):
        words = text[max(m.end, q.start - 4) : q.start]
        yield from (f"v{m.type}{words[-2:]}", f"g{m.type}{text[m.end : m.end + 2]}")
        others = scene.before(q.start) - scene.before(m.start) - 1
        yield f"other{min(others, 4)}{ring}"


def _opens(mention: Mention, scene: Scene) -> str:
    """Whether the mention opens its sentence or its clause, as a grammatical subject does."""
    if mention.start - scene.sentence(mention.start)[0] <= 2:
        return "s"
    return "c" if mention.start - scene.clause(mention.start)[0] <= 2 else "n"

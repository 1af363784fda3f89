"""Mends where a name begins and ends: quotes and brackets in pairs, no verb at its front, no adverb at a person's end.

The tagger decides by the character, so it cuts through pairs of marks and swallows the word beside a name. Each rule
here says one such thing in general; the words it needs are in `lexicon/data/boundaries.tsv`.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

from ingest.lexicon import Lexicon
from ingest.lexicon.names import words_by_kind
from ingest.mentions.candidates import Candidate

BODIES = frozenset({"PartyOrganization", "Alliance", "Department", "Enterprise", "Organization", "Place", "University"})
BRANDS = BODIES | {"Programme", "Event", "Product"}
PAIRS = dict(zip("“‘「『《（(【[", "”’」』》）)】]", strict=True))
OPENINGS = {closing: opening for opening, closing in PAIRS.items()}
MARKS = frozenset(PAIRS) | frozenset(OPENINGS)
REACH = 16  # characters within which the other half of a pair is looked for
BREAKS = re.compile(r"[，。；！？\n]")
SEVERAL = re.compile(r"((?:“[^“”]+”、?){2,})等")
QUOTED = re.compile(r"“[^“”]+”")
JOINED = re.compile(r"[、和与及]")
AND_OTHERS = re.compile(r"(?<![高平中初同上优特一二三])等(?!级|候|着)")
LEAST_REST = 4  # characters of a body's name behind a verb that is cut off
PARTY = re.compile(
    r"(?:[镇乡街县区村企工社片园]|街道|社区|片区|[（）()])*(?:党(?:[（(]工[)）])?委|党工委|党组织|党总支|党支部)$"
)


@cache
def _alternatives(kind: str) -> str:
    return "|".join(map(re.escape, words_by_kind("boundaries")[kind]))


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """The named pattern over the words of the table."""
    return re.compile(
        {
            "verbs": rf"^(?:{_alternatives('manner')})*(?:{_alternatives('founding')})",
            "generic": rf"^(?:{_alternatives('generic_front')})+",
            "plight before": rf"(?:{_alternatives('plight_before')})$",
            "plight after": rf"(?:{_alternatives('plight_after')})",
        }[name]
    )


def _partner(text: str, at: int, step: int) -> int:
    """Where the other half of the mark at `at` stands, looking `step` (1 or -1) by `step`; -1 if there is none."""
    wanted = PAIRS[text[at]] if step > 0 else OPENINGS[text[at]]
    for place in range(at + step, max(-1, min(len(text), at + step * REACH)), step):
        if text[place] == wanted:
            return place
        if text[place] == text[at] or BREAKS.match(text[place]):
            return -1
    return -1


def _unpaired(text: str, start: int, end: int) -> list[int]:
    """Offsets of the marks of [start, end) whose other half is not in it, in text order."""
    waiting: list[int] = []
    alone: list[int] = []
    for at in range(start, end):
        if text[at] in PAIRS:
            waiting.append(at)
        elif text[at] in OPENINGS:
            if waiting:  # a mark of another kind closes too: pages mix them up
                waiting.pop()
            else:
                alone.append(at)
    return sorted([*alone, *waiting])


def paired(text: str, span: Candidate) -> Candidate:
    """The span widened to the other half of a mark inside it, or cut at a mark that has none."""
    start, end = span.start, span.end
    if MARKS.isdisjoint(text[start:end]):
        return span
    for at in _unpaired(text, start, end):
        if not start < at < end - 1:  # at the ends unpaired marks are simply left off
            continue
        if text[at] in OPENINGS:
            other = _partner(text, at, -1)
            start, end = (other, end) if other >= 0 else (start, at)
        else:
            other = _partner(text, at, 1)
            start, end = (start, other + 1) if other >= 0 else (start, at)
    return replace(span, start=start, end=end)


def _brand(text: str, span: Candidate) -> Candidate:
    """A quoted name broken off behind Latin letters goes on to its closing quote: “爱e|家”."""
    mixed = re.match(r"[\u4e00-\u9fff]{1,4}(?=”)", text[span.end : span.end + 5])
    quoted = text[span.start - 1 : span.start] == "“" or text[span.start] == "“"
    if not (quoted and mixed and re.match(r"[A-Za-z+]", text[span.end - 1])):
        return span
    end = span.end + mixed.end()
    return replace(span, end=end + (text[span.start] == "“"))


def _without_verbs(text: str, span: Candidate) -> Candidate:
    """A body without the verb that founds it: 成立|江岸党建联盟."""
    form = text[span.start : span.end]
    verbs = _pattern("verbs").match(form)
    if verbs is None or len(form) - verbs.end() < LEAST_REST:
        return span
    return replace(span, start=span.start + verbs.end())


def _ends_so(form: str, kind: str, lexicon: Lexicon) -> bool:
    form = form.strip("“”")
    if kind == "Person":
        return 2 <= len(form) <= 3 and bool(lexicon.surname(form))
    return lexicon.ending(form)[0] == kind or (kind == "University" and form.endswith("大"))


def _parts(text: str, span: Candidate, lexicon: Lexicon) -> list[Candidate]:
    """Two names run together over a list mark or "and" where each ends like one of its kind: 东驿站、西驿站."""
    form = text[span.start : span.end]
    for mark in JOINED.finditer(form):
        left, right = form[: mark.start()], form[mark.end() :]
        least = 2 if span.type == "Person" else 3
        if len(left) < least or len(right) < least or left.count("“") != left.count("”"):
            continue
        whole = bool(re.fullmatch(r"“[^“”]+”", left))
        if (whole or _ends_so(left, span.type, lexicon)) and _ends_so(right, span.type, lexicon):
            first = replace(span, end=span.start + mark.start())
            return [first, *_parts(text, replace(span, start=span.start + mark.end()), lexicon)]
    return [span]


def _before_others(text: str, span: Candidate, lexicon: Lexicon) -> list[Candidate]:
    """A name that goes on with "and other bodies" ends before it; nothing where only a common noun stands there."""
    form = text[span.start : span.end]
    several = SEVERAL.match(form)
    if several:
        return [
            replace(span, start=span.start + q.start(), end=span.start + q.end()) for q in QUOTED.finditer(several[1])
        ]
    others = AND_OTHERS.search(form)
    if others is None or (form.startswith("“") and others.start() < form.find("”")):
        return [span]
    left = form[: others.start()]
    if span.type not in BODIES or _ends_so(left, span.type, lexicon):
        return [replace(span, end=span.start + others.start())] if len(left) > 1 else []
    return []


def _person(text: str, span: Candidate, others: frozenset[str], lexicon: Lexicon) -> Candidate:
    """A person without the first character of the next word: 王某|满脸, 李某某|则."""
    form = text[span.start : span.end]
    given = len(form) - len(lexicon.surname(form))
    if given < 2 or given == len(form):
        return span
    if given > 2 and len(form) - given == 1 and form[3:] in words_by_kind("boundaries")["person_tail"]:
        return replace(span, end=span.start + 3)
    following = text[span.end - 1 : span.end + 1]
    glued = following in words_by_kind("boundaries")["person_next"]
    again = any(text[at.end() - 1 : at.end() + 1] != following for at in re.finditer(re.escape(form), text))
    adverb = form[-1] in words_by_kind("boundaries")["person_last"]
    if (glued and not again) or (adverb and (given > 2 or form[:-1] in others)):
        return replace(span, end=span.end - 1)
    return span


def _nameless(text: str, span: Candidate) -> bool:
    """Whether the span says only what kind of body or state of affairs is meant."""
    form = text[span.start : span.end]
    if span.type in BODIES and form[0] in "（(":
        return True  # the end of one behind an option: （市、区）水务局
    if span.type == "PartyOrganization":
        front = _pattern("generic").match(form)
        return bool(front and PARTY.fullmatch(form[front.end() :]))
    if span.type == "Programme":
        outer = (text[span.start] == "“", text[span.end - 1] == "”")
        start, end = span.start - (not outer[0]), span.end + (not outer[1])
        if text[max(0, start)] != "“" or text[end - 1 : end] != "”":
            return False
        return bool(
            (
                _pattern("plight before").search(text[max(0, start - 4) : start])
                and _pattern("plight after").match(text[end : end + 4])
            )
            or form.strip("“”").endswith("朋友圈")
        )
    return False


def bounded(text: str, spans: Sequence[Candidate], lexicon: Lexicon) -> list[Candidate]:
    """The spans in text order with their bounds mended; those that name nothing are left out."""
    others = frozenset(text[s.start : s.end] for s in spans)
    found: list[Candidate] = []
    for span in spans:
        if span.type == "Person":
            found.extend(_person(text, piece, others, lexicon) for piece in _parts(text, span, lexicon))
        elif span.type in BRANDS:
            found.extend(_mended(text, span, lexicon))
        else:
            found.append(span)
    return [s for s in _clear(found) if not _nameless(text, s)]


def _mended(text: str, span: Candidate, lexicon: Lexicon) -> Iterable[Candidate]:
    whole = paired(text, _brand(text, span))
    if whole.type in BODIES:
        whole = _without_verbs(text, whole)
    for piece in _before_others(text, whole, lexicon):
        yield from _parts(text, piece, lexicon) if piece.type in BODIES else [piece]


def _clear(spans: Sequence[Candidate]) -> list[Candidate]:
    """The spans in text order; one that now lies inside its neighbour, having been widened over, is left out."""
    clear: list[Candidate] = []
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        if not clear or span.start >= clear[-1].end:
            clear.append(span)
    return clear

"""Mends what a tagger that reads by the character gets wrong: cut fronts, joined lists, neighbours of one kind."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ingest.lexicon import PROVINCE_LETTERS, village_stem
from ingest.mentions.candidates import SURE, Candidate

BODIES = frozenset({"PartyOrganization", "Alliance", "Department", "Enterprise", "Organization", "Place", "University"})
PLACES = frozenset({"Village", "Division"})
SEPARATORS = re.compile(r"[、，]")
RESEARCH = re.compile(r"(大学|农科院|林科院|科学院|研究院|研究所)$")
VILLAGE_WORD = re.compile(r"(村|社区|嘎查|屯|寨|庄|连|组|湾|店|坪|冲|沟|塘|岭|坝)$")
GOVERNMENT = re.compile(r"(?:人民政府|政府)$")
BEYOND_SCHOOL = re.compile(
    r"(?<=大学|学院)(?!.*(?:[系所室站院校部处队团会馆库组园社班办科]|中心|基地|专业|支部|党委|教授|小院|联盟|医院)$)"
    r"[^（(“”]{2,8}$"
)
NO_VILLAGE = re.compile(r"(籍|人|队|户)$")


def fronts(text: str, known: Iterable[Candidate]) -> dict[int, list[tuple[int, int]]]:
    """Where the report's known places stand, with their bare names too: end → spans that end there."""
    forms = {text[c.start : c.end] for c in known if c.score >= SURE}
    forms |= {village_stem(form) for form in forms}
    found: dict[int, list[tuple[int, int]]] = {}
    for form in forms:
        at = text.find(form) if len(form) > 1 else -1
        while at >= 0:
            found.setdefault(at + len(form), []).append((at, at + len(form)))
            at = text.find(form, at + 1)
    return found


def _with_front(span: Candidate, places: dict[int, list[tuple[int, int]]]) -> Candidate:
    """A body whose first characters belong to a place that begins before it starts with that place: 禾|县供电公司."""
    for end in range(span.start + 1, min(span.start + 6, span.end)):
        for start, _ in places.get(end, ()):
            if start < span.start:
                return replace(span, start=start)
    return span


def _listed(text: str, span: Candidate) -> list[Candidate]:
    """A place that holds a list mark is several places."""
    pieces: list[Candidate] = []
    start = span.start
    for part in SEPARATORS.split(text[span.start : span.end]):
        if part:
            pieces.append(replace(span, start=start, end=start + len(part)))
        start += len(part) + 1
    return pieces


def _neighbour_type(text: str, span: Candidate, others: Sequence[Candidate]) -> Candidate:
    """A bare "village" listed between persons is a person."""
    form = text[span.start : span.end]
    if span.type != "Village" or VILLAGE_WORD.search(form) or not 2 <= len(form) <= 4:
        return span
    beside = (o for o in others if o.end + 1 == span.start or span.end + 1 == o.start)
    person = any(o.type == "Person" and "、" in text[min(o.end, span.end) : max(o.start, span.start)] for o in beside)
    return replace(span, type="Person") if person else span


def _of_government(span: Candidate, text: str, ends: dict[int, set[int]]) -> Candidate:
    """天台县人民政府 stands for the county: a "department" that is a known division with its government behind it."""
    government = GOVERNMENT.search(text[span.start : span.end])
    if span.type != "Department" or government is None:
        return span
    return replace(span, type="Division") if span.start + government.start() in ends.get(span.start, ()) else span


def _school(span: Candidate, text: str) -> Candidate:
    """A university ends where its name does, unless a unit of it follows: 大学|政产学研, but 大学园艺学院."""
    beyond = BEYOND_SCHOOL.search(text[span.start : span.end])
    if span.type != "University" or beyond is None:
        return span
    return replace(span, end=span.start + beyond.start())


def _grown(text: str, spans: Sequence[Candidate]) -> list[Candidate]:
    """A name cut short where the text goes on with a fuller one that the report says more surely elsewhere."""
    sure: dict[str, Counter[str]] = {}
    for span in spans:
        sure.setdefault(span.type, Counter())[text[span.start : span.end]] += span.score  # type: ignore[assignment]
    return [_fuller(text, span, sure[span.type]) for span in spans]


def _fuller(text: str, span: Candidate, weights: Counter[str]) -> Candidate:
    form = text[span.start : span.end]
    size, weight = len(form), weights[form]
    names = [name for name, other in weights.items() if len(name) > size > 1 and other > weight]
    for name in sorted(names, key=len, reverse=True):
        lead = len(name) - len(form)
        if name.startswith(form) and text.startswith(name, span.start):
            return replace(span, end=span.start + len(name))
        if name.endswith(form) and span.start >= lead and text.startswith(name, span.start - lead):
            return replace(span, start=span.start - lead)
    return span


def _plausible(text: str, span: Candidate) -> bool:
    form = text[span.start : span.end]
    letters = len(form) > 1 and all(c in PROVINCE_LETTERS for c in form)
    return not (span.type in PLACES and (letters or NO_VILLAGE.search(form)))


def repaired(text: str, tagged: Sequence[Candidate], known: Sequence[Candidate]) -> list[Candidate]:
    """The tagger's spans in text order, mended by what the report's known places say."""
    places = fronts(text, known)
    ends: dict[int, set[int]] = {}
    for place in known:
        if place.type == "Division":
            ends.setdefault(place.start, set()).add(place.end)
    spans: list[Candidate] = []
    for span in tagged:
        if span.type in PLACES:
            spans.extend(_neighbour_type(text, piece, tagged) for piece in _listed(text, span))
        elif span.type == "Organization" and RESEARCH.search(text[span.start : span.end]):
            spans.append(_with_front(replace(span, type="University"), places))
        elif span.type in BODIES:
            spans.append(_with_front(_school(_of_government(span, text, ends), text), places))
        else:
            spans.append(span)
    return [span for span in sorted(_grown(text, spans)) if _plausible(text, span)]

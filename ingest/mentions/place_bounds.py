"""Where a place's name begins: not with the verb or honour before it, nor inside a known division."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from ingest.lexicon.names import words_by_kind
from ingest.mentions.candidates import SURE, Candidate

PLACES = frozenset({"Village", "Division"})
LONGEST_FRONT = 3
LEAST_REST = 3  # characters of what is left of a place whose front is cut off: 石桥村

# A village's name behind an honour: no conjunction, verb or award begins it.
_VILLAGE = re.compile(r"[^\W\d_的和与及是有在为带以把被将等就也都之创评获建称命授荣]\w{0,4}?(?:村|社区|嘎查)")


@cache
def _honour() -> re.Pattern[str]:
    words = "|".join(words_by_kind("boundaries")["honours"])
    return re.compile(rf"(?:{words})(?:村[庄落]?|乡村|(?<=[示模]范)社区)")


def is_honour(form: str) -> bool:
    """Whether a village's name is an honour alone: 全国文明村."""
    return any(found.end() == len(form) for found in _honour().finditer(form))


class PlaceBounds:
    """Mends the spans of places by the other places of the report; `known` are the gazetteer's and the lists'."""

    def __init__(self, text: str, tagged: Sequence[Candidate], known: Sequence[Candidate]) -> None:
        self._text = text
        self._fronts = frozenset(words_by_kind("boundaries")["place_front"])
        self._sure = [c for c in known if c.score >= SURE]
        self._at = {(c.start, c.end) for c in self._sure}
        self._forms = {text[c.start : c.end] for c in (*self._sure, *tagged) if c.type in PLACES}
        self._tagged = {c.start for c in tagged}
        self._inside: dict[int, Candidate] = {}
        for c in self._sure:
            if c.type == "Division" and c.codes:
                for place in range(c.start, c.end):
                    self._inside[place] = c

    def mended(self, span: Candidate) -> Candidate:
        """The span with its front mended; a person inside a division's name is that division."""
        around = self._inside.get(span.start)
        if around is not None and span.type == "Person" and self._holds(around, span):
            return replace(around, score=max(around.score, span.score))
        if span.type not in PLACES or (span.start, span.end) in self._at:
            return span
        if around is not None and around.start < span.start < around.end < span.end - 1:
            return replace(span, start=around.end)  # 白|鹤镇|石桥村
        return self._without_front(self._without_honour(span) if span.type == "Village" else span)

    def _holds(self, around: Candidate, span: Candidate) -> bool:
        return (
            around.start <= span.start and span.end <= around.end and around.end - around.start > span.end - span.start
        )

    def _without_honour(self, span: Candidate) -> Candidate:
        """全国文明村|石桥村; where only the honour was taken for a name, the village that follows it at once."""
        honour = _honour().search(self._text, span.start, span.end)
        if honour is None or (honour.end() >= span.end and honour.end() in self._tagged):
            return span
        name = _VILLAGE.match(self._text, honour.end())
        return replace(span, start=honour.end(), end=name.end()) if name and name.end() >= span.end else span

    def _without_front(self, span: Candidate) -> Candidate:
        for length in range(LONGEST_FRONT, 0, -1):
            rest = self._text[span.start + length : span.end]
            if len(rest) < LEAST_REST or self._text[span.start : span.start + length] not in self._fronts:
                continue
            if length > 1 or rest in self._forms or self._begins_known(span.start + length, span.end):
                return replace(span, start=span.start + length)
        return span

    def _begins_known(self, start: int, end: int) -> bool:
        return any(c.start == start and c.end <= end for c in self._sure)

"""The rule of the carried model: “我们的模式带到A县、B县”, said by a village's secretary, makes the village the head.

The head is left out or stands as 我们, 村里 or 这里, so a pair has no name beside it for the model to judge by. The
places are read off behind the verb; the head is the body that the quotation's speaker belongs to, else the one last
named.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from graph.ontology import ontology
from graph.records import Mention

NAME = "carried-model"
# What is carried, unnamed; where a Programme's name ends in the word, the name itself is the head and the model judges.
_CARRIED = re.compile(
    r"(?:模式|经验|做法|办法|路子|工作法)[^。！？；\n]{0,10}?"
    r"(?:带到|带进|带去|推广到|推广至|复制到|复制至|移植到|输出到|传到|传进|搬到|搬进|走进|走到)了?"
)
_HEADS = ("Village", "Alliance", "Enterprise", "Organization")
_LIST_GAP = re.compile(r"[、，,和与及]|以及")
_SPEAKER_REACH = 30  # characters behind the closing quotation mark
_OPEN, _CLOSE = "“", "”"


class Carried(NamedTuple):
    """A model of `head` that is carried to `tail`; [start, end) says so."""

    head: Mention
    tail: Mention
    start: int
    end: int


def carried(text: str, mentions: Sequence[Mention]) -> Iterator[Carried]:
    """Every unnamed model that `text` says is carried to places."""
    order = sorted(mentions, key=lambda m: (m.start, -m.end))
    for match in _CARRIED.finditer(text):
        word = match.start()
        if any(m.start < word + 2 and m.end > word for m in order if m.type == "Programme"):
            continue
        head = _head(text, order, word)
        if head is not None:
            for tail in _places(text, order, match.end()):
                if tail.name != head.name:
                    yield Carried(head, tail, _clause(text, word), tail.end)


def _clause(text: str, at: int) -> int:
    return max(text.rfind(mark, 0, at) for mark in "。！？；，：“\n") + 1


def _head(text: str, order: Sequence[Mention], at: int) -> Mention | None:
    opened, closed = text.rfind(_OPEN, 0, at), text.rfind(_CLOSE, 0, at)
    line = text.rfind("\n", 0, at) + 1
    if opened > closed and opened >= line:
        end = text.find(_CLOSE, at)
        speaker = [m for m in order if end < m.start <= end + _SPEAKER_REACH and m.type in _HEADS] if end >= 0 else []
        if speaker:
            return speaker[0]
    before = [m for m in order if line <= m.start and m.end <= at and m.type in _HEADS]
    return before[-1] if before else None


def _places(text: str, order: Sequence[Mention], at: int) -> Iterable[Mention]:
    """The innermost places of the list that begins at `at`: 甲省乙县、丙省丁县 gives 乙县 and 丁县."""
    tails = ontology().relation("replicated_to").tails
    chain = [m for m in order if m.start >= at and m.type in tails]
    found: list[Mention] = []
    reached = at
    for mention in chain:
        gap = text[reached : mention.start]
        nested = bool(found) and not gap
        if not (nested or (gap == "" if not found else _LIST_GAP.fullmatch(gap))):
            break
        found[-1:] = [mention] if nested else [*found[-1:], mention]
        reached = mention.end
    return found

"""Stretches of annotated reports: the weighing may be asked of one paragraph or sentence, so it learns from such."""

import random
from collections.abc import Sequence
from dataclasses import replace

from graph.records import Mention
from ingest.segmenting import Span, sentences

Key = tuple[str, str]  # (type, name) of a thing
LENGTHS = (30, 60, 120, 240, 480)  # characters; a stretch is of the sentences that fill one of these


def cut(text: str, seed: str) -> list[Span]:
    """`text` as stretches of whole sentences, of lengths dealt by `seed`: same text and seed, same stretches."""
    dealt = random.Random(seed)  # noqa: S311  (no secret)
    found: list[Span] = []
    start, wanted = -1, 0
    for sentence in sentences(text):
        if start < 0:
            start, wanted = sentence.start, dealt.choice(LENGTHS)
        if sentence.end - start >= wanted:
            found.append(Span(start, sentence.end))
            start = -1
    return found


def within(stretch: Span, mentions: Sequence[Mention]) -> tuple[list[Mention], dict[Key, Key]]:
    """The mentions inside `stretch`, counted from its start, and what each thing there is in the whole report.

    A thing goes by the longest form that it has in the stretch.
    """
    inside = [m for m in mentions if m.start >= stretch.start and m.end <= stretch.end]
    names: dict[Key, str] = {}
    for m in inside:
        names[m.type, m.name] = max(names.get((m.type, m.name), ""), m.form, key=len)
    moved = [
        replace(m, start=m.start - stretch.start, end=m.end - stretch.start, name=names[m.type, m.name]) for m in inside
    ]
    return moved, {(kind, name): (kind, whole) for (kind, whole), name in names.items()}

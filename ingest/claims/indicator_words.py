"""The words around a number that may say what it measures, and what a model sees of each."""

import re
from bisect import bisect_right
from collections.abc import Container
from typing import NamedTuple

from ingest.claims.figures_cast import KINDS
from ingest.claims.figures_quantities import Quantity, kind_numbers
from ingest.claims.figures_scene import Scene
from ingest.mentions.lexical import LexicalModel
from ingest.models.hashed import Ints, Templates, code_of

LEFT, RIGHT = 40, 14  # characters looked at before the number, inside its sentence, and behind it, inside its clause
NAMES = (
    "word", "last", "size", "side", "apart", "near", "close", "commas", "type", "passed", "ahead", "behind", "unit",
    "kind",
)  # fmt: skip
TEMPLATES = Templates.of(
    NAMES,
    "word; word side; word commas side; word near side; apart side; apart side kind; commas side passed; "
    "commas side kind; type side; type commas; size side close; ahead; behind; ahead word; word behind; word unit; "
    "word kind; last kind; last unit; last side; passed side close; apart side unit; type near side",
    seed=1300,
)
# Numbers and marks name nothing.
_SAYS = re.compile(r"(?![零〇一二两三四五六七八九十百千万亿几半]+$).*[\u3400-\u9fffA-Za-z]")


class Word(NamedTuple):
    """A word text[start:end] before (`side` 0) or behind (1) a number, and the numbers of its features.

    `commas` stand between it and the number, 3 for more; `passed` is 1 where a figure before lies in between.
    """

    start: int
    end: int
    side: int
    commas: int
    passed: int
    atoms: list[int]


def words_around(quantity: Quantity, scene: Scene, floor: int, inside: Container[int]) -> list[Word]:
    """The words of the sentence before the number and of the clause behind it.

    `floor` ends a figure before; words that begin at a place in `inside`, so in another figure, are none.
    """
    text, q = scene.text, quantity
    first = max(scene.sentence(q.number)[0], q.start - LEFT)
    last = min(max(scene.clause(q.number)[1], q.end), q.end + RIGHT)
    cut = LexicalModel.load().cut
    before, after = cut(text[first : q.start]), cut(text[q.end : last])
    numbers = [code_of(w) for w in (*before, *after)]
    unit, kind = code_of(q.unit or q.kind), kind_numbers()[q.kind]
    found: list[Word] = []
    start = first
    marks = [place for place in range(first, last) if text[place] in "，,；;、"]
    for number, word in enumerate((*before, *after)):
        side = int(number >= len(before))
        if number == len(before):
            start = q.end
        end = start + len(word)
        apart = min(12, number - len(before) if side else len(before) - 1 - number)
        low, high = (q.end, start) if side else (end, q.start)
        commas = min(3, bisect_right(marks, high - 1) - bisect_right(marks, low - 1)) if high > low else 0
        owner = scene.owner[start]
        passed = int(start < floor <= q.start)
        atoms = [
            numbers[number], ord(word[-1]), min(len(word), 4), side, apart, min(apart, 3), min(apart, 6), commas,
            KINDS[scene.mentions[owner].type] if owner >= 0 else 0, passed,
            numbers[number - 1] if number else 0, numbers[number + 1] if number + 1 < len(numbers) else 0, unit, kind,
        ]  # fmt: skip
        if start not in inside and _SAYS.match(word):
            found.append(Word(start, end, side, commas, passed, atoms))
        start = end
    return found


def codes(words: list[Word]) -> Ints:
    """[words, features]."""
    return TEMPLATES.codes([word.atoms for word in words])

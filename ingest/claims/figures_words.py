"""The words around a thing and a number, names masked: what a figure's subject shows itself by."""

from collections.abc import Sequence
from itertools import pairwise

from ingest.claims.figures_scene import Scene

NEAR = 30  # masked characters looked at between a thing and the number
AFTER, BEFORE, BEHIND = 5, 4, 20  # the same behind a thing, before it, and between the number and a thing behind it
BETWEEN = 2 * BEHIND - 1  # columns of words between: pairs, or single ones and pairs behind the number
FOLLOWING = AFTER + (AFTER - 1) + (AFTER - 2)
LEADING = BEFORE + (BEFORE - 1)
_LATER = 1 << 44  # sets words behind the number apart from those before it
_MASK = 0x2460  # a name is one circled number, by its type


def _grams(letters: Sequence[int], width: int) -> list[int]:
    """Numbers for the runs of `width` characters."""
    if width == 1:
        return list(letters)
    if width == 2:
        return [(1 << 42) + a * 70001 + b for a, b in pairwise(letters)]
    return [(1 << 43) + (a * 70001 + b) * 70001 + c for a, b, c in zip(letters, letters[1:], letters[2:], strict=False)]


def _filled(numbers: list[int], size: int) -> list[int]:
    return numbers[:size] + [0] * (size - len(numbers))


class Words:
    """A report's text with each name as one sign, and the numbers of its pairs of characters."""

    def __init__(self, scene: Scene, kinds: dict[str, int]) -> None:
        letters: list[int] = []
        self._at: list[int] = []  # place in the text → how many signs stand before it
        begins = {m.start: m.type for m in scene.mentions}
        for place, c in enumerate(scene.text):
            self._at.append(len(letters))
            owner = scene.owner[place]
            if owner < 0:
                letters.append(ord(c))
            elif place in begins:
                letters.append(_MASK + kinds[begins[place]])
        self._at.append(len(letters))
        self._letters, self._pairs = letters, _grams(letters, 2)

    def between(self, end: int, number: int) -> list[int]:
        """Pairs from the end of a thing to the number, those nearest to the number; BETWEEN columns."""
        first, last = self._at[end], self._at[number]
        return _filled(self._pairs[max(first, last - NEAR) : max(first, last - 1)], BETWEEN)

    def beyond(self, end: int, start: int) -> list[int]:
        """Single characters and pairs from the end of the number to a thing behind it; BETWEEN columns."""
        letters = self._letters[self._at[end] : self._at[start]][:BEHIND]
        return _filled([_LATER + n for width in (1, 2) for n in _grams(letters, width)], BETWEEN)

    def after(self, end: int) -> list[int]:
        """One to three characters at a time behind a thing, short ones first; FOLLOWING columns."""
        letters = self._letters[self._at[end] : self._at[end] + AFTER]
        columns = [_filled(_grams(letters, width), AFTER + 1 - width) for width in (1, 2, 3)]
        return [number for column in columns for number in column]

    def before(self, start: int) -> list[int]:
        """Single characters and pairs before a thing; LEADING columns."""
        at = self._at[start]
        letters = self._letters[max(0, at - BEFORE) : at]
        return _filled([n for width in (1, 2) for n in _grams(letters, width)], LEADING)

"""What a figure may be called: words put together in several ways, and what a model sees of each way."""

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ingest.claims.figures_quantities import Quantity, kind_numbers
from ingest.claims.indicator_words import Word

LONGEST = 14  # characters; an indicator is a short phrase
CUTS = (0.2, 0.35, 0.5, 0.7)  # words at least so probable are put together
# What a unit counts, and the characters that say so already: (noun, characters).
_SHARE = "率比占增降升长幅翻涨减高提分成少多息折"
_NOUNS = {
    "岁": ("年龄", "年龄"), "户": ("户数", "户"), "人": ("人数", "人者员生工师客"), "名": ("人数", "人者员生工师"),
    "口": ("人口", "人井塘"), "口人": ("人口", "人"), "家": ("家数", "企店商社户位司场厂"), "天": ("天数", "时期天日"),
    "公里": ("长度", "长路渠程道线管网"), "%": ("占比", _SHARE), "％": ("占比", _SHARE), "倍": ("倍数", "倍翻增长"),
}  # fmt: skip
_NOUNS_BY_KIND = {
    "area": ("面积", "积"), "people": ("人数", "人者员生工师客"), "length": ("长度", "长路渠程道线管网"),
    "money": ("金额", "钱款资额入出金价费税息收贷"), "time": ("用时", "时"), "age": ("年龄", "年龄"),
}  # fmt: skip
_PLAIN = re.compile(r"[，,。、；;：:“”‘’\"（）()「」『』《》【】…\s]")
WAYS = (
    "together", "stretch", "single", "with the next", "with the one before", "of the figure before", "by unit",
    "together by unit", "together in the clause",
)  # fmt: skip
NUMBERS = 21 + len(WAYS)  # of an option


class Option(NamedTuple):
    """One way to call a figure, and its numbers [NUMBERS]."""

    words: str
    numbers: list[float]


def pairs(words: str) -> set[str]:
    """The pairs of characters of `words`, of a single character itself."""
    return {words[i : i + 2] for i in range(len(words) - 1)} or {words}


def shared(one: str, other: str) -> float:
    """How much of the shorter's pairs of characters the longer has, 0 to 1."""
    if not one or not other:
        return 0.0
    a, b = pairs(one), pairs(other)
    return len(a & b) / min(len(a), len(b))


def plain(words: str) -> str:
    """Without marks."""
    return _PLAIN.sub("", words)


def _joined(text: str, words: Sequence[Word], picked: Sequence[int]) -> str:
    """The picked words in their order, what is said already left out."""
    said = ""
    for i in picked:
        word = plain(text[words[i].start : words[i].end])
        if word not in said:
            said += word
    return said


def _at_least(words: Sequence[Word], chances: Sequence[float], cut: float) -> list[int]:
    """The numbers of the words that are so probable, the least probable left out where they are too long."""
    picked = [i for i, chance in enumerate(chances) if chance >= cut]
    size = sum(words[i].end - words[i].start for i in picked)
    for i in sorted(picked, key=lambda i: chances[i]):
        if size <= LONGEST:
            break
        picked.remove(i)
        size -= words[i].end - words[i].start
    return picked


def together(text: str, words: Sequence[Word], chances: Sequence[float], cut: float) -> str:
    """The words that are at least so probable, in their order."""
    return _joined(text, words, _at_least(words, chances, cut))


def _stretches(words: Sequence[Word], picked: Sequence[int]) -> list[int]:
    """All words from the first picked to the last, on each side of the number."""
    found: list[int] = []
    for side in (0, 1):
        own = [i for i in picked if words[i].side == side]
        found += range(own[0], own[-1] + 1) if own else ()
    return found


def options(
    text: str, quantity: Quantity, words: Sequence[Word], chances: Sequence[float], before: str, gap: int
) -> list[Option]:
    """The ways to call a figure; `before` is what the figure before was called most probably, `gap` characters ago."""
    ways: dict[str, set[str]] = {}

    def add(way: str, said: str) -> None:
        if said and (len(said) <= LONGEST or way == "together"):
            ways.setdefault(said, set()).add(way)

    whole = [together(text, words, chances, cut) for cut in CUTS]
    for said in whole:
        add("together", said)
    if words:
        add("stretch", _joined(text, words, _stretches(words, _at_least(words, chances, CUTS[2]))))
        best = max(range(len(words)), key=chances.__getitem__)
        add("single", _joined(text, words, [best]))
        if best + 1 < len(words) and words[best + 1].side == words[best].side:
            add("with the next", _joined(text, words, [best, best + 1]))
        if best and words[best - 1].side == words[best].side:
            add("with the one before", _joined(text, words, [best - 1, best]))
    near = [chance if word.commas == 0 else 0.0 for word, chance in zip(words, chances, strict=True)]
    add("together in the clause", together(text, words, near, CUTS[1]))
    add("of the figure before", before)
    noun, known = _NOUNS.get(quantity.unit) or _NOUNS_BY_KIND.get(quantity.kind, ("", ""))
    add("by unit", noun)
    for said in whole[1:3]:
        if noun and said and not any(character in said for character in known):
            add("together by unit", said + noun)
    ordered = sorted(chances, reverse=True)
    top = [*ordered[:2], 0.0, 0.0][:2]
    found = []
    for said, own in ways.items():
        numbers = [*_weights(said, text, words, chances), *(shared(said, other) for other in whole[1:]), *top]
        numbers += [float(len(ways)), float(gap), float(bool(before)), float(kind_numbers()[quantity.kind])]
        numbers.append(float(any(character in said for character in known)))
        found.append(Option(said, [*numbers, *(float(way in own) for way in WAYS)]))
    return found


def _weights(said: str, text: str, words: Sequence[Word], chances: Sequence[float]) -> list[float]:
    """Eleven numbers: its length, how probable the words in it are and those that it leaves out, and how scattered."""
    inside: list[float] = []
    outside: list[float] = []
    pieces = commas = passed = 0
    inner = False
    for word, chance in zip(words, chances, strict=True):
        written = plain(text[word.start : word.end])
        pieces += written in said and not inner
        inner = written in said
        (inside if inner else outside).append(chance)
        if inner:
            commas, passed = max(commas, word.commas), passed + word.passed
    mean = sum(inside) / len(inside) if inside else 0.0
    return [
        float(len(said)), mean, max(inside, default=0.0), min(inside, default=0.0), sum(inside), float(len(inside)),
        max(outside, default=0.0), sum(outside), float(pieces), float(commas), float(passed),
    ]  # fmt: skip


def matrix(found: Sequence[Option]) -> NDArray[np.float32]:
    """[options, NUMBERS]."""
    return np.array([o.numbers for o in found], dtype=np.float32).reshape(len(found), NUMBERS)

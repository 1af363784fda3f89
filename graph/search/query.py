"""What a question says besides its words: numbers, kinds of alliance, kinds of partners, its language."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from graph.errors import UsageError
from graph.search.tokens import is_chinese, terms
from graph.text import fold

DIGITS = {**{c: n for n, c in enumerate("〇一二三四五六七八九")}, "零": 0, "两": 2, "俩": 2}
TENS = {"十": 10, "百": 100, "千": 1000}
MYRIADS = {"万": 10**4, "亿": 10**8}
ENGLISH = {"hundred": 100.0, "thousand": 1000.0, "million": 1e6, "billion": 1e9}
NUMBER = re.compile(
    r"(?P<digits>\d+(?:\.\d+)?)\s*(?P<scale>hundred|thousand|million|billion|[十百千]?[万亿]|[百千])?"
    r"|(?P<han>[一二三四五六七八九两十][〇零一二三四五六七八九两十百千万亿]*)"
)
THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
LONGEST = 2000  # characters of a question that are read: more words than that find everything
SMALLEST = 6  # smaller numbers stand in every report, and say nothing


@dataclass(frozen=True, slots=True)
class Query:
    """A question, taken apart.

    `types` and `partners` are codes of the ontology that its words stand for, `numbers` are expanded (3万 is 30000).
    `left_out` counts the characters beyond those that are read. `meant` are names it writes with a slip, as
    (written, name), both folded; `folded` and `terms` then hold the names as well (see `graph.search.forgiving`).
    """

    text: str
    folded: str
    terms: tuple[str, ...]
    numbers: frozenset[float]
    types: frozenset[str]
    partners: frozenset[str]
    chinese: bool
    left_out: int = 0
    meant: tuple[tuple[str, str], ...] = ()


def parse(text: str) -> Query:
    """Take `text` apart; UsageError where it holds nothing to search for. What is beyond LONGEST is not read."""
    left_out = max(0, len(text) - LONGEST)
    text = text[:LONGEST]
    found = tuple(dict.fromkeys(terms(text)))
    if not found:
        raise UsageError("The question holds no word to search for. Give a name, a few words or a sentence.")
    folded = fold(text)
    return Query(
        text=text,
        folded=folded,
        terms=found,
        numbers=frozenset(n for n in numbers(folded) if n >= SMALLEST),
        types=_said(folded, _words()["alliance_types"]),
        partners=_said(folded, _words()["partners"]),
        chinese=is_chinese(text),
        left_out=left_out,
    )


@cache
def _words() -> dict[str, dict[str, re.Pattern[str]]]:
    data = tomllib.loads(files("graph.search").joinpath("words.toml").read_text(encoding="utf-8"))
    return {kind: {code: _pattern(words) for code, words in rows.items()} for kind, rows in data.items()}


def _pattern(words: list[str]) -> re.Pattern[str]:
    parts = (rf"(?<![a-z]){re.escape(w)}s?(?![a-z])" if w.isascii() else re.escape(w) for w in words)
    return re.compile("|".join(parts))


def _said(folded: str, patterns: dict[str, re.Pattern[str]]) -> frozenset[str]:
    return frozenset(code for code, pattern in patterns.items() if pattern.search(folded))


def numbers(folded: str) -> list[float]:
    """The numbers a folded text names: 1,200 and 1.3万 and 一百三十 give 1200.0, 13000.0 and 130.0."""
    found = []
    for match in NUMBER.finditer(THOUSANDS.sub("", folded)):
        if match["digits"]:
            found.append(float(match["digits"]) * _scale(match["scale"] or ""))
        elif (value := _numeral(match["han"])) is not None:
            found.append(value)
    return found


def _scale(word: str) -> float:
    if word in ENGLISH:
        return ENGLISH[word]
    value = 1.0
    for character in word:
        value *= TENS.get(character) or MYRIADS[character]
    return value


def _numeral(text: str) -> float | None:
    """The value of a Chinese numeral, or None where it is a row of digits (二〇二三) or no numeral."""
    total = section = digit = 0
    if len(text) > 1 and not any(c in TENS or c in MYRIADS for c in text):
        return None
    for character in text:
        if character in DIGITS:
            digit = DIGITS[character]
        elif character in TENS:
            section += (digit or 1) * TENS[character]
            digit = 0
        else:
            total += (section + digit or 1) * MYRIADS[character]
            section = digit = 0
    return float(total + section + digit)

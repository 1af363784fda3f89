"""Counts the words by which cases are compared: trades, ways of working, surroundings, starting problems.

    counted("industries", folded_text) -> {"tea": 5, "tourism": 2}

The words stand in industries.toml, mechanisms.toml and settings.toml beside this file.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from graph.search.tokens import terms
from graph.text import fold

KINDS = ("industries", "mechanisms", "terrain", "problems")
LATIN = re.compile("[a-z]")
PAIR = 2


@dataclass(frozen=True, slots=True)
class Entry:
    """One trade, way of working or setting: labels, folded Chinese words, a pattern of Latin ones, relations."""

    code: str
    zh: str
    en: str
    words: tuple[str, ...]
    latin: "re.Pattern[str] | None"
    relations: frozenset[str] = frozenset()


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(files("graph.compare").joinpath(name).read_text(encoding="utf-8"))


@cache
def entries() -> dict[str, dict[str, Entry]]:
    """Kind (see KINDS) → code → entry, in the order of the files."""
    setting = _table("settings.toml")
    tables = (_table("industries.toml"), _table("mechanisms.toml"), setting["terrain"], setting["problem"])
    return {
        kind: {code: _entry(code, row) for code, row in rows.items()} for kind, rows in zip(KINDS, tables, strict=True)
    }


def _entry(code: str, row: Mapping[str, Any]) -> Entry:
    folded = [fold(word) for word in row["words"]]
    latin = [re.escape(word) for word in folded if word.isascii()]
    pattern = re.compile(rf"(?<![a-z])(?:{'|'.join(latin)})s?(?![a-z])") if latin else None
    han = tuple(word for word in folded if not word.isascii())
    return Entry(code, row["zh"], row["en"], han, pattern, frozenset(row.get("relations", ())))


def counted(kind: str, folded: str, pairs: Mapping[str, int] | None = None) -> dict[str, int]:
    """Code → how often its words stand in a folded text; those that do not are left out.

    `pairs` are the text's terms with how often they stand there (graph.search.tokens), where they are at hand.
    """
    pairs = Counter(terms(folded)) if pairs is None else pairs
    with_latin = LATIN.search(folded) is not None
    found = {code: _count(entry, folded, pairs, with_latin=with_latin) for code, entry in entries()[kind].items()}
    return {code: count for code, count in found.items() if count}


def _count(entry: Entry, folded: str, pairs: Mapping[str, int], *, with_latin: bool) -> int:
    """Most words are a pair of characters, counted already; a longer one is looked for where its first pair stands."""
    said = [word for word in entry.words if word[:PAIR] in pairs]
    han = sum(pairs[word] if len(word) == PAIR else folded.count(word) for word in said)
    return han + (len(entry.latin.findall(folded)) if with_latin and entry.latin else 0)


def labels(kind: str, codes: Iterable[str]) -> tuple[str, str]:
    """The labels of some codes in Chinese and in English."""
    own = [entries()[kind][code] for code in codes]
    return "、".join(entry.zh for entry in own), ", ".join(entry.en for entry in own)

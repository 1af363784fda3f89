"""The bilingual glossary of the field: what the words of a question are called in the other language.

Full-text search compares words, so an English question finds nothing in a Chinese report without this bridge, and a
Chinese one nothing in an English report. The terms lie in glossary.tsv and glossary_places.tsv, with their sources.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from graph.search.tokens import HAN, is_chinese
from graph.text import fold

TABLES = ("glossary.tsv", "glossary_places.tsv")
COLUMNS = 4
COUNTY = "county"
# A word, or a mark that no term reaches across; hyphens and blanks only part words.
WORD = re.compile(r"[^\W\d_" + HAN + r"]+(?:['’][^\W\d_" + HAN + r"]+)*|\d+(?:\.\d+)?|[^\s\w-]")
IRREGULAR = {"women": "woman", "children": "child", "geese": "goose", "oxen": "ox", "leaves": "leaf", "mice": "mouse"}
# Forms that look inflected and mean something else than the base: project-based is no base, a shed is not shedding.
FIXED = frozenset({"based", "landed", "housed", "rated", "used", "during", "outstanding", "bearing", "concerned"})
VOWEL = re.compile(r"[aeiouy]")


@dataclass(frozen=True, slots=True)
class Expansion:
    """A term of the glossary in a question: where it stands in the folded text, and its names in the other language.

    `others` are ordered as the glossary has them, the commonest first.
    """

    term: str
    start: int
    end: int
    others: tuple[str, ...]


@dataclass(slots=True)
class Node:
    """A branch of the tree of English terms: the next word leads on, `others` are set where a term ends."""

    following: "dict[str, Node]" = field(default_factory=dict)
    others: dict[str, None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Glossary:
    """Both directions: a tree of English words, and Chinese forms by their text."""

    english: Node
    chinese: dict[str, dict[str, None]]
    longest: int


def query_terms(text: str) -> tuple[str, ...]:
    """The strings to search besides the words of `text`: Chinese ones for an English question, and the reverse.

    Without repetitions, in the order of the question; graph.search.tokens.terms makes search terms of each.
    """
    found = expand(fold(text), chinese=is_chinese(text))
    return tuple(dict.fromkeys(other for expansion in found for other in expansion.others))


def expand(folded: str, *, chinese: bool) -> tuple[Expansion, ...]:
    """The terms of the glossary in a folded text, from the left, the longest first, none over another.

    `chinese` says which language is looked for. English terms are whole words; plurals, -ing and -ed are understood.
    """
    return tuple(_chinese(folded) if chinese else _english(folded))


def _chinese(folded: str) -> Iterator[Expansion]:
    known, at = glossary(), 0
    while at < len(folded):
        for size in range(min(known.longest, len(folded) - at), 0, -1):
            others = known.chinese.get(folded[at : at + size])
            if others:
                yield Expansion(folded[at : at + size], at, at + size, tuple(others))
                at += size
                break
        else:
            at += 1


def _english(folded: str) -> Iterator[Expansion]:
    words = list(WORD.finditer(folded))
    forms = [_forms(word.group()) for word in words]
    root, at = glossary().english, 0
    while at < len(words):
        size, others = _longest(root, forms, at)
        if others:
            start, end = words[at].start(), words[at + size - 1].end()
            yield Expansion(folded[start:end], start, end, tuple(others))
        at += size or 1


def _longest(node: Node, forms: list[tuple[str, ...]], at: int) -> tuple[int, dict[str, None]]:
    """How many words from `at` make the longest term, and its counterparts; a form as written goes before its base."""
    best: tuple[int, dict[str, None]] = (0, {})
    for form in forms[at] if at < len(forms) else ():
        below = node.following.get(form)
        if below is None:
            continue
        size, others = _longest(below, forms, at + 1)
        if not others:
            others = below.others
        if others and size + 1 > best[0]:
            best = (size + 1, others)
    return best


@cache
def _forms(word: str) -> tuple[str, ...]:
    """A word as written and what it may be a form of, the likeliest first; only forms that are terms will be found."""
    plain = _plain(word)
    if plain in FIXED:
        return (plain,)
    return tuple(dict.fromkeys((plain, *_singulars(plain), *_verbs(plain))))


def _plain(word: str) -> str:
    """A word without its possessive ending and other apostrophes: women's is women, xi'an is xian."""
    return word.replace("’", "'").removesuffix("'s").replace("'", "")


def _singulars(word: str) -> Iterator[str]:
    if word in IRREGULAR:
        yield IRREGULAR[word]
    if word.endswith("men") and len(word) > 5:
        yield f"{word[:-2]}an"
    if word.endswith("ies") and len(word) > 4:
        yield f"{word[:-3]}y"
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        yield word[:-1]
        if word.endswith(("ses", "xes", "zes", "ches", "shes", "oes")):
            yield word[:-2]


def _verbs(word: str) -> Iterator[str]:
    for ending in ("ing", "ied", "ed"):
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < 3 or not VOWEL.search(stem):
            continue
        if ending == "ied":
            yield f"{stem}y"
            return
        yield stem
        yield f"{stem}e"
        if stem[-1] == stem[-2]:
            yield stem[:-1]


@cache
def glossary() -> Glossary:
    """Both tables, read once; ValueError where a row is not four filled columns."""
    root, chinese = Node(), dict[str, dict[str, None]]()
    for zh, en, kind in _rows():
        # Short names of counties are everyday words (和平, 团结): a Chinese question must say 和平县.
        for form in zh[:1] if kind == COUNTY else zh:
            chinese.setdefault(fold(form), {}).update(dict.fromkeys(en))
        for form in en:
            _branch(root, form).others.update(dict.fromkeys(zh))
    return Glossary(root, chinese, max(map(len, chinese), default=0))


def _branch(node: Node, term: str) -> Node:
    for word in WORD.findall(term):
        node = node.following.setdefault(_plain(word), Node())
    return node


def _rows() -> Iterator[tuple[list[str], list[str], str]]:
    for table in TABLES:
        text = files("graph.search").joinpath(table).read_text(encoding="utf-8")
        for number, line in enumerate(text.splitlines(), 1):
            if line.startswith("#"):
                continue
            cells = line.split("\t")
            if len(cells) != COLUMNS or not all(cells):
                raise ValueError(f"{table}, line {number}: {line!r} is not Chinese, English, field and source.")
            yield cells[0].split("|"), cells[1].split("|"), cells[2]

"""What a report shows of each thing it seems to name, as numbers for the weighing."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from graph.ontology import ontology
from graph.records import Mention
from ingest.lexicon import Lexicon
from ingest.mentions.spans import QUOTES, prose_lines
from ingest.models.hashed import Templates, code_of

BITS = 18
PAIRS, LEFT, RIGHT = 6, 5, 4  # pairs of characters looked at: of the name, before the first mention, behind it
SCORES = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98)
MEANS = (0.3, 0.5, 0.7, 0.8, 0.9, 0.97)
BESIDE = (0.01, 0.6, 0.8, 0.95)
PLACES = (0.05, 0.2, 0.5, 0.8, 0.95)
DENSITY = (2, 3, 4, 5, 6)  # things in 100 characters
ATOMS = (
    "type", "score", "half", "mean", "count", "twice", "occurs", "length", "last", "last2", "first", "before",
    "before2", "after", "after2", "quoted", "prose", "surname", "inner", "outer", "inner_type", "inner_front",
    "outer_type", "outer_front", "inner_sure", "outer_sure", "inner_often", "outer_often", "same", "within", "code",
    "title", "forms", "latin", "place", "density", "name",
    *(f"p{i}" for i in range(PAIRS)), *(f"l{i}" for i in range(LEFT)), *(f"r{i}" for i in range(RIGHT)),
)  # fmt: skip
TEMPLATES = Templates.of(
    ATOMS,
    "type; type score; type count; type score count; type length; type length score; type last; type last2; "
    "type first; type before; type after; type after2; type before2; type quoted length; type name; type prose; "
    "type surname length; type surname score; type surname count; type inner outer; type same; type within code; "
    "type title; type inner_type inner_front; type outer_type outer_front; type outer_sure outer_often; "
    "type inner_sure inner_often; type outer_sure score; type inner_sure score; type place; type place score; "
    "type mean score; type occurs count; type occurs score; score count; score length; type last half; "
    "type last twice; type quoted half; type prose half; type density; type before half; type after half; "
    "type forms; type latin; type p*; type l*; type r*",
    bits=BITS,
)


class Thing(NamedTuple):
    """One thing as a report names it: its (type, name), its row of `ATOMS`, and plain numbers for the trees."""

    key: tuple[str, str]
    codes: list[int]
    numbers: list[float]


class _Held(NamedTuple):
    """The mentions of one thing."""

    type: str
    name: str
    mentions: list[Mention]
    best: float


class _Whole(NamedTuple):
    """What all things of a report share: its text and title, which characters are running text, and the things."""

    text: str
    title: str
    prose: bytearray
    groups: list[_Held]
    lexicon: Lexicon


def _pairs(words: str, count: int) -> list[int]:
    """Numbers for the first `count` pairs of characters of `words`, 0 where there are fewer."""
    found = [code_of(words[i : i + 2]) for i in range(min(count, len(words) - 1))]
    return found + [0] * (count - len(found))


def _grouped(mentions: Sequence[Mention]) -> list[_Held]:
    groups: dict[tuple[str, str], list[Mention]] = {}
    for mention in mentions:
        groups.setdefault((mention.type, mention.name), []).append(mention)
    return [_Held(kind, name, held, max(m.confidence for m in held)) for (kind, name), held in groups.items()]


def things(text: str, title: str, mentions: Sequence[Mention], lexicon: Lexicon) -> list[Thing]:
    """The things of a report in the order of their first mention; `text` and `title` in simplified characters."""
    whole = _Whole(text, title, prose_lines(text), _grouped(mentions), lexicon)
    kinds = {kind: number for number, kind in enumerate(ontology().entity_types, start=1)}
    return [_thing(group, whole, kinds) for group in whole.groups]


def _thing(group: _Held, whole: _Whole, kinds: dict[str, int]) -> Thing:
    text, title, prose, groups, lexicon = whole
    name, held = group.name, group.mentions
    inner = [g for g in groups if g.name != name and name in g.name]  # whose name holds this one
    outer = [g for g in groups if g.name != name and g.name in name]
    density = len(groups) / max(1, len(text)) * 100
    same = sum(g.name == name for g in groups) - 1
    first = min(held, key=lambda m: m.start)
    mean, least = sum(m.confidence for m in held) / len(held), min(m.confidence for m in held)
    before, after = text[max(0, first.start - 1) : first.start], text[first.end : first.end + 1]
    quoted = int(before != "" and before in QUOTES)
    running = max(prose[m.start] for m in held)
    surname = int(group.type == "Person" and bool(lexicon.surname(name)))
    occurs, place, score = text.count(name), first.start / max(1, len(text)), bisect_right(SCORES, group.best)
    sure_in, sure_out = (max((g.best for g in side), default=0.0) for side in (inner, outer))
    often_in, often_out = (max((len(g.mentions) for g in side), default=0) for side in (inner, outer))
    codes = [
        kinds[group.type], score, score // 2, bisect_right(MEANS, mean), min(len(held), 5), min(len(held), 2),
        min(occurs, 4), min(len(name), 12), ord(name[-1]), code_of(name[-2:]), ord(name[0]),
        ord(before) if before else 0, code_of(text[max(0, first.start - 2) : first.start]),
        ord(after) if after else 0, code_of(text[first.end : first.end + 2]), quoted, running, surname,
        min(len(inner), 2), min(len(outer), 2), kinds[inner[0].type] if inner else 0,
        int(bool(inner) and inner[0].name.startswith(name)), kinds[outer[0].type] if outer else 0,
        int(bool(outer) and name.startswith(outer[0].name)), bisect_right(BESIDE, sure_in),
        bisect_right(BESIDE, sure_out), min(often_in, 3), min(often_out, 3), same, int(bool(first.within)),
        int(bool(first.code)), int(name in title), min(len({m.form for m in held} - {name}), 2),
        int(any(c.isascii() for c in name)), bisect_right(PLACES, place), bisect_right(DENSITY, density), code_of(name),
        *_pairs(name, PAIRS), *_pairs(text[max(0, first.start - 6) : first.start], LEFT),
        *_pairs(text[first.end : first.end + 5], RIGHT),
    ]  # fmt: skip
    numbers = [
        kinds[group.type], group.best, mean, least, len(held), occurs, len(name), len({m.form for m in held}), place,
        int(name in title), int(bool(first.within)), int(bool(first.code)), surname, running, quoted, len(inner),
        len(outer), same, any(g.name.startswith(name) for g in inner), any(name.startswith(g.name) for g in outer),
        len(text), len(groups), sure_in, sure_out, often_in, often_out,
    ]  # fmt: skip
    return Thing((group.type, name), codes, [float(n) for n in numbers])

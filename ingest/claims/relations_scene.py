"""A report laid out for relations: items (mentions and references), sentences, lists, and the text with names masked.

All positions of a `Scene` are arrays, so that features of hundreds of pairs are computed at once.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from graph.ontology import ontology
from graph.records import Mention, Report
from ingest.claims.modality import cue_counts, is_plan
from ingest.claims.relations_references import find_references
from ingest.claims.relations_triggers import trigger_counts
from ingest.segmenting import sentences

Ints = NDArray[np.int64]

# What a pair's features see of a thing: divisions are told apart by level, villages from communities.
SUBTYPES = (
    "Village",
    "Community",
    "Division",
    "Province",
    "City",
    "County",
    "Township",
    "PartyOrganization",
    "Alliance",
    "Department",
    "University",
    "Enterprise",
    "Organization",
    "Person",
    "Product",
    "Place",
    "Programme",
    "Event",
)
_LEVELS = (
    ("Township", re.compile("(?:[镇乡]|街道|苏木|团场?|师)$")),
    ("Province", re.compile("省$|自治区$|^(?:北京|上海|天津|重庆)市?$")),
    ("County", re.compile("[县区旗]$")),
    ("City", re.compile("[市州盟]$|地区$")),
)
MASK = 0x110000  # above every code point: tokens that stand for a mention
DIGIT = 0x110000 + 100
CONNECTOR = re.compile(r"(?:[、，,和与及同跟\s]|以及|还有|连同)(?:[^，。、；！？\s]{0,4}的)?[“\"]?")
_PREFIX = re.compile(r"[“\"]?的?[“\"]?")
_CLAUSE = re.compile(r"[，,；;：:。！？!?\n]")


@dataclass(frozen=True, slots=True)
class Scene:
    """`mentions[i]` is what item i means (a reference's antecedent); arrays have one entry an item, by position.
    `plan` says that the whole report lays down what is to be done.

    `token_of` maps a character offset to its place in `tokens`: the text without white space, each mention and each
    run of digits one token. `left`, `right` bound the list (A、B、C) an item stands in, in tokens; `governor` is the
    item of the place that its list stands under, -1 without. `triggers` and `cues` are running counts over characters.
    Clause c is [clause_bounds[c], clause_bounds[c + 1]); sentence s, from 1, begins at sentence_starts[s - 1].
    """

    text: str
    plan: bool
    mentions: tuple[Mention, ...]
    start: Ints
    end: Ints
    entity: Ints
    subtype: Ints
    kind: Ints
    rank: Ints
    sentence: Ints
    clause: Ints
    first: Ints
    last: Ints
    left: Ints
    right: Ints
    group: Ints
    place_in_group: Ints
    prefix_of: Ints
    governor: Ints
    tokens: Ints
    token_of: Ints
    sentence_bounds: Ints
    clause_bounds: Ints
    sentence_starts: Ints
    triggers: Ints
    cues: Ints


def subtype_of(mention: Mention) -> int:
    """The code (index in SUBTYPES) of a mention's sub-type, from its type and the last characters of its name."""
    kind = mention.type
    if kind == "Village" and mention.name.endswith(("社区", "居", "小区")):
        kind = "Community"
    elif kind == "Division":
        kind = next((level for level, pattern in _LEVELS if pattern.search(mention.name)), "Division")
    return SUBTYPES.index(kind)


@dataclass(frozen=True, slots=True)
class _Item:
    start: int
    end: int
    mention: Mention
    kind: str
    rank: int


KINDS = (
    "",
    "village",
    "community",
    "township",
    "county",
    "alliance",
    "joint",
    "firm",
    "coop",
    "university",
    "person",
    "place",
    "model",
    "it",
    "group",
)


def _items(report: Report, mentions: Sequence[Mention]) -> list[_Item]:
    own = sorted(mentions, key=lambda m: (m.start, -m.end, m.type, m.name))
    items = [_Item(m.start, m.end, m, "", 0) for m in own]
    items += [_Item(r.start, r.end, r.mention, r.kind, r.rank) for r in find_references(report.text, own)]
    return sorted(items, key=lambda i: (i.start, i.end, i.kind, i.rank, i.mention.start))


def _tokens(text: str, mentions: Sequence[Mention]) -> tuple[Ints, Ints]:
    """Masked tokens, and for each character offset (and the end of the text) the token it belongs to."""
    codes = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32).astype(np.int64)
    codes[np.array([c.isspace() for c in text], dtype=bool)] = -1
    codes[(codes >= 48) & (codes <= 57)] = DIGIT
    follow = np.zeros(len(codes), dtype=bool)
    follow[1:] = (codes[1:] == DIGIT) & (codes[:-1] == DIGIT)
    for mention in mentions:
        codes[mention.start : mention.end] = MASK + subtype_of(mention)
        follow[mention.start] = False
        follow[mention.start + 1 : mention.end] = True
    keep = (codes >= 0) & ~follow
    token_of = np.concatenate([[0], np.cumsum(keep)])
    token_of[:-1] -= follow  # a character inside a name belongs to the name's one token
    return codes[keep], token_of


def _marks(text: str, places: Sequence[int]) -> Ints:
    """For each character offset how many of `places` are at or before it."""
    marks = np.zeros(len(text) + 1, dtype=np.int64)
    for place in places:
        marks[place] += 1
    return np.cumsum(marks)


def _chains(text: str, items: Sequence[_Item]) -> list[int]:
    """For each item the index of the item that it directly precedes as its place (青石县|松口镇|柳湾村), else -1."""
    follows = [-1] * len(items)
    real = [i for i, item in enumerate(items) if not item.kind]
    for a, b in pairwise(real):
        between = text[items[a].end : items[b].start]
        if items[a].mention.type in {"Division", "Village", "Place"} and _PREFIX.fullmatch(between):
            follows[a] = b
    return follows


def _lists(text: str, items: Sequence[_Item], prefix_of: Sequence[int]) -> tuple[list[int], list[int], list[int]]:
    """Coordination: for each item its list's number, first and last character; a place before a name belongs to it."""
    chain_start = [item.start for item in items]
    for a, b in enumerate(prefix_of):
        if b >= 0:
            chain_start[b] = min(chain_start[b], chain_start[a])
    group = list(range(len(items)))
    heads = [i for i, item in enumerate(items) if not item.kind and prefix_of[i] < 0]
    for a, b in pairwise(heads):
        if items[a].end <= chain_start[b] and _coordinated(text, items[a], items[b], chain_start[b]):
            group[b] = group[a]
    low, high = list(chain_start), [item.end for item in items]
    for i in heads:
        low[group[i]] = min(low[group[i]], chain_start[i])
        high[group[i]] = max(high[group[i]], items[i].end)
    return group, [low[g] for g in group], [high[g] for g in group]


_LISTED = ontology().actors - {"Person"}


def _coordinated(text: str, a: _Item, b: _Item, b_start: int) -> bool:
    same_kind = a.mention.type == b.mention.type or {a.mention.type, b.mention.type} <= _LISTED
    between = text[a.end : b_start].strip()
    if not same_kind or not between or len(between) > 12:
        return False
    return CONNECTOR.fullmatch(re.sub(r"^[”\"）)]*|^（[^（）]{1,8}）", "", between)) is not None


def _governors(prefix_of: Sequence[int], group: Sequence[int]) -> list[int]:
    """For each item the place written before it, or before the first of its list (松口镇|柳湾村、石桥村), else -1."""
    place_of = {b: a for a, b in enumerate(prefix_of) if b >= 0}
    governors, latest = [], dict[int, int]()
    for item, number in enumerate(group):
        if item in place_of:
            latest[number] = place_of[item]
        governors.append(latest.get(number, -1))
    return governors


def build_scene(report: Report, mentions: Sequence[Mention]) -> Scene:
    """Lay out `report` with `mentions` (any order; none needed)."""
    text = report.text
    items = _items(report, mentions)
    tokens, token_of = _tokens(text, mentions)
    spans = sentences(text)
    by_sentence = _marks(text, [s.start for s in spans])
    clause_ends = [m.end() for m in _CLAUSE.finditer(text)]
    by_clause = _marks(text, clause_ends)
    clause_bounds = np.array([0, *clause_ends, len(text)], dtype=np.int64)
    prefix_of = _chains(text, items)
    group, low, high = _lists(text, items, prefix_of)
    names: dict[tuple[str, str], int] = {}
    entity = [names.setdefault((i.mention.type, i.mention.name), len(names)) for i in items]
    seen: dict[int, int] = {}
    place = []
    for g in group:
        place.append(seen.get(g, 0))
        seen[g] = place[-1] + 1
    start = np.array([i.start for i in items], dtype=np.int64)
    end = np.array([i.end for i in items], dtype=np.int64)
    bounds = np.array([token_of[s.start] for s in spans] + [len(tokens)], dtype=np.int64)
    return Scene(
        text=text,
        plan=is_plan(report.title),
        mentions=tuple(i.mention for i in items),
        start=start,
        end=end,
        entity=np.array(entity, dtype=np.int64),
        subtype=np.array([subtype_of(i.mention) for i in items], dtype=np.int64),
        kind=np.array([KINDS.index(i.kind) for i in items], dtype=np.int64),
        rank=np.array([i.rank for i in items], dtype=np.int64),
        sentence=by_sentence[start],
        clause=by_clause[start],
        first=token_of[start],
        last=token_of[end],
        left=token_of[np.array(low, dtype=np.int64)],
        right=token_of[np.array(high, dtype=np.int64)],
        group=np.array(group, dtype=np.int64),
        place_in_group=np.array(place, dtype=np.int64),
        prefix_of=np.array(prefix_of, dtype=np.int64),
        governor=np.array(_governors(prefix_of, group), dtype=np.int64),
        tokens=tokens,
        token_of=token_of,
        sentence_bounds=bounds,
        clause_bounds=clause_bounds,
        sentence_starts=np.array([s.start for s in spans] + [len(text)], dtype=np.int64),
        triggers=trigger_counts(text),
        cues=cue_counts(text),
    )

"""Brings the finders' candidates together into spans that do not overlap.

The tagger knows contexts, the gazetteer knows places. So the tagger says where names are; the gazetteer takes nested
places apart, says which are divisions and villages, and adds those the tagger has missed.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.mentions.boundaries import bounded
from ingest.mentions.candidates import SURE, Candidate
from ingest.mentions.credits import without_credits
from ingest.mentions.kinds import settled
from ingest.mentions.lists import SOURCE as LISTED
from ingest.mentions.place_bounds import PlaceBounds, is_honour
from ingest.mentions.repairs import repaired
from ingest.mentions.support import Support
from ingest.mentions.villages import VillageCodes

DIVISION, VILLAGE = "Division", "Village"
PLACES = frozenset({DIVISION, VILLAGE})
TAGGER = "tagger"
QUOTES = "“”\"'‘’「」『』《》〈〉"
PAIRS = dict(zip("“‘「『《〈（(【[", "”’」』》〉）)】]", strict=True))
MARKS = frozenset(PAIRS) | frozenset(PAIRS.values())
VILLAGE_END = re.compile(r"(村|社区|嘎查)$")
TOWNSHIP_END = re.compile(r"(镇|乡|街道|苏木|县|省|自治区|自治州)$")
DIVISION_WORDS = ("省", "市", "县", "區", "区", "自治州", "旗", "镇", "乡", "街道", "苏木")
# What marks a line as page furniture, where places are addresses and menus.
FURNITURE = re.compile(
    "版权|地址|电话|邮编|备案|ICP|>>|＞|首页|上一篇|下一篇|分享到|责任编辑|责编|来源[:：]|浏览|点击|位置[:：]|相关链接|相关阅读|导航|友情链接"
)
LONG_LINE, CLAUSES = 60, 3  # a longer line of so many commas is running text whatever words it holds
PROSE = re.compile(r"[，。；、！？][^\n]*[，。；、！？]|[。！？][”’」』）)]*$")
# Nested places outside the gazetteer (renamed, merged away): a county's or township's word inside a longer name.
NESTED = re.compile(
    r"^[\u4e00-\u9fff]{2,8}?(?:自治州|自治县|自治区|省|市|县|(?<![社地园片小山城])区|街道|镇|乡)(?=[\u4e00-\u9fff]{2,})"
)


COUNTRYSIDE = ("乡村", "农村")  # 振兴乡村
JOINTS = "·•的"  # 重庆·某区, 某镇的某村


def tidy(text: str, candidate: Candidate) -> Candidate | None:
    """The candidate without white space and unpaired marks at its ends; None if nothing is left."""
    start, end = candidate.start, candidate.end
    marks = " \t\n\u3000、，。；：,.;:！？!?"
    while start < end and text[start] in marks:
        start += 1
    while start < end and text[end - 1] in marks:
        end -= 1
    if not MARKS.isdisjoint(text[start:end]):
        for opening, closing in PAIRS.items():
            piece = text[start:end]
            start += piece.startswith(opening) and closing not in piece
            end -= piece.endswith(closing) and opening not in piece
    if (start, end) == (candidate.start, candidate.end):
        return candidate
    return replace(candidate, start=start, end=end) if start < end else None


def _pieces(text: str, span: Candidate, places: dict[int, Candidate], words: frozenset[str]) -> list[Candidate]:
    """A tagged place taken apart: 天台县白鹤镇石桥村 is three names; the last piece keeps the tagger's type.

    `words` are names of the report's villages and common nouns for villages: they end a name that a division begins.
    """
    found: list[Candidate] = []
    start = span.start
    while start < span.end:
        start += text[start] in JOINTS
        known = places.get(start)
        nested = NESTED.match(text[start : span.end])
        if known and known.end < span.end and _may_part(text, known, span.end, places, words):
            piece = known
        elif nested and not known:
            piece = Candidate(start, start + nested.end(), DIVISION, span.score, span.source)
        else:
            break
        found.append(replace(piece, score=max(piece.score, span.score)))
        start = piece.end
    if start < span.end:
        found.append(replace(span, start=start + (text[start] in JOINTS)))
    return found


def _may_part(text: str, known: Candidate, end: int, places: dict[int, Candidate], words: frozenset[str]) -> bool:
    """Whether a place that begins with a known one is two names: not 太原|村, 太平|新村社区, 天台县|人民政府."""
    rest = text[known.end : end].lstrip(JOINTS)
    if rest in words and known.type == DIVISION:
        return True  # 天台|农村, and 天台|石桥村 where 石桥村 stands alone too
    if known.score < SURE or not re.match(r"[\u4e00-\u9fff]{2}", rest) or rest.endswith("政府"):
        return False
    follows = places.get(known.end + (text[known.end] in JOINTS))
    return text[known.start : known.end].endswith(DIVISION_WORDS) or (follows is not None and follows.end == end)


def _typed(text: str, span: Candidate, places: dict[int, Candidate], villages: VillageCodes) -> Candidate:
    """A place with the gazetteer's codes, and the type its last word speaks for where the tagger mixed the two up."""
    known = places.get(span.start)
    if known is not None and known.end != span.end:
        known = None
    form = text[span.start : span.end]
    kind = span.type
    if VILLAGE_END.search(form):
        kind = VILLAGE
    elif TOWNSHIP_END.search(form):
        kind = known.type if known else DIVISION
    elif known and (known.source == LISTED or not (span.type == VILLAGE and _village_too(form, known, villages))):
        kind = known.type if known.score >= SURE or known.codes else span.type
    codes = known.codes if known and known.type == kind else span.codes
    source = LISTED if known and known.source == LISTED else span.source
    return replace(
        span, type=kind, source=source, codes=codes or (_official(form, villages) if kind == DIVISION else ())
    )


def _official(form: str, villages: VillageCodes) -> tuple[str, ...]:
    """Codes of a division that the tagger vouches for where the gazetteer alone was not sure: 五山镇, 莘县."""
    codes, full = villages.lexicon.gazetteer.divisions_called(form)
    if not full:
        return ()
    return villages.around.best(codes) or (codes if len(codes) == 1 else ())


def _village_too(form: str, known: Candidate, villages: VillageCodes) -> bool:
    """Whether a village in the area is called like a township (石桥 in 石桥镇): then the tagger decides which it is."""
    return all(len(code) == 9 for code in known.codes) and bool(villages.anywhere(form))


def _allowed(text: str, span: Candidate, villages: VillageCodes) -> bool:
    form = text[span.start : span.end].strip(QUOTES)
    lexicon = villages.lexicon
    common = ("village", "division") if span.type in PLACES else ("person",) if span.type == "Person" else ()
    if any(form in lexicon.stop_words[kind] for kind in common):
        return False
    if span.type in PLACES and (form.endswith(COUNTRYSIDE) or (is_honour(form) and not villages.anywhere(form))):
        return False
    if form in lexicon.stop_words["policy"] and span.type not in {"Person", "Alliance"}:
        return False
    if form in lexicon.stop_words["reference"] or (
        form[0] in "该本" and span.type not in {"Person", "Division", "Product"}
    ):
        return False
    return bool(re.search(r"[\u3400-\u9fffA-Za-z]", form))


def _stretched(span: Candidate, known: Sequence[Candidate]) -> Candidate:
    """A tagged place that cuts a sure gazetteer name short (天台|县, 石桥|村) takes the gazetteer's bounds."""
    for other in known:
        longer = other.start <= span.start and span.end <= other.end and other.end - other.start > span.end - span.start
        if longer and other.score >= SURE:
            return replace(other, score=max(other.score, span.score))
    return span


def prose_lines(text: str) -> bytearray:
    """For each character 1 if its line is running text, 0 if it is a heading, a menu or an address."""
    flags = bytearray(len(text))
    for line in re.finditer(r"[^\n]+", text):
        long = len(line[0]) >= LONG_LINE and line[0].count("，") >= CLAUSES
        if PROSE.search(line[0]) and (long or not FURNITURE.search(line[0])):
            flags[line.start() : line.end()] = b"\1" * len(line[0])
    return flags


def merge(
    text: str,
    tagged: Sequence[Candidate],
    known: Sequence[Candidate],
    universities: Sequence[Candidate],
    villages: VillageCodes,
) -> list[Candidate]:
    """Spans in text order, none overlapping: `tagged` by the tagger, `known` to the gazetteer; `text` is simplified."""
    places = {c.start: c for c in sorted(known, key=lambda c: (c.start, c.end - c.start))}
    common = frozenset(w for w in villages.lexicon.stop_words["village"] if len(w) > 2 or w == "农村")
    words = common | {text[s.start : s.end] for s in tagged if s.type == VILLAGE}
    spans: list[Candidate] = []
    bounds = PlaceBounds(text, tagged, known)
    for raw in settled(text, bounded(text, repaired(text, tagged, known), villages.lexicon)):
        tidied = tidy(text, raw)
        if tidied is None:
            continue
        span = bounds.mended(tidied)
        if span.type in PLACES:
            span = _stretched(span, known)
            spans.extend(_typed(text, piece, places, villages) for piece in _pieces(text, span, places, words))
        else:
            spans.append(span)
    taken = bytearray(len(text))
    kept: list[Candidate] = []
    prose = prose_lines(text)
    for span in [*spans, *(c for c in (*universities, *known) if c.score >= SURE and prose[c.start])]:
        if not any(taken[span.start : span.end]) and _allowed(text, span, villages):
            taken[span.start : span.end] = b"\1" * (span.end - span.start)
            kept.append(span)
    return without_credits(text, Support(text, sorted(kept), villages).judged(), villages.lexicon)

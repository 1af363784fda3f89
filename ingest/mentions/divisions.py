"""Divisions that a report names: gazetteer forms that the report itself supports, with their codes.

A raw match is no evidence (发展, 合作, 中心 are short forms of townships), so each needs support: an official name with
its own last word, a province's or prefecture's short form that is no common word, or a form whose official name or
container the report also gives.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from ingest.lexicon import DivisionHit, Lexicon, is_brief, parent, short_forms
from ingest.mentions.candidates import Candidate

TYPE = "Division"
SOURCE = "gazetteer"
FULL, PLAIN_SHORT, KNOWN_SHORT, WEAK = 0.9, 0.8, 0.75, 0.3
# What makes a short form part of a longer name (浙江大学, 宁波日报, 绍兴黄酒): no division is named there.
CONTINUES = (
    "大学",
    "学院",
    "日报",
    "晚报",
    "银行",
    "师范",
    "农林",
    "海洋",
    "理工",
    "医科",
    "卫视",
    "电视台",
    "话",
    "菜",
    "路",
    "大道",
    "籍",
    "贤",
)
NUMERALS = "一二三四五六七八九十两各几多全本该我邻每"


def nested_in(code: str, containers: Iterable[str]) -> int:
    """Digits of the smallest of `containers` that holds `code`, 0 where none does."""
    return max((len(c) for c in containers if c != code and code.startswith(c)), default=0)


class Surroundings:
    """The divisions a report names for sure: what later finders resolve names against."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.codes: set[str] = set()

    def add(self, codes: Sequence[str]) -> None:
        """Count divisions as named; of several of one name all stand until something tells them apart."""
        self.codes.update(codes)

    def best(self, codes: Sequence[str], before: Sequence[str] = ()) -> tuple[str, ...]:
        """Those of `codes` that fit the report best.

        `before` are the codes of a division written right before the name. A holder there decides, then the
        smallest named container; none of `codes` where the report names no container.
        """
        direct = tuple(code for code in codes if nested_in(code, before))
        if direct:
            return direct
        depth = {code: nested_in(code, self.codes) for code in codes}
        deepest = max(depth.values(), default=0)
        return tuple(code for code in codes if depth[code] == deepest) if deepest else ()

    def areas(self) -> list[str]:
        """Named counties and townships, smallest first: where villages are looked for."""
        return sorted((c for c in self.codes if len(c) in (6, 9)), key=lambda c: (-len(c), c))

    def counties(self) -> set[str]:
        """Named counties and those of the named townships."""
        return {c[:6] for c in self.codes if len(c) >= 6}


def _plausible(text: str, hit: DivisionHit, lexicon: Lexicon) -> bool:
    form = text[hit.start : hit.end]
    counted = form[0] in NUMERALS and len(form) == 3 and all(len(code) == 9 for code in hit.codes)
    if form in lexicon.stop_words["division"] or (counted and form[-1] in "乡镇"):
        return False  # 三乡镇 is three of them more often than a town
    return hit.full or not text.startswith(CONTINUES, hit.end)


def _longest(hits: Iterable[DivisionHit]) -> list[DivisionHit]:
    """Hits that lie in no longer hit, in text order; of two that cross the earlier stays."""
    chosen: list[DivisionHit] = []
    for hit in sorted(hits, key=lambda h: (h.start - h.end, h.start)):
        if all(hit.end <= other.start or other.end <= hit.start for other in chosen):
            chosen.append(hit)
    return sorted(chosen)


def _before(hit: DivisionHit, found: dict[int, Candidate]) -> tuple[str, ...]:
    left = found.get(hit.start)
    return left.codes if left else ()


def _full(hit: DivisionHit, around: Surroundings, before: Sequence[str]) -> Candidate:
    """An official name: a county or larger is sure by itself, a township needs its county, or to be the only one."""
    codes = around.best(hit.codes, before)
    if codes:
        return Candidate(hit.start, hit.end, TYPE, FULL, SOURCE, codes)
    high = tuple(code for code in hit.codes if len(code) <= 6)
    if high and hit.end - hit.start > 2:  # 和县 is also 县 behind an "and"
        return Candidate(hit.start, hit.end, TYPE, FULL, SOURCE, high)
    alone = len(hit.codes) == 1 and not high and not around.counties()
    return Candidate(hit.start, hit.end, TYPE, FULL if alone else WEAK, SOURCE, hit.codes if alone else ())


def _short(form: str, hit: DivisionHit, around: Surroundings, before: Sequence[str]) -> Candidate:
    """A short form: sure if the full form is named too, if its container stands before it, or if the place is large."""
    common = form in around.lexicon.stop_words["short"]
    named = tuple(code for code in hit.codes if code in around.codes)
    below = tuple(code for code in hit.codes if nested_in(code, before))
    large = tuple(code for code in hit.codes if len(code) <= 4)
    if below:
        top = min(map(len, below))
        return Candidate(hit.start, hit.end, TYPE, KNOWN_SHORT, SOURCE, tuple(c for c in below if len(c) == top))
    if large and not common:
        return Candidate(hit.start, hit.end, TYPE, PLAIN_SHORT, SOURCE, tuple(c for c in named if c in large) or large)
    if named:
        return Candidate(hit.start, hit.end, TYPE, WEAK if common else KNOWN_SHORT, SOURCE, named)
    return Candidate(hit.start, hit.end, TYPE, WEAK, SOURCE, around.best(hit.codes))


def _first_names(text: str, hits: Sequence[DivisionHit], around: Surroundings) -> None:
    """Take note of the counties and larger divisions that are named beyond doubt, before anything is resolved."""
    for hit in hits:
        codes = tuple(code for code in hit.codes if len(code) <= (6 if hit.full and hit.end - hit.start > 2 else 4))
        common = text[hit.start : hit.end] in around.lexicon.stop_words["short"]
        if codes and not (common and not hit.full) and len(codes) == 1:
            around.add(codes)
    for hit in hits:
        codes = tuple(code for code in hit.codes if len(code) <= 6)
        if hit.full and len(codes) > 1:
            around.add(around.best(codes) or codes)


def _township_stems(text: str, found: Sequence[Candidate], around: Surroundings) -> list[Candidate]:
    """Bare short forms of the townships the report names in full: 白鹤 beside 白鹤镇."""
    stems: dict[str, set[str]] = {}
    for candidate in found:
        for code in candidate.codes if candidate.score == FULL else ():
            for short in short_forms(around.lexicon.gazetteer.name(code)) if len(code) == 9 else ():
                stems.setdefault(short, set()).add(code)
    extra: list[Candidate] = []
    for stem, codes in stems.items():
        score = WEAK if stem in around.lexicon.stop_words["short"] else KNOWN_SHORT
        at = text.find(stem)
        while at >= 0:
            extra.append(Candidate(at, at + len(stem), TYPE, score, SOURCE, tuple(sorted(codes))))
            at = text.find(stem, at + len(stem))
    return extra


def find_divisions(text: str, lexicon: Lexicon) -> tuple[list[Candidate], Surroundings]:
    """Candidates for the divisions named in `text` (simplified), none overlapping, and the surroundings they make."""
    around = Surroundings(lexicon)
    hits = _longest(h for h in lexicon.gazetteer.divisions_in(text) if _plausible(text, h, lexicon))
    _first_names(text, hits, around)
    by_end: dict[int, Candidate] = {}
    for hit in hits:
        before = _before(hit, by_end)
        form = text[hit.start : hit.end]
        like_full = hit.full or any(is_brief(form, lexicon.gazetteer.name(code)) for code in hit.codes)
        made = _full(hit, around, before) if like_full else _short(form, hit, around, before)
        by_end[hit.end] = made
        if made.score >= KNOWN_SHORT and len(made.codes) == 1:
            around.add(made.codes)
    found = list(by_end.values())
    taken = sorted(found)
    starts = [c.start for c in taken]
    free = [c for c in _township_stems(text, found, around) if not _covered(c, taken, starts)]
    return sorted([*found, *free]), around


def _covered(candidate: Candidate, taken: Sequence[Candidate], starts: Sequence[int]) -> bool:
    at = bisect_left(starts, candidate.end)
    return any(candidate.overlaps(other) for other in taken[max(0, at - 2) : at])


def county_of(code: str) -> str:
    """The county part of a township's or village's code, '' for anything larger."""
    return code[:6] if len(code) >= 6 else ""


def containers(code: str) -> list[str]:
    """Codes of all levels above `code`, nearest first."""
    above = parent(code)
    return [above, *containers(above)] if above else []

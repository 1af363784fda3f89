"""Lists of places that share their last word, taken apart: 东沟、西沟两个行政村 names two villages."""

import re
from collections.abc import Sequence

from ingest.lexicon import Lexicon
from ingest.mentions.candidates import Candidate

SOURCE = "list"
SCORE = 0.7
ITEM = r"[\u4e00-\u9fff]{1,4}?"
NUMBER = r"(?:[一二两三四五六七八九十]|\d{1,2})"
LIST = re.compile(
    rf"(?P<items>(?:{ITEM}[、和与及]){{1,12}}{ITEM})等?(?:这)?(?P<number>{NUMBER})个?(?:行政|自然|兄弟|相邻|邻近|毗邻)?(?P<kind>村|社区|镇|乡|街道|乡镇|县|区)(?![民委庄道])"
)
KINDS = {"村": "Village", "社区": "Village"}
COUNTS = {c: n for n, c in enumerate("一二三四五六七八九十", start=1)} | {"两": 2}
SPLIT = re.compile(r"[、和与及]")
# What may stand before the first item without being part of it.
LEAD = re.compile(
    r"^.*(?:由|将|把|的|在|是|为|与|和|对|让|使|带动|联合|组织|包括|涉及|覆盖|以及|镇|乡|县|街道|市|所属|辖区|周边|邻近|给|带着|惠及|了)(?=.{2,4}$)"
)


def number(written: str) -> int:
    """The number that `written` says: 两 → 2, 12 → 12."""
    return int(written) if written.isdigit() else COUNTS.get(written, 0)


def _items(text: str, match: re.Match[str]) -> list[tuple[int, int]]:
    """The spans of a list's items; the first without the words before the list."""
    spans: list[tuple[int, int]] = []
    start = match.start("items")
    for piece in SPLIT.split(match["items"]):
        spans.append((start, start + len(piece)))
        start += len(piece) + 1
    first, last = spans[0]
    lead = LEAD.match(text[first:last])
    spans[0] = (first + lead.end(), last) if lead else (first, last)
    return spans


def find_lists(text: str, lexicon: Lexicon, known: Sequence[Candidate] = ()) -> list[Candidate]:
    """Candidates for the items of lists of places whose number fits; items that are `known` keep their bounds."""
    at_end = {c.end: c for c in known}
    found: list[Candidate] = []
    for match in LIST.finditer(text):
        kind = KINDS.get(match["kind"], "Division")
        spans = _items(text, match)
        said = number(match["number"])
        if "等" not in match[0] and len(spans) != said:
            continue
        for start, end in spans:
            own = at_end.get(end)
            begin = own.start if own and own.start > start else start
            form = text[begin:end]
            if len(form) > 1 and form not in lexicon.stop_words["village"] | lexicon.stop_words["division"]:
                found.append(Candidate(begin, end, kind, SCORE, SOURCE))
    return found

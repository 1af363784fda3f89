"""What a thing is by its last word, where that settles it: a court is a department, a school an organisation."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from ingest.lexicon.names import words_by_kind
from ingest.mentions.candidates import Candidate

# What the tagger mixes up: an ending counts only among the types that can be taken for one another.
BODIES = frozenset({"PartyOrganization", "Department", "Enterprise", "Organization", "University"})
MIXED_UP = dict.fromkeys(BODIES, BODIES | {"Alliance", "Programme"}) | {
    "Programme": frozenset({"Event", "Programme"}),
    "Event": frozenset({"Event", "Programme"}),
    "Place": frozenset({"Organization"}),
}
NATURE = re.compile(
    r"[江河湖海溪岭峰峡潭泉]$|(?<![多群靠高大深荒])山$|(?:水库|平原|高原|盆地|山脉|景区|草原|湿地|瀑布)$"
)
BESIDE = re.compile(r"(?<=[江河湖海溪山岭])(?:江畔|河畔|湖畔|海滨|畔|[东南西北]麓|沿岸|两岸|之滨|脚下)$")
PARTY_IN_FULL = re.compile(r"^中共.+委员会$")
ONE_OF_A_KIND = re.compile(r"^[一两二三四五几]([处个座家支所条间片])(?!\1)(?=[\u4e00-\u9fff]{2})")
BOOK = re.compile(r"《[^》]*》")
PERFORMED = re.compile(r"(?:唱|演|剧|戏|曲|歌|舞|小品|电影|影片|小说|散文|诗)[^，。；\n]{0,6}$")
PARTY = frozenset({"PartyOrganization"})
UNNAMED = BODIES | {"Place"}


@cache
def _endings() -> tuple[re.Pattern[str], dict[str, str]]:
    table = {word: kind for kind, group in words_by_kind("sure_endings").items() for word in group}
    longest = sorted(table, key=lambda word: (-len(word), word))
    return re.compile(f"(?:{'|'.join(map(re.escape, longest))})$"), table


def settled(text: str, spans: Sequence[Candidate]) -> list[Candidate]:
    """The spans with the type their last word settles; those that only say how many of a kind are left out."""
    return list(_settled(text, spans))


def _settled(text: str, spans: Sequence[Candidate]) -> Iterator[Candidate]:
    pattern, table = _endings()
    for span in spans:
        form = text[span.start : span.end]
        if span.type in UNNAMED and ONE_OF_A_KIND.match(form) and "“" not in form:
            continue  # 一处中转站 has no name
        if span.type == "Programme" and _is_a_work(text, span):
            continue  # 《三打白骨精》 is a play
        others = MIXED_UP.get(span.type, frozenset())
        ending = pattern.search(form.rstrip("”")) if others else None
        kind = table[ending[0]] if ending else span.type
        if span.type in BODIES | {"Alliance"} and PARTY_IN_FULL.match(form):
            kind, others = "PartyOrganization", PARTY
        beside = BESIDE.search(form) if span.type == "Place" else None
        end = span.start + beside.start() if beside else span.end
        kind = kind if kind in others else span.type
        yield span if (end, kind) == (span.end, span.type) else replace(span, end=end, type=kind)


def _is_a_work(text: str, span: Candidate) -> bool:
    """Whether the span stands in book-title marks behind a word for what is sung, played or written."""
    start, end = span.start - (text[span.start] != "《"), span.end + (text[span.end - 1] != "》")
    titled = bool(BOOK.fullmatch(text[max(0, start) : end]))
    return titled and bool(PERFORMED.search(text[max(0, start - 8) : max(0, start)]))

"""Common nouns that stand for a thing named before: 该村, 公司, 他; each is a place where it is spoken of."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from graph.records import Mention

# What a word may stand for, whatever the thing is called. Ends of names come on top. All of two characters, so that a
# text is read with one look-up a character.
_BY_TYPE = {
    "Village": "村里 村集 全村 该村 本村 村民 村上 寨里 村庄 社区",
    "Alliance": "联盟 联合 联建 聯盟",
    "Enterprise": "公司 企业 企業 厂里 社里 社员 联社 农场",
    "University": "学院 学校 高校 院里 师生 学生 大学",
    "Department": "局里 县局 市局 院里 部里",
    "Person": "老人 书记 老汉",
    "Programme": "项目 工程 活动 计划 模式 贷款",
    "PartyOrganization": "党委 总支 支部",
    "Organization": "协会 队里 学校 医院 队员 会员",
    "Event": "活动 节上",
    "Place": "园区 基地 中心 工坊 驿站 景区 楼里 馆里 店里 厂房 站里 市场 大厦 食堂 车间",
}
_LEVELS = {
    "县": "县里 全县 该县 县上", "区": "区里 全区 该区", "市": "市里 全市 该市", "镇": "镇里 全镇 该镇 镇上",
    "乡": "乡里 全乡 该乡 乡上", "街道": "街道", "旗": "旗里 全旗",
}  # fmt: skip
_INSIDE = "里上内"
_DEMONSTRATIVE = "该本全这"
_QUOTES = re.compile(r"[“”\"’‘（()）《》「」『』\s]")
_PRONOUNS = {"他": "们地乡人日山国处家", "她": "们"}  # and what must not follow
GUESSES = 2


class Reference(NamedTuple):
    """A common noun at [start, end) that may stand for the thing called `name`; `rank` 0 is the latest that fits."""

    start: int
    end: int
    name: str
    rank: int


@cache
def _words() -> dict[str, tuple[frozenset[str], str]]:
    """Word → types it may stand for, and for a division how its name ends."""
    kinds: dict[str, set[str]] = {}
    for kind, words in _BY_TYPE.items():
        for word in words.split():
            kinds.setdefault(word, set()).add(kind)
    levels = {word: level for level, words in _LEVELS.items() for word in words.split()}
    table = {word: (frozenset(kinds.get(word, ())), levels.get(word, "")) for word in {*kinds, *levels}}
    return table | {word: (frozenset({"Person"}), "") for word in _PRONOUNS}


@lru_cache(maxsize=4096)
def bare(name: str) -> str:
    """A name without quotes and brackets."""
    return _QUOTES.sub("", name)


def _tails(name: str, kind: str) -> list[str]:
    """The words of two characters that the end of a name gives: 食堂 of a canteen; of its last character 堂里, 该堂."""
    plain = bare(name)
    if kind in ("Person", "Village", "Division", "Product") or len(plain) < 3:
        return []
    last = plain[-1]
    shortened = [c + last for c in plain[-6:-1] if c != last]  # 律所 of a 律师事务所
    return [*shortened, *(last + c for c in _INSIDE), *(c + last for c in _DEMONSTRATIVE)]


def _fits(mention: Mention, kinds: frozenset[str], level: str) -> bool:
    return mention.type in kinds or bool(level and mention.type == "Division" and mention.name.endswith(level))


def references(text: str, mentions: Sequence[Mention], owner: Sequence[int]) -> list[Reference]:
    """The references of `text` by position; `mentions` by start, `owner` says which characters belong to one."""
    words, nothing = _words(), (frozenset[str](), "")
    tails: dict[str, set[str]] = {}
    for name, kind in {(m.name, m.type) for m in mentions}:
        for tail in _tails(name, kind):
            tails.setdefault(tail, set()).add(name)
    found: list[Reference] = []
    recent: dict[str, Mention] = {}  # names in the order in which they were last met
    often = Counter(m.name for m in mentions)
    at = 0
    for start in range(len(text) - 1):
        word = text[start : start + 2]
        pronoun = _PRONOUNS.get(word[0])
        if pronoun is not None and word[1] not in pronoun:
            word = word[0]
        elif word not in words and word not in tails:
            continue
        end = start + len(word)
        if owner[start] >= 0 or owner[end - 1] >= 0:
            continue
        while at < len(mentions) and mentions[at].start < start:
            recent.pop(mentions[at].name, None)
            recent[mentions[at].name] = mentions[at]
            at += 1
        kinds, level = words.get(word, nothing)
        named = tails.get(word, ())
        fits = [name for name, m in reversed(recent.items()) if name in named or _fits(m, kinds, level)]
        guesses = fits[:GUESSES]
        if len(fits) > GUESSES:  # besides the latest, what the report speaks of most
            usual = max(fits, key=often.__getitem__)
            guesses += [usual] * (usual not in guesses)
        found += [Reference(start, end, name, rank) for rank, name in enumerate(guesses)]
    return found

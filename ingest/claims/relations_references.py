"""References: words such as 该村, 联盟, 公司, 三村 or 他 that stand for something the report named before.

A reference is never an entity of its own. For relations it serves as one more place where its antecedent is spoken of:
each reference yields up to two guesses (the latest fitting mentions), and the model learns how far to trust them.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from graph.records import Mention


class Reference(NamedTuple):
    """A reference at [start, end) that may stand for `mention`; `rank` 0 is the latest fitting one, `kind` its word."""

    start: int
    end: int
    mention: Mention
    kind: str
    rank: int


class _Pattern(NamedTuple):
    kind: str
    type: str
    words: str  # alternatives of a regular expression
    names: str  # what the antecedent's name must match, '' for anything of the type


# Longest alternatives first: 村党支部书记 is the village's, 村里 too. Common nouns only; no name of any place or body.
# A name before the word (柳湾村里) is barred by the look-behind in `_SINGLE`.
PATTERNS = (
    _Pattern(
        "village",
        "Village",
        "该村|本村|全村|村里|村上|村民|村集体|村两委|村“两委”|村支部|村党支部|村党总支|村党委|"
        "村委会|村支书|村主任|村支两委|这个村|我们村|咱村|村子",
        "",
    ),
    _Pattern("community", "Village", "该社区|本社区|社区里|这个社区|社区党委|社区党总支|社区书记|居民", "社区|居"),
    _Pattern("township", "Division", "该镇|全镇|镇里|镇上|本镇|同镇|镇党委|镇政府|镇长", "镇"),
    _Pattern("township", "Division", "该乡|全乡|乡里|乡上|本乡|同乡|乡党委|乡政府|乡长", "乡"),
    _Pattern("township", "Division", "该街道|街道里|本街道|同街道|街道党工委|街道办", "街道"),
    _Pattern("county", "Division", "该县|全县|县里|本县|同县|县委|县政府|副县长|县长", "县|自治县|旗"),
    _Pattern("county", "Division", "该区|全区|区里|本区|同区|区委|区政府|副区长|区长", "区"),
    _Pattern("county", "Division", "该市|全市|市里|本市|同市|市委|市政府|副市长|市长", "市"),
    _Pattern("alliance", "Alliance", "该联盟|联盟|联建体|共同体|联合体", ""),
    _Pattern("joint", "PartyOrganization", "联合党委|联合党总支|联合党支部|片区党委", "联合|片区|综合"),
    _Pattern("firm", "Enterprise", "该公司|这家公司|公司|该企业|企业方", "公司|集团|厂|企业"),
    _Pattern("coop", "Enterprise", "该合作社|合作社|社里|联合社", "社"),
    _Pattern("university", "University", "该校|学校|校方|校地|该院|学院|师生", ""),
    _Pattern("person", "Person", "他|她", ""),
    _Pattern("place", "Place", "该基地|基地", "基地"),
    _Pattern("place", "Place", "该园|园区|园里", "园"),
    _Pattern("place", "Place", "该中心|中心", "中心"),
    _Pattern("place", "Place", "驿站|站里", "站"),
    _Pattern("place", "Place", "馆里|该馆", "馆"),
    _Pattern("place", "Place", "工坊|车间|厂里|工厂", "工坊|车间|厂"),
    _Pattern("model", "Programme", "(?:这套|这个|这一|该|这种)(?:做法|办法|模式|机制|路子|法子|经验)", ""),
    _Pattern("it", "", "它", ""),
)
_NAME_BEFORE = "(?<![\u4e00-\u9fff])"
_ANY = re.compile("|".join(f"(?P<p{i}>{p.words})" for i, p in enumerate(PATTERNS)))
_GROUP = re.compile("([两二三四五六七八九十2-9])(?:个|家)?(村|社区|镇|乡|县|公司|单位)(?!党|委|民|级)")
_COUNTS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_GROUP_TYPES = {
    "村": {"Village"},
    "社区": {"Village"},
    "镇": {"Division"},
    "乡": {"Division"},
    "县": {"Division"},
    "公司": {"Enterprise"},
    "单位": {"Village", "Department", "Enterprise", "Organization", "PartyOrganization"},
}
_REACH = 800  # characters back that an antecedent may lie
_ANTECEDENTS = 2


def find_references(text: str, mentions: Sequence[Mention]) -> list[Reference]:
    """All references of `text` with their guessed antecedents, by position; `mentions` must be sorted by start."""
    covered = bytearray(len(text))
    for m in mentions:
        covered[m.start : m.end] = b"\1" * (m.end - m.start)
    found = [*_singles(text, mentions, covered), *_groups(text, mentions, covered)]
    return sorted(found, key=lambda r: (r.start, r.end, r.rank, r.mention.start))


def _singles(text: str, mentions: Sequence[Mention], covered: bytearray) -> list[Reference]:
    found = []
    for match in _ANY.finditer(text):
        start, end = match.span()
        if covered[start] or covered[end - 1]:
            continue
        pattern = PATTERNS[int((match.lastgroup or "p0")[1:])]
        for rank, mention in enumerate(_antecedents(mentions, start, pattern)):
            found.append(Reference(start, end, mention, pattern.kind, rank))
    return found


def _antecedents(mentions: Sequence[Mention], place: int, pattern: _Pattern) -> list[Mention]:
    fits: list[Mention] = []
    for mention in reversed(mentions):
        if mention.start >= place:
            continue
        if place - mention.start > _REACH or len(fits) == _ANTECEDENTS:
            break
        right_type = (
            mention.type == pattern.type if pattern.type else mention.type in {"Enterprise", "Village", "Place"}
        )
        if not right_type or (pattern.names and not re.search(f"(?:{pattern.names})[^\\w]*$", mention.name)):
            continue
        if all(mention.name != other.name for other in fits):
            fits.append(mention)
    return fits


def _groups(text: str, mentions: Sequence[Mention], covered: bytearray) -> list[Reference]:
    """“三村” stands for the last three villages: one reference for each."""
    found = []
    for match in _GROUP.finditer(text):
        start, end = match.span()
        if covered[start] or covered[end - 1]:
            continue
        count = _COUNTS.get(match[1]) or int(match[1])
        latest: dict[str, Mention] = {}
        for mention in reversed(mentions):
            if mention.start < start - _REACH or len(latest) == count:
                break
            if mention.start < start and mention.type in _GROUP_TYPES[match[2]]:
                latest.setdefault(mention.name, mention)
        if len(latest) == count:
            found += [Reference(start, end, m, "group", 0) for m in latest.values()]
    return found

"""When a shorter name means the same thing as a longer one in the same report: each rule with its reason.

A rule looks at two names of one type, in the form that `key` gives, and at nothing else; that the longer name is the
only one that fits is for the caller to see.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from ingest.lexicon import PROVINCE_LETTERS, Lexicon, short_forms, village_stem
from ingest.lexicon.names import words

IGNORED = re.compile(r"[\s“”\"'‘’「」『』《》〈〉【】（）()\-—·•]+")
QUOTED = re.compile(r"[“\"「『‘《]([^”\"」』’》]{2,})[”\"」』’》]")
BODIES = frozenset({"PartyOrganization", "Alliance", "Department", "Enterprise", "Organization", "Place"})
NAMED_WORKS = frozenset({"Alliance", "Enterprise", "Organization", "Place", "Programme", "Event", "Product"})
# Words that a company or body shares with every other of its kind: they make no short form distinctive.
COMMON_CORES = words("common_cores")
# Endings of different wording that say the same kind of body.
SAME_KIND = (
    ("公司", ("公司", "集团", "厂", "企业")),
    ("合作社", ("合作社", "联合社", "联社")),
    ("联盟", ("联盟", "联合体", "共同体")),
    ("集团", ("集团", "公司")),
    ("产业园", ("产业园", "园区", "示范园", "园")),
    ("社", ("合作社", "社")),
    ("站", ("站",)),
    ("队", ("队", "团")),
    ("中心", ("中心",)),
    ("项目", ("项目",)),
    ("党委", ("党委", "党工委", "委员会")),
    ("支部", ("支部", "支部委员会")),
    ("联合体", ("联合体",)),
    ("小院", ("小院",)),
)


@lru_cache(maxsize=1 << 13)  # every name is compared with many
def key(form: str) -> str:
    """The form in which names are compared: without quotes, brackets and white space, in half-width lower case."""
    return IGNORED.sub("", unicodedata.normalize("NFKC", form)).lower()


def is_subsequence(short: str, long: str) -> bool:
    """Whether the characters of `short` stand in `long` in their order."""
    rest = iter(long)
    return all(character in rest for character in short)


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to say a name shorter; `fits(short, long, lexicon)` on forms as written, `types` it is used for."""

    name: str
    reason: str
    types: frozenset[str]
    fits: Callable[[str, str, Lexicon], bool]


def _tail(short: str, long: str, lexicon: Lexicon) -> bool:
    """县农业农村局 for 某县农业农村局: the front that says whose it is has been dropped."""
    return len(short) > 1 and re.sub(r"(?<=支部|总支)委员会$", "", key(long)).endswith(key(short))


def _quoted(short: str, long: str, lexicon: Lexicon) -> bool:
    """金穗 for “金穗”产业联盟: the name proper is what stands in quotes."""
    inner = [part for quoted in QUOTED.findall(long) for part in (quoted, *quoted.split("·"))]
    return any(key(short) == key(part) for part in inner)


def _core(short: str, long: str, lexicon: Lexicon) -> bool:
    """蓝湾水产 for 天台蓝湾水产有限公司: the middle, without place and legal form."""
    brief, full = key(short), key(long)
    inside = brief in full and not full.startswith(brief)
    return inside and len(brief) > 1 and brief not in COMMON_CORES and not lexicon.gazetteer.divisions_called(brief)[0]


def _core_and_kind(short: str, long: str, lexicon: Lexicon) -> bool:
    """绿野公司 for 绿野文旅有限公司: the core, then the same kind of body."""
    brief, full = key(short), key(long)
    for ending, others in SAME_KIND:
        if brief.endswith(ending) and full.endswith(others):
            core = brief[: -len(ending)]
            if len(core) < 2 or core in COMMON_CORES or lexicon.gazetteer.divisions_called(core)[0]:
                return False
            rest = full.removeprefix(core) if full.startswith(core) else full
            return core in full or (len(core) > 2 and is_subsequence(core, rest))
    return False


def _initials(short: str, long: str, lexicon: Lexicon) -> bool:
    """川农大 for 四川农业大学: one of the first two characters, the last or last but one, the rest in order."""
    brief, full = key(short), key(long)
    whole = brief.endswith(("大学", "学院")) or brief in lexicon.universities
    ends = full.endswith(brief[-1]) or full[-2:-1] == brief[-1]
    return not whole and 2 <= len(brief) <= 5 and brief[0] in full[:2] and ends and is_subsequence(brief, full)


def _division(short: str, long: str, lexicon: Lexicon) -> bool:
    """天台 for 天台县, 达旗 for 达拉特旗; 天台县人民政府 for the county itself."""
    brief = re.sub(r"(人民政府|政府)$", "", short)
    clipped = len(brief) < 4 and brief[-1:] in "旗县州区" and (brief[:1], brief[-1:]) == (long[0], long[-1])
    if len(brief) == 1:
        return PROVINCE_LETTERS.get(brief, "?") in (long, *short_forms(long))
    same = brief == re.sub(r"(人民政府|政府)$", "", long)
    return same or brief in short_forms(long) or (clipped and is_subsequence(brief, long))


def _village(short: str, long: str, lexicon: Lexicon) -> bool:
    """石桥 for 石桥村, 石桥行政村 for 石桥村."""
    return village_stem(short) == village_stem(long)


def _given_name(short: str, long: str, lexicon: Lexicon) -> bool:
    """建国 for 张建国: the name without the surname."""
    surname = lexicon.surname(long)
    return len(long) - len(surname) == 2 and bool(surname) and long == surname + short


def _first_part(short: str, long: str, lexicon: Lexicon) -> bool:
    """阿米娜 for 阿米娜·买买提: the first of the parts between dots."""
    return short in re.split(r"[·•・]", long)


def _variety(short: str, long: str, lexicon: Lexicon) -> bool:
    """小米 for 有机小米: the good without what praises or tells apart this one."""
    return len(short) > 1 and len(long) - len(short) < 5 and key(long).endswith(key(short))


RULES = (
    Rule("division", "a division's short form, or its government", frozenset({"Division"}), _division),
    Rule("village", "a village's name without 村", frozenset({"Village"}), _village),
    Rule("quoted", "the quoted part is the name proper", NAMED_WORKS, _quoted),
    Rule("tail", "without the front that says whose", BODIES | {"University", "Event", "Programme"}, _tail),
    Rule("core", "without place and legal form", frozenset({"Enterprise"}), _core),
    Rule("core and kind", "the core with the kind of body", BODIES, _core_and_kind),
    Rule("initials", "first characters", frozenset({"University", "Organization"}), _initials),
    Rule("given name", "without the surname", frozenset({"Person"}), _given_name),
    Rule("first part", "the first of several parts", frozenset({"Person"}), _first_part),
    Rule("variety", "without the epithet", frozenset({"Product"}), _variety),
)


def rule_for(short: str, long: str, kind: str, lexicon: Lexicon) -> Rule | None:
    """The first rule by which `short` can mean the `kind` of thing called `long`, None if there is none."""
    return next((r for r in RULES if kind in r.types and r.fits(short, long, lexicon)), None)

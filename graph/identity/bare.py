"""Bare names: those that say a body's rank or what kind of body it is, and leave open which one of the kind."""

import re
from functools import cache, lru_cache

from graph.identity.names import KIND_LEVELS, VILLAGE, body_name, core, name_key, names_place, normal, words

BODIES = frozenset({"Department", "PartyOrganization", "Organization", "University", "Enterprise", "Alliance", "Place"})
PROPER = 2  # characters beyond common words that tell a thing from its like
QUOTED = re.compile(r"[“\"「『《〈](.{2,}?)[”\"」』》〉]")


@cache
def _common() -> re.Pattern[str]:
    lists = words()["lists"]
    return re.compile("|".join(sorted((*lists["generic"], *lists["trades"]), key=len, reverse=True)))


@lru_cache(maxsize=100_000)
def is_bare(kind: str, name: str) -> bool:
    """Whether a body's name only says its rank (`县供电公司`, `镇党委`) or its kind (`供电公司`, `联合党委`).

    What follows the bare word for a county, township and so on is taken for a kind of body, known or not; after 村 and
    社区, with which the names of alliances begin as well (`村强民富共同体`), only where it consists of common words.
    """
    if kind not in BODIES or QUOTED.search(name):
        return False
    plain = name_key(kind, name) if kind == "University" else normal(name)
    if names_place(plain):
        return False
    taken = body_name(plain)
    if taken.kind and (kind != "Alliance" or KIND_LEVELS[taken.kind] != VILLAGE):
        return True
    return len(_common().sub("", plain)) < PROPER


@lru_cache(maxsize=100_000)
def has_bare_body(kind: str, name: str) -> bool:
    """Whether the name is bare, or is a bare one with its place before it (`双溪县供电公司`)."""
    return is_bare(kind, name) or (kind in BODIES and is_bare(kind, body_name(name).rest))


@lru_cache(maxsize=100_000)
def is_distinctive(kind: str, name: str) -> bool:
    """Whether two reports that use this name for this type of thing mean one thing, whatever else they say."""
    plain = normal(name)
    if kind == "Product":
        return True
    if kind == "Programme":
        return len(plain) >= 3
    if kind in ("Person", "Event") or is_bare(kind, name):
        return False
    if kind in ("University", "Department"):
        return names_place(name) or (kind == "University" and plain.endswith("大学"))
    return len(plain) >= 4 and (len(core(name)) >= PROPER or names_place(name))

"""Sums of which each of several has one: 柳村、石村各出资20万元 measures both villages, 三村各 the three named last."""

import re

from ingest.claims.figures_cast import Cast
from ingest.claims.figures_quantities import Quantity

REACH = 600  # characters back that the members of a group may be named
_EACH = re.compile(r"各(?!种|类|项|级|界|方|部门|地|县|乡|镇|家|村|自然|族|式|路|环节)")
_GROUP = re.compile(r"([两二三四五六七八九2-9])(?:个|家)?(村|社区|镇|乡|县|嘎查|寨|家)[^，。；]{0,6}$")
_COUNTS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_TYPES = {"镇": "Division", "乡": "Division", "县": "Division", "家": "Enterprise"}
_JOINED = re.compile(r"[“”\"]?(?:、|和|与|及|以及|，)[“”\"]?")


def members(quantity: Quantity, cast: Cast) -> list[int]:
    """The things that have as much each, in the order of the text; [] where the figure is one thing's."""
    scene = cast.scene
    start = scene.clause(quantity.number)[0]
    ahead = scene.text[start : quantity.start]
    each = _EACH.search(ahead)
    if not each:
        return []
    group = _GROUP.search(ahead[: each.start()])
    if group:
        return _named_last(
            _COUNTS.get(group[1]) or int(group[1]), _TYPES.get(group[2], "Village"), start + group.start(), cast
        )
    return _listed(start + each.start(), cast)


def _named_last(count: int, kind: str, place: int, cast: Cast) -> list[int]:
    """The last `count` things of a type that are named before `place`, [] where there are fewer."""
    found: list[int] = []
    for spoken in reversed(cast.spoken[: cast.before(place)]):
        if spoken.start < place - REACH or len(found) == count:
            break
        if spoken.guess == 0 and spoken.thing not in found and cast.mentions[spoken.thing].type == kind:
            found.append(spoken.thing)
    return found[::-1] if len(found) == count else []


def _listed(place: int, cast: Cast) -> list[int]:
    """The list of names that stands before 各 at `place` in its clause or sentence, [] without one."""
    text = cast.scene.text
    names = [s for s in cast.spoken[: cast.before(place)] if s.guess == 0 and s.start >= place - REACH]
    if not names or not re.fullmatch(r"[“”\"’]?[^，。；、]{0,8}", text[names[-1].end : place]):
        return []
    found = [names[-1].thing]
    kind = cast.mentions[names[-1].thing].type
    for one, next_one in zip(reversed(names[:-1]), reversed(names), strict=False):
        if not _JOINED.fullmatch(text[one.end : next_one.start]) or cast.mentions[one.thing].type != kind:
            break
        if one.thing not in found:
            found.append(one.thing)
    return found[::-1] if len(found) > 1 else []

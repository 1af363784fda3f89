"""Rules that add what needs no weighing: what a name itself says, and titles between a body and a person.

柳湾村党支部 is in 柳湾村, X大学Y学院 is part of X大学, 柳湾村党支部书记甲 holds office in 柳湾村. What a rule says is
weighed together with all else (see `relations_weighing`), so a rule need not always be right.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile
from typing import NamedTuple

from graph.ontology import ontology
from ingest.claims import relations_carried
from ingest.claims.relations_carried import carried
from ingest.claims.relations_scene import Scene
from ingest.claims.roles import TITLE


class Hit(NamedTuple):
    """What a rule found between two items."""

    name: str
    relation: str
    head: int
    tail: int
    evidence: tuple[int, int] | None = None  # where the rule itself knows what says it


class NameRule(NamedTuple):
    """A thing of type `head` whose name begins with the whole name of a thing of type `tail` has `relation` to it.

    `unless` bars heads, `place` says how the tail's name must end.
    """

    name: str
    relation: str
    head: str
    tail: str
    unless: str = ""
    place: str = ""


# Provinces and bare names (上海, 广东) are barred: a firm's name tells where it is registered, not where it works.
_LOCAL = "[县市区旗镇乡]$|街道$"
NAME_RULES = (
    NameRule("branch-in-village", "located_in", "PartyOrganization", "Village"),
    NameRule("committee-in-division", "located_in", "PartyOrganization", "Division", place=_LOCAL),
    NameRule("department-in-division", "located_in", "Department", "Division", place=_LOCAL),
    NameRule("firm-in-division", "located_in", "Enterprise", "Division", place=_LOCAL),
    NameRule("body-in-division", "located_in", "Organization", "Division", "[报网刊]$|简报|融媒|广播|电视", _LOCAL),
    NameRule("college-of-university", "part_of", "University", "University"),
    NameRule("branch-of-firm", "part_of", "PartyOrganization", "Enterprise"),
    NameRule("team-of-department", "part_of", "Department", "Department"),
)
NESTED_FORM = "nested-form"  # 松阳县四都乡, where 松阳县 is named too
TITLE_BESIDE_NAME = "title-beside-name"
CONTAINER = "container"  # what the mentions' own container says
RULES = (*(rule.name for rule in NAME_RULES), NESTED_FORM, CONTAINER, TITLE_BESIDE_NAME, relations_carried.NAME)
_PLACES = ("Village", "Division")
_BODIES = frozenset(ontology().relation("affiliated_with").tails)
_BRANCH = re.compile("(?:党支部|党总支|党委|村委会|支部)$")
_LONGEST_TITLE = 24
# 甲同志任|某村|第一书记: what stands between a person and the body where they take an office.
_TAKES_OFFICE = re.compile(
    "(?:同志|老师|教授|博士)?[，,]?(?:现|再次?|又|后来?|先后|转|改|同时|还|(?:被|受|获)[选派聘荐举]+|高票)*"
    "(?:任|担任|兼任|出任|兼|挂职|挂任|当选为?|聘为)了?"
)
_OFFICE = re.compile(r"[^，。；！？、（(\n]{2,14}")


def rule_hits(scene: Scene) -> list[Hit]:
    """Everything the rules say of `scene`."""
    named = [*_contained_names(scene), *_nested_forms(scene), *_containers(scene), *_titled_persons(scene)]
    return [*named, *_carried_models(scene)]


def _carried_models(scene: Scene) -> Iterator[Hit]:
    """“我们的模式带到A县”: see `relations_carried`."""
    real = [i for i in range(len(scene.start)) if not scene.kind[i]]
    item = {scene.mentions[i].id: i for i in reversed(real)}
    for c in carried(scene.text, [scene.mentions[i] for i in real]):
        yield Hit(relations_carried.NAME, "replicated_to", item[c.head.id], item[c.tail.id], (c.start, c.end))


def _contained_names(scene: Scene) -> list[Hit]:
    """Of every entity that a name rule fits the longest name it holds."""
    first: dict[int, int] = {}
    for item in range(len(scene.start)):
        if not scene.kind[item]:
            first.setdefault(int(scene.entity[item]), item)
    by_type: dict[str, list[int]] = {}
    for item in first.values():
        by_type.setdefault(scene.mentions[item].type, []).append(item)
    found = []
    for rule in NAME_RULES:
        for head in by_type.get(rule.head, ()):
            fits = [tail for tail in by_type.get(rule.tail, ()) if _fits(scene, rule, head, tail)]
            if fits:
                tail = max(fits, key=lambda i: (len(scene.mentions[i].name), -i))
                found.append(Hit(rule.name, rule.relation, head, _nearest(scene, head, tail)))
    return found


def _nested_forms(scene: Scene) -> list[Hit]:
    """Villages and divisions that the text names together with what they lie in, as one form."""
    real = [i for i in range(len(scene.start)) if not scene.kind[i] and scene.mentions[i].type in _PLACES]
    holders = {scene.mentions[i].form: i for i in reversed(real)}
    found: dict[tuple[int, int], Hit] = {}
    for item in real:
        form = scene.mentions[item].form
        fits = [form[:end] for end in range(2, len(form)) if form[:end] in holders]
        fits = [f for f in fits if scene.entity[holders[f]] != scene.entity[item] and not f.endswith("村")]
        if fits:
            tail = holders[max(fits, key=len)]
            key = (int(scene.entity[item]), int(scene.entity[tail]))
            found.setdefault(key, Hit(NESTED_FORM, "located_in", item, tail))
    return list(found.values())


def _fits(scene: Scene, rule: NameRule, head: int, tail: int) -> bool:
    holder, held = scene.mentions[head], scene.mentions[tail]
    if len(held.name) < 2 or not holder.name.startswith(held.name) or holder.name == held.name:
        return False
    if rule.unless and re.search(rule.unless, holder.name):
        return False
    return not rule.place or re.search(rule.place, held.name) is not None


def _nearest(scene: Scene, head: int, tail: int) -> int:
    same = [i for i in range(len(scene.start)) if scene.entity[i] == scene.entity[tail] and not scene.kind[i]]
    return min(same, key=lambda i: (abs(int(scene.start[i]) - int(scene.start[head])), i))


def _containers(scene: Scene) -> list[Hit]:
    """Villages and divisions whose container the mention room has told, where the report names it."""
    real = [i for i in range(len(scene.start)) if not scene.kind[i] and scene.mentions[i].type in _PLACES]
    by_name: dict[str, list[int]] = {}
    for item in real:
        by_name.setdefault(scene.mentions[item].name, []).append(item)
    nearest: dict[int, tuple[int, int, int]] = {}
    for item in real:
        for tail in by_name.get(scene.mentions[item].within, []):
            if scene.entity[tail] != scene.entity[item]:
                pair = (abs(int(scene.start[tail]) - int(scene.start[item])), item, tail)
                nearest[int(scene.entity[item])] = min(nearest.get(int(scene.entity[item]), pair), pair)
    return [Hit(CONTAINER, "located_in", item, tail) for _, item, tail in nearest.values()]


def _titled_persons(scene: Scene) -> list[Hit]:
    """A body, a title and a name in a row; several titles may be joined by 、."""
    real = [i for i in range(len(scene.start)) if not scene.kind[i]]
    hits = list(_office_takers(scene, real))
    for body, person in pairwise(real):
        if scene.mentions[person].type != "Person" or scene.mentions[body].type not in _BODIES:
            continue
        said = scene.text[scene.end[body] : scene.start[person]].strip("的” ")
        titles = said.split("、")
        if len(said) <= _LONGEST_TITLE and all(_is_title(title) for title in titles):
            tail = _village_of(scene, body, real)
            hits.append(Hit(TITLE_BESIDE_NAME, "affiliated_with", person, tail))
    return hits


def _office_takers(scene: Scene, real: Sequence[int]) -> Iterator[Hit]:
    """A name, a verb, a body with the places it lies in before it, and a title."""
    for at, person in enumerate(real[:-1]):
        verb = _TAKES_OFFICE.fullmatch(scene.text, scene.end[person], scene.start[real[at + 1]])
        if verb is None or scene.mentions[person].type != "Person":
            continue
        rest = list(takewhile(lambda pair: scene.end[pair[0]] == scene.start[pair[1]], pairwise(real[at + 1 :])))
        body = rest[-1][1] if rest else real[at + 1]
        office = _OFFICE.match(scene.text, scene.end[body])
        if office is not None and TITLE.search(office[0]) and scene.mentions[body].type in _BODIES:
            yield Hit(TITLE_BESIDE_NAME, "affiliated_with", person, _village_of(scene, body, real))


def _is_title(said: str) -> bool:
    return re.search(r"[，。；！？：:“”（）()\s]", said) is None and TITLE.search(said) is not None


def _village_of(scene: Scene, body: int, real: Sequence[int]) -> int:
    """The village whose branch `body` is, where the text names it (X村党支部书记甲 is the village's), else `body`."""
    mention = scene.mentions[body]
    village = _BRANCH.sub("", mention.name)
    if mention.type != "PartyOrganization" or village == mention.name:
        return body
    fits = [i for i in real if scene.mentions[i].type == "Village" and scene.mentions[i].name == village]
    return min(fits, key=lambda i: abs(int(scene.start[i]) - int(scene.start[body])), default=body)

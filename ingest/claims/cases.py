"""Which stories a report tells: one alliance's part from its heading, or the change of subject, to the next."""

import json
import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from graph.records import Case, Mention, Report
from ingest.claims.cases_features import ASPECT, NAMES, STRONG, Block, Extent, blocks, boundary_features
from ingest.lexicon import simplified
from ingest.models import model_path

BOUNDARY = 0.2  # a story begins here when the model is that sure: best F1 over annotated reports, each left out once
SIBLING = 0.12  # ... or that sure, and a heading of the same kind opens a story for certain
CERTAIN = 0.5
FEWEST_NAMES = 3  # names of villages, alliances, firms …; a part with fewer tells no story
PROSE = 40  # characters: a paragraph that tells something
FIRST_OF_SERIES = re.compile(r"(?:案例|样本|实例|故事|镜头|现场|做法|之)?[（(【]?(?:[一壹1]|①)[)）】]?[、.．:： 　]")
TOGETHER = re.compile(
    "联盟|联合体|共同体|联建|联营|结对|抱团|飞地|帮带|帮扶|共富|联合党|毗邻|睦邻|联村|牵头|合作|强村|携手|合股|入股|联手|合办|共建|"
    "共治|带动|驻村|签约|协议|搭伙|合伙|一起|片区|组团|结成|产业链党"
)
BODIES = ("Alliance", "Village", "Enterprise", "Place", "PartyOrganization", "University", "Organization", "Programme")


@dataclass(frozen=True, slots=True)
class BoundaryModel:
    """Logistic regression over `cases_features.NAMES`, trained by `ingest.training.cases`."""

    weights: tuple[float, ...]
    bias: float

    def probability(self, numbers: Sequence[float]) -> float:
        """How likely a story begins at a paragraph with these features."""
        z = self.bias + sum(w * x for w, x in zip(self.weights, numbers, strict=True))
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, z))))

    @classmethod
    @cache
    def load(cls) -> "BoundaryModel":
        """The model of this version."""
        data: dict[str, Any] = json.loads(model_path("case_boundaries.json").read_text(encoding="utf-8"))
        return cls(tuple(data["weights"][name] for name in NAMES), data["bias"])


def _group(block: Block) -> tuple[str, int] | None:
    section = block.section
    return (section.kind, section.level) if section and section.level <= 3 else None


def _beginnings(parts: Sequence[Block], model: BoundaryModel) -> list[int]:
    """Paragraphs at which a second or later story begins."""
    extent = Extent(parts)
    sure = [0.0] + [model.probability(boundary_features(parts, i, extent)) for i in range(1, len(parts))]
    firm = {_group(parts[i]) for i, p in enumerate(sure) if p >= CERTAIN and _group(parts[i])}
    declared = {i for i, part in enumerate(parts) if part.section is not None and part.section.kind == "case"}
    declared = declared if len(declared) > 1 else set()  # 案例一, 案例二: the page itself says where its stories begin
    found: list[int] = []
    for i, p in enumerate(sure):
        group = _group(parts[i])
        section = parts[i].section
        sibling = group in firm and p >= SIBLING and section is not None and not ASPECT.search(section.title)
        if p >= BOUNDARY or sibling or i in declared:
            if found and i - found[-1] <= 1:  # a heading of two lines: 材料之二 / 罗坊乡：……
                continue
            found.append(i)
    return found


def _first(text: str, parts: Sequence[Block], beginnings: Sequence[int]) -> int:
    """Where the first story begins: at the earlier heading of the same kind as the second's, else where names begin."""
    if beginnings and (opening := parts[beginnings[0]]).section and FIRST_OF_SERIES.match(text, opening.span.start):
        return beginnings[0]  # 案例一, 样本一: what stands before it is the page's lead, not a story
    if beginnings:
        group = _group(parts[beginnings[0]])
        for i in range(beginnings[0]):
            section = parts[i].section
            if group and _group(parts[i]) == group and section and not ASPECT.search(section.title):
                return i
    for i, part in enumerate(parts):
        told = part.span.end - part.span.start >= PROSE
        if part.names and (told or (part.section is not None and part.section.level == 0)):
            return i
    return 0


def _ends(parts: Sequence[Block], begin: int, end: int) -> int:
    """The end of a story without the page's tail: behind its last paragraph that names a strong thing."""
    for i in range(end - 1, begin, -1):
        if (
            any(kind in STRONG for kind in parts[i].types.values())
            and parts[i].span.end - parts[i].span.start >= PROSE // 2
        ):
            return i + 1
    return end if end - begin <= 1 else begin + 1


def _bodies(parts: Sequence[Block]) -> Counter[str]:
    return Counter(name for part in parts for name, kind in part.types.items() if kind in BODIES)


def _tells(parts: Sequence[Block], before: set[str]) -> bool:
    """Whether paragraphs tell a story of their own: prose, enough bodies, some of them new.

    A page's first story may be told of divisions, where an alliance is named too.
    """
    named = _bodies(parts)
    if not before and any(kind == "Alliance" for part in parts for kind in part.types.values()):
        named += Counter(name for part in parts for name, kind in part.types.items() if kind == "Division")
    prose = any(p.span.end - p.span.start >= PROSE and p.names for p in parts)
    return prose and len(named) >= FEWEST_NAMES and len(named.keys() - before) >= 2


def _place(parts: Sequence[Block], mentions: Sequence[Mention]) -> str:
    """The place a story is set in: the division that holds most of its bodies, else the village named most."""
    start, end = parts[0].span.start, parts[-1].span.end
    inside = [m for m in mentions if start <= m.start < end]
    divisions = {m.name for m in inside if m.type == "Division"}
    held = Counter(m.within for m in inside if m.type in ("Village", "Alliance", "Place") and m.within in divisions)
    named = Counter(m.name for m in inside if m.type == "Division")
    for name in named:
        held[name] += named[name]
    if held:
        return max(held, key=lambda name: (held[name] + 0.5 * name.endswith(("镇", "乡", "街道")), name))
    villages = Counter(m.name for m in inside if m.type == "Village")
    return max(villages, key=lambda name: (villages[name], name)) if villages else ""


def _title(report: Report, parts: Sequence[Block], *, only: bool) -> str:
    if not only:
        for part in parts[:2]:
            if part.section and part.section.title and part.section.level <= 4:
                return part.section.title
    if only and report.title:
        return report.title
    names = _bodies(parts)
    best = [name for kind in BODIES for name in names if any(p.types.get(name) == kind for p in parts)]
    return best[0] if best else report.title or report.text[parts[0].span.start : parts[0].span.end][:30]


def _of_alliances(report: Report, mentions: Sequence[Mention]) -> bool:
    """Whether the report has anybody work together at all: else whatever it tells is no case."""
    return any(m.type == "Alliance" for m in mentions) or bool(TOGETHER.search(simplified(report.text)))


def find_cases(report: Report, mentions: Sequence[Mention]) -> tuple[Case, ...]:
    """The stories of `report` in text order, without overlap; none where it tells none."""
    parts = blocks(report, mentions)
    if not parts or not _of_alliances(report, mentions):
        return ()
    beginnings = _beginnings(parts, BoundaryModel.load())
    first = _first(report.text, parts, beginnings)
    edges = [first, *(b for b in beginnings if b > first), len(parts)]
    kept: list[tuple[int, int]] = []
    before: set[str] = set()
    for begin, end in pairwise(edges):
        if _tells(parts[begin:end], before):
            kept.append((begin, end))
            before |= _bodies(parts[begin:end]).keys()
        elif kept:  # an afterword about the story before it
            kept[-1] = (kept[-1][0], end)
    cases = []
    for position, (begin, end) in enumerate(kept):
        told = parts[begin : _ends(parts, begin, end)]
        title, place = _title(report, told, only=len(kept) == 1), _place(told, mentions)
        cases.append(Case(report.id, position, told[0].span.start, told[-1].span.end, title, place))
    return tuple(cases)

"""What a report's paragraphs show of its stories: where one may end and the next begin, as numbers."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from graph.records import Mention, Report
from ingest.segmenting import Section, Span, paragraphs, sections

# Headings that name an aspect of one story rather than a new one.
ASPECT = re.compile(
    r"背景|目标|架构|任务|措施|做法|成效|效果|体会|启示|问题|建议|打算|安排|要求|保障|概况|情况|缘由|缘起|"
    r"过程|结果|讨论|结论|比较|小结|总体|考虑|原则|思考|不足|经验|"
    r"推广|运作|波折|下一步|写在|编后|编者|导读|前言|后记|附[件：:]|补记|注释|参考文献|摘要|提出|方法|资料来源|"
    r"机制|统一|坚持|强化|健全|完善|提高|立足"
)
STRONG = frozenset(
    {
        "Village",
        "Alliance",
        "Enterprise",
        "Place",
        "PartyOrganization",
        "Person",
        "Programme",
        "University",
        "Organization",
    }
)
KINDS = ("line", "case", "numbered", "sub", "digit", "marked", "bracket", "question", "item", "row", "title")
NAMES = (
    *(f"is_{kind}" for kind in KINDS), "heading", "after_heading", "colon", "aspect", "names_in_heading", "siblings",
    "overlap", "fresh", "seen", "right_names", "left_names", "new_alliance", "left_alliance", "new_village",
    "new_division", "position", "heading_fresh", "heading_fresh_alliance", "case_fresh", "plain_fresh", "sibling_fresh",
    "local_overlap",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph with the section it opens, if any, and how often each name stands in it."""

    span: Span
    section: Section | None
    names: Counter[str]
    types: dict[str, str]


def blocks(report: Report, mentions: Sequence[Mention]) -> list[Block]:
    """The paragraphs of a report with their mentions."""
    opened = {part.start: part for part in sections(report.text, report.title)}
    ordered = sorted(mentions, key=lambda m: m.start)
    starts = [m.start for m in ordered]
    made = []
    for span in paragraphs(report.text):
        inside = ordered[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
        made.append(
            Block(span, opened.get(span.start), Counter(m.name for m in inside), {m.name: m.type for m in inside})
        )
    return made


def _opens(block: Block) -> bool:
    return block.section is not None and block.section.level <= 4 and block.section.kind != "row"


def _gather(parts: Sequence[Block]) -> dict[str, str]:
    return {name: kind for part in parts for name, kind in part.types.items()}


class Extent:
    """Where each name stands first and last, by number of paragraph."""

    def __init__(self, parts: Sequence[Block]) -> None:
        self.first: dict[str, int] = {}
        self.last: dict[str, int] = {}
        for number, part in enumerate(parts):
            for name in part.names:
                self.first.setdefault(name, number)
                self.last[name] = number

    def before(self, name: str, i: int) -> bool:
        """Whether `name` stands anywhere before paragraph `i`."""
        return self.first.get(name, i) < i

    def seen(self, i: int) -> float:
        """Of the names from paragraph `i` on, the share that stands before it too."""
        rest = [name for name, last in self.last.items() if last >= i]
        return sum(self.first[name] < i for name in rest) / max(1, len(rest))


def boundary_features(parts: Sequence[Block], i: int, extent: Extent) -> list[float]:
    """The numbers `NAMES` for a boundary before paragraph `i` (i > 0) of `parts`, whose `extent` is given."""
    here = parts[i]
    kind = here.section.kind if here.section else ""
    heading = here.section.title if here.section else ""
    opens = _opens(here)
    siblings = sum(1 for p in parts if p.section and p.section.kind == kind) if opens else 0
    ahead = next((j for j in range(i + 1, len(parts)) if _same_rank(here, parts[j])), len(parts))
    behind = next((j for j in range(i - 1, -1, -1) if _same_rank(here, parts[j])), 0)
    right, left = _gather(parts[i : min(ahead, i + 8)]), _gather(parts[behind:i])
    strong = {n for n, t in right.items() if t in STRONG}
    old = {n for n in strong if extent.before(n, i)}
    fresh = 1 - len(old) / len(strong) if strong else 0.0
    overlap = len(strong & left.keys()) / max(1, min(len(strong), len(left)))
    new = [t for n, t in right.items() if not extent.before(n, i)]
    new_alliance = float("Alliance" in new)
    near = _gather(parts[max(0, i - 2) : i])
    local = len(_gather(parts[i : i + 2]).keys() & near.keys()) / max(1, len(near))
    has = float(opens)
    return [
        *(float(kind == k) for k in KINDS),
        has,
        float(i > 0 and _opens(parts[i - 1])),
        float(bool(re.search(r"[：:｜|丨]", heading))),
        float(bool(ASPECT.search(heading))),
        float(min(3, len(here.names))) if opens else 0.0,
        min(siblings, 5) / 5,
        overlap,
        fresh,
        extent.seen(i),
        min(len(strong), 8) / 8,
        min(len(left), 8) / 8,
        new_alliance,
        float("Alliance" in left.values()),
        min(3, new.count("Village")) / 3,
        min(2, new.count("Division")) / 2,
        i / len(parts),
        has * fresh,
        has * new_alliance,
        float(kind == "case") * fresh,
        (1 - has) * fresh,
        min(siblings, 5) / 5 * fresh,
        local,
    ]


def _same_rank(here: Block, other: Block) -> bool:
    """Whether `other` opens a section beside or above `here`'s; a plain paragraph ends at any heading."""
    if not _opens(other):
        return False
    return (
        here.section is None
        or not _opens(here)
        or (other.section is not None and other.section.level <= here.section.level)
    )

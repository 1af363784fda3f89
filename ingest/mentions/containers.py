"""Where each thing lies: the nearest container the report gives, and the official codes of places."""

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.lexicon import parent
from ingest.mentions.candidates import Candidate
from ingest.mentions.divisions import nested_in
from ingest.mentions.grouping import Group
from ingest.mentions.namesakes import TOWNSHIP_ENDS, container_before
from ingest.mentions.villages import VillageCodes

RELATIVE = {
    "省": (2,),
    "州": (4,),
    "市": (4, 6),
    "县": (6,),
    "区": (6,),
    "旗": (6,),
    "镇": (9,),
    "乡": (9,),
    "街": (9,),
}
BODIES = frozenset({"PartyOrganization", "Alliance", "Department", "Enterprise", "Organization", "Place", "Event"})


@dataclass(frozen=True, slots=True)
class Placed:
    """What is known of where a group lies: name of the container as the report has it, own code."""

    within: str = ""
    code: str = ""


class Containers:
    """Answers where the groups of one report lie; `names` are the groups' canonical names, in the groups' order."""

    def __init__(self, text: str, spans: Sequence[Candidate], groups: Sequence[Group], names: Sequence[str]) -> None:
        self._text, self._spans, self._groups, self._names = text, spans, groups, names
        self._index = {span: i for i, span in enumerate(spans)}
        self._owner = {s.start: (g, n) for g, n in zip(groups, names, strict=True) for s in g.spans}
        self._by_code = {g.codes[0]: n for g, n in zip(groups, names, strict=True) if len(g.codes) == 1}
        self._divisions = [(g, n) for g, n in zip(groups, names, strict=True) if g.type == "Division"]

    def place(self, group: Group, villages: VillageCodes) -> Placed:
        """Container and code of `group`; '' for what the report does not settle."""
        before = self._written_before(group)
        within = self._owner[before.start][1] if before else ""
        codes = self._village_codes(group, before, villages) if group.type == "Village" else group.codes
        code = codes[0] if len(codes) == 1 and group.type in {"Village", "Division"} else ""
        if not within and code:
            within = self._named_ancestor(code)
        if not within and group.type in BODIES:
            within = self._held_in_name(group)
        return Placed(within, code)

    def _written_before(self, group: Group) -> Candidate | None:
        """The smallest division that runs straight into one of the group's mentions."""
        if group.type not in BODIES | {"Division", "Village", "University"}:
            return None
        found = [container_before(self._text, self._spans, self._index[s]) for s in group.spans]
        fitting = [
            c for c in found if c is not None and self._owner[c.start][0] is not group and self._larger(c, group)
        ]
        return max(fitting, key=lambda c: max((len(code) for code in self._codes_at(c)), default=0), default=None)

    def _codes_at(self, span: Candidate) -> tuple[str, ...]:
        return self._owner[span.start][0].codes

    def _larger(self, container: Candidate, group: Group) -> bool:
        """Whether the division can hold the group: not where the codes say otherwise."""
        if group.type != "Division":
            return True
        codes = self._codes_at(container)
        return not codes or not group.codes or any(nested_in(code, codes) for code in group.codes)

    def _village_codes(self, group: Group, before: Candidate | None, villages: VillageCodes) -> tuple[str, ...]:
        if before is not None and self._text[before.start : before.end].endswith(TOWNSHIP_ENDS):
            written = self._codes_at(before)
            if not written:
                return ()  # a township the gazetteer does not know: no village below it can be known
            return next((c for form in group.forms if (c := villages.of(form, written))), ())
        if len(group.codes) == 1:
            return group.codes
        written = self._codes_at(before) if before else ()
        found = next((c for form in group.forms if (c := villages.of(form, written))), ())
        return villages.around.best(found) if len(found) > 1 else found

    def _named_ancestor(self, code: str) -> str:
        above = parent(code)
        while above:
            if above in self._by_code:
                return self._by_code[above]
            above = parent(above)
        return ""

    def _held_in_name(self, group: Group) -> str:
        """The division that the name holds (某县供电公司), or that 县, 镇 at its head means: the one named last."""
        for form in sorted(group.forms, key=len, reverse=True):
            for other, name in sorted(self._divisions, key=lambda d: -max(len(f) for f in d[0].forms)):
                if any(len(f) > 1 and f in form for f in other.forms):
                    return name
        levels = RELATIVE.get(group.forms[0][0], ())
        fitting = [
            (max((s.start for s in g.spans if s.start < group.first), default=-1), n)
            for g, n in self._divisions
            if any(len(code) in levels for code in g.codes)
        ]
        last = max(fitting, default=(-1, ""))
        return last[1] if last[0] >= 0 else ""

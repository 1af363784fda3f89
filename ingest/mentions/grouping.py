"""Which spans of one report mean the same thing, and what it is called."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ingest.lexicon import Lexicon
from ingest.mentions.abbreviations import Introduction
from ingest.mentions.alias_rules import key, rule_for
from ingest.mentions.candidates import Candidate
from ingest.mentions.namesakes import Namesakes, compatible
from ingest.mentions.persons import addressed

TITLE_REACH = 12  # characters before a name in which its title stands
OUTER = re.compile(r"^[“\"「『‘《]([^“”\"「」『』‘’《》]+)[”\"」』’》]$")


@dataclass(slots=True)
class Group:
    """Spans that mean one thing: their type, the forms in order of first appearance, and the codes they may have."""

    type: str
    mark: str = ""
    spans: list[Candidate] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)
    codes: tuple[str, ...] = ()

    @property
    def first(self) -> int:
        """Where the thing is named first."""
        return self.spans[0].start

    def take(self, other: "Group") -> None:
        """Count everything of `other` as this group's."""
        self.spans = sorted([*self.spans, *other.spans])
        self.forms.extend(f for f in other.forms if f not in self.forms)
        self.codes = narrowed(self.codes, other.codes)
        self.mark = self.mark if self.mark == other.mark or self.type == "Village" else ""


def narrowed(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    """The codes that both allow; where they disagree, or one knows nothing, the shorter list."""
    both = tuple(code for code in one if code in other)
    return both or min((c for c in (one, other) if c), key=len, default=())


def unquoted(form: str) -> str:
    """`form` without quotes around the whole of it and white space between Chinese characters; inner quotes stay."""
    form = re.sub(r"(?<![A-Za-z0-9])\s+|\s+(?![A-Za-z0-9])", "", form)
    inside = OUTER.match(form)
    return inside[1] if inside else form


def _voted_types(text: str, spans: Sequence[Candidate]) -> dict[str, str]:
    """For each name the type that its spans speak for most; places keep their own, as 石桥 may be town and village."""
    votes: dict[str, dict[str, float]] = {}
    for span in spans:
        tally = votes.setdefault(key(text[span.start : span.end]), {})
        tally[span.type] = tally.get(span.type, 0.0) + span.score
    return {name: max(tally, key=lambda t: (tally[t], t)) for name, tally in votes.items()}


def _by_name(text: str, spans: Sequence[Candidate], marks: dict[int, str]) -> list[Group]:
    """One group for each name, type and, of namesakes, mark."""
    types = _voted_types(text, spans)
    groups: dict[tuple[str, str, str], Group] = {}
    for index, span in enumerate(spans):
        form = unquoted(text[span.start : span.end])
        name = key(form)
        kind = span.type if {span.type, types[name]} <= {"Village", "Division"} else types[name]
        mark = marks.get(index, "")
        group = groups.setdefault((name, kind, mark), Group(kind, mark))
        group.take(Group(kind, mark, [span], [form], span.codes))
    return sorted(groups.values(), key=lambda g: g.first)


def _longest(group: Group) -> str:
    return max(group.forms, key=len)


def _join_introduced(text: str, groups: list[Group], introductions: Iterable[Introduction]) -> None:
    """Put each introduced short name to the thing it was introduced for."""
    for said in introductions:
        full = next((g for g in groups if any(s.start == said.full.start for s in g.spans)), None)
        short = next((g for g in groups if any(s.start == said.short.start for s in g.spans)), None)
        if full is not None and short is not None and full is not short:
            full.take(short)
            groups.remove(short)


def _one_of(choices: Sequence[Group], short: Group, lexicon: Lexicon) -> Group | None:
    """Of several longer names the one that `short` means, None where the report leaves it open.

    A bare name of namesakes goes to the first; of universities the shortest name fits initials best; 县局 and the like
    mean the one named last.
    """
    if len(choices) < 2:
        return choices[0] if choices else None
    plain = [g for g in choices if not g.mark]
    if len(plain) < 2 and len(plain) < len(choices):
        return (plain or choices)[0]
    if short.type == "University":
        return min(choices, key=lambda g: (g.forms[0] not in lexicon.universities, len(_longest(g))))
    before = [g for g in choices if g.first < short.first]
    relative = re.match(r"^[省市州县区旗镇乡村校院]", short.forms[0])
    if not before or not relative:
        return None
    return max(before, key=lambda g: max(s.start for s in g.spans if s.start < short.first))


def _join_shorter(groups: list[Group], lexicon: Lexicon) -> None:
    """Put each name that a rule reads as the short form of exactly one longer name to that one; shortest first."""
    mates: dict[str, list[Group]] = {}
    for group in groups:
        mates.setdefault(group.type, []).append(group)
    sizes = {id(group): len(_longest(group)) for group in groups}
    for short in sorted(groups, key=lambda g: sizes[id(g)]):
        form = _longest(short)
        size = len(form)
        choices = [
            g
            for g in mates[short.type]
            if g is not short
            and (not short.mark or short.mark == g.mark)
            and sizes[id(g)] >= size
            and (g.type != "Village" or compatible(g.codes, short.codes))
            and (g.type != "Division" or not g.codes or not short.codes or bool({*g.codes} & {*short.codes}))
            and any(rule_for(form, long, g.type, lexicon) for long in g.forms if long != form)
        ]
        chosen = _one_of(choices, short, lexicon)
        if chosen is not None:
            chosen.take(short)
            sizes[id(chosen)] = max(sizes[id(chosen)], sizes[id(short)])
            groups.remove(short)
            mates[short.type].remove(short)


def _join_addressed(text: str, groups: list[Group], lexicon: Lexicon) -> None:
    """Put 张书记, 老张 to the person meant: the only one of that surname, the one of that title, or the last named."""
    people = [g for g in groups if g.type == "Person"]
    surnames = [addressed(_longest(g), lexicon) for g in people]
    named = [g for g, surname in zip(people, surnames, strict=True) if not surname]
    for group, surname in zip(people, surnames, strict=True):
        person = _addressee(text, group, surname, named) if surname else None
        if person is not None:
            person.take(group)
            groups.remove(group)


def _addressee(text: str, group: Group, surname: str, named: Sequence[Group]) -> Group | None:
    fitting = [g for g in named if g.forms[0].startswith(surname) and len(g.forms[0]) > len(surname)]
    fitting = fitting or [g for g in named if surname in g.forms[0]]
    if len(fitting) < 2:
        return fitting[0] if fitting else None
    title = _longest(group).removeprefix(surname)
    fronts = {
        g.first: [re.split("[，。；和与]", text[max(0, s.start - TITLE_REACH) : s.start])[-1] for s in g.spans]
        for g in fitting
    }
    titled = [g for g in fitting if any(title in front for front in fronts[g.first])]
    before = [g for g in titled or fitting if g.first < group.first]
    return max(before, key=lambda g: max(s.start for s in g.spans if s.start < group.first), default=None)


def _join_same_code(groups: list[Group]) -> None:
    """Put divisions of one and the same code together."""
    seen: dict[tuple[str, str, str], Group] = {}
    for group in list(groups):
        if group.type not in {"Division", "Village"} or len(group.codes) != 1:
            continue
        mark = group.mark if group.type == "Village" else ""
        first = seen.setdefault((group.type, group.codes[0], mark), group)
        if first is not group:
            first.take(group)
            groups.remove(group)


def group_spans(
    text: str, namesakes: Namesakes, introductions: Sequence[Introduction], lexicon: Lexicon
) -> list[Group]:
    """The things that the spans of `namesakes` (in text order) name, in order of first appearance."""
    groups = _by_name(text, namesakes.spans, namesakes.marks)
    _join_introduced(text, groups, introductions)
    _join_same_code(groups)
    _join_shorter(groups, lexicon)
    _join_addressed(text, groups, lexicon)
    return sorted(groups, key=lambda g: g.first)


def canonical(group: Group, lexicon: Lexicon) -> str:
    """The fullest form: of a person a name rather than an address, of a division not its government."""
    forms = group.forms
    if group.type == "Person":
        forms = [f for f in forms if not addressed(f, lexicon)] or forms
    if group.type == "Division":
        forms = [f for f in forms if not f.endswith("政府")] or forms
    name = max(forms, key=len)
    return group.mark + name if group.mark and not name.startswith(group.mark) else name

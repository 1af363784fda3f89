"""What stands on either side of a decision: who it is, and the sentences that speak of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.records import Claim, Mention, Report

BREAKS = "。！？；!?;\n"
LONGEST = 160  # characters of a quote on either side of what it is about
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Quote:
    """The sentence [start, end) of a report; `marks` are the spans in it that it is quoted for, in order."""

    report: Report
    start: int
    end: int
    marks: tuple[Span, ...]

    @property
    def text(self) -> str:
        """The sentence as it stands."""
        return self.report.text[self.start : self.end]

    def pieces(self) -> list[tuple[str, bool]]:
        """The sentence cut at its marks: (text, whether it is marked)."""
        found, at = [], self.start
        for start, end in self.marks:
            found += [(self.report.text[at:start], False), (self.report.text[max(at, start) : end], True)]
            at = max(at, end)
        return [(text, marked) for text, marked in (*found, (self.report.text[at : self.end], False)) if text]


@dataclass(frozen=True, slots=True)
class Side:
    """One thing as the reports tell of it. `mention` is the id that a judgement names, `entity` that of the whole."""

    mention: str
    entity: str
    name: str
    type: str
    aliases: tuple[str, ...]
    code: str
    within: str
    mentions: int
    claims: int
    reports: int
    quotes: tuple[Quote, ...]


def quote(report: Report, spans: Sequence[Span]) -> Quote:
    """The sentence or sentences around `spans`, which are marked; cut short where they run on for too long."""
    text = report.text
    first, last = min(start for start, _ in spans), max(end for _, end in spans)
    left = max(text.rfind(mark, 0, first) for mark in BREAKS) + 1
    ends = [at for mark in BREAKS if (at := text.find(mark, max(first, last - 1))) >= 0]
    right = min(ends) + 1 if ends else len(text)
    left, right = max(left, first - LONGEST), min(max(right, last), last + LONGEST)
    while left < first and text[left].isspace():
        left += 1
    while right > last and text[right - 1].isspace():
        right -= 1
    return Quote(report, left, right, _merged(spans))


def _merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """`spans` in order, those that overlap as one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)


def told(
    mention: Mention, others: Iterable[Mention], reports: Mapping[str, Report], limit: int = 3
) -> tuple[Quote, ...]:
    """Up to `limit` sentences: that of `mention`, then those of `others`, first those of other reports."""
    quotes: list[Quote] = [quote(reports[mention.report], [(mention.start, mention.end)])]
    rest = sorted(others, key=lambda m: (m.report, m.form != m.name, m.start, m.end, m.id))
    first: dict[str, Mention] = {}
    for other in rest:
        first.setdefault(other.report, other)
    fresh = [m for report, m in first.items() if report != mention.report]
    for other in (*fresh, *rest):
        if len(quotes) >= limit:
            break
        if not any(q.report.id == other.report and q.start <= other.start < q.end for q in quotes):
            quotes.append(quote(reports[other.report], [(other.start, other.end)]))
    return tuple(quotes)


def said(claim: Claim, head: Mention, tail: Mention, reports: Mapping[str, Report]) -> Quote:
    """The sentence of a claim with both its ends marked, where they stand in it."""
    whole = quote(reports[claim.report], [(claim.start, claim.end)])
    ends = [(m.start, m.end) for m in (head, tail) if whole.start <= m.start and m.end <= whole.end]
    return Quote(whole.report, whole.start, whole.end, _merged(ends))

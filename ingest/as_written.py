"""Reports in traditional characters or with glosses: read as plain ones, told as they were written.

Dictionaries, rules and models know simplified characters and names in one piece. So a report is read with each
character folded to its simplified one, and without the pinyin in brackets that some web pages put behind rare
characters (某县(xiàn)). What is found is then said in the report's own characters again, at its places in the text as
written: a mention's `form` keeps the gloss, its `name` does not.
"""

import re
from collections import Counter
from dataclasses import dataclass, replace

from graph.records import Case, Claim, Extraction, Figure, Mention, Report
from ingest.lexicon import simplified

_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿê"
# A syllable or a few with a tone mark among them; plain letters in brackets may be an abbreviation.
GLOSS = re.compile(
    rf"(?<=[\u3400-\u9fff])[（(][ \u3000]*(?=[^）)\n]*[{_TONED}])[a-zɡɑ{_TONED}'’ ]{{1,24}}[ \u3000]*[）)]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Folded:
    """A report as it is read: `plain`; and for each place in its text where that is in the text as written.

    `starts[i]` is where character i stands; `ends[i]` where a stretch of the plain text that ends before i ends, a
    gloss behind it included. Both reach one beyond the last character.
    """

    plain: Report
    starts: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()

    def there(self, start: int, end: int) -> tuple[int, int]:
        """Where [start, end) of the plain text stands in the text as written."""
        return self.starts[start], self.ends[end]


def folded(report: Report) -> Folded:
    """`report` in simplified characters without glosses; itself where nothing changes."""
    glosses = [match.span() for match in GLOSS.finditer(report.text)]
    bare, title = GLOSS.sub("", report.text), GLOSS.sub("", report.title)
    text = simplified(bare)
    if text == report.text:
        return Folded(report)
    cut = bytearray(len(report.text))
    for start, end in glosses:
        cut[start:end] = b"\1" * (end - start)
    kept = [at for at, gone in enumerate(cut) if not gone]
    behind = dict(glosses)
    ends = [0, *(behind.get(at + 1, at + 1) for at in kept)]
    return Folded(replace(report, text=text, title=simplified(title)), (*kept, len(report.text)), tuple(ends))


class _Writing:
    """How a report writes what was found in its folded text."""

    def __init__(self, read: Folded, report: Report, mentions: tuple[Mention, ...]) -> None:
        self.there = read.there
        self._plain, self._title = read.plain, GLOSS.sub("", report.title)
        self._text = GLOSS.sub("", report.text)  # as written but for glosses, as long as the plain text
        pairs = Counter((a, b) for a, b in zip(self._plain.text, self._text, strict=True) if a != b)
        # of two characters folded into one, the one that the report uses more often
        self._table = {ord(a): b for (a, b), _ in sorted(pairs.items(), key=lambda pair: (pair[1], pair[0]))}
        self._names = {m.name: self._text[m.start : m.end] for m in reversed(mentions) if m.form == m.name}

    def name(self, name: str) -> str:
        """A mention's name: as it stands where it is written in full."""
        return self._names.get(name) or self.words(name)

    def words(self, words: str, start: int = 0, end: int | None = None) -> str:
        """Words said of the stretch [start, end) of the plain text: as they stand there, else by the character."""
        if words and words == self._plain.title:
            return self._title
        at = self._plain.text.find(words, start, end)
        return self._text[at : at + len(words)] if words and at >= 0 else words.translate(self._table)


def as_written(found: Extraction, read: Folded, report: Report) -> Extraction:
    """`found` in `read`, the folded `report`, said of `report` itself."""
    if not read.starts:
        return found
    writing = _Writing(read, report, found.mentions)
    cases = {c.id: _case(c, report, writing) for c in found.cases}
    mentions = {m.id: _mention(m, report, writing) for m in found.mentions}
    ids = {old: case.id for old, case in cases.items()} | {old: mention.id for old, mention in mentions.items()}
    return Extraction(
        report,
        tuple(cases.values()),
        tuple(mentions.values()),
        tuple(_claim(c, report, writing, ids) for c in found.claims),
        tuple(_figure(f, report, writing, ids) for f in found.figures),
    )


def _case(case: Case, report: Report, writing: _Writing) -> Case:
    title = writing.words(case.title, case.start, case.end)
    start, end = writing.there(case.start, case.end)
    return replace(case, report=report.id, title=title, place=writing.name(case.place), start=start, end=end)


def _mention(mention: Mention, report: Report, writing: _Writing) -> Mention:
    start, end = writing.there(mention.start, mention.end)
    return replace(
        mention,
        report=report.id,
        start=start,
        end=end,
        form=report.text[start:end],
        name=writing.name(mention.name),
        within=writing.name(mention.within),
    )


def _claim(claim: Claim, report: Report, writing: _Writing, ids: dict[str, str]) -> Claim:
    role = writing.words(claim.role, claim.start, claim.end)
    start, end = writing.there(claim.start, claim.end)
    head, tail = ids[claim.head], ids[claim.tail]
    return replace(claim, report=report.id, head=head, tail=tail, start=start, end=end, role=role)


def _figure(figure: Figure, report: Report, writing: _Writing, ids: dict[str, str]) -> Figure:
    start, end = writing.there(figure.start, figure.end)
    return replace(
        figure,
        report=report.id,
        start=start,
        end=end,
        case=ids.get(figure.case, figure.case),
        subject=ids.get(figure.subject, figure.subject),
        indicator=writing.words(figure.indicator, figure.start, figure.end),
        unit=writing.words(figure.unit, figure.start, figure.end),
    )

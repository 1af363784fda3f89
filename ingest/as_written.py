"""Reports in traditional characters: read as simplified ones, told as they were written.

Dictionaries, rules and models know simplified characters. A report is folded one character for one, so offsets stay;
what is found in it is then said in the report's own characters again.
"""

from collections import Counter
from dataclasses import replace

from graph.records import Case, Claim, Extraction, Figure, Mention, Report
from ingest.lexicon import simplified


def folded(report: Report) -> Report:
    """The same report in simplified characters, with the same offsets; `report` itself where nothing changes."""
    text = simplified(report.text)
    return report if text == report.text else replace(report, text=text, title=simplified(report.title))


class _Writing:
    """How a report writes what was found in its folded text."""

    def __init__(self, plain: Report, report: Report, mentions: tuple[Mention, ...]) -> None:
        self._plain, self._report = plain, report
        pairs = Counter((a, b) for a, b in zip(plain.text, report.text, strict=True) if a != b)
        # of two characters folded into one, the one that the report uses more often
        self._table = {ord(a): b for (a, b), _ in sorted(pairs.items(), key=lambda pair: (pair[1], pair[0]))}
        self._names = {m.name: report.text[m.start : m.end] for m in reversed(mentions) if m.form == m.name}

    def name(self, name: str) -> str:
        """A mention's name: as it stands where it is written in full."""
        return self._names.get(name) or self.words(name)

    def words(self, words: str, start: int = 0, end: int | None = None) -> str:
        """Words said of the stretch [start, end): as they stand there, else character by character."""
        if words and words == self._plain.title:
            return self._report.title
        at = self._plain.text.find(words, start, end)
        return self._report.text[at : at + len(words)] if words and at >= 0 else words.translate(self._table)


def as_written(found: Extraction, report: Report) -> Extraction:
    """`found` in the folded text of `report`, said of `report` itself."""
    if found.report.id == report.id:
        return found
    writing = _Writing(found.report, report, found.mentions)
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
    return replace(case, report=report.id, title=title, place=writing.name(case.place))


def _mention(mention: Mention, report: Report, writing: _Writing) -> Mention:
    return replace(
        mention,
        report=report.id,
        form=report.text[mention.start : mention.end],
        name=writing.name(mention.name),
        within=writing.name(mention.within),
    )


def _claim(claim: Claim, report: Report, writing: _Writing, ids: dict[str, str]) -> Claim:
    role = writing.words(claim.role, claim.start, claim.end)
    return replace(claim, report=report.id, head=ids[claim.head], tail=ids[claim.tail], role=role)


def _figure(figure: Figure, report: Report, writing: _Writing, ids: dict[str, str]) -> Figure:
    return replace(
        figure,
        report=report.id,
        case=ids.get(figure.case, figure.case),
        subject=ids.get(figure.subject, figure.subject),
        indicator=writing.words(figure.indicator, figure.start, figure.end),
        unit=writing.words(figure.unit, figure.start, figure.end),
    )

"""Who and what a report names: typed mentions, aliases brought together, places with container and official code."""

import re
from collections.abc import Sequence

from graph.records import Mention, Report
from ingest.lexicon import Lexicon, simplified
from ingest.mentions.abbreviations import find_introductions, with_introduced
from ingest.mentions.candidates import Candidate, SpanTagger, TaggedSpan
from ingest.mentions.containers import Containers
from ingest.mentions.divisions import find_divisions
from ingest.mentions.grouping import Group, canonical, group_spans
from ingest.mentions.lists import find_lists
from ingest.mentions.namesakes import Namesakes
from ingest.mentions.spans import TAGGER, merge
from ingest.mentions.spread import spread
from ingest.mentions.universities import find_universities
from ingest.mentions.villages import VillageCodes, find_villages

__all__ = ["SpanTagger", "TaggedSpan", "find_mentions"]


def _found(text: str, tagged: Sequence[Candidate], lexicon: Lexicon) -> tuple[list[Candidate], VillageCodes]:
    """All finders' candidates merged, and what resolves villages in this report's surroundings."""
    divisions, around = find_divisions(text, lexicon)
    villages = VillageCodes(lexicon, around)
    known = [*divisions, *find_villages(text, villages, divisions)]
    lists = find_lists(text, lexicon, [*known, *tagged])
    return merge(text, tagged, [*known, *lists], find_universities(text, lexicon), villages), villages


def _as_written(name: str, text: str, written: str) -> str:
    """`name`, found in the simplified `text`, in the script of the report."""
    if text == written:
        return name
    there = re.search(r"\s*".join(map(re.escape, name)), text)
    return re.sub(r"\s+", "", written[there.start() : there.end()]) if there else name


def _mentions(
    report: Report, text: str, namesakes: Namesakes, groups: Sequence[Group], villages: VillageCodes, extractor: str
) -> list[Mention]:
    names = [_as_written(canonical(group, villages.lexicon), text, report.text) for group in groups]
    containers = Containers(text, namesakes.spans, groups, names)
    made: list[Mention] = []
    for group, name in zip(groups, names, strict=True):
        placed = containers.place(group, villages)
        within = "" if placed.within == name else placed.within
        for span in group.spans:
            at, form = (span.start, span.end), report.text[span.start : span.end]
            made.append(
                Mention(report.id, *at, group.type, form, name, within, placed.code, round(span.score, 4), extractor)
            )
    return made


def find_mentions(report: Report, tagger: SpanTagger, lexicon: Lexicon, extractor: str) -> tuple[Mention, ...]:
    """Every mention in `report`, in text order, none overlapping another.

    Mentions of equal `name` and `type` mean one thing. `extractor` is written on each.
    """
    text = simplified(report.text)
    tagged = [Candidate(t.start, t.end, t.type, t.score, TAGGER) for t in tagger.tag([report.text])[0]]
    spans, villages = _found(text, tagged, lexicon)
    introductions = find_introductions(text, spans)
    spans = spread(text, with_introduced(spans, introductions), lexicon)
    namesakes = Namesakes(text, spans, villages)
    groups = group_spans(text, namesakes, introductions, lexicon)
    return tuple(sorted(_mentions(report, text, namesakes, groups, villages, extractor), key=lambda m: m.start))

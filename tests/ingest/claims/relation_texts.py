"""Makes reports for the tests of relations: [Village:柳湾村] marks a mention, [Village:柳湾=柳湾村] an alias."""

import re

from graph.records import Claim, Mention, Report
from ingest.claims.relations import find_claims

MARK = re.compile(r"\[(\w+):([^\[\]=]+)(?:=([^\[\]]+))?\]")


def marked(source: str) -> tuple[Report, list[Mention]]:
    text, places, last = "", [], 0
    for match in MARK.finditer(source):
        text += source[last : match.start()]
        places.append((len(text), match[1], match[2], match[3] or match[2]))
        text += match[2]
        last = match.end()
    report = Report(text + source[last:], "test")
    return report, [Mention(report.id, at, at + len(form), kind, form, name) for at, kind, form, name in places]


def claims_of(source: str) -> tuple[Report, list[Mention], tuple[Claim, ...]]:
    report, mentions = marked(source)
    return report, mentions, find_claims(report, mentions, (), "test@1")


def triples(source: str) -> set[tuple[str, str, str, str]]:
    _, mentions, claims = claims_of(source)
    names = {m.id: m.name for m in mentions}
    return {(names[c.head], c.type, names[c.tail], c.modality) for c in claims}

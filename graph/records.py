"""The records that never change: a report, its cases, and what an extractor found there.

Offsets are code points into `Report.text`, end exclusive. An id is the hash of what the record says, so the same
record always has the same id, whatever library, order or machine it is written on.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields
from typing import Any, TypeVar

ID_LENGTH = 20  # hexadecimal digits: 80 bits, no collision to be expected below 10^10 records


def content_id(prefix: str, *parts: object) -> str:
    """A stable id such as `m-3f2a…`: the hash of `parts` (anything JSON can hold)."""
    said = json.dumps(parts, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return f"{prefix}-{hashlib.sha256(said.encode('utf-8')).hexdigest()[:ID_LENGTH]}"


@dataclass(frozen=True, slots=True)
class Report:
    """One report as it was read: clean text, kept exactly, and what its page says about it.

    `id` is the hash of `text` alone. `stem` names the report for people (file stem; a row of a table has `stem-row`).
    `date` is ISO 8601, cut where the page says no more: `2021-12-06`, `2025-07` or ''. `source` is the path or URL it
    came from, `source_hash` the SHA-256 of the bytes read, `warnings` what was doubtful in reading.
    """

    text: str
    stem: str
    source: str = ""
    source_hash: str = ""
    format: str = "txt"
    title: str = ""
    publisher: str = ""
    date: str = ""
    edition: str = ""
    authors: tuple[str, ...] = ()
    url: str = ""
    warnings: tuple[str, ...] = ()
    id: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "id", content_id("r", self.text))


@dataclass(frozen=True, slots=True)
class Case:
    """One alliance's story: the part [start, end) of a report. `position` counts the report's cases from 0.

    `types` are codes of alliance types, `reasons` one sentence for each type saying what in the text speaks for it.
    """

    report: str
    position: int
    start: int
    end: int
    title: str
    place: str = ""
    types: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    id: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "id", content_id("c", self.report, self.start, self.end))


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of a report's text that names something: `text[start:end] == form`.

    `name` is the fullest form of the same thing in the same report, so mentions of one report with equal `name` and
    `type` mean one thing. `within` is the name of the nearest container the report gives. `code` is the official
    statistical code (2 to 12 digits) of a village or division, '' where it is not known.
    """

    report: str
    start: int
    end: int
    type: str
    form: str
    name: str
    within: str = ""
    code: str = ""
    confidence: float = 1.0
    extractor: str = ""
    id: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "id", content_id("m", self.report, self.start, self.end, self.type, self.name))


@dataclass(frozen=True, slots=True)
class Claim:
    """A relation that the report asserts, plans or denies: head mention → tail mention (their ids).

    [start, end) is the evidence: the shortest stretch of text that says it. `role` is the title as written
    (affiliated_with). `since` is when it began to hold, ISO 8601 cut where the text says no more, '' where it says
    nothing. `reason` names the rule or model that said it.
    """

    report: str
    type: str
    head: str
    tail: str
    start: int
    end: int
    role: str = ""
    modality: str = "asserted"
    since: str = ""
    confidence: float = 1.0
    extractor: str = ""
    reason: str = ""
    id: str = field(init=False)

    def __post_init__(self) -> None:
        said = (self.report, self.type, self.head, self.tail, self.start, self.end, self.role, self.modality)
        object.__setattr__(self, "id", content_id("k", *said))


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that measures a case: `subject` is a mention's id, or the case's id where it measures the case itself.

    `value` is expanded (1.3亿 is 130000000.0), `unit` as written, `bound` exact, at_least, about or at_most.
    [start, end) is the evidence, which holds the number. `year` is 0 where the text does not say.
    """

    report: str
    case: str
    subject: str
    indicator: str
    value: float
    unit: str
    start: int
    end: int
    bound: str = "exact"
    year: int = 0
    modality: str = "asserted"
    confidence: float = 1.0
    extractor: str = ""
    id: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "value", float(self.value))  # 3 and 3.0 are one record, as the store keeps them
        said = (self.report, self.subject, self.indicator, self.value, self.unit, self.bound, self.start, self.end)
        object.__setattr__(self, "id", content_id("f", *said))


@dataclass(frozen=True, slots=True)
class Passage:
    """A window of sentences of one report, the unit of search; derived from its text. `case` is '' outside any case."""

    report: str
    case: str
    start: int
    end: int
    text: str
    id: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "id", content_id("p", self.report, self.start, self.end))


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person, or the machine, decided: `kind` is identity, claim, type or name; never changed, only superseded.

    `subject` and `object` are ids: two mentions for identity, else one mention or claim and ''. `verdict` is same,
    different, unsure, right, wrong, the corrected type or name, or withdrawn, which takes back what it `supersedes`.
    `when` is ISO 8601 with time zone. `subject_at` and `object_at` say where the judged thing stands in its report
    (JSON, see graph.store.anchors), so that the judgement finds it again under another id; the store fills them in.
    """

    kind: str
    subject: str
    object: str
    verdict: str
    who: str
    when: str
    why: str = ""
    score: float = 0.0
    supersedes: str = ""
    subject_at: str = ""
    object_at: str = ""
    id: str = field(init=False)

    def __post_init__(self) -> None:
        said = (self.kind, self.subject, self.object, self.verdict, self.who, self.when, self.supersedes)
        object.__setattr__(self, "id", content_id("j", *said))


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one report yields. This is what an extractor returns and what the store takes in, whole."""

    report: Report
    cases: tuple[Case, ...] = ()
    mentions: tuple[Mention, ...] = ()
    claims: tuple[Claim, ...] = ()
    figures: tuple[Figure, ...] = ()


Record = Report | Case | Mention | Claim | Figure | Passage | Judgement
R = TypeVar("R", Report, Case, Mention, Claim, Figure, Passage, Judgement)


def as_row(record: Record) -> dict[str, Any]:
    """The record as a flat dict of strings, numbers and lists: the form the store keeps."""
    row = {f.name: getattr(record, f.name) for f in fields(record)}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in row.items()}


def from_row(kind: type[R], row: dict[str, Any]) -> R:
    """The record that `as_row` made `row` of. Extra keys are passed over; a wrong id raises ValueError."""
    given: dict[str, Any] = {f.name: row[f.name] for f in fields(kind) if f.init}
    make: Callable[..., R] = kind
    record = make(**{name: tuple(value) if isinstance(value, list) else value for name, value in given.items()})
    if row.get("id", record.id) != record.id:
        raise ValueError(f"{kind.__name__} {row['id']} does not hold what its id says ({record.id}).")
    return record


def span_errors(extraction: Extraction) -> Iterator[str]:
    """Say of every record whose offsets do not fit its report's text what is wrong with it."""
    text = extraction.report.text
    spans: tuple[Case | Mention | Claim | Figure, ...]
    spans = (*extraction.cases, *extraction.mentions, *extraction.claims, *extraction.figures)
    for record in spans:
        if not 0 <= record.start < record.end <= len(text):
            yield f"{record.id}: [{record.start}, {record.end}) is not inside a text of {len(text)} characters"
    for mention in extraction.mentions:
        if text[mention.start : mention.end] != mention.form:
            yield f"{mention.id}: reads {text[mention.start : mention.end]!r}, not {mention.form!r}"

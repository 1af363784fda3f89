"""Gold annotations as records, as if a perfect extractor had read the report.

    load_gold(text_file, gold_file) -> Extraction

Serves the derived rooms' tests and measurements, and the training of claims from annotated mentions.
"""

import json
from pathlib import Path
from typing import Any

from graph.records import Case, Claim, Extraction, Figure, Mention, Report
from graph.store import Library
from ingest.training.gold import gold_mentions, occurrences, places

GOLD = Path(__file__).parent / "gold"
SEEDS = Path(__file__).parent.parent / "seeds"
EXTRACTOR = "gold@1"


def _evidence(row: dict[str, Any], bare: str, offsets: list[int]) -> tuple[int, int] | None:
    quoted = row.get("evidence") or ""
    return next(iter(occurrences(quoted, bare, offsets)), None)


def _nearest(mentions: list[Mention], name: str, place: int) -> Mention | None:
    own = [m for m in mentions if m.name == name]
    return min(own, key=lambda m: abs(m.start - place), default=None)


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    left = max(text.rfind(mark, 0, start) for mark in "。！？\n") + 1
    right = min((p for p in (text.find(mark, end) for mark in "。！？\n") if p >= 0), default=len(text))
    return left, max(right, end)


def _claims(report: Report, rows: list[dict[str, Any]], mentions: list[Mention]) -> list[Claim]:
    bare, offsets = places(report.text)
    claims = []
    for row in rows:
        span = _evidence(row, bare, offsets)
        anchor = span[0] if span else next((m.start for m in mentions if m.name == row["head"]), 0)
        head, tail = _nearest(mentions, row["head"], anchor), _nearest(mentions, row["tail"], anchor)
        if head is None or tail is None:
            continue
        start, end = span or _sentence(report.text, tail.start, tail.end)
        modality = row.get("modality", "asserted")
        claims.append(
            Claim(
                report.id, row["type"], head.id, tail.id, start, end, row.get("role", ""), modality, extractor=EXTRACTOR
            )
        )
    return claims


def _cases(report: Report, gold: dict[str, Any], mentions: list[Mention]) -> list[Case]:
    """Cases whose bounds are guessed from their titles, else from where their anchors stand."""
    bare, offsets = places(report.text)
    starts = []
    for row in gold["cases"]:
        title = next(iter(occurrences(row["title"], bare, offsets)), None)
        anchors = [m.start for m in mentions if m.name in row.get("anchors", [])]
        starts.append(title[0] if title and len(gold["cases"]) > 1 else min(anchors, default=0))
    order = sorted(range(len(starts)), key=starts.__getitem__)
    if order:
        starts[order[0]] = starts[order[0]] if len(order) > 1 else 0
    cases = []
    for position, row in enumerate(gold["cases"]):
        later = [s for s in starts if s > starts[position]]
        types, place = tuple(row.get("types", [])), row.get("place", "")
        end = min(later, default=len(report.text))
        cases.append(Case(report.id, position, starts[position], end, row["title"], place, types))
    return cases


def _figures(report: Report, rows: list[dict[str, Any]], mentions: list[Mention], cases: list[Case]) -> list[Figure]:
    bare, offsets = places(report.text)
    figures = []
    for row in rows:
        span = _evidence(row, bare, offsets)
        if span is None:
            continue
        case = next((c for c in cases if c.start <= span[0] < c.end), None)
        subject = _nearest(mentions, row["subject"], span[0])
        about = subject.id if subject else case.id if case else ""
        unit, bound = row.get("unit", ""), row.get("bound", "exact")
        figures.append(
            Figure(
                report.id,
                case.id if case else "",
                about,
                row["indicator"],
                float(row["value"]),
                unit,
                *span,
                bound,
                row.get("year", 0),
                row.get("modality", "asserted"),
                extractor=EXTRACTOR,
            )
        )
    return figures


def load_gold(text_file: Path, gold_file: Path, *, text: str | None = None) -> Extraction:
    """The gold of one report as records; `text` overrides what `text_file` holds (a cleaned text)."""
    gold = json.loads(gold_file.read_text(encoding="utf-8"))
    said = text if text is not None else text_file.read_text(encoding="utf-8")
    report = Report(
        said,
        text_file.stem,
        str(text_file),
        title=gold.get("title", ""),
        publisher=gold.get("publisher", ""),
        date=gold.get("date", ""),
    )
    mentions = gold_mentions(report, gold["entities"], EXTRACTOR)
    cases = _cases(report, gold, mentions)
    claims = _claims(report, gold["relations"], mentions)
    figures = _figures(report, gold["figures"], mentions, cases)
    return Extraction(report, tuple(cases), tuple(mentions), tuple(claims), tuple(figures))


def gold_pairs(part: str = "dev") -> list[tuple[Path, Path]]:
    """Text and gold files of `dev`, `seed` (the retold newspaper page) or `train`, by name."""
    folder = GOLD / part
    texts = folder if part == "train" else SEEDS
    golds = sorted(folder.glob("*.gold.json"))
    return [(texts / g.name.replace(".gold.json", ".txt"), g) for g in golds]


def library_from_gold(path: Path, part: str = "dev") -> Library:
    """A fresh library at `path` that holds the gold of `part`."""
    library = Library.create(path)
    library.add(load_gold(text, gold) for text, gold in gold_pairs(part))
    return library

"""Annotated reports read for training claims: the cleaned text with the mentions of its gold entities."""

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from graph.records import Mention, Report
from ingest.reading import read


@dataclass(frozen=True, slots=True)
class GoldReport:
    """A report as the reading room gives it, the places of its gold entities, and the gold rows as they stand."""

    report: Report
    mentions: tuple[Mention, ...]
    cases: list[dict[str, Any]]
    figures: list[dict[str, Any]]
    relations: list[dict[str, Any]]
    entities: list[dict[str, Any]] = field(default_factory=list)


def places(text: str) -> tuple[str, list[int]]:
    """`text` without white space, NFKC-normalised, and the offset in `text` of each character kept."""
    kept = [
        (piece, at) for at, c in enumerate(text) for piece in unicodedata.normalize("NFKC", c) if not piece.isspace()
    ]
    return "".join(piece for piece, _ in kept), [at for _, at in kept]


_MARKS = re.compile(r"[\s“”\"'‘’「」『』《》〈〉【】（）()\-—·•]+")


def bare_form(form: str) -> str:
    """A name without marks and white space: what the benchmark compares."""
    return _MARKS.sub("", form)


def occurrences(wanted: str, bare: str, offsets: list[int]) -> Iterator[tuple[int, int]]:
    """Spans of the original text that read `wanted`, white space aside."""
    needle = places(wanted)[0]
    if needle:
        for match in re.finditer(re.escape(needle), bare):
            yield offsets[match.start()], offsets[match.end() - 1] + 1


def gold_mentions(report: Report, entities: list[dict[str, Any]], extractor: str = "") -> list[Mention]:
    """Every occurrence of every name and alias, longest first, none overlapping another."""
    bare, offsets = places(report.text)
    forms = [(form, row) for row in entities for form in (row["name"], *row.get("aliases", []))]
    taken = bytearray(len(report.text))
    found = []
    for form, row in sorted(forms, key=lambda pair: (-len(pair[0]), pair[0])):
        for start, end in occurrences(form, bare, offsets):
            if not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                written, within = report.text[start:end], row.get("within", "")
                found.append(
                    Mention(report.id, start, end, row["type"], written, row["name"], within, extractor=extractor)
                )
    return sorted(found, key=lambda m: m.start)


def number(path: Path) -> int:
    """The number in a report's file name."""
    return int(re.findall(r"\d+", path.name)[-1])


def load_gold(folder: Path, *, untouched: bool = False) -> list[GoldReport]:
    """The annotated reports of `folder`: those whose number three does not divide, or the others."""
    made = []
    for path in sorted(folder.glob("*.gold.json")):
        if (number(path) % 3 == 0) != untouched:
            continue
        gold = json.loads(path.read_text(encoding="utf-8"))
        report = read(path.with_name(path.name.replace(".gold.json", ".txt"))).reports[0]
        mentions = tuple(gold_mentions(report, gold["entities"]))
        rows = (gold["cases"], gold["figures"], gold["relations"], gold["entities"])
        made.append(GoldReport(report, mentions, *rows))
    return made

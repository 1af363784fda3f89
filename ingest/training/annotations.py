"""Annotated reports as training text: where the names of the gold rows stand.

The gold lists each entity once, with its forms, not its places in the text. A form is marked wherever it stands,
longest first and without overlap. What cannot be told for sure (a short form inside a longer word, a bare generic word)
is masked: the tagger is neither rewarded nor punished there.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.lexicon.script import simplified
from ingest.mentions.lexical import LexicalModel
from ingest.reading import read

SHORT = 2  # forms of up to so many characters must stand on word boundaries
# bare words that some reports use for one of their entities, and the language for any
GENERIC = frozenset(
    "联盟 公司 学校 学院 大学 小院 驿站 合作社 村委会 党委 党支部 县委 市委 区委 镇党委".split()  # noqa: SIM905
    + "基地 中心 协会 园区 工坊 广场 医院".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Marked:
    """A name in the text, [start, end)."""

    start: int
    end: int
    type: str


@dataclass(frozen=True, slots=True)
class Annotated:
    """A report's text with its marked names and the stretches nobody should be judged on."""

    name: str
    text: str
    marks: tuple[Marked, ...]
    masks: tuple[tuple[int, int], ...]


def _forms(entities: Iterable[dict[str, Any]]) -> dict[str, str]:
    """Form → type, fullest names first so that they win."""
    rows = list(entities)
    forms = {row["name"]: row["type"] for row in rows}
    for row in rows:
        for alias in row.get("aliases", []):
            forms.setdefault(alias, row["type"])
    return {form: kind for form, kind in forms.items() if form.strip()}


def _occurrences(text: str, forms: dict[str, str]) -> Iterator[tuple[int, int, str]]:
    """Where the forms stand in `text`, white space inside them set aside: (start, end, type)."""
    spelled = {re.sub(r"\s+", "", form): kind for form, kind in forms.items()}
    longest_first = sorted(spelled, key=lambda form: (-len(form), form))
    patterns = (r"\s*".join(map(re.escape, form)) for form in longest_first)
    for match in re.finditer("|".join(patterns), text):
        yield match.start(), match.end(), spelled[re.sub(r"\s+", "", match.group())]


def annotate(name: str, text: str, entities: Iterable[dict[str, Any]], lexical: LexicalModel) -> Annotated:
    """Mark the gold rows `entities` in `text`."""
    forms = _forms(entities)
    edges: set[int] = {0}
    for line in re.finditer(r"[^\n]+", text):
        edges |= {
            line.start() + edge for word in lexical.words(simplified(line.group())) for edge in (word.start, word.end)
        }
    marks: list[Marked] = []
    masks: list[tuple[int, int]] = []
    for start, end, kind in _occurrences(text, forms) if forms else ():
        form = text[start:end]
        if form in GENERIC or (len(form) <= SHORT and not {start, end} <= edges):
            masks.append((start, end))
        else:
            marks.append(Marked(start, end, kind))
    return Annotated(name, text, tuple(marks), tuple(masks))


def load(folder: Path, lexical: LexicalModel) -> list[Annotated]:
    """All annotated reports of `folder` (NAME.txt beside NAME.gold.json), in the order of their names."""
    found = []
    for path in sorted(folder.glob("*.gold.json")):
        name = path.name.removesuffix(".gold.json")
        text = "\n".join(report.text for report in read(folder / f"{name}.txt").reports)
        entities = json.loads(path.read_text(encoding="utf-8"))["entities"]
        found.append(annotate(name, text, entities, lexical))
    return found


def number(name: str) -> int:
    """The number of a report: train-102 → 102."""
    return int(re.sub(r"\D", "", name) or 0)


def untouched(name: str) -> bool:
    """Whether the report is kept for measuring only: its number is divisible by 3."""
    return number(name) % 3 == 0

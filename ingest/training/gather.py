"""Brings annotated reports of several folders together, checked, for the trainers to read from one."""

import json
import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from graph.errors import AllianceError
from graph.ontology import ontology
from ingest.training.gold import number, places

NUMBERED = re.compile(r"train-\d+")  # ours: the number says whether a report is kept out for measuring


class NoReportsError(AllianceError):
    """A folder without one annotated report that could be used."""


@dataclass(slots=True)
class Gathered:
    """How many reports were brought together, from which folders, and what could not be used, each with its reason."""

    folders: list[str] = field(default_factory=list)
    reports: int = 0
    problems: list[str] = field(default_factory=list)


def _entity_problems(rows: Sequence[dict[str, Any]], bare: str) -> Iterator[str]:
    seen: set[str] = set()
    for row in rows:
        if row["type"] not in ontology().entity_types:
            yield f"{row['name']}: no entity type is called {row['type']}"
        if row["name"] in seen:
            yield f"{row['name']}: has two entity rows"
        seen.add(row["name"])
        for form in (row["name"], *row.get("aliases", [])):
            if places(form)[0] not in bare:
                yield f"{form}: does not stand in the text"


def _relation_problems(rows: Sequence[dict[str, Any]], types: dict[str, str], bare: str) -> Iterator[str]:
    for row in rows:
        said = f"{row['head']} {row['type']} {row['tail']}"
        unknown = [end for end in (row["head"], row["tail"]) if end not in types]
        if row["type"] not in ontology().relations:
            yield f"{said}: no relation is called {row['type']}"
        elif unknown:
            yield f"{said}: {unknown[0]} has no entity row"
        elif row["type"] not in ontology().relations_between(types[row["head"]], types[row["tail"]]):
            yield f"{said}: does not lead from a {types[row['head']]} to a {types[row['tail']]}"
        elif row.get("modality", "asserted") not in ontology().modalities:
            yield f"{said}: no modality is called {row['modality']}"
        elif places(row.get("evidence", ""))[0] not in bare:
            yield f"{said}: its evidence does not stand in the text"


def _figure_problems(gold: dict[str, Any], types: dict[str, str], bare: str) -> Iterator[str]:
    titles = {case["title"] for case in gold["cases"]}
    for row in gold["figures"]:
        said = f"{row['subject']} {row['indicator']}"
        if row["subject"] not in types and row["subject"] not in titles:
            yield f"{said}: {row['subject']} is neither an entity nor a case"
        elif not isinstance(row["value"], int | float):
            yield f"{said}: the value {row['value']!r} is no number"
        elif row.get("bound", "exact") not in ontology().bounds:
            yield f"{said}: no bound is called {row['bound']}"
        elif places(row.get("evidence", ""))[0] not in bare:
            yield f"{said}: its evidence does not stand in the text"


def problems(gold: dict[str, Any], text: str) -> list[str]:
    """What keeps an annotated report from being learned, a line for each wrong row."""
    try:
        bare = places(text)[0]
        types = {row["name"]: row["type"] for row in gold["entities"]}
        found = list(_entity_problems(gold["entities"], bare))
        found += _relation_problems(gold["relations"], types, bare)
        found += _figure_problems(gold, types, bare)
        found += [
            f"{case['title']}: no case type is called {kind}"
            for case in gold["cases"]
            for kind in case["types"]
            if kind not in ontology().alliance_types
        ]
    except (KeyError, TypeError, AttributeError) as error:
        return [f"a row lacks {error} or has the wrong form"]
    return found


def _use(gold_path: Path, place: Path, name: str) -> list[str]:
    """Copy one report and its gold to `place` where they are sound; else say why not."""
    text_path = gold_path.with_name(gold_path.name.replace(".gold.json", ".txt"))
    try:
        gold = json.loads(gold_path.read_text(encoding="utf-8"))
        text = text_path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return [f"{text_path.name} is missing beside it"]
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        return [f"is not UTF-8 or not JSON: {error}"]
    found = problems(gold, text)
    if not found:
        shutil.copyfile(gold_path, place / f"{name}.gold.json")
        shutil.copyfile(text_path, place / f"{name}.txt")
    return found


def gather(folders: Sequence[Path], place: Path, *, held_out: bool = False) -> Gathered:
    """Copy every sound annotated report (NAME.txt with NAME.gold.json) of `folders` into the folder `place`.

    With `held_out` those of ours whose number three divides stay behind, to measure on them. Reports with unsound rows
    are left out and listed. Raises NoReportsError for a folder that yields none.
    """
    done = Gathered()
    for folder in folders:
        before = done.reports
        for gold_path in sorted(folder.glob("*.gold.json")):
            stem = gold_path.name.removesuffix(".gold.json")
            if held_out and NUMBERED.fullmatch(stem) and number(gold_path) % 3 == 0:
                continue
            name = stem if NUMBERED.fullmatch(stem) else f"own-{3 * done.reports + 1:06}"
            found = _use(gold_path, place, name)
            done.problems += [f"{gold_path}: {problem}" for problem in found]
            done.reports += not found
        if done.reports == before:
            reasons = "; ".join(done.problems[:3]) or "it holds no NAME.gold.json"
            raise NoReportsError(f"No annotated report of {folder} can be used: {reasons}. See docs/annotating.md.")
        done.folders.append(str(folder))
    return done

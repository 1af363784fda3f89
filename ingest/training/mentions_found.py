"""The mentions that the program finds in annotated reports by taggers that did not learn from them.

    python -m ingest.training.mentions_found GOLD_FOLDER OUT.jsonl [--folds 3] [--found-by MODELS_FOLDER]

GOLD_FOLDER holds NAME.txt beside NAME.gold.json. Its reports are dealt into FOLDS parts; for each part a tagger learns
from the others and reads it. With --found-by the tagger of that folder reads all reports: right only where it has not
learned from any of them. OUT gets one line a report; lines of other reports that it already holds are kept, so that
several folders can be brought together. The relation model learns from such mentions what to expect of a tagger.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from graph.records import Mention
from ingest.lexicon import Lexicon
from ingest.mentions import find_mentions
from ingest.mentions.tagger import Tagger
from ingest.models import FOLDER_VARIABLE
from ingest.reading import read

FOLDS = 3
EXTRACTOR = "training"
_GIVEN = tuple(field.name for field in fields(Mention) if field.init)  # the rest, as the id, follows from these


def as_row(mention: Mention) -> dict[str, Any]:
    """What a line of the file holds of a mention."""
    return {name: getattr(mention, name) for name in _GIVEN}


def load_mentions(path: Path) -> dict[str, list[Mention]]:
    """The mentions of each report in a file that this program made, by the report's stem."""
    lines = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return {line["report"]: [Mention(**row) for row in line["mentions"]] for line in lines}


def found_in(texts: Iterable[Path]) -> dict[str, list[dict[str, Any]]]:
    """Report stem → the mentions that the tagger of the models folder in force finds there, as rows."""
    tagger, lexicon = Tagger.load(), Lexicon.load()
    found = {}
    for path in texts:
        report = read(path).reports[0]
        mentions = find_mentions(report, tagger, lexicon, EXTRACTOR)
        found[report.stem] = [as_row(mention) for mention in mentions]
    return found


def write_mentions(path: Path, found: dict[str, list[dict[str, Any]]]) -> None:
    """Add the lines of `found` to those of `path`, sorted by report."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    rows = {row["report"]: row["mentions"] for row in map(json.loads, lines)} | found
    said = (json.dumps({"report": stem, "mentions": rows[stem]}, ensure_ascii=False) for stem in sorted(rows))
    path.write_text("".join(f"{line}\n" for line in said), encoding="utf-8")


def _link(texts: Iterable[Path], folder: Path) -> Path:
    folder.mkdir()
    for text in texts:
        for path in (text, text.with_suffix(".gold.json")):
            (folder / path.name).symlink_to(path.resolve())
    return folder


def _module(name: str, *arguments: str, models: Path | None = None) -> None:
    environment = os.environ | ({FOLDER_VARIABLE: str(models)} if models else {})
    command = [sys.executable, "-m", f"ingest.training.{name}", *arguments]
    subprocess.run(command, check=True, env=environment)  # noqa: S603  (our own programs)


def cross_found(folder: Path, out: Path, folds: int = FOLDS) -> None:
    """Train a tagger for each part of `folder` on the others, and write to `out` what it finds in that part."""
    texts = sorted(path.with_name(path.name.replace(".gold.json", ".txt")) for path in folder.glob("*.gold.json"))
    with tempfile.TemporaryDirectory() as place:
        for fold in range(folds):
            models = Path(place, f"models{fold}")
            models.mkdir()
            learned = _link((t for n, t in enumerate(texts) if n % folds != fold), Path(place, f"learned{fold}"))
            read_ones = _link(texts[fold::folds], Path(place, f"read{fold}"))
            _module("train_tagger", str(learned), "--out", str(models / "tagger.npz"))
            _module("mentions_found", str(read_ones), str(out), "--found-by", str(models))


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--folds", type=int, default=FOLDS)
    parser.add_argument("--found-by", type=Path)
    given = parser.parse_args(arguments)
    if given.found_by:
        os.environ[FOLDER_VARIABLE] = str(given.found_by.resolve())
        golds = sorted(given.folder.glob("*.gold.json"))
        write_mentions(given.out, found_in(path.with_name(path.name.replace(".gold.json", ".txt")) for path in golds))
    else:
        cross_found(given.folder, given.out, given.folds)


if __name__ == "__main__":
    main()

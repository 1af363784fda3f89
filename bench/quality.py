"""How good is the extraction? `python -m bench.quality [--set dev] [--models FOLDER] [--types] [--errors]`

Reads annotated reports as a user's files, extracts them, and scores what was found against their gold. Tuned and
untouched reports (number divisible by 3, see gold/README.md) stand side by side.

`--set dev`, the demonstration reports: no model was trained on them. `--set train`: only honest with `--models` trained
without the untouched reports (`make models-held-out`); these are then shown apart by the density of their text.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bench.calibration import mean_gap, measure
from bench.gold_records import GOLD, gold_pairs
from ingest.gold_form import to_gold
from ingest.models import FOLDER_VARIABLE
from ingest.pipeline import extract_files

Pair = tuple[Path, Path]
DENSE_SERIES = {"1", "2", "3", "4", "5", "6", "16"}  # gold/README.md


def is_untouched(name: str) -> bool:
    """Whether a report belongs to the part that is measured and never looked at."""
    digits = re.sub(r"\D", "", name)
    return bool(digits) and int(digits) % 3 == 0


def is_dense(name: str) -> bool:
    """Whether a training report names things as densely as the demonstration reports, rather than as real pages do."""
    return name.removeprefix("train-")[:-2] in DENSE_SERIES


def parts(pairs: Iterable[Pair]) -> dict[str, list[Pair]]:
    """The reports by part: all, tuned, untouched; training reports: untouched, and these by density."""
    whole = list(pairs)
    untouched = [pair for pair in whole if is_untouched(pair[0].stem)]
    if all(pair[0].stem.startswith("train-") for pair in whole):
        dense = [pair for pair in untouched if is_dense(pair[0].stem)]
        real = [pair for pair in untouched if not is_dense(pair[0].stem)]
        return {"untouched": untouched, "untouched dense": dense, "untouched real": real}
    return {"all": whole, "tuned": [pair for pair in whole if pair not in untouched], "untouched": untouched}


def found_rows(pairs: Iterable[Pair], workers: int | None = None) -> dict[str, dict[str, Any]]:
    """Report stem → what the program finds in it, in the gold's form."""
    rows: dict[str, dict[str, Any]] = {}
    for outcome, _done, _whole in extract_files([text for text, _ in pairs], workers):
        for failure in outcome.failures:
            print(f"not read: {failure}", file=sys.stderr)
        rows |= {e.report.stem: to_gold(e) for e in outcome.extractions}
    return rows


def score(pairs: Iterable[Pair], found: dict[str, dict[str, Any]], *options: str) -> str:
    """What the scorer prints for these reports."""
    with tempfile.TemporaryDirectory() as place:
        gold_folder, found_folder = Path(place, "gold"), Path(place, "found")
        gold_folder.mkdir()
        found_folder.mkdir()
        for text, gold in pairs:
            (gold_folder / gold.name).write_text(gold.read_text(encoding="utf-8"), encoding="utf-8")
            answer = json.dumps(found.get(text.stem, {}), ensure_ascii=False)
            (found_folder / f"{text.stem}.json").write_text(answer, encoding="utf-8")
        command = [sys.executable, str(GOLD / "score.py"), str(gold_folder), str(found_folder), *options]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def table(pairs: Iterable[Pair], found: dict[str, dict[str, Any]]) -> str:
    """F1 (precision / recall) by kind of row, one column a part."""
    columns = {name: json.loads(score(some, found, "--json")) for name, some in parts(pairs).items() if some}
    lines = ["".join([f"{'F1 (precision / recall)':24}", *(f"{name:>24}" for name in columns)])]
    for kind in next(iter(columns.values())):
        cells = [
            f"{c[kind]['f1']:.3f} ({c[kind]['precision']:.3f} / {c[kind]['recall']:.3f})" for c in columns.values()
        ]
        lines.append("".join([f"{kind:24}", *(f"{cell:>24}" for cell in cells)]))
    gaps = [mean_gap(measure(some, found)) for some in parts(pairs).values() if some]
    lines.append("".join([f"{'calibration (mean gap)':24}", *(f"{gap:>24.3f}" for gap in gaps)]))
    return "\n".join(lines)


def main() -> None:
    """Print the table, and on demand a line a type and every error."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--types", action="store_true", help="a line for each entity and relation type")
    parser.add_argument("--calibration", action="store_true", help="a line for each tenth of confidence")
    parser.add_argument("--errors", action="store_true", help="list every missed and spurious row of the tuned part")
    parser.add_argument("--part", default="", help="part for --types: a column of the table, the first by default")
    parser.add_argument("--set", choices=["dev", "train"], default="dev", dest="name")
    parser.add_argument("--models", type=Path, help="folder of model files that take the place of those that ship")
    parser.add_argument("--out", type=Path, help="keep the extracted JSON files in this folder")
    options = parser.parse_args()
    if options.models:
        os.environ[FOLDER_VARIABLE] = str(options.models.resolve())
    pairs = [*gold_pairs("seed"), *gold_pairs("dev")] if options.name == "dev" else gold_pairs("train")
    if options.name == "train":
        pairs = [pair for pair in pairs if is_untouched(pair[0].stem)]
    found = found_rows(pairs)
    if options.out:
        options.out.mkdir(parents=True, exist_ok=True)
        for stem, row in found.items():
            (options.out / f"{stem}.json").write_text(json.dumps(row, ensure_ascii=False, indent=1), encoding="utf-8")
    print(table(pairs, found))
    if options.calibration:
        for b in measure(pairs, found):
            print(f"confidence {b.confidence:.2f}: {b.right:.2f} of {b.count} relations right")
    if options.types:
        shown = parts(pairs)
        print(score(shown.get(options.part) or next(iter(shown.values())), found, "--types"))
    if options.errors:
        print(score(parts(pairs).get("tuned", []), found, "--errors"))


if __name__ == "__main__":
    main()

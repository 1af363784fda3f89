"""Would more annotated reports help? `python -m bench.learning_curve [--shares 0.25 0.5 1] [--out build/curve]`

Trains on a growing share of the training reports that may be learned from (number not divisible by 3) and measures each
time on the untouched ones. Takes about a quarter of an hour for each full training.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from bench.gold_records import gold_pairs
from bench.quality import found_rows, is_untouched, parts, score
from ingest.models import FOLDER_VARIABLE

KINDS = ("entity", "relation", "figure", "figure+subject", "case", "case type")


def subset(folder: Path, share: float) -> int:
    """Fill `folder` with an even share of the open training reports; returns how many."""
    texts = [text for text, _ in gold_pairs("train") if not is_untouched(text.stem)]
    count = round(len(texts) * share)
    folder.mkdir(parents=True)
    for number in range(count):
        text = texts[number * len(texts) // count]
        for path in (text, text.with_suffix(".gold.json")):
            shutil.copyfile(path, folder / path.name)
    return count


def measured(models: Path) -> dict[str, float]:
    """F1 by kind on the untouched training reports, with the models of `models`."""
    os.environ[FOLDER_VARIABLE] = str(models.resolve())  # workers are fresh processes and read it there
    pairs = parts(gold_pairs("train"))["untouched"]
    rows = json.loads(score(pairs, found_rows(pairs, workers=2), "--json"))
    return {kind: rows[kind]["f1"] for kind in KINDS}


def main() -> None:
    """Print a line for each share."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shares", type=float, nargs="+", default=[0.25, 0.5, 1.0])
    parser.add_argument("--out", type=Path, default=Path("build/curve"))
    parser.add_argument("--vectors", type=Path, help="word vectors made before")
    options = parser.parse_args()
    shutil.rmtree(options.out, ignore_errors=True)
    print("".join(["reports", *(f"{kind:>16}" for kind in KINDS)]))
    for share in options.shares:
        place = options.out / f"{share:.2f}"
        count = subset(place / "reports", share)
        command = [sys.executable, "-m", "ingest.training", str(place / "reports"), "--out", str(place / "models")]
        given = ["--vectors", str(options.vectors)] if options.vectors else []
        subprocess.run([*command, *given], check=True, stdout=subprocess.DEVNULL)
        print("".join([f"{count:7}", *(f"{f1:16.3f}" for f1 in measured(place / "models").values())]), flush=True)


if __name__ == "__main__":
    main()

"""How fast are reading and extraction? `python -m bench.extract [--reports 400] [--workers 2]`

Makes reports of about 1,500 characters from the demonstration reports (each a rotation of a report's paragraphs, so
that no two are alike), writes them to a temporary folder, and times what `alliance extract` does with them, without a
store and without the encoder. Target: at least 20 reports a second on 2 cores.
"""

import argparse
import os
import tempfile
import time
from pathlib import Path

from bench.gold_records import SEEDS
from ingest.pipeline import extract_files

CHARACTERS = 1500


def make_reports(folder: Path, count: int) -> int:
    """Write `count` reports; returns how many characters they hold."""
    paragraphs = [
        [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        for path in sorted(SEEDS.glob("*.txt"))
    ]
    written = 0
    for number in range(count):
        lines = paragraphs[number % len(paragraphs)] + paragraphs[(number + 1) % len(paragraphs)]
        turn = (number // len(paragraphs)) % len(lines)
        text = "\n".join([f"第{number}篇", *lines[turn:], *lines[:turn]])[:CHARACTERS]
        (folder / f"report-{number:05}.txt").write_text(text + "\n", encoding="utf-8")
        written += len(text)
    return written


def measure(folder: Path, workers: int) -> float:
    """Seconds to read and extract all reports of the folder, starting the workers included."""
    start = time.perf_counter()
    failures = [failure for outcome, _, _ in extract_files([folder], workers) for failure in outcome.failures]
    if failures:
        raise SystemExit(f"not read: {failures[0]}")
    return time.perf_counter() - start


def main() -> None:
    """Print reports a second with one worker and with `--workers`."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=400)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        characters = make_reports(Path(place), options.reports)
        print(f"{options.reports} reports of {characters / options.reports:.0f} characters on {os.cpu_count()} cores")
        for workers in sorted({1, options.workers}):
            seconds = measure(Path(place), workers)
            print(f"{workers} worker(s): {seconds:6.1f} s, {options.reports / seconds:6.1f} reports/s")


if __name__ == "__main__":
    main()

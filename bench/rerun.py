"""How long does an ingest take that finds nothing new? `python -m bench.rerun [--library DIR]`

Runs `alliance ingest seeds/` as a user does, in a process of its own: the first run fills the library, the others find
nothing new. Target: under 3 s.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.gold_records import SEEDS

RUNS = 5


def run(library: Path) -> float:
    """Seconds of one ingest of the demonstration reports."""
    start = time.perf_counter()
    command = [str(Path(sys.executable).with_name("alliance")), "ingest", str(SEEDS), "--library", str(library), "-q"]
    subprocess.run(command, check=True)
    return time.perf_counter() - start


def main() -> None:
    """Print the seconds of the first run and the median of the others."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--library", type=Path, help="a library to keep; a temporary one by default")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        library = options.library or Path(place, "library")
        print(f"first ingest, with encoding: {run(library):.2f} s")
        again = sorted(run(library) for _ in range(RUNS))
        print(f"nothing new, median of {RUNS}: {again[RUNS // 2]:.2f} s ({again[0]:.2f} to {again[-1]:.2f})")


if __name__ == "__main__":
    main()

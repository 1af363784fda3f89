"""Makes the library of training cases that search is trained on: their gold records, indexed by the stock encoder.

python -m bench.train_library DIR
"""

import argparse
import shutil
from pathlib import Path

from bench.gold_records import library_from_gold
from graph.search.encoder import STOCK_NAME, Encoder
from graph.search.index import index


def main() -> None:
    """Make it, in place of what is there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    args = parser.parse_args()
    shutil.rmtree(args.folder, ignore_errors=True)
    library = library_from_gold(args.folder, "train")
    print(f"{index(library, Encoder.load(STOCK_NAME))} passages of {len(library.reports())} reports in {args.folder}")


if __name__ == "__main__":
    main()

"""Makes graph/search/divisions.parquet: the divisions of the gazetteer down to townships, without its villages.

    python -m bench.make_divisions

Nothing imports this at run time. `graph` may not read what belongs to `ingest`, and search names divisions that no
report names (a county's province), so it has a table of its own. DIVISIONS.md says where the codes come from.
"""

import sys
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "ingest" / "lexicon" / "data" / "divisions.parquet"
TARGET = ROOT / "graph" / "search" / "divisions.parquet"
SMALLEST_VILLAGE = 10**11  # villages have codes of twelve digits


def main() -> int:
    """Write the table; returns the number of its rows."""
    rows = pq.read_table(SOURCE)
    rows = rows.filter(pc.less(rows.column("code"), SMALLEST_VILLAGE))
    pq.write_table(
        rows,
        TARGET,
        compression="zstd",
        compression_level=19,
        use_dictionary=False,
        column_encoding={"code": "DELTA_BINARY_PACKED", "name": "DELTA_LENGTH_BYTE_ARRAY"},
        write_statistics=False,
    )
    return int(rows.num_rows)


if __name__ == "__main__":
    sys.exit(0 if main() else 1)

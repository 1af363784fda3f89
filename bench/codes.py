"""How often is the official code right? `python -m bench.codes [--models FOLDER] [--set dev] [--errors]`

Asked are the villages and divisions of the annotated reports that have one code beyond doubt: the chain of `within`
names a county (or the row is a county or larger), every link of it stands in the official list under exactly this name,
and one code is left. Right is a row that the extraction finds with that code; a row not found at all counts apart.
Training reports are only honest with `--models` trained without the reports measured.
"""

import argparse
import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.gold_records import gold_pairs
from bench.quality import Pair, found_rows, is_untouched
from ingest.lexicon import Gazetteer, simplified
from ingest.models import FOLDER_VARIABLE

PLACES = ("Division", "Village")
COUNTY = 6  # digits of a county's code; larger divisions have fewer


@dataclass(slots=True)
class Tally:
    """Rows asked, those found under one of their names, and those of them with the right code."""

    asked: int = 0
    found: int = 0
    right: int = 0
    notes: list[str] = field(default_factory=list)

    def line(self) -> str:
        """Right codes among the rows found, and among all asked."""
        of_found, of_all = (self.right / max(1, n) for n in (self.found, self.asked))
        return f"{of_found:.3f} of {self.found} found, {of_all:.3f} of {self.asked} asked"


class Expected:
    """The codes that the gold rows of one report have beyond doubt."""

    def __init__(self, entities: Iterable[dict[str, Any]], gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self.rows = [row for row in entities if row["type"] in PLACES]
        self._by_name = {row["name"]: row for row in self.rows if row["type"] == "Division"}

    def code(self, row: dict[str, Any], seen: Sequence[str] = ()) -> str:
        """The one official code of `row`, '' where there is none or more than one."""
        container = row.get("within", "")
        above = self._by_name.get(container)
        if container and (above is None or container in seen):
            return ""
        held = self.code(above, (*seen, row["name"])) if above else ""
        if container and not held:
            return ""
        codes = {
            code
            for name in map(simplified, (row["name"], *row.get("aliases", [])))
            for code in self._called(row["type"], name, held)
        }
        return codes.pop() if len(codes) == 1 else ""

    def _called(self, kind: str, name: str, held: str) -> tuple[str, ...]:
        if kind == "Village":
            if len(held) < COUNTY:
                return ()
            return self._gazetteer.villages(held).get(name, ()) if len(held) in (COUNTY, 9) else ()
        codes, official = self._gazetteer.divisions_called(name)
        inside = tuple(code for code in codes if official and code.startswith(held) and code != held)
        return inside if len(held) >= COUNTY else tuple(code for code in inside if len(code) <= COUNTY)


def compare(gold: dict[str, Any], found: dict[str, Any], name: str, tallies: dict[str, Tally]) -> None:
    """Count one report's rows into `tallies`, by entity type."""
    expected = Expected(gold["entities"], Gazetteer.load())
    for row in expected.rows:
        code = expected.code(row)
        if not code:
            continue
        tally = tallies[row["type"]]
        tally.asked += 1
        names = {row["name"], *row.get("aliases", [])}
        own = [f for f in found.get("entities", []) if f["type"] == row["type"] and names & {f["name"], *f["aliases"]}]
        exact = [f for f in own if f["name"] == row["name"]] or own
        if not exact:
            continue
        tally.found += 1
        said = exact[0].get("code", "")
        tally.right += said == code
        if said != code:
            tally.notes.append(
                f"{name}: {row['type']} {row['name']} within {row.get('within', '')}: {code}, found {said or 'none'}"
            )


def measure(pairs: Iterable[Pair], found: dict[str, dict[str, Any]]) -> dict[str, Tally]:
    """Tallies by entity type over the reports of `pairs`."""
    tallies = {kind: Tally() for kind in PLACES}
    for text, gold in pairs:
        compare(json.loads(gold.read_text(encoding="utf-8")), found.get(text.stem, {}), text.stem, tallies)
    return tallies


def main() -> None:
    """Print a line for each part and type, and on demand the errors of the tuned part."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--models", type=Path, help="folder of model files that take the place of those that ship")
    parser.add_argument("--set", choices=["dev", "train"], default="dev", dest="name")
    parser.add_argument("--errors", action="store_true", help="list every wrong code of the tuned part")
    options = parser.parse_args()
    if options.models:
        os.environ[FOLDER_VARIABLE] = str(options.models.resolve())
    pairs = [*gold_pairs("seed"), *gold_pairs("dev")] if options.name == "dev" else gold_pairs("train")
    parts = {
        "tuned": [pair for pair in pairs if not is_untouched(pair[0].stem)],
        "untouched": [pair for pair in pairs if is_untouched(pair[0].stem)],
    }
    found = found_rows(pairs)
    for part, some in parts.items():
        tallies = measure(some, found)
        for kind, tally in tallies.items():
            print(f"{part:10} {kind:9} {tally.line()}")
        if options.errors and part == "tuned":
            print("\n".join(note for tally in tallies.values() for note in tally.notes))


if __name__ == "__main__":
    main()

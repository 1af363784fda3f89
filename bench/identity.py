"""How well names of different reports are joined, against gold mentions and `gold/identity.json`.

    python -m bench.identity [--errors] [--untouched] [--extra FOLDER --identity FILE]

Scores every type by pairs of names from different reports (precision, recall, F1) and by B-cubed. Pairs that the gold
lists as optional cost nothing. Reports whose number is divisible by 3 are left out unless `--untouched` is given.
`--extra` adds another folder of texts with gold, beside the reports of the benchmark; `--identity` then names the file
that covers them too.
"""

import argparse
import json
import re
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

from bench.gold_records import GOLD, gold_pairs, load_gold
from graph.identity import derive
from graph.records import Extraction

Name = tuple[str, str]  # report stem, name
Pair = frozenset[Name]


@dataclass
class Score:
    """Counts of pairs, and the B-cubed sums, of one type."""

    right: int = 0
    found: int = 0
    wanted: int = 0
    precision: float = 0.0
    recall: float = 0.0
    names: int = 0
    errors: list[str] = field(default_factory=list)

    def line(self, label: str) -> str:
        """One row of the table."""
        pairs = f1(self.right / self.found if self.found else 1.0, self.right / self.wanted if self.wanted else 1.0)
        cubed = f1(self.precision / self.names, self.recall / self.names) if self.names else 1.0
        return (
            f"{label:18s} pairs P {self.right}/{self.found} R {self.right}/{self.wanted} F1 {pairs:.3f}"
            f"   B-cubed F1 {cubed:.3f} over {self.names} names"
        )


def f1(precision: float, recall: float) -> float:
    """The harmonic mean."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def is_untouched(stem: str) -> bool:
    """Whether the report belongs to the part that is only measured, never looked at."""
    number = re.fullmatch(r"[a-z]+-(\d+)", stem)
    return number is not None and int(number[1]) % 3 == 0


def extractions(extra: Path | None) -> list[Extraction]:
    """The gold of all dev reports and of the folder `extra`."""
    pairs = gold_pairs("dev")
    if extra is not None:
        pairs += [(g.with_name(g.name.replace(".gold.json", ".txt")), g) for g in sorted(extra.glob("*.gold.json"))]
    return [load_gold(text, gold) for text, gold in pairs]


def clusters_of(read: list[Extraction]) -> dict[str, dict[Name, str]]:
    """Type → (report stem, name) → id of the entity that the name was put with."""
    stems = {e.report.id: e.report.stem for e in read}
    entities = derive([m for e in read for m in e.mentions], [e.report for e in read])
    found: dict[str, dict[Name, str]] = defaultdict(dict)
    for extraction in read:
        for mention in extraction.mentions:
            found[mention.type][stems[mention.report], mention.name] = entities.of_mention[mention.id]
    return found


def score(found: dict[Name, str], same: list[set[Name]], optional: set[Pair]) -> Score:
    """Compare the clusters of one type with the gold; only pairs of different reports count."""
    result = Score(names=len(found))
    label = {name: number for number, group in enumerate(same) for name in group if name in found}
    gold: dict[Name, object] = {name: label.get(name, name) for name in found}
    for one, other in combinations(sorted(found), 2):
        if one[0] == other[0] or frozenset((one, other)) in optional:
            continue
        joined, meant = found[one] == found[other], gold[one] == gold[other]
        result.found += joined
        result.wanted += meant
        result.right += joined and meant
        if joined != meant:
            result.errors.append(f"{'wrongly joined' if joined else 'missed'}: {one} {other}")
    for name, entity in found.items():
        ours = {n for n in found if found[n] == entity}
        theirs = {n for n in found if gold[n] == gold[name]}
        result.precision += len(ours & theirs) / len(ours)
        result.recall += len(ours & theirs) / len(theirs)
    return result


def main() -> None:
    """Print one row a type."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--untouched", action="store_true", help="count the untouched reports too")
    parser.add_argument("--extra", type=Path, help="another folder of NAME.txt and NAME.gold.json")
    parser.add_argument("--identity", type=Path, default=GOLD / "identity.json", help="which names mean one thing")
    asked = parser.parse_args()
    gold = json.loads(asked.identity.read_text(encoding="utf-8"))
    optional = {frozenset((tuple(a), tuple(b))) for a, b in gold["optional"]}
    read = [e for e in extractions(asked.extra) if asked.untouched or not is_untouched(e.report.stem)]
    whole = Score()
    for kind, found in sorted(clusters_of(read).items()):
        same = [{(r, n) for r, n in row["members"]} for row in gold["same"] if row["type"] == kind]
        result = score(found, same, optional)
        print(result.line(kind))
        if asked.errors:
            print(*(f"    {error}" for error in result.errors), sep="\n")
        for name in ("right", "found", "wanted", "precision", "recall", "names"):
            setattr(whole, name, getattr(whole, name) + getattr(result, name))
    print(whole.line("all"))


if __name__ == "__main__":
    main()

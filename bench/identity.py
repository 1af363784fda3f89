"""How well names of different reports are joined, against gold mentions and `gold/identity.json`.

    python -m bench.identity [--found] [--errors] [--extra FOLDER --identity FILE]

Scores every type by pairs of names from different reports (precision, recall, F1) and by B-cubed, for the tuned part
of the reports by itself, for all reports, and for what of that has to do with untouched reports (number divisible by
3), whose errors are never shown. Pairs that the gold lists as optional cost nothing. `--found` joins the mentions that
the extractor finds instead of the gold's: a gold name then stands for the mentions found where it stands, and those
that are not found are left out, and counted. `--extra` adds another folder of texts with gold, and `--identity` names
the file that covers them too.
"""

import argparse
import json
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any

from bench.gold_records import GOLD, gold_pairs, load_gold
from graph.identity import derive
from graph.records import Extraction, Mention
from ingest.pipeline import extract_files

Name = tuple[str, str]  # report stem, name
Pair = frozenset[Name]
PARTS = ("tuned", "all", "untouched")


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

    def add(self, other: "Score") -> None:
        """Count another type in."""
        for name in ("right", "found", "wanted", "precision", "recall", "names"):
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def cell(self) -> str:
        """Pairs right, found and wanted, their F1, and B-cubed."""
        pairs = f1(self.right / self.found if self.found else 1.0, self.right / self.wanted if self.wanted else 1.0)
        cubed = f1(self.precision / self.names, self.recall / self.names) if self.names else 1.0
        return f"{f'{self.right}/{self.found}/{self.wanted}':>12s} {pairs:.3f} {cubed:.3f}"


def f1(precision: float, recall: float) -> float:
    """The harmonic mean."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def is_untouched(stem: str) -> bool:
    """Whether the report belongs to the part that is only measured, never looked at."""
    number = re.fullmatch(r"[a-z]+-(\d+)", stem)
    return number is not None and int(number[1]) % 3 == 0


def gold_files(extra: Path | None) -> list[tuple[Path, Path]]:
    """Text and gold of the demonstration reports and of the folder `extra`."""
    pairs = [*gold_pairs("seed"), *gold_pairs("dev")]
    if extra is not None:
        pairs += [(g.with_name(g.name.replace(".gold.json", ".txt")), g) for g in sorted(extra.glob("*.gold.json"))]
    return pairs


def as_found(pairs: list[tuple[Path, Path]]) -> list[tuple[Extraction, Extraction]]:
    """What the extractor finds in each report, and the gold over the same text."""
    texts = [text for text, _ in pairs]
    read = {e.report.stem: e for outcome, _, _ in extract_files(texts, 1) for e in outcome.extractions}
    return [(read[text.stem], load_gold(text, gold, text=read[text.stem].report.text)) for text, gold in pairs]


def clusters_of(read: list[tuple[Extraction, Extraction]]) -> dict[str, dict[Name, str]]:
    """Type → (report stem, gold name) → id of the entity that the name was put with; `read` holds mentions and gold."""
    entities = derive([m for used, _ in read for m in used.mentions], [used.report for used, _ in read])
    found: dict[str, dict[Name, str]] = defaultdict(dict)
    for used, gold in read:
        votes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for mention in gold.mentions:
            votes[mention.type, mention.name].update(entities.of_mention[m.id] for m in _at(mention, used.mentions))
        for (kind, name), counts in votes.items():
            if counts:
                found[kind][gold.report.stem, name] = min(counts, key=lambda entity: (-counts[entity], entity))
    return found


def _at(gold: Mention, mentions: tuple[Mention, ...]) -> list[Mention]:
    """Mentions of the same type that share at least half of their characters with `gold`."""
    same = []
    for m in mentions:
        shared = min(m.end, gold.end) - max(m.start, gold.start)
        if m.type == gold.type and shared > 0 and 2 * shared >= max(m.end, gold.end) - min(m.start, gold.start):
            same.append(m)
    return same


def score(found: dict[Name, str], same: list[set[Name]], optional: set[Pair], part: str) -> Score:
    """Compare the clusters of one type with the gold; only pairs of different reports count."""

    def counts(*names: Name) -> bool:
        return part != "untouched" or any(is_untouched(stem) for stem, _ in names)

    result = Score()
    label = {name: number for number, group in enumerate(same) for name in group if name in found}
    gold: dict[Name, object] = {name: label.get(name, name) for name in found}
    for one, other in combinations(sorted(found), 2):
        if one[0] == other[0] or frozenset((one, other)) in optional or not counts(one, other):
            continue
        joined, meant = found[one] == found[other], gold[one] == gold[other]
        result.found += joined
        result.wanted += meant
        result.right += joined and meant
        if joined != meant:
            result.errors.append(f"{'wrongly joined' if joined else 'missed'}: {one} {other}")
    for name in filter(counts, found):
        ours = {n for n in found if found[n] == found[name]}
        theirs = {n for n in found if gold[n] == gold[name]}
        result.names += 1
        result.precision += len(ours & theirs) / len(ours)
        result.recall += len(ours & theirs) / len(theirs)
    return result


def scores(read: list[tuple[Extraction, Extraction]], gold: dict[str, Any], part: str) -> dict[str, Score]:
    """Type → score of a part; `all` holds them all together."""
    if part == "tuned":
        read = [(used, right) for used, right in read if not is_untouched(right.report.stem)]
    optional = {frozenset((tuple(a), tuple(b))) for a, b in gold["optional"]}
    table, whole = {}, Score()
    for kind, found in sorted(clusters_of(read).items()):
        same = [{(r, n) for r, n in row["members"]} for row in gold["same"] if row["type"] == kind]
        table[kind] = score(found, same, optional, part)
        whole.add(table[kind])
    return {**table, "all": whole}


def main() -> None:
    """Print a row a type and a column a part, and on demand the errors of the tuned part."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--found", action="store_true", help="mentions as the extractor finds them, not the gold's")
    parser.add_argument("--errors", action="store_true", help="list the errors of the tuned part")
    parser.add_argument("--extra", type=Path, help="another folder of NAME.txt and NAME.gold.json")
    parser.add_argument("--identity", type=Path, default=GOLD / "identity.json", help="which names mean one thing")
    asked = parser.parse_args()
    gold = json.loads(asked.identity.read_text(encoding="utf-8"))
    files = gold_files(asked.extra)
    read = as_found(files) if asked.found else [(e, e) for e in (load_gold(*pair) for pair in files)]
    table = {part: scores(read, gold, part) for part in PARTS}
    wanted = {(right.report.stem, m.type, m.name) for _, right in read for m in right.mentions}
    print(f"{table['all']['all'].names} of {len(wanted)} gold names found. Pairs right/found/wanted, F1, B-cubed F1:")
    print(f"{'':18s}" + "".join(f"{part:>27s}" for part in PARTS))
    for kind in [k for k in table["all"] if k != "all"] + ["all"]:
        print(f"{kind:18s}" + "".join(f"{table[part].get(kind, Score()).cell():>27s}" for part in PARTS))
        if asked.errors and kind in table["tuned"]:
            print(*(f"    {error}" for error in table["tuned"][kind].errors), sep="\n")


if __name__ == "__main__":
    main()

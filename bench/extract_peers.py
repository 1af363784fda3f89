"""What would a user pick instead? `python -m bench.extract_peers [--reports 200]`

Names of people, places and bodies, by this program, by jieba.posseg and by jiagu, on the same texts: how many of the
annotated ones each finds (demonstration reports) and how fast (reports of bench.extract, one thread). The others know
no finer types, so ours are folded into theirs; a name is right if it is one of the forms of an annotated entity of that
class, each counted once. Needs `pip install "alliance-graph[bench]"`.
"""

import argparse
import json
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from threadpoolctl import threadpool_limits

from bench.extract import make_reports
from bench.gold_records import gold_pairs
from graph.records import Report
from ingest.extractor import Extractor
from ingest.reading import read

CLASSES = {
    **dict.fromkeys(("Village", "Division", "Place"), "place"),
    "Person": "person",
    **dict.fromkeys(
        ("PartyOrganization", "Alliance", "Department", "University", "Enterprise", "Organization"), "body"
    ),
}
Named = set[tuple[str, str]]  # (class, name)
Finder = Callable[[Report], Named]


def ours() -> Finder:
    """This program, all of it: claims and figures too."""
    extractor = Extractor.load()

    def find(report: Report) -> Named:
        mentions = extractor.extract(report).mentions
        return {(CLASSES[m.type], m.form) for m in mentions if m.type in CLASSES}

    return find


def jieba() -> Finder:
    """jieba.posseg: words tagged nr, ns, nt."""
    import jieba.posseg

    jieba.setLogLevel("ERROR")
    flags = {"nr": "person", "nrt": "person", "ns": "place", "nt": "body"}
    return lambda report: {(flags[w.flag], w.word) for w in jieba.posseg.cut(report.text) if w.flag in flags}


def jiagu() -> Finder:
    """jiagu: its named entities, B- and I- pieces joined, sentence by sentence."""
    import jiagu

    kinds = {"PER": "person", "LOC": "place", "ORG": "body"}

    def pieces(words: list[str], tags: list[str]) -> Iterator[tuple[str, str]]:
        for kind, group in groupby(enumerate(tags), key=lambda at: at[1][2:] if at[1] != "O" else ""):
            numbers = [number for number, _ in group]
            if kind in kinds:
                yield kinds[kind], "".join(words[numbers[0] : numbers[-1] + 1])

    def find(report: Report) -> Named:
        found: Named = set()
        for line in report.text.splitlines():
            for sentence in line.split("。"):
                if sentence.strip():
                    words = jiagu.seg(sentence)
                    found |= set(pieces(words, jiagu.ner(words)))
        return found

    return find


def _entity_forms(row: dict[str, Any]) -> Named:
    return {(CLASSES[row["type"]], form) for form in (row["name"], *row.get("aliases", []))}


def score(find: Finder, pairs: Iterable[tuple[Path, Path]]) -> str:
    """Precision over the distinct names said, recall over the annotated entities, and F1."""
    right = said = hit = wanted = 0
    for text, gold_path in pairs:
        rows = [r for r in json.loads(gold_path.read_text(encoding="utf-8"))["entities"] if r["type"] in CLASSES]
        found = find(read(text).reports[0])
        said += len(found)
        right += len(found & {form for row in rows for form in _entity_forms(row)})
        required = [row for row in rows if not row.get("optional")]
        wanted += len(required)
        hit += sum(not found.isdisjoint(_entity_forms(row)) for row in required)
    precision, recall = right / max(1, said), hit / max(1, wanted)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return f"P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}"


def speed(find: Finder, reports: Sequence[Report]) -> float:
    """Reports a second in this process, after one to warm up."""
    find(reports[0])
    start = time.perf_counter()
    for report in reports:
        find(report)
    return len(reports) / (time.perf_counter() - start)


def main() -> None:
    """Print quality and speed of the three."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=200)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place, threadpool_limits(1):
        make_reports(Path(place), options.reports)
        reports = [read(path).reports[0] for path in sorted(Path(place).iterdir())]
        print(
            f"names of people, places, bodies in the demonstration reports; speed on {len(reports)} reports, one thread"
        )
        for name, make in (("alliance", ours), ("jieba.posseg", jieba), ("jiagu", jiagu)):
            find = make()
            print(f"{name:14} {score(find, gold_pairs('dev'))}   {speed(find, reports):7.1f} reports/s")


if __name__ == "__main__":
    main()

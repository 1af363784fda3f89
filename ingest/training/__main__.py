"""Makes all model files from annotated reports, in one go.

    python -m ingest.training FOLDER... --out DIR [--exclude-untouched] [--vectors FILE] [--at-once 2]

Every FOLDER holds NAME.txt beside NAME.gold.json (docs/annotating.md). The trainers run as processes of their own, two
at a time, one thread each; what they say goes to DIR/training.log. The same folders give the same files. With
--exclude-untouched our reports whose number three divides are left out, to measure on them. Exit code 1 where some
reports could not be used: they are listed, the others are learned.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.errors import AllianceError
from ingest.extractor import VERSION
from ingest.models import FOLDER_VARIABLE
from ingest.training.gather import Gathered, gather

# One thread, and no returning of memory between steps: a third faster on small networks.
ENVIRONMENT = {
    "OMP_NUM_THREADS": "1",
    "MALLOC_MMAP_THRESHOLD_": "4294967296",
    "MALLOC_TRIM_THRESHOLD_": "4294967296",
}
PROGRAMS = {
    "tagger": "train_tagger",
    "mentions": "mentions_found",
    "weighing": "weighing",
    "vectors": "relations_vectors",
    "relations": "relations",
    "figures": "figures",
    "casetypes": "casetypes",
}
AFTER = {"weighing": ("mentions",), "relations": ("vectors", "weighing"), "figures": ("casetypes", "weighing")}
READS_MADE = frozenset({"figures"})  # finds cases by the boundaries made before it, not by those that ship


class TrainingError(AllianceError):
    """A trainer that failed."""


@dataclass(frozen=True, slots=True)
class Job:
    """One trainer at work."""

    step: str
    process: "subprocess.Popen[bytes]"
    began: float


def _arguments(reports: Path, out: Path, vectors: Path | None) -> dict[str, list[str]]:
    """Step → its arguments; what others wait for comes first."""
    made, found, kept = vectors or out / "vectors.npy", out / "mentions.jsonl", out / "mentions_kept.jsonl"
    found.unlink(missing_ok=True)  # it would be added to
    kept.unlink(missing_ok=True)
    steps = {
        "mentions": [str(reports), str(found)],
        "vectors": [str(reports), str(made)],
        "tagger": [str(reports), "--out", str(out / "tagger.npz")],
        "weighing": [str(reports), str(found), "--out", str(out), "--kept", str(kept)],
        "relations": [str(reports), "--vectors", str(made), "--mentions", str(kept)],
        "figures": [str(reports), "--mentions", str(kept), "--out", str(out)],
        "casetypes": [str(reports), "--out", str(out)],
    }
    steps["relations"] += ["--out", str(out / "relations.npz")]
    return {step: given for step, given in steps.items() if step != "vectors" or vectors is None}


def run(steps: dict[str, list[str]], log: Path, at_once: int) -> dict[str, int]:
    """Run the trainers, as many at once as told, each after those it needs; returns the seconds each took."""
    waiting, running, seconds = dict(steps), list[Job](), dict[str, int]()
    with log.open("wb") as said:
        try:
            while waiting or running:
                ready = [s for s in waiting if all(n in seconds or n not in steps for n in AFTER.get(s, ()))]
                for step in ready[: at_once - len(running)]:
                    command = [sys.executable, "-m", f"ingest.training.{PROGRAMS[step]}", *waiting.pop(step)]
                    own = {FOLDER_VARIABLE: str(log.parent.resolve())} if step in READS_MADE else {}
                    environment = os.environ | ENVIRONMENT | own
                    process = subprocess.Popen(command, stdout=said, stderr=said, env=environment)  # noqa: S603
                    running.append(Job(step, process, time.monotonic()))
                time.sleep(0.2)
                for job in [job for job in running if job.process.poll() is not None]:
                    running.remove(job)
                    if job.process.returncode:
                        raise TrainingError(f"Training {job.step} failed; what it said stands at the end of {log}.")
                    seconds[job.step] = round(time.monotonic() - job.began)
                    sys.stdout.write(f"{job.step}: {seconds[job.step]} s\n")
                    sys.stdout.flush()
        finally:
            for job in running:
                job.process.kill()
                job.process.wait()
    return seconds


def _write_card(out: Path, gathered: Gathered, seconds: dict[str, int], *, held_out: bool) -> None:
    card = {
        "extractor": VERSION,
        "folders": gathered.folders,
        "reports": gathered.reports,
        "untouched_reports": "left out" if held_out else "learned",
        "seconds": seconds,
        "bytes": {path.name: path.stat().st_size for path in sorted(out.glob("*.npz"))},
        "licence": "Apache-2.0; grown from LAC's hidden states, see ingest/models/NOTICE",
    }
    (out / "training.json").write_text(json.dumps(card, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--exclude-untouched", action="store_true")
    parser.add_argument(
        "--vectors", type=Path, help="word vectors made before; they do not depend on the reports' gold"
    )
    parser.add_argument("--at-once", type=int, default=max(1, min(2, os.cpu_count() or 1)))
    given = parser.parse_args(arguments)
    given.out.mkdir(parents=True, exist_ok=True)
    try:
        with tempfile.TemporaryDirectory() as place:
            gathered = gather(given.folders, Path(place), held_out=given.exclude_untouched)
            steps = _arguments(Path(place), given.out, given.vectors)
            seconds = run(steps, given.out / "training.log", given.at_once)
    except AllianceError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    _write_card(given.out, gathered, seconds, held_out=given.exclude_untouched)
    for problem in gathered.problems:
        sys.stderr.write(f"not learned: {problem}\n")
    return 1 if gathered.problems else 0


if __name__ == "__main__":
    sys.exit(main())

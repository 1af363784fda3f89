"""Trains the tagger: `python -m ingest.training.train_tagger GOLD_FOLDER [--out FILE] [--exclude-untouched]`.

With --exclude-untouched the reports whose number is divisible by 3 are kept out and measured afterwards. The same
seed on the same machine gives the same weights.
"""

import argparse
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from graph.ontology import ontology
from ingest.lexicon.script import simplified
from ingest.mentions.lexical import LexicalModel
from ingest.mentions.tagger import Tagger, character_table, features, windows
from ingest.models import Arrays
from ingest.models.networks import Floats
from ingest.training.annotations import Annotated, load, untouched
from ingest.training.measure import span_scores
from ingest.training.tagger_narrow import narrowed
from ingest.training.tagger_network import Settings, TaggerNetwork, label_names

DEFAULT_OUT = Path(__file__).parents[1] / "models" / "tagger.npz"
MASKED = -1


@dataclass(frozen=True)
class Plan:
    """How long and how fast to train."""

    epochs: int = 12
    windows_a_step: int = 24
    rate: float = 2.5e-3
    clip: float = 5.0
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Example:
    """One window, a row a character: what the network sees, and the label it should say (MASKED: any)."""

    characters: NDArray[np.intp]
    shapes: NDArray[np.intp]
    states: NDArray[np.float16]
    labels: NDArray[np.intp]


def vocabulary(lexical: LexicalModel) -> tuple[list[str], Floats]:
    """The lexical network's characters and their embeddings, to begin with; row 0 is the unknown one, all zeros."""
    characters = sorted(c for c in lexical.vocabulary if len(c) == 1 and c.isprintable())
    vectors = np.concatenate([np.zeros((1, 128), dtype=np.float32), lexical.embed(characters)])
    return ["", *characters], vectors


def window_labels(report: Annotated, start: int, end: int, labels: Sequence[str]) -> NDArray[np.intp]:
    """The label number of each character of the window [start, end); MASKED where the annotation cannot tell."""
    numbers = {label: number for number, label in enumerate(labels)}
    found = np.zeros(len(report.text), dtype=np.intp)
    for mark in report.marks:
        if mark.end - mark.start == 1:
            found[mark.start] = numbers[f"S-{mark.type}"]
            continue
        found[mark.start : mark.end] = numbers[f"I-{mark.type}"]
        found[mark.start], found[mark.end - 1] = numbers[f"B-{mark.type}"], numbers[f"E-{mark.type}"]
    for first, last in report.masks:
        found[first:last] = MASKED
    for mark in report.marks:
        if mark.start < start < mark.end or mark.start < end < mark.end:
            found[mark.start : mark.end] = MASKED
    return found[start:end]


def examples(reports: Sequence[Annotated], characters: Sequence[str], labels: Sequence[str]) -> list[Example]:
    """The windows of `reports` as the network sees them."""
    lexical = LexicalModel.load()
    table = character_table(characters)
    found: list[Example] = []
    for report in reports:
        spans = windows(report.text)
        plain = simplified(report.text)
        seen = features([plain[s.start : s.end] for s in spans], table, lexical)
        states = seen.states[seen.units].astype(np.float16)
        at = 0
        for span in spans:
            piece = slice(at, at + span.end - span.start)
            wanted = window_labels(report, span.start, span.end, labels)
            found.append(Example(seen.characters[piece], seen.shapes[piece], states[piece], wanted))
            at = piece.stop
    return found


def collate(batch: Sequence[Example], labels: int) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
    """Padded characters, shapes, states, allowed labels and the lengths, longest first."""
    ordered = sorted(batch, key=lambda example: -len(example.labels))
    counts = torch.tensor([len(example.labels) for example in ordered])
    steps = int(counts[0])
    characters = torch.zeros(len(ordered), steps, dtype=torch.long)
    shapes = torch.zeros(len(ordered), steps, dtype=torch.long)
    states = torch.zeros(len(ordered), steps, ordered[0].states.shape[1])
    allowed = torch.ones(len(ordered), steps, labels, dtype=torch.bool)
    for row, example in enumerate(ordered):
        size = len(example.labels)
        characters[row, :size] = torch.from_numpy(example.characters)
        shapes[row, :size] = torch.from_numpy(example.shapes)
        states[row, :size] = torch.from_numpy(example.states.astype(np.float32))
        wanted = torch.from_numpy(example.labels)
        told = wanted != MASKED
        allowed[row, :size][told] = torch.nn.functional.one_hot(wanted[told], labels).bool()
    return characters, shapes, states, allowed, counts


def _steps(data: Sequence[Example], plan: Plan, chance: random.Random) -> Iterator[list[Example]]:
    """One epoch in random order; windows of one step are of like length, which spares padding."""
    jittered = sorted(data, key=lambda example: len(example.labels) * chance.uniform(0.8, 1.25))
    size = plan.windows_a_step
    steps = [jittered[at : at + size] for at in range(0, len(jittered), size)]
    chance.shuffle(steps)
    yield from steps


def train(data: Sequence[Example], network: TaggerNetwork, plan: Plan) -> None:
    """Train `network` in place, the rate warming up over one epoch and falling to nothing (one-cycle)."""
    chance = random.Random(plan.seed)  # noqa: S311 - the order of training, nothing secret
    optimiser = torch.optim.Adam(network.parameters(), lr=plan.rate)
    steps = plan.epochs * -(-len(data) // plan.windows_a_step)
    warming = max(1 / plan.epochs, 2 / steps)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, plan.rate, total_steps=steps, pct_start=warming)
    network.train()
    for epoch in range(plan.epochs):
        began, total, seen = time.monotonic(), 0.0, 0
        for batch in _steps(data, plan, chance):
            characters, shapes, states, allowed, counts = collate(batch, len(network.labels))
            loss = network.loss(network.emissions(characters, shapes, states, counts), allowed, counts)
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]  # torch leaves it so
            torch.nn.utils.clip_grad_norm_(network.parameters(), plan.clip)
            optimiser.step()
            schedule.step()
            total, seen = total + loss.item() * len(batch), seen + len(batch)
        sys.stderr.write(f"epoch {epoch + 1}: loss {total / seen:.3f}, {time.monotonic() - began:.0f} s\n")
        sys.stderr.flush()
    network.eval()


def make(reports: Sequence[Annotated], plan: Plan, settings: Settings) -> Arrays:
    """The arrays of `tagger.npz`, trained on `reports`."""
    torch.manual_seed(plan.seed)
    torch.use_deterministic_algorithms(mode=True)
    lexical = LexicalModel.load()
    characters, embedding = vocabulary(lexical)
    labels = label_names(list(ontology().entity_types))
    network = TaggerNetwork(embedding, len(lexical.tags), labels, settings)
    train(examples(reports, characters, labels), network, plan)
    return narrowed(network.arrays(characters), [report.text for report in reports], lexical)


def main(arguments: list[str] | None = None) -> None:
    """Command-line entry."""
    parser = argparse.ArgumentParser(prog="python -m ingest.training.train_tagger", description=__doc__)
    parser.add_argument("gold", type=Path, help="folder of NAME.txt with NAME.gold.json")
    parser.add_argument("--out", type=Path, default=DEFAULT_OUT)
    parser.add_argument("--exclude-untouched", action="store_true")
    parser.add_argument("--epochs", type=int, default=Plan.epochs)
    parser.add_argument("--seed", type=int, default=Plan.seed)
    args = parser.parse_args(arguments)
    reports = load(args.gold, LexicalModel.load())
    kept = [report for report in reports if not (args.exclude_untouched and untouched(report.name))]
    arrays = make(kept, Plan(epochs=args.epochs, seed=args.seed), Settings())
    np.savez_compressed(args.out, **arrays)  # type: ignore[arg-type]  # numpy's stub takes the keyword allow_pickle too
    sys.stdout.write(f"{args.out}: {args.out.stat().st_size:,} bytes from {len(kept)} reports\n")
    if args.exclude_untouched:
        tagger = Tagger(arrays, LexicalModel.load())
        sys.stdout.write(f"{span_scores(tagger, [r for r in reports if untouched(r.name)])}\n")


if __name__ == "__main__":
    main()

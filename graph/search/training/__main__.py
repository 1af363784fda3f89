"""Trains the encoder of the field.

    python -m graph.search.training LIBRARY QUESTIONS... --out FILE [--held-out] [--epochs N] [--threads N]

LIBRARY is an indexed library of the cases that the QUESTIONS files (JSON lines) ask for. With --held-out it
learns from five ninths of the reports only: a third is left to measure on, a ninth to learn the ranking from.
"""

import argparse
import logging
import time
from pathlib import Path
from typing import Any

import numpy as np

from graph.search.encoder import STOCK_NAME, Encoder, ensure_model
from graph.search.overlay import write_overlay
from graph.search.training.encoder import BATCH, LAYERS, RATE, SCALE, train
from graph.search.training.visits import answers, read_questions, visits
from graph.store import Library

EPOCHS = 3
SEED = 20261130

log = logging.getLogger("training")


def main() -> None:
    """Read the options, train, write the overlay."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("library", type=Path)
    parser.add_argument("questions", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    began = time.monotonic()
    rows = [q for path in args.questions for q in read_questions(path)]
    kept = [q for q in rows if not args.held_out or q.part == "encoder"]
    cases = answers(Library.open(args.library), kept, Encoder.load(STOCK_NAME))
    learned = list(visits(cases, BATCH, args.epochs, SEED))
    log.info("%d questions, %d cases, %d visits", len(kept), len(cases), len(learned))
    folder = ensure_model(STOCK_NAME)
    before = _state(folder)
    model = train(folder, learned, SEED, args.threads)
    network: Any = model[0]
    after = {name: value.numpy() for name, value in network.auto_model.state_dict().items() if name in before}
    minutes = round((time.monotonic() - began) / 60, 1)
    said = {
        "base": STOCK_NAME,
        "licence": "MIT (multilingual-e5-small, intfloat); the differences Apache-2.0",
        "questions": len(kept),
        "cases": len(cases),
        "held out": args.held_out,
        "layers": LAYERS,
        "rate": RATE,
        "scale": SCALE,
        "batch": BATCH,
        "epochs": args.epochs,
        "seed": SEED,
    }
    size = write_overlay(args.out, before, after, said)
    log.info("%s: %.1f MB after %s minutes", args.out, size / 1e6, minutes)


def _state(folder: Path) -> dict[str, "np.typing.NDArray[np.float32]"]:
    from safetensors.numpy import load_file

    return load_file(str(folder / "model.safetensors"))


if __name__ == "__main__":
    main()

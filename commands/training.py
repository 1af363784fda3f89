"""train: models of one's own, from one's own annotated reports."""

import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from commands.common import INTERRUPTED, out, stop

OURS = Path(__file__).parent.parent / "bench" / "gold" / "train"


def train(
    folders: Annotated[list[Path], typer.Argument(help="Folders of NAME.txt with NAME.gold.json.", show_default=False)],
    out_dir: Annotated[Path, typer.Option("--out", "-o", help="Folder for the model files.")] = Path("models"),
    alone: Annotated[bool, typer.Option("--alone", help="Learn from these reports only, not from ours too.")] = False,
) -> None:
    """Train the extraction models on your own annotated reports, on top of ours.

    Takes under an hour on two cores. How to annotate: docs/annotating.md. Use what it makes with `--models`.

    Examples:  `alliance train annotated/ --out models`   ·   `alliance ingest reports/ --models models`
    """
    for folder in folders:
        if not folder.is_dir():
            stop(f"There is no folder {folder}.", 2)
    if not alone and not OURS.is_dir():
        stop(f"Our annotated reports are not at {OURS}: run from a clone of the repository, or say --alone.", 2)
    learned = [*folders] if alone else [OURS, *folders]
    command = [sys.executable, "-m", "ingest.training", *map(str, learned), "--out", str(out_dir)]
    out.print(f"Training from {', '.join(map(str, learned))}; the trainers' words go to {out_dir / 'training.log'}.")
    try:
        code = subprocess.run(command, check=False).returncode  # noqa: S603
    except KeyboardInterrupt:
        stop("Stopped. What was made stays; run the same command again to begin anew.", INTERRUPTED)
    if code <= 1:
        out.print(f"Use them with --models {out_dir}", markup=False)
    raise typer.Exit(code)

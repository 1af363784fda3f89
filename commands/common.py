"""What the commands share: the options they take, how they show progress, errors and JSON."""

import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

from graph.store import Library

INTERRUPTED = 130

out = Console(highlight=False)
err = Console(stderr=True, highlight=False)


class Format(StrEnum):
    """How results are printed."""

    table = "table"
    json = "json"


LibraryOption = Annotated[
    str, typer.Option("--library", "-l", envvar="ALLIANCE_LIBRARY", help="Folder or URI of the library.")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
Workers = Annotated[int | None, typer.Option("--workers", "-w", min=1, help="Processes; as many as pay by default.")]
Model = Annotated[str | None, typer.Option("--model", help="Encoder: a model folder or name; ours by default.")]
Plain = Annotated[bool, typer.Option("--no-vectors", help="Leave the encoder out; search by words alone.")]


def _use_models(folder: Path | None) -> Path | None:
    """Let this process and its workers read the model files of `folder` first."""
    if folder is not None:
        if not folder.is_dir():
            raise typer.BadParameter(f"there is no folder {folder}; `alliance train` makes one")
        os.environ["ALLIANCE_MODELS"] = str(folder.resolve())
    return folder


Models = Annotated[
    Path | None,
    typer.Option(
        "--models",
        envvar="ALLIANCE_MODELS",
        callback=_use_models,
        help="Folder of extraction models made by `alliance train`; those that ship by default.",
    ),
]


@contextmanager
def progress_bar(*, shown: bool) -> Iterator[Any]:
    """A function (task, done, all) that draws one bar a task on the terminal, or does nothing."""
    if not shown or not err.is_terminal:
        yield lambda _task, _done, _all: None
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=err, transient=True) as bars:
        tasks: dict[str, Any] = {}

        def draw(task: str, done: int, whole: int) -> None:
            if task not in tasks:
                tasks[task] = bars.add_task(task, total=whole)
            bars.update(tasks[task], completed=done, total=whole)

        yield draw


@contextmanager
def interruptible() -> Iterator[None]:
    """Ctrl-C ends the work between two commits, with a line that says how to go on."""
    try:
        yield
    except KeyboardInterrupt:
        stop("Stopped. What was written stays; run the same command again to go on.", INTERRUPTED)


def print_json(value: object) -> None:
    """JSON on standard output, Chinese as it is."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1, default=str) + "\n")


def stop(message: str, code: int) -> NoReturn:
    """Say what is wrong and leave."""
    err.print(message, style="red", markup=False)
    raise typer.Exit(code)


def opened(library: str) -> Library:
    """The library, for reading."""
    return Library.open(library)


def print_failures(failures: Sequence[object]) -> None:
    """One line for each thing that could not be read."""
    for failure in failures:
        err.print(f"not read: {failure}", style="red", markup=False, soft_wrap=True)


def newer_encoder(library: Library) -> str:
    """A line that offers our present encoder where an earlier one of ours made the vectors, else ''."""
    from graph.search.encoder import DEFAULT_NAME, is_ours

    if library.encoder == DEFAULT_NAME or not is_ours(library.encoder):
        return ""
    return (
        f"The vectors of {library.uri} were made by {library.encoder}. {DEFAULT_NAME} finds more: "
        f"`alliance index --library {library.uri}` makes them anew."
    )

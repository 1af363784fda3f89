"""ingest, extract, delete: reports in and out."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands.common import (
    Json,
    LibraryOption,
    Model,
    Models,
    Plain,
    Quiet,
    Workers,
    err,
    interruptible,
    newer_encoder,
    opened,
    out,
    print_failures,
    print_json,
    progress_bar,
)
from graph.store import Library

if TYPE_CHECKING:
    from ingest.pipeline import Summary


def ingest_paths(
    paths: Sequence[Path], library: str, workers: int | None, model: str | None, *, shown: bool
) -> tuple["Summary", Library]:
    """Read, store and index, with progress on the terminal; `model` '' leaves the encoder out."""
    from graph.identity import refresh
    from ingest.pipeline import ingest

    target = Library.open_or_create(library)
    with interruptible(), progress_bar(shown=shown) as draw:
        summary = ingest(paths, target, workers, lambda done, whole, _name: draw("读取 reading", done, whole))
        index_library(target, model, lambda done, whole: draw("编码 encoding", done, whole))
        refresh(target)
    return summary, target


def index_library(library: Library, model: str | None, progress: Any) -> None:  # noqa: ANN401 - a callback
    """Make what search needs for new reports. The encoder is loaded only where there is something to encode."""
    from graph.search.encoder import DEFAULT_NAME, Encoder
    from graph.search.index import index

    indexed = library.encoder if library.passages_exist else DEFAULT_NAME
    wanted = indexed if model is None else model
    if library.unindexed_reports() or wanted != library.encoder:
        index(library, Encoder.load(None if wanted == DEFAULT_NAME else wanted) if wanted else None, progress)


def ingest(
    paths: Annotated[list[Path], typer.Argument(help="Report files or folders.", show_default=False)],
    library: LibraryOption = "library",
    workers: Workers = None,
    model: Model = None,
    no_vectors: Plain = False,
    models: Models = None,
    quiet: Quiet = False,
    as_json: Json = False,
) -> None:
    """Read reports into a library, which is made where there is none.

    Reads txt, md, html, pdf, docx, csv, jsonl and zip. What was read before is passed over.

    Examples:  `alliance ingest reports/`   ·   `alliance ingest a.txt b.pdf --library ningbo`
    """
    summary, target = ingest_paths(paths, library, workers, "" if no_vectors else model, shown=not (quiet or as_json))
    if as_json:
        print_json({**asdict(summary), "reports": len(target.reports()), "library": target.uri})
    elif not quiet:
        out.print(
            f"{summary.added} new, {summary.known} already known, {summary.replaced} replaced, "
            f"{len(summary.failures)} failed. The library {target.uri} holds {len(target.reports())} reports."
        )
        if note := newer_encoder(target):
            err.print(note, style="yellow", markup=False, soft_wrap=True)
    if not as_json:
        print_failures(summary.failures)
    raise typer.Exit(summary.exit_code)


def extract(
    files: Annotated[list[Path], typer.Argument(help="Report files or folders.", show_default=False)],
    out_dir: Annotated[Path, typer.Option("--out", "-o", help="Folder for the JSON files.")] = Path(),
    workers: Workers = None,
    models: Models = None,
    quiet: Quiet = False,
) -> None:
    """Extract without a library: write NAME.json for each report, in the form of the annotated benchmark.

    Example:  `alliance extract seeds/dev-01.txt --out /tmp/found`
    """
    from ingest.gold_form import to_gold
    from ingest.pipeline import extract_files

    failures: list[object] = []
    written: set[str] = set()
    out_dir.mkdir(parents=True, exist_ok=True)
    with interruptible(), progress_bar(shown=not quiet) as draw:
        for outcome, done, whole in extract_files(files, workers):
            draw("提取 extracting", done, whole)
            failures += outcome.failures
            for extraction in outcome.extractions:
                stem = extraction.report.stem
                name = stem if stem not in written else f"{stem}-{extraction.report.id[2:10]}"
                written.add(stem)
                text = json.dumps(to_gold(extraction), ensure_ascii=False, indent=1)
                (out_dir / f"{name}.json").write_text(text + "\n", encoding="utf-8")
    if not quiet:
        out.print(f"{len(written)} written to {out_dir.resolve()}", markup=False)
    print_failures(failures)
    raise typer.Exit(1 if failures else 0)


def delete(
    report: Annotated[str, typer.Argument(help="Id or file stem of the report.")],
    library: LibraryOption = "library",
    quiet: Quiet = False,
) -> None:
    """Take a report out of the library, exactly: as if it had never been read.

    Example:  `alliance delete dev-03`
    """
    from graph.identity import refresh

    target = opened(library)
    gone = target.delete(report)
    refresh(target)
    if not quiet:
        out.print(f"Deleted {gone.stem} ({gone.title}).", markup=False)

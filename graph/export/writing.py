"""Runs an export: rows, bytes, files, and the manifest beside them."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from graph.errors import UsageError
from graph.export import excel, gephi, gexf, graphml, rdf
from graph.export.rows import Table
from graph.export.snapshot import Snapshot
from graph.network import Filters
from graph.ontology import ontology
from graph.records import content_id
from graph.store import Library

NAME = "alliance-graph"  # of the files, where `out` is a folder


@dataclass(frozen=True, slots=True)
class Format:
    """How a format is written: the bytes of its files, one for each suffix."""

    write: Callable[[Snapshot], tuple[bytes, ...]]
    suffixes: tuple[str, ...]


def _of_table(write: Callable[[Table], tuple[bytes, ...]]) -> Callable[[Snapshot], tuple[bytes, ...]]:
    return lambda snapshot: write(snapshot.table)


FORMATS: dict[str, Format] = {
    "graphml": Format(_of_table(graphml.write), graphml.SUFFIXES),
    "gexf": Format(_of_table(gexf.write), gexf.SUFFIXES),
    "gephi-csv": Format(_of_table(gephi.write), gephi.SUFFIXES),
    "excel-csv": Format(_of_table(excel.write), excel.SUFFIXES),
    "nquads": Format(rdf.write_nquads, (".nq",)),
    "turtle": Format(rdf.write_turtle, (".ttl",)),
}


@dataclass(frozen=True, slots=True)
class ExportResult:
    """What an export wrote: its files, and the manifest that says how they were made."""

    files: tuple[Path, ...]
    manifest: Path


def tool_version() -> str:
    """The version of this program, `unknown` where it runs without being installed."""
    try:
        return version("alliance-graph")
    except PackageNotFoundError:
        return "unknown"


def paths_for(out: Path, form: str) -> tuple[tuple[Path, ...], Path]:
    """The files and the manifest of an export in `form` to `out`, a folder or a file name."""
    suffixes = FORMATS[form].suffixes
    base = out / NAME if out.is_dir() or not out.suffix else out.with_suffix("")
    single = len(suffixes) == 1 and base.parent == out.parent
    files = (out,) if single else tuple(base.with_name(base.name + suffix) for suffix in suffixes)
    return files, base.with_name(f"{base.name}.{form}.manifest.json")


def manifest_of(form: str, snapshot: Snapshot) -> dict[str, Any]:
    """How an export came about; `export` adds filters, files and time. Nothing in it depends on the clock."""
    network, table = snapshot.network, snapshot.table
    written = sum(edge.weight for edge in table.edges)
    unfit = network.graph.graph
    return {
        "tool": {"name": "alliance-graph", "version": tool_version()},
        "format": form,
        "ontology": ontology().iri,
        "extractors": sorted({claim.extractor for claim in network.claims}),
        "data": content_id("d", sorted(r.id for r in snapshot.reports), sorted(j.id for j in snapshot.judgements)),
        "counts": {
            "reports": len(snapshot.reports),
            "nodes": len(table.nodes),
            "edges": len(table.edges),
            "claims": written,
            "claims_left_out": {
                "by_filters": len(network.claims) - written - unfit["loops"] - unfit["unresolved"],
                "both_ends_one_entity": unfit["loops"],
                "end_unresolved": unfit["unresolved"],
                "judged_wrong": snapshot.judged_wrong,
            },
        },
        "reports": [
            {"id": r.id, "stem": r.stem, "title": r.title, "date": r.date, "source_hash": r.source_hash}
            for r in sorted(snapshot.reports, key=lambda r: (r.stem, r.id))
        ],
    }


def _put(path: Path, data: bytes) -> None:
    """Write beside, then put in place: nobody ever meets half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(path.name + ".part")
    draft.write_bytes(data)
    draft.replace(path)


def export(library: Library, form: str, out: Path, filters: Filters | None = None) -> ExportResult:
    """Write the network of `library` in the format `form` (see FORMATS) to `out`, a file name or a folder.

    Formats of two tables write `NAME-nodes.csv` and `NAME-edges.csv`. The same library and filters give the same
    bytes. UsageError for an unknown format.
    """
    if form not in FORMATS:
        raise UsageError(f"There is no format {form!r}. Known formats are {', '.join(FORMATS)}.")
    filters = filters or Filters()
    snapshot = Snapshot.take(library, filters)
    files, beside = paths_for(out, form)
    for path, data in zip(files, FORMATS[form].write(snapshot), strict=True):
        _put(path, data)
    said = manifest_of(form, snapshot)
    said |= {
        "filters": dict(filters.as_row()),
        "files": [path.name for path in files],
        "time": library.manifest().get("written", ""),
    }
    _put(beside, (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode())
    return ExportResult(files, beside)

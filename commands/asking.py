"""search, show, status, query: what a library holds."""

import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table

from commands.common import Format, Json, LibraryOption, err, newer_encoder, opened, out, print_json
from graph.store import Library

if TYPE_CHECKING:
    from graph.search import Hit
    from graph.search.encoder import Encoder


def loaded_encoder(library: Library) -> "Encoder | None":
    """The encoder that made the library's vectors, or None for a library without."""
    from graph.search.encoder import DEFAULT_NAME, Encoder

    name = library.encoder
    return Encoder.load(None if name == DEFAULT_NAME else name) if name else None


def _values(what: str) -> Any:  # noqa: ANN401 - what typer's annotations are made of
    return typer.Option(help=f"Only {what}; given more than once, any of them will do.", show_default=False)


def search(
    query: Annotated[str, typer.Argument(help="What to look for, in Chinese or English.", show_default=False)] = "",
    library: LibraryOption = "library",
    top: Annotated[int, typer.Option("--top", "-n", min=1, max=1000, help="How many cases.")] = 10,
    alliance_type: Annotated[
        list[str] | None,
        typer.Option("--type", help="Only this alliance type (code or name); repeat for any of several."),
    ] = None,
    region: Annotated[list[str] | None, _values("cases in this division or place (name or code)")] = None,
    year: Annotated[list[int] | None, _values("reports of this year")] = None,
    partner: Annotated[list[str] | None, _values("cases with a partner of this entity type (code or name)")] = None,
    product: Annotated[list[str] | None, _values("cases that name this product")] = None,
    programme: Annotated[list[str] | None, _values("cases that name this programme")] = None,
    publisher: Annotated[list[str] | None, _values("reports of this publisher")] = None,
    facets: Annotated[bool, typer.Option("--facets", help="Count the cases that each filter would leave.")] = False,
    rerank: Annotated[
        str, typer.Option(metavar="MODEL", help="Let this cross-encoder (folder or cached name) read the best hits.")
    ] = "",
    output: Annotated[Format, typer.Option("--format", "-f")] = Format.table,
) -> None:
    """Find cases by what they tell, and entities by their names.

    Examples:  `alliance search "艺术家驻村带动乡村旅游" --region 浙江 --year 2023 --year 2024`   ·
    `alliance search "villages pooling land" --type enclave`   ·   `alliance search --facets --partner University`
    """
    from commands.finding import Asked, answer
    from graph.search import Filters

    names = (tuple(values or ()) for values in (partner, product, programme, publisher))
    filters = Filters(tuple(alliance_type or ()), tuple(region or ()), tuple(year or ()), *names)
    if not query and not facets:
        raise typer.BadParameter("say what to look for, or ask for --facets", param_hint="QUERY")
    answer(opened(library), Asked(query, top, filters, facets, rerank), output)


def print_hits(hits: Sequence["Hit"], output: Format) -> None:
    """Ranked cases as a table, or as JSON in the form that the search benchmark reads."""
    if output is Format.json:
        print_json([hit_row(hit) for hit in hits])
        return
    if not hits:
        out.print("Nothing found. Try fewer or other words, or leave a filter out.")
        return
    from graph.ontology import ontology

    kinds = ontology().alliance_types
    table = Table(box=None, pad_edge=False, show_lines=True)
    for column in ("", "案例 case", "类型 type", "理由 why"):
        table.add_column(column, overflow="fold")
    table.add_column("报道 report", no_wrap=True, overflow="ellipsis", max_width=24)
    for rank, hit in enumerate(hits, start=1):
        types = "、".join(kinds[code].zh for code in hit.case.types)
        why = "\n".join(reason.text for reason in hit.reasons[:3])
        cells = (str(rank), hit.case.title, types, why, f"{hit.report.stem}#{hit.case.position}")
        table.add_row(*map(escape, cells))
    out.print(table)


def hit_row(hit: "Hit") -> dict[str, Any]:
    """One hit for programs."""
    return {
        "case": hit.case.position,
        "report": hit.report.stem,
        "title": hit.case.title,
        "score": round(hit.score, 4),
        "reasons": [asdict(reason) for reason in hit.reasons],
        "evidence": {"start": hit.passage.start, "end": hit.passage.end, "text": hit.passage.text},
    }


def show(
    name: Annotated[str, typer.Argument(help="A report, case, entity or claim: id, stem, REPORT#POSITION or name.")],
    library: LibraryOption = "library",
    as_json: Json = False,
) -> None:
    """Show one thing with its evidence.

    Examples:  `alliance show dev-03`   ·   `alliance show dev-03#1`   ·   `alliance show 宁海县`
    """
    from graph.describe import describe

    found = describe(opened(library), name)
    if as_json:
        print_json(found)
        return
    for key, value in found.items():
        if isinstance(value, list):
            out.print(f"\n[bold]{key}[/bold] ({len(value)})")
            for row in value:
                out.print("  " + escape(row_text(row)), soft_wrap=True)
        elif value not in ("", 0):
            out.print(f"[bold]{key}[/bold]  {escape(str(value))}", soft_wrap=True)


def row_text(row: object) -> str:
    """One row of a listing on one line."""
    return "  ".join(str(v) for v in row.values() if v not in ("", 0, None)) if isinstance(row, dict) else str(row)


def status(library: LibraryOption = "library", as_json: Json = False) -> None:
    """Say what a library holds, and what made it.

    Example:  `alliance status --json`
    """
    from graph.describe import overview

    found = overview(opened(library))
    if as_json:
        print_json(found)
        return
    for key, value in found.items():
        if key != "reports":
            out.print(f"[bold]{key}[/bold]  {escape(str(value))}")
    if note := newer_encoder(opened(library)):
        err.print(note, style="yellow", markup=False, soft_wrap=True)
    table = Table(box=None, pad_edge=False)
    for column in ("报道 report", "日期 date", "来源 publisher", "标题 title"):
        table.add_column(column, overflow="fold")
    for row in found["reports"]:
        table.add_row(*(escape(str(row[key])) for key in ("stem", "date", "publisher", "title")))
    out.print(table)


def query(
    sparql: Annotated[str, typer.Argument(help="A SELECT or ASK query; `-` reads it from standard input.")],
    library: LibraryOption = "library",
    output: Annotated[Format, typer.Option("--format", "-f")] = Format.table,
) -> None:
    """Ask the RDF graph in SPARQL, read-only.

    Example:  `alliance query "SELECT ?s WHERE { ?s a <https://w3id.org/alliance-graph/ontology#Village> } LIMIT 5"`
    """
    from graph.rdf import query as ask

    found = ask(opened(library), sys.stdin.read() if sparql == "-" else sparql)
    if output is Format.json:
        print_json([dict(zip(found.columns, row, strict=True)) for row in found.rows])
        return
    table = Table(*(escape(c) for c in found.columns), box=None, pad_edge=False)
    for row in found.rows:
        table.add_row(*(escape("" if cell is None else str(cell)) for cell in row))
    out.print(table)
    if found.truncated:
        err.print(f"Cut after {len(found.rows)} rows.", style="yellow")

"""export: the graph for other programs."""

from pathlib import Path
from typing import Annotated

import typer

from commands.common import LibraryOption, Quiet, opened, out, stop


def export(
    to: Annotated[Path, typer.Option("--out", "-o", help="File or folder to write.", show_default=False)],
    form: Annotated[str, typer.Option("--format", "-f", help="graphml, gexf, gephi-csv, excel-csv, nquads, turtle.")],
    library: LibraryOption = "library",
    relation: Annotated[list[str] | None, typer.Option(help="Only these relations; may be repeated.")] = None,
    entity_type: Annotated[list[str] | None, typer.Option(help="Only these entity types; may be repeated.")] = None,
    modality: Annotated[list[str] | None, typer.Option(help="Only asserted, planned or negated.")] = None,
    years: Annotated[
        tuple[int, int] | None, typer.Option(metavar="FIRST LAST", help="Only claims of these years.")
    ] = None,
    min_confidence: Annotated[float, typer.Option(min=0, max=1, help="Only claims at least so sure.")] = 0.0,
    quiet: Quiet = False,
) -> None:
    """Write the graph for other programs, with evidence on every edge and a manifest beside it.

    Examples:  `alliance export -f graphml -o graph.graphml`   ·   `alliance export -f gephi-csv -o gephi/`
    """
    from graph.export import FORMATS
    from graph.export import export as write
    from graph.network import Filters

    if form not in FORMATS:
        stop(f"No format is called {form!r}; known are {', '.join(FORMATS)}.", 2)
    filters = Filters(
        relations=frozenset(relation or ()),
        types=frozenset(entity_type or ()),
        modalities=frozenset(modality or ()),
        years=years,
        min_confidence=min_confidence,
    )
    result = write(opened(library), form, to, filters)
    if not quiet:
        for path in (*result.files, result.manifest):
            out.print(str(path), markup=False, soft_wrap=True)

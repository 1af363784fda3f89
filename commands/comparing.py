"""compare: cases side by side."""

from dataclasses import asdict
from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table

from commands.common import Format, LibraryOption, opened, out, print_json
from graph.records import Case
from graph.store import Library

SHOWN = 6  # lines a cell shows in the terminal; JSON holds all
LONG = 60  # characters of a line in the terminal


def _profiles(library: Library, names: list[str]) -> list[Any]:
    from graph.compare import Source, profile
    from graph.identity import entities_of, standing_claims

    mentions, judgements = library.mentions(), library.judgements()
    entities = entities_of(library)
    made = []
    for name in names:
        case = library.case(name)
        report = library.report(case.report)
        claims = standing_claims(library.claims(report.id), judgements, mentions)
        source = Source(report, library.mentions(report.id), claims, library.figures(report.id), entities)
        made.append(profile(case, source))
    return made


def compare(
    cases: Annotated[list[str], typer.Argument(help="Two to five cases: id or REPORT#POSITION.", show_default=False)],
    library: LibraryOption = "library",
    output: Annotated[Format, typer.Option("--format", "-f")] = Format.table,
) -> None:
    """Lay two to five cases side by side: setting, mechanism, partners, outcomes.

    What several of them share is marked ＝; JSON gives each line with its evidence.

    Example:  `alliance compare dev-01#0 dev-04#0`
    """
    from graph.compare import ASPECTS, matrix

    profiles = _profiles(opened(library), cases)
    rows = matrix(profiles)
    if output is Format.json:
        print_json(
            {
                "cases": [_case_row(p.case, p.report.stem) for p in profiles],
                "rows": [{**asdict(row), "shared": sorted(row.shared)} for row in rows],
            }
        )
        return
    table = Table(box=None, pad_edge=False, show_lines=True)
    table.add_column("", overflow="fold")
    for made in profiles:
        table.add_column(escape(f"{made.report.stem}#{made.case.position} {made.case.title}"), overflow="fold")
    for row in rows:
        aspect = ASPECTS[row.aspect]
        cells = [_cell(cell, row.shared) for cell in row.cells]
        table.add_row(f"{aspect.zh} {aspect.en}", *cells)
    out.print(table)


def _case_row(case: Case, stem: str) -> dict[str, Any]:
    return {"id": case.id, "report": stem, "case": case.position, "title": case.title}


def _cell(lines: tuple[Any, ...], shared: frozenset[str]) -> str:
    said = []
    for line in lines[:SHOWN]:
        mark = "＝" if line.text in shared else ""
        state = "" if line.modality == "asserted" else f"（{'计划' if line.modality == 'planned' else '否定'}）"
        text = line.text if len(line.text) <= LONG else line.text[: LONG - 1] + "…"
        said.append(f"{mark}{text}{state}")
    if len(lines) > SHOWN:
        said.append(f"… {len(lines) - SHOWN} more")
    return escape("\n".join(said)) or "—"

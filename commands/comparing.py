"""compare, partners, spread: cases side by side, who could join, and where a model has been carried."""

from dataclasses import asdict
from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table

from commands.common import Format, LibraryOption, opened, out, print_json
from graph.errors import NotFoundError
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


def partners(
    name: Annotated[str, typer.Argument(help="A village, firm, university …: name or id.", show_default=False)],
    library: LibraryOption = "library",
    top: Annotated[int, typer.Option("--top", "-n", min=1, max=1000, help="How many.")] = 10,
    output: Annotated[Format, typer.Option("--format", "-f")] = Format.table,
) -> None:
    """Who could become a partner of an entity: shared partners, shared products, nearness, with reasons.

    Example:  `alliance partners 葛家村`
    """
    from graph.compare import suggest
    from graph.identity import entities_of, standing_claims
    from graph.network import Network

    source = opened(library)
    reports, mentions, judgements = source.reports(), source.mentions(), source.judgements()
    entities = entities_of(source)
    found = entities.find(name)
    if not found:
        raise NotFoundError(f"No entity is called {name!r} in {source.uri}.")
    network = Network.build(entities, standing_claims(source.claims(), judgements, mentions), reports)
    suggested = suggest(network, found[0].id, top)
    if output is Format.json:
        print_json([asdict(suggestion) for suggestion in suggested])
        return
    if not suggested:
        out.print(f"Nothing in these reports suggests a partner for {found[0].name}.", markup=False)
    for suggestion in suggested:
        why = "；".join(reason.text for reason in suggestion.reasons)
        out.print(f"{suggestion.score:5.2f}  {suggestion.entity.name}  {why}", markup=False, soft_wrap=True)


def spread(
    name: Annotated[str, typer.Argument(help="Only chains that touch this entity.")] = "",
    library: LibraryOption = "library",
    output: Annotated[Format, typer.Option("--format", "-f")] = Format.table,
) -> None:
    """Where models have been carried: chains of replication, with dates, distance and whether they held.

    Examples:  `alliance spread`   ·   `alliance spread 葛家村`
    """
    from graph.compare import chains, spread_of
    from graph.identity import entities_of, standing_claims

    source = opened(library)
    reports, mentions, judgements = source.reports(), source.mentions(), source.judgements()
    entities = entities_of(source)
    wanted = {e.id for e in entities.find(name)} if name else set()
    if name and not wanted:
        raise NotFoundError(f"No entity is called {name!r} in {source.uri}.")
    claims = standing_claims(source.claims(), judgements, mentions)
    found = chains(spread_of(claims, entities, {r.id: r for r in reports}))
    kept = [c for c in found if not wanted or any({s.origin.id, s.target.id} & wanted for s in c)]
    if output is Format.json:
        print_json([[_step_row(step) for step in chain] for chain in kept])
        return
    if not kept:
        out.print("Nothing was carried anywhere, as far as these reports say.")
    for chain in kept:
        steps = "".join(
            f" → {s.target.name}（{s.date or '?'}，{_DISTANCE[s.levels]}，{_STATE[s.state]}）" for s in chain
        )
        out.print(f"{chain[0].origin.name}{steps}", markup=False, soft_wrap=True)


_DISTANCE = {-1: "距离不详", 0: "同乡镇", 1: "同县", 2: "同市", 3: "同省", 4: "跨省"}
_STATE = {"done": "已做", "planned": "计划", "given up": "放弃"}


def _step_row(step: Any) -> dict[str, Any]:  # noqa: ANN401 - graph.compare is imported where it is needed
    return {
        "origin": step.origin.name,
        "target": step.target.name,
        "state": step.state,
        "date": step.date,
        "levels": step.levels,
        "claims": step.claims,
    }

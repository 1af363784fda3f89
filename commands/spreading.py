"""spread, elsewhere: where a model has been carried, and where else it could go."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands.common import Format, LibraryOption, opened, out, print_json
from graph.errors import NotFoundError

if TYPE_CHECKING:
    from graph.compare import Branch, Candidate, Elsewhere, Step, Tree
    from graph.records import Report
    from graph.store import Library

DISTANCE = {-1: "距离不详", 0: "同乡镇", 1: "同县", 2: "同市", 3: "同省", 4: "跨省"}
STATE = {"done": "已做", "planned": "计划", "not yet": "尚未", "given up": "放弃"}


class SpreadFormat(StrEnum):
    """How the spread is printed."""

    table = "table"
    json = "json"
    geojson = "geojson"


def spread(
    name: Annotated[str, typer.Argument(help="Only what touches this entity.")] = "",
    library: LibraryOption = "library",
    output: Annotated[SpreadFormat, typer.Option("--format", "-f")] = SpreadFormat.table,
) -> None:
    """Where models have been carried: trees of replication with dates, distance and whether they held.

    JSON holds the trees, a map (points and lines with their precision and state) and a timeline, each step with its
    sentences; geojson the map alone.

    Examples:  `alliance spread`   ·   `alliance spread 葛家村 --format json`   ·   `alliance spread -f geojson`
    """
    from graph.compare import chart_rows, geojson, map_of, spread_of, trees
    from graph.identity import entities_of, standing_claims

    source = opened(library)
    reports = {report.id: report for report in source.reports()}
    entities = entities_of(source)
    wanted = {e.id for e in entities.find(name)} if name else set()
    if name and not wanted:
        raise NotFoundError(f"No entity is called {name!r} in {source.uri}.")
    claims = standing_claims(source.claims(), source.judgements(), source.mentions())
    grown = trees(spread_of(claims, entities, reports, source.cases()))
    kept = [tree for tree in grown if not wanted or _touches(tree, wanted)]
    steps = [step for tree in kept for step in tree.steps()]
    if output is SpreadFormat.geojson:
        print_json(geojson(map_of(steps)))
    elif output is SpreadFormat.json:
        of_id = {claim.id: claim for claim in claims}
        print_json(
            {
                "trees": [_tree_row(tree, of_id, reports) for tree in kept],
                "map": chart_rows(map_of(steps)),
                "timeline": _timeline_rows(steps, of_id, reports),
            }
        )
    elif not kept:
        out.print("Nothing was carried anywhere, as far as these reports say.")
    else:
        for tree in kept:
            _print_tree(tree)


def _touches(tree: "Tree", wanted: set[str]) -> bool:
    homes = {step.home.entity.id for step in tree.steps() if step.home.entity}
    return bool(wanted & (homes | {end.id for step in tree.steps() for end in (step.origin, step.target)}))


def _print_tree(tree: "Tree") -> None:
    home = tree.home.entity
    where = f"（{home.name}）" if home and home.id != tree.origin.id else ""
    out.print(f"{tree.origin.name}{where}", markup=False, soft_wrap=True)
    for branch in tree.branches:
        _print_branch(branch, 1)


def _print_branch(branch: "Branch", depth: int) -> None:
    step = branch.step
    carried = f"{step.origin.name} " if depth > 1 else ""
    said = "，".join((step.date or "日期不详", _distance(step), STATE[step.state]))
    out.print(f"{'    ' * depth}{carried}→ {step.target.name}（{said}）", markup=False, soft_wrap=True)
    for further in branch.onward:
        _print_branch(further, depth + 1)


def _distance(step: "Step") -> str:
    """同市，约 60 公里: levels by codes, kilometres where points are known."""
    return DISTANCE[step.levels] + (f"，约 {step.km:,} 公里" if step.km is not None else "")


def _tree_row(tree: "Tree", claims: dict[str, Any], reports: dict[str, Any]) -> dict[str, Any]:
    from graph.compare import site_row

    return {
        "origin": tree.origin.name,
        "origin_id": tree.origin.id,
        "origin_type": tree.origin.type,
        "home": site_row(tree.home),
        "branches": [_branch_row(branch, claims, reports) for branch in tree.branches],
    }


def _branch_row(branch: "Branch", claims: dict[str, Any], reports: dict[str, Any]) -> dict[str, Any]:
    from graph.compare import evidence, step_row

    own = step_row(branch.step, evidence(branch.step, claims, reports))
    return {**own, "onward": [_branch_row(further, claims, reports) for further in branch.onward]}


def _timeline_rows(steps: "list[Step]", claims: dict[str, Any], reports: dict[str, Any]) -> list[dict[str, Any]]:
    from graph.compare import step_row, timeline

    return [step_row(moment.step, moment.sentences) for moment in timeline(steps, claims, reports)]


def elsewhere(
    name: Annotated[str, typer.Argument(help="A case (id or REPORT#POSITION) or a place.", show_default=False)],
    library: LibraryOption = "library",
    top: Annotated[int, typer.Option("--top", "-n", min=1, max=1000, help="How many.")] = 10,
    output: Annotated[Format, typer.Option("--format", "-f")] = Format.table,
) -> None:
    """Where else it could go: places that were before what the origin was, with what they have and what they lack.

    Examples:  `alliance elsewhere dev-01#0`   ·   `alliance elsewhere 葛家村 --format json`
    """
    from graph.compare import elsewhere_row

    found, reports = _elsewhere(opened(library), name, top)
    if output is Format.json:
        print_json(elsewhere_row(found, reports))
        return
    origin = found.origin
    before = "、".join(trait.zh for trait in origin.traits)
    out.print(f"{origin.place.name} 当初 before: {before}", markup=False, soft_wrap=True)
    if already := "、".join(dict.fromkeys(step.target.name for step in found.already)):
        out.print(f"已推广到 carried to already: {already}", markup=False, soft_wrap=True)
    if not found.candidates:
        out.print("No place in these reports resembles it.")
    for candidate in found.candidates:
        _print_candidate(candidate)


def _elsewhere(source: "Library", name: str, top: int) -> "tuple[Elsewhere, dict[str, Report]]":
    from graph.compare import Atlas, Holdings, nearness
    from graph.compare import elsewhere as search
    from graph.identity import entities_of, standing_claims

    mentions, entities = source.mentions(), entities_of(source)
    reports = {report.id: report for report in source.reports()}
    claims = standing_claims(source.claims(), source.judgements(), mentions)
    ground = Atlas.of(Holdings(reports, source.cases(), mentions, claims, entities))
    places = [e for e in entities.find(name) if e.id in ground.settings]
    case = next(iter(ground.settings[places[0].id].cases), None) if places else source.case(name)
    origin = ground.settings[places[0].id] if places or case is None else ground.origin(case)
    meaning = nearness(origin, ground.settings, source.passages(), source.vectors())
    return search(origin, ground, case, top, meaning), reports


def _print_candidate(candidate: "Candidate") -> None:
    from graph.ontology import ontology

    types = ontology().entity_types
    alike = "；".join(part.text for part in candidate.likeness)
    has = "、".join(f"{types[n.kind].zh} {n.has[0].entity.name}" for n in candidate.needs if n.has)
    missing = [types[n.kind].zh for n in candidate.needs if n.lacking] + [trait.zh for trait in candidate.lacks]
    state = f"（{STATE[candidate.state]}）" if candidate.state else ""
    out.print(f"{candidate.score:5.2f}  {candidate.place.name}{state}  {alike}", markup=False, soft_wrap=True)
    out.print(f"       有：{has or '—'}  缺：{'、'.join(missing) or '—'}", markup=False, soft_wrap=True)

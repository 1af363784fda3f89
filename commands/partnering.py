"""partners, roles: who could join, and who holds the alliance network together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table

from commands.common import Format, LibraryOption, opened, out, print_json
from graph.errors import NotFoundError, UsageError
from graph.records import Claim
from graph.store import Library

if TYPE_CHECKING:
    from graph.compare import SetAside, Suggestion
    from graph.network import Network
    from graph.network.communities import Community
    from graph.network.roles import Standing

Top = Annotated[int, typer.Option("--top", "-n", min=1, max=1000, help="How many.")]
NAMED = 6  # names in a cell of a table
STATES = {"planned": "计划中 planned", "negated": "已否认或退出 denied or ended"}


def _network(source: Library) -> Network:
    from graph.identity import entities_of, standing_claims
    from graph.network import Network

    mentions, judgements = source.mentions(), source.judgements()
    return Network.build(entities_of(source), standing_claims(source.claims(), judgements, mentions), source.reports())


class _Quotes:
    """Sentences of claims, by their ids; each report is read once."""

    def __init__(self, source: Library, network: Network) -> None:
        self._source = source
        self._claims = {claim.id: claim for claim in network.claims}
        self._reports: dict[str, Any] = {}

    def row(self, record: str) -> dict[str, str]:
        """`record` with its report and sentence; a case has no sentence of its own."""
        claim = self._claims.get(record)
        if claim is None:
            return {"id": record, "report": "", "text": ""}
        return {"id": record, "report": self._report(claim).stem, "text": self._text(claim)}

    def _report(self, claim: Claim) -> Any:  # noqa: ANN401 - as the library returns it
        if claim.report not in self._reports:
            self._reports[claim.report] = self._source.report(claim.report)
        return self._reports[claim.report]

    def _text(self, claim: Claim) -> str:
        said: str = self._report(claim).text[claim.start : claim.end]
        return said.replace("\n", " ")


def partners(
    name: Annotated[str, typer.Argument(help="A village, firm, university …: name or id.", show_default=False)],
    library: LibraryOption = "library",
    top: Top = 10,
    kind: Annotated[str, typer.Option("--kind", "-k", help="Only this kind: University, Village, Alliance …")] = "",
    evidence: Annotated[bool, typer.Option("--evidence", "-e", help="Print the sentences behind each reason.")] = False,
    output: Annotated[Format, typer.Option("--format", "-f")] = Format.table,
) -> None:
    """Who could become a partner of an entity, and why: shared partners and products, what its like have, nearness.

    Partners it has already are left out, and so are those with whom a tie is planned or was denied; these are listed
    at the end. A hint from what the reports tell, no forecast.

    Examples:  `alliance partners 葛家村`   ·   `alliance partners 葛家村 --kind University --evidence`
    """
    from graph.compare import Ground, set_aside, suggest

    source = opened(library)
    network = _network(source)
    found = network.entities.find(name)
    if not found:
        raise NotFoundError(f"No entity is called {name!r} in {source.uri}.")
    ground = Ground.of(network, source.cases())
    suggested, aside = suggest(ground, found[0].id, top, kind), set_aside(ground, found[0].id)
    quotes = _Quotes(source, network)
    if output is Format.json:
        print_json(_partner_rows(suggested, aside, quotes))
        return
    if not suggested:
        out.print(f"Nothing in these reports suggests a partner for {found[0].name}.", markup=False)
    for suggestion in suggested:
        _print_suggestion(suggestion, quotes if evidence else None)
    if aside:
        said = "、".join(f"{row.entity.name}（{STATES[row.state]}）" for row in aside)
        out.print(f"Left out: {said}", markup=False, soft_wrap=True)


def _partner_rows(suggested: Iterable[Suggestion], aside: Iterable[SetAside], quotes: _Quotes) -> dict[str, Any]:
    rows = []
    for suggestion in suggested:
        row = asdict(suggestion)
        for reason in row["reasons"]:
            for path in reason["paths"]:
                path |= {end: [quotes.row(record) for record in path[end]] for end in ("one", "other")}
        rows.append(row)
    left = [{**asdict(row), "claims": [quotes.row(claim) for claim in row.claims]} for row in aside]
    return {"suggestions": rows, "left_out": left}


def _print_suggestion(suggestion: Suggestion, quotes: _Quotes | None) -> None:
    entity = suggestion.entity
    within = f" · {entity.within}" if entity.within else ""
    out.print(f"{suggestion.score:5.2f}  {entity.name} ({entity.type}{within})", markup=False, soft_wrap=True)
    for reason in suggestion.reasons:
        out.print(f"       {reason.share:4.0%}  {reason.text}", markup=False, soft_wrap=True)
        records = [record for path in reason.paths for record in (*path.one, *path.other)] if quotes else []
        for row in map(quotes.row, dict.fromkeys(records)) if quotes else ():
            if row["text"]:
                out.print(f"             {row['report']}：“{row['text']}”", markup=False, soft_wrap=True)


def roles(
    library: LibraryOption = "library",
    measure: Annotated[
        str,
        typer.Option("--measure", "-m", help="degree, kinds, betweenness, constraint, groups or community."),
    ] = "degree",
    types: Annotated[
        list[str] | None, typer.Option("--type", "-t", help="Only this type: Village, University … Repeatable.")
    ] = None,
    top: Top = 20,
    output: Annotated[Format, typer.Option("--format", "-f")] = Format.table,
) -> None:
    """Hubs, brokers and communities of the alliance network, with what each measure means and does not mean.

    Hubs: `degree`, `kinds`. Brokers: `betweenness`, `constraint`, `groups`. Communities: `community`.

    Examples:  `alliance roles`   ·   `alliance roles -m constraint -t Village`   ·   `alliance roles -m community`
    """
    from graph.network.roles import MEASURES
    from graph.network.roles import roles as measured

    if measure not in MEASURES:
        raise UsageError(f"No measure is called {measure!r}; known are {', '.join(MEASURES)}.")
    found = measured(_network(opened(library)))
    wanted = frozenset(types or ())
    if measure == "community":
        kept = [c for c in found.communities if not wanted or any(m.type in wanted for m in c.members)][:top]
        _show(measure, output, [_community_row(c) for c in kept], _community_table(kept))
        return
    ranked = found.ranked(measure, wanted, top)
    names = {node: found.network.entities.by_id[node].name for node in found.graph}
    _show(measure, output, [_standing_row(s, names) for s in ranked], _standing_table(ranked, names))


def _show(measure: str, output: Format, rows: list[dict[str, Any]], table: Table) -> None:
    from graph.network.roles import MEASURES

    words = MEASURES[measure]
    if output is Format.json:
        print_json({"measure": asdict(words), "rows": rows})
        return
    out.print(f"{words.zh} {words.en}", style="bold", markup=False)
    out.print(f"{words.means_zh} {words.not_zh}", markup=False, soft_wrap=True)
    out.print(f"{words.means_en} {words.not_en}", markup=False, soft_wrap=True)
    if rows:
        out.print(table)
    else:
        out.print("These reports tell of no such ties.")


def _standing_row(standing: Standing, names: dict[str, str]) -> dict[str, Any]:
    return {
        "rank": standing.rank,
        "id": standing.entity.id,
        "name": standing.entity.name,
        "type": standing.entity.type,
        "within": standing.entity.within,
        "value": standing.value,
        "partners": standing.partners,
        "kinds": standing.kinds,
        "vague": standing.vague,
        "sides": [[{"id": node, "name": names[node]} for node in side] for side in standing.sides],
    }


def _standing_table(ranked: Iterable[Standing], names: dict[str, str]) -> Table:
    table = Table(
        "#", "名称 name", "类型 type", "值 value", "伙伴 partners (｜: no ties between)", box=None, pad_edge=False
    )
    for s in ranked:
        sides = [f"{'、'.join(names[node] for node in side)}" for side in s.sides[:NAMED]]
        rest = f" …{len(s.sides)}" if len(s.sides) > NAMED else ""
        mark = "？" if s.vague else ""
        table.add_row(
            str(s.rank), escape(s.entity.name) + mark, s.entity.type, f"{s.value:.4g}", escape("｜".join(sides)) + rest
        )
    return table


def _community_row(community: Community) -> dict[str, Any]:
    return {
        "number": community.number,
        "name": community.name,
        "members": [{"id": m.id, "name": m.name, "type": m.type} for m in community.members],
        "alliances": [m.name for m in community.alliances],
        "places": [{"name": name, "members": count} for name, count in community.places],
        "ties_inside": community.inside,
        "ties_outside": community.outside,
        "bridges": [{"id": m.id, "name": m.name} for m in community.bridges],
    }


def _community_table(found: Iterable[Community]) -> Table:
    table = Table(
        "#", "群体 community", "成员 members", "内部往来 ties inside", "对外 outside", box=None, pad_edge=False
    )
    for c in found:
        table.add_row(str(c.number + 1), escape(c.name), str(len(c.members)), str(c.inside), str(c.outside))
    return table

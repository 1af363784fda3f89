"""similar: cases comparable with a case, an entity's cases or a description."""

from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table

from commands.asking import hit_row, loaded_encoder
from commands.common import Format, LibraryOption, opened, out, print_json
from graph.errors import UsageError

if TYPE_CHECKING:
    from graph.compare.similar import Alike, Comparison, Retold
    from graph.search import Hit

REASONS = 4  # reasons a row of the table shows


def similar(
    like: Annotated[
        str,
        typer.Argument(
            metavar="CASE|ENTITY|TEXT",
            help="A case (REPORT#POSITION or id), an entity (name or id) whose cases are meant, or a description.",
            show_default=False,
        ),
    ],
    library: LibraryOption = "library",
    top: Annotated[int, typer.Option("--top", "-n", min=1, max=1000, help="How many cases.")] = 10,
    weight: Annotated[
        list[str] | None,
        typer.Option(
            "--weight",
            "-w",
            metavar="FEATURE=VALUE",
            help="Weigh a feature anew, from 0 (leave out) to 5; repeat for others. Features: type, industry, "
            "partners, mechanism, setting, scale, names, text.",
        ),
    ] = None,
    output: Annotated[Format, typer.Option("--format", "-f")] = Format.table,
) -> None:
    """Find cases comparable with a case, an entity's cases or a description, and say why.

    Other accounts of one case stand under the one that fits best. In JSON each has a row of its own that names, in
    `retells`, the case it tells of again.

    Examples:  `alliance similar dev-01#1`   ·   `alliance similar 葛家村 --weight scale=2 --weight text=0`
    ·   `alliance similar "几个薄弱村出钱到邻镇合建厂房"`
    """
    from graph.compare.similar import meant
    from graph.compare.similar import similar as find

    chosen = weights(weight or [])
    source = opened(library)
    found = find(source, meant(source, like), loaded_encoder(source), top, chosen)
    if output is Format.json:
        print_json(rows(found))
        return
    for retold in found.also_told:
        out.print(f"本案另见 also told in  {_name(retold.hit)}  {retold.why.text}", markup=False, soft_wrap=True)
    if not found.alike:
        out.print("There is no other case to compare with.")
        return
    out.print(_table(found))


def weights(given: list[str]) -> dict[str, float]:
    """FEATURE=VALUE → weights; UsageError for what is not of this form. Unknown features are found out later."""
    found = {}
    for said in given:
        feature, _, value = said.partition("=")
        try:
            found[feature.strip()] = float(value)
        except ValueError:
            raise UsageError(f"--weight {said!r} is not of the form FEATURE=VALUE, such as scale=0.5.") from None
    return found


def rows(found: "Comparison") -> list[dict[str, Any]]:
    """All cases for programs, best first, retellings right behind the case they tell of again."""
    asked = found.asked if len(found.like) == 1 else ""
    told = [_row(retold.hit, retold, asked) for retold in found.also_told]
    for alike in found.alike:
        features = {part.feature: round(part.value, 4) for part in alike.parts}
        told.append({**_row(alike.hit, None, ""), "features": features})
        told += [_row(retold.hit, retold, _name(alike.hit)) for retold in alike.retold]
    return told


def _row(hit: "Hit", retold: "Retold | None", retells: str) -> dict[str, Any]:
    return {
        **hit_row(hit),
        "retells": retells,
        "retells_why": retold.why.text if retold else "",
    }


def _name(hit: "Hit") -> str:
    return f"{hit.report.stem}#{hit.case.position}"


def _table(found: "Comparison") -> Table:
    from graph.ontology import ontology

    kinds = ontology().alliance_types
    table = Table(box=None, pad_edge=False, show_lines=True)
    for column in ("", "案例 case", "类型 type", "理由 why"):
        table.add_column(column, overflow="fold")
    table.add_column("报道 report", no_wrap=True, overflow="ellipsis", max_width=24)
    for rank, alike in enumerate(found.alike, start=1):
        hit = alike.hit
        types = "、".join(kinds[code].zh for code in hit.case.types if code in kinds)
        why = "\n".join(reason.text for reason in hit.reasons[:REASONS])
        table.add_row(*map(escape, (str(rank), _titles(alike), types, why, _name(hit))))
    return table


def _titles(alike: "Alike") -> str:
    """The title of a case, and below it where else it is told."""
    again = [f"另一报道 also told in {_name(retold.hit)}" for retold in alike.retold]
    return "\n".join([alike.hit.case.title, *again])

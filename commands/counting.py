"""How many cases each filter of the search would leave, for the terminal and for programs."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from rich.markup import escape
from rich.table import Table

from commands.common import out

if TYPE_CHECKING:
    from graph.search.facets import Facets, Region

SHOWN = 12
OPTIONS = {
    "alliance_type": "类型 --type",
    "year": "年份 --year",
    "partner": "参与方 --partner",
    "product": "产品 --product",
    "programme": "项目 --programme",
    "publisher": "媒体 --publisher",
}


def print_facets(found: "Facets") -> None:
    """The counts as a table: one row for each option, the region as a tree."""
    out.print(f"\n[bold]{found.total}[/bold] 个案例符合条件，选用各值可得案例数如下 cases fit; choosing a value gives:")
    table = Table(box=None, pad_edge=False)
    for column in ("选项 option", "值 value (cases)"):
        table.add_column(column, overflow="fold")
    for field, option in OPTIONS.items():
        values = found.values[field]
        said = [f"{escape(_label(row.value, row.zh))} ({row.count})" for row in values[:SHOWN]]
        more = len(values) - SHOWN + found.left_out.get(field, 0)
        table.add_row(option, "  ".join([*said, f"… +{more}"] if more > 0 else said))
    table.add_row("地区 --region", "\n".join(_lines(found.regions)))
    out.print(table)


def _label(value: str, zh: str) -> str:
    return f"{value} {zh}" if value.isascii() and value != zh and not value.isdecimal() else value


def _lines(regions: Sequence["Region"], depth: int = 0) -> list[str]:
    found = []
    for region in regions:
        code = f" [dim]{region.code}[/dim]" if region.code else ""
        found.append(f"{'  ' * depth}{escape(region.name)} ({region.count}){code}")
        found += _lines(region.children, depth + 1)
    return found


def facet_rows(found: "Facets") -> dict[str, Any]:
    """The counts for programs."""
    return {
        "total": found.total,
        **{field: [asdict(row) for row in rows] for field, rows in found.values.items()},
        "region": [asdict(region) for region in found.regions],
        "left_out": dict(found.left_out),
    }

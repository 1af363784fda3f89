"""What `search` answers: entities first, then cases, then counts; and what it has to say beside."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from rich.markup import escape
from rich.table import Table

from commands.common import Format, err, out, print_json
from graph.store import Library

if TYPE_CHECKING:
    from graph.search import Filters, Hit
    from graph.search.entities import EntityHit


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its filters; `query` is '' where counts alone are wanted, `rerank` a cross-encoder or ''."""

    query: str
    top: int
    filters: "Filters"
    facets: bool
    rerank: str = ""


def answer(library: Library, asked: Asked, output: Format) -> None:
    """Search, and print what was found."""
    from commands.counting import facet_rows, print_facets
    from graph.search.advice import advice
    from graph.search.facets import facets

    for one in advice(library, asked.filters):
        err.print(f"{one.zh} {one.en}", style="yellow", markup=False, soft_wrap=True)
    hits = _cases(library, asked) if asked.query else []
    counts = facets(library, asked.filters) if asked.facets else None
    if output is Format.json:
        _print_json(library, asked, hits, facet_rows(counts) if counts else None)
        return
    if asked.query:
        _print_found(library, asked.query, hits)
    if counts:
        print_facets(counts)


def _cases(library: Library, asked: Asked) -> list["Hit"]:
    from commands.asking import loaded_encoder
    from graph.search import search
    from graph.search.query import LONGEST, parse
    from graph.search.rerank import CANDIDATES, rerank

    if parse(asked.query).left_out:
        err.print(f"The question is long: its first {LONGEST:,} characters are read.", style="yellow")
    shown = max(asked.top, CANDIDATES) if asked.rerank else asked.top
    hits = search(library, asked.query, loaded_encoder(library), shown, asked.filters)
    if asked.rerank:
        hits = rerank(hits, asked.query, asked.rerank)[: asked.top]
    return hits


def _print_json(library: Library, asked: Asked, hits: Sequence["Hit"], counts: dict[str, Any] | None) -> None:
    """The list of cases that the benchmark reads; with counts an object that holds entities and counts as well."""
    from commands.asking import hit_row

    cases = [hit_row(hit) for hit in hits]
    if counts is None:
        print_json(cases)
        return
    entities = [entity_row(hit) for hit in _entities(library, asked.query)]
    print_json({"entities": entities, "cases": cases, "facets": counts})


def _entities(library: Library, query: str) -> list["EntityHit"]:
    from graph.search.entities import find_entities

    return find_entities(library, query) if query else []


def entity_row(hit: "EntityHit") -> dict[str, Any]:
    """One entity hit for programs."""
    entity = hit.entity
    said = {"kind": hit.kind, "asked": hit.asked, "form": hit.form, "reason": hit.zh, "english": hit.en}
    kept = {name: value for name, value in asdict(entity).items() if name not in ("reports", "mentions")}
    return {**kept, "reports": len(entity.reports), "mentions": len(entity.mentions), **said}


def _print_found(library: Library, query: str, hits: Sequence["Hit"]) -> None:
    from commands.asking import print_hits

    entities = _entities(library, query)
    if entities:
        out.print(_entity_table(entities))
        out.print()
    print_hits(hits, Format.table)


def _entity_table(entities: Sequence["EntityHit"]) -> Table:
    from graph.ontology import ontology

    types = ontology().entity_types
    table = Table(box=None, pad_edge=False)
    for column in ("实体 entity", "类型 type", "所在地 within", "报道 reports", "理由 why"):
        table.add_column(column, overflow="fold")
    for hit in entities:
        entity = hit.entity
        label = types[entity.type].zh if entity.type in types else entity.type
        table.add_row(*map(escape, (entity.name, label, entity.within, str(len(entity.reports)), hit.zh)))
    return table

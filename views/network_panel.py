"""What stands beside the network: the entity or the relation that was clicked."""

from graph.identity import Entity
from graph.ontology import ontology
from graph.ontology.vocabulary import Language
from views import panes
from views.data import Shelf, group
from views.drawing import Choice
from views.html import address, dot, esc, link, type_chip
from views.layout import Graph
from views.text import relation_label, say

QUOTED = 5  # sentences shown of one relation
BUSIEST = 14


def panel(shelf: Shelf, graph: "Graph[str]", choice: Choice, picked: str, lang: Language) -> str:
    """HTML for the node or edge `picked`; how to use the view where nothing is picked."""
    if picked in graph:
        return _entity(shelf, graph, choice, shelf.entities.by_id[picked], lang)
    parts = picked.split("~")
    if len(parts) == 3 and graph.has_edge(parts[0], parts[2], parts[1]):
        return _relation(shelf, graph, parts, lang)
    return f"<p class='ag-quiet'>{esc(say('network.click', lang))}</p>{_busiest(shelf, graph, lang)}"


def _busiest(shelf: Shelf, graph: "Graph[str]", lang: Language) -> str:
    """The nodes of most edges in this view, each leading to the view around it."""
    ranked = sorted(graph, key=lambda node: (-graph.degree(node), node))[:BUSIEST]
    rows = "".join(
        f"<li>{dot(shelf.entities.by_id[node].type, lang)}"
        f"{link(shelf.entities.by_id[node].name, address('network', lang, id=node))}"
        f"<small class='ag-quiet'> {graph.degree(node)}</small></li>"
        for node in ranked
    )
    return f"<div class='ag-kind ag-side'><h3>{esc(say('network.busiest', lang))}</h3><ul>{rows}</ul></div>"


def _entity(shelf: Shelf, graph: "Graph[str]", choice: Choice, entity: Entity, lang: Language) -> str:
    near = _neighbours(graph, entity.id)
    blocks = []
    for (relation, inward), others in near.items():
        named = [shelf.entities.by_id[other] for other in dict.fromkeys(others)]
        head = esc(relation_label(relation, lang, inward=inward))
        blocks.append(f"<h3>{head}<small>{len(named)}</small></h3><p>{panes.entity_list(named, lang)}</p>")
    centre = link(say("network.make_centre", lang), address("network", lang, id=entity.id), "ag-button")
    more = ""
    if choice.centre and entity.id not in (choice.centre, *choice.expanded):
        there = address("network", lang, **_here(choice), more=",".join([*choice.expanded, entity.id]), pick=entity.id)
        more = link(say("network.expand", lang), there, "ag-button")
    within = f"<span>{esc(entity.within)}</span>" if entity.within else ""
    return (
        f"<div class='ag-kind ag-side'><h2 lang='zh'>{link(entity.name, address('entity', lang, id=entity.id))}</h2>"
        f"<p class='ag-meta'>{type_chip(entity.type, lang)}{within}</p>"
        f"<p>{centre if entity.id != choice.centre else ''}{more}</p>"
        f"{''.join(blocks)}</div>"
    )


def _here(choice: Choice) -> dict[str, str]:
    """The choice as parameters of an address."""
    return {
        "id": choice.centre,
        "depth": str(choice.depth) if choice.depth > 1 else "",
        "rel": ",".join(sorted(choice.relations)),
        "type": ",".join(sorted(choice.types)),
        "mod": ",".join(sorted(choice.modalities)),
    }


def _neighbours(graph: "Graph[str]", entity: str) -> dict[tuple[str, bool], list[str]]:
    """(relation, whether it points at the entity) → those at the other end, in the ontology's order."""
    outward = [(data["relation"], False, tail) for _, tail, data in graph.out_edges(entity, data=True)]
    inward = [(data["relation"], not data["symmetric"], head) for head, _, data in graph.in_edges(entity, data=True)]
    found = group([*outward, *inward], lambda row: (row[0], row[1]))
    order = list(ontology().relations)
    ranked = sorted(found.items(), key=lambda item: (order.index(item[0][0]), item[0][1]))
    return {key: [row[2] for row in rows] for key, rows in ranked}


def _relation(shelf: Shelf, graph: "Graph[str]", parts: list[str], lang: Language) -> str:
    head, key, tail = parts
    data = graph.edges[head, tail, key]
    ends = [panes.entity_link(shelf.entities.by_id[end], lang) for end in (head, tail)]
    claims = [shelf.claims[claim] for claim in data["claims"] if claim in shelf.claims]
    quotes = "".join(panes.quoted(shelf, claim, lang) for claim in claims[:QUOTED])
    rest = claims[QUOTED:]
    if rest:
        more = "".join(panes.quoted(shelf, claim, lang) for claim in rest)
        quotes += f"<details><summary>{esc(say('entity.more_sentences', lang, n=len(rest)))}</summary>{more}</details>"
    arrow = "↔" if data["symmetric"] else "→"
    return (
        f"<div class='ag-kind ag-side'><h2>{esc(relation_label(data['relation'], lang))}"
        f"{panes.modality_chip(data['modality'], lang)}</h2><p>{ends[0]}<b>{arrow}</b> {ends[1]}</p>{quotes}</div>"
    )

"""GraphML: typed keys, one edge a relation, readable by NetworkX, Gephi, yEd, igraph."""

from io import BytesIO

import networkx as nx

from graph.export.rows import Cell, Table, xml_safe

SUFFIXES = (".graphml",)


def _safe(cells: dict[str, Cell]) -> dict[str, Cell]:
    return {name: xml_safe(value) if isinstance(value, str) else value for name, value in cells.items()}


def write(table: Table) -> tuple[bytes, ...]:
    """The file's bytes."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in table.nodes:
        graph.add_node(node.id, label=xml_safe(node.name), **_safe(node.cells()))
    for edge in table.edges:
        own = {"edge_id": edge.id, "kind": edge.kind, "label": edge.label, "weight": float(edge.weight)}
        graph.add_edge(edge.source, edge.target, key=edge.id, **own, **_safe(edge.cells()))
    out = BytesIO()
    nx.write_graphml(graph, out, edge_id_from_attribute="edge_id")
    return (out.getvalue(),)

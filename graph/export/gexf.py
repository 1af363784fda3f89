"""GEXF 1.3 with dates as intervals, directed and undirected edges mixed, and `kind` for parallel edges."""

from lxml import etree

from graph.export.gephi import day
from graph.export.rows import Cell, Table, xml_safe

SUFFIXES = (".gexf",)
NAMESPACE = "http://gexf.net/1.3"
TYPES = {bool: "boolean", int: "integer", float: "double", str: "string"}


def _text(value: Cell) -> str:
    return str(value).lower() if isinstance(value, bool) else xml_safe(str(value))


def _inside(parent: etree._Element, tag: str, attributes: dict[str, str] | None = None) -> etree._Element:
    return etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}", attributes or {})


def _declare(graph: etree._Element, kind: str, cells: dict[str, Cell] | None) -> None:
    attributes = _inside(graph, "attributes", {"class": kind, "mode": "static"})
    for name, value in (cells or {}).items():
        _inside(attributes, "attribute", {"id": name, "title": name, "type": TYPES[type(value)]})


def _values(element: etree._Element, cells: dict[str, Cell]) -> None:
    values = _inside(element, "attvalues")
    for name, value in cells.items():
        _inside(values, "attvalue", {"for": name, "value": _text(value)})


def _start(date: str) -> dict[str, str]:
    return {"start": day(date)} if date else {}


def write(table: Table) -> tuple[bytes, ...]:
    """The file's bytes."""
    root = etree.XML(f'<gexf xmlns="{NAMESPACE}" version="1.3"/>')
    graph = _inside(
        root, "graph", {"defaultedgetype": "directed", "mode": "dynamic", "timeformat": "date", "idtype": "string"}
    )
    _declare(graph, "node", table.nodes[0].cells() if table.nodes else None)
    _declare(graph, "edge", table.edges[0].cells() if table.edges else None)
    nodes = _inside(graph, "nodes")
    for node in table.nodes:
        own = {"id": node.id, "label": _text(node.name), **_start(node.first_seen)}
        _values(_inside(nodes, "node", own), node.cells())
    edges = _inside(graph, "edges")
    for edge in table.edges:
        own = {
            "id": edge.id,
            "source": edge.source,
            "target": edge.target,
            "type": "undirected" if edge.symmetric else "directed",
            "kind": edge.kind,
            "label": edge.label,
            "weight": str(float(edge.weight)),
            **_start(edge.since),
        }
        _values(_inside(edges, "edge", own), edge.cells())
    return (etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True),)

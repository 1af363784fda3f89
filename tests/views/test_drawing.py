"""Which part of the network is drawn, and where its nodes stand."""

import itertools
import math

import networkx as nx
import pytest

from graph.network import Network
from views import drawing
from views.drawing import Choice, part
from views.layout import arranged


@pytest.fixture(scope="module")
def network(shelf):
    return Network.build(shelf.entities, shelf.claims.values(), shelf.reports.values())


def names(graph) -> set[str]:
    return {name for _, name in graph.nodes(data="name")}


def test_the_whole_leaves_out_what_has_no_relation(shelf, network):
    shown = part(shelf, network, Choice())
    assert "一河两岸党建联盟" not in names(shown.graph)
    assert shown.left_out == 0


def test_a_case_shows_its_own_relations(shelf, network):
    case = next(c for c in shelf.cases.values() if c.title.startswith("隔河"))
    assert names(part(shelf, network, Choice(case=case.id)).graph) == {"云岭镇", "沙浦镇", "周启明"}


def test_an_expansion_adds_the_neighbours(shelf, network):
    centre, school = shelf.entities.find("石桥湾村")[0].id, shelf.entities.find("江东农业大学")[0].id
    assert "林月" not in names(part(shelf, network, Choice(centre)).graph)
    assert "林月" in names(part(shelf, network, Choice(centre, expanded=(school,))).graph)


def test_a_type_filter_keeps_the_centre(shelf, network):
    centre = shelf.entities.find("石桥湾村")[0].id
    shown = part(shelf, network, Choice(centre, types=frozenset({"University"})))
    assert names(shown.graph) == {"石桥湾村", "江东农业大学"}
    assert (shown.hidden_nodes, shown.hidden_edges) == (2, 2)


def test_beyond_the_limit_it_says_how_many_are_left_out(shelf, network, monkeypatch):
    monkeypatch.setattr(drawing, "WHOLE_LIMIT", 4)
    shown = part(shelf, network, Choice())
    assert shown.graph.number_of_nodes() + shown.left_out == part_size(shelf, network, monkeypatch)
    assert "未画出" in " ".join(drawing.summary(shown, "zh"))


def part_size(shelf, network, monkeypatch) -> int:
    monkeypatch.setattr(drawing, "WHOLE_LIMIT", 1000)
    return part(shelf, network, Choice()).graph.number_of_nodes()


def test_no_two_nodes_stand_on_each_other_and_the_layout_repeats(shelf, network):
    graph = part(shelf, network, Choice()).graph
    places = arranged(network, graph, {})
    assert set(places) == set(graph)
    assert all(math.dist(a, b) > 30 for a, b in itertools.combinations(places.values(), 2))
    assert arranged(network, graph, {}) == places


def test_known_places_are_kept(shelf, network):
    centre, school = shelf.entities.find("石桥湾村")[0].id, shelf.entities.find("江东农业大学")[0].id
    before = arranged(network, part(shelf, network, Choice(centre)).graph, {})
    after = arranged(network, part(shelf, network, Choice(centre, expanded=(school,))).graph, before)
    assert {node: after[node] for node in before} == before


def test_rows_for_the_component_hold_names_and_strokes(shelf, network):
    graph = part(shelf, network, Choice(shelf.entities.find("柳溪村")[0].id)).graph
    rows = drawing.edges(graph, "zh")
    assert {row["classes"] for row in rows} == {"asserted", "asserted symmetric", "planned", "negated"}
    places = arranged(network, graph, {})
    assert {row["name"] for row in drawing.nodes(graph, places, "")} == names(graph)
    assert isinstance(graph, nx.MultiDiGraph)
    assert [row["label"] for row in drawing.legend(graph, "en")][-1] == "negated"

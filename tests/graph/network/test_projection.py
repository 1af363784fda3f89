import pytest

from graph.errors import NotFoundError, UsageError
from graph.identity import derive
from graph.network import Filters, Network
from graph.records import Claim, Mention, Report

NAMES = {
    "柳桥村": "Village", "石泉村": "Village", "温水村": "Village", "青禾谷共富联盟": "Alliance",
    "湖北师范大学": "University", "青梅": "Product",
}  # fmt: skip


def library():
    """Two reports that name the same six things, and their claims."""
    reports, mentions, claims = [], [], []
    for stem, date in (("a", "2021-12-06"), ("b", "2023-04")):
        text = "、".join(NAMES) + stem
        made = Report(text, stem, date=date)
        at = {}
        for name, kind in NAMES.items():
            start = text.index(name)
            code = f"33022610120{start}" if kind == "Village" else ""
            at[name] = Mention(made.id, start, start + len(name), kind, name, name, code=code)

        def claim(head, relation, tail, at=at, made=made, text=text, **more):
            return Claim(made.id, relation, at[head].id, at[tail].id, 0, len(text), **more)

        reports.append(made)
        mentions += at.values()
        claims += [
            claim("柳桥村", "member_of", "青禾谷共富联盟", confidence=0.6 if stem == "a" else 0.9),
            claim("石泉村", "partners_with", "柳桥村") if stem == "a" else claim("柳桥村", "partners_with", "石泉村"),
        ]
        if stem == "b":
            claims += [
                claim("温水村", "member_of", "青禾谷共富联盟", modality="planned"),
                claim("湖北师范大学", "supports", "温水村", since="2019"),
                claim("柳桥村", "produces", "青梅", confidence=0.4),
                claim("柳桥村", "partners_with", "柳桥村"),
            ]
    return reports, mentions, claims


@pytest.fixture(scope="module")
def network():
    reports, mentions, claims = library()
    return Network.build(derive(mentions, reports), claims, reports)


def named(network, graph=None):
    return {network.graph.nodes[node]["name"] for node in (network.graph if graph is None else graph)}


def edges(network, graph=None):
    nodes = network.graph.nodes
    rows = (network.graph if graph is None else graph).edges(keys=True)
    return {(nodes[a]["name"], key, nodes[b]["name"]) for a, b, key in rows}


def identifier(network, name):
    (entity,) = [e for e in network.entities.find(name) if e.name == name]
    return entity.id


def test_one_edge_for_each_pair_relation_and_modality(network):
    assert named(network) == set(NAMES)
    partners = {("柳桥村", "partners_with:asserted", "石泉村"), ("石泉村", "partners_with:asserted", "柳桥村")}
    found = edges(network)
    assert len(found & partners) == 1
    assert found - partners == {
        ("柳桥村", "member_of:asserted", "青禾谷共富联盟"),
        ("温水村", "member_of:planned", "青禾谷共富联盟"),
        ("湖北师范大学", "supports:asserted", "温水村"),
        ("柳桥村", "produces:asserted", "青梅"),
    }
    assert network.graph.graph == {"loops": 1, "unresolved": 0}


def test_an_edge_leads_to_its_claims(network):
    head, tail = identifier(network, "柳桥村"), identifier(network, "青禾谷共富联盟")
    edge = network.graph.edges[head, tail, "member_of:asserted"]
    claims = [c for c in network.claims if c.type == "member_of" and c.modality == "asserted"]
    assert edge == {
        "relation": "member_of",
        "modality": "asserted",
        "symmetric": False,
        "weight": 2,
        "reports": 2,
        "claims": tuple(sorted(c.id for c in claims)),
        "confidence": 0.9,
        "since": "2021-12-06",
        "until": "2023-04",
    }


def test_nodes_carry_what_the_entity_is(network):
    node = network.graph.nodes[identifier(network, "柳桥村")]
    assert (node["name"], node["type"], node["reports"], node["mentions"]) == ("柳桥村", "Village", 2, 2)
    assert (node["first_seen"], node["last_seen"]) == ("2021-12-06", "2023-04")


def test_filters_choose_by_relation_type_modality_year_and_confidence(network):
    def kept(**asked):
        return {key for _, key, _ in edges(network.filtered(Filters(isolates=False, **asked)))}

    assert kept(relations=frozenset({"member_of"})) == {"member_of:asserted", "member_of:planned"}
    assert kept(modalities=frozenset({"planned"})) == {"member_of:planned"}
    assert kept(types=frozenset({"Village", "Product"})) == {"partners_with:asserted", "produces:asserted"}
    assert kept(years=(2019, 2019)) == {"supports:asserted"}
    assert kept(years=(2021, 2021)) == {"member_of:asserted", "partners_with:asserted"}
    assert "produces:asserted" not in kept(min_confidence=0.5)
    without = network.filtered(Filters(relations=frozenset({"produces"}), isolates=False))
    assert named(without) == {"柳桥村", "青梅"}


def test_a_filtered_edge_weighs_only_what_passes(network):
    head, tail = identifier(network, "柳桥村"), identifier(network, "青禾谷共富联盟")
    strict = network.filtered(Filters(min_confidence=0.8))
    assert strict.graph.edges[head, tail, "member_of:asserted"]["weight"] == 1


@pytest.mark.parametrize("asked", [{"relations": frozenset({"likes"})}, {"years": (2023, 2021)}])
def test_filters_refuse_what_makes_no_sense(asked):
    with pytest.raises(UsageError):
        Filters(**asked)


def test_around_goes_both_ways_and_says_what_it_leaves_out(network):
    alliance = identifier(network, "青禾谷共富联盟")
    near = network.around(alliance)
    assert named(network, near) == {"青禾谷共富联盟", "柳桥村", "温水村"}
    assert near.graph["left_out"] == 0
    wide = network.around(alliance, depth=2)
    assert named(network, wide) == set(NAMES)
    assert wide.nodes[identifier(network, "青梅")]["distance"] == 2
    few = network.around(alliance, depth=2, limit=3)
    assert named(network, few) == {"青禾谷共富联盟", "柳桥村", "温水村"}
    assert few.graph["left_out"] == 3
    assert len(network.around(alliance, limit=2)) == 2
    assert network.graph.graph == {"loops": 1, "unresolved": 0}


def test_around_nothing_is_an_error(network):
    with pytest.raises(NotFoundError):
        network.around("e-none")


def test_measures(network):
    found = network.measures()
    village, product = found[identifier(network, "柳桥村")], found[identifier(network, "青梅")]
    assert (village.degree, village.weighted_degree) == (3, 5.0)
    assert product.betweenness == 0.0
    assert village.betweenness == pytest.approx(0.7)  # 7 of the 10 pairs of others
    assert sum(m.pagerank for m in found.values()) == pytest.approx(1, abs=1e-6)
    assert village.community == found[identifier(network, "石泉村")].community
    assert found == network.measures()


def test_measures_of_nothing():
    assert Network.build(derive([], []), []).measures() == {}


def test_layout_is_always_the_same_and_keeps_given_positions(network):
    alliance = identifier(network, "青禾谷共富联盟")
    part = network.around(alliance)
    placed = network.layout(part)
    assert placed == network.layout(part)
    assert all(-1.01 <= value <= 1.01 for at in placed.values() for value in at)
    wide = network.layout(network.around(alliance, depth=2), placed)
    assert {node: wide[node] for node in placed} == placed
    assert len(set(wide.values())) == len(NAMES)


def test_the_order_of_claims_changes_nothing(network):
    reports, mentions, claims = library()
    other = Network.build(derive(mentions[::-1], reports[::-1]), claims[::-1], reports[::-1])
    assert list(other.graph.nodes(data=True)) == list(network.graph.nodes(data=True))
    assert list(other.graph.edges(keys=True, data=True)) == list(network.graph.edges(keys=True, data=True))

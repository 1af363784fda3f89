import pytest

from graph.rdf import Limits, QueryError, query


def test_a_query_sees_all_reports_as_one(villages):
    found = query(
        villages,
        "SELECT ?name (COUNT(DISTINCT ?k) AS ?n) { ?v a ag:Village ; skos:prefLabel ?name . ?k rdf:subject ?v } "
        "GROUP BY ?name ORDER BY DESC(?n) ?name",
    )
    assert found.columns == ("name", "n")
    assert found.rows == (("温水村", "4"), ("石泉村", "2"))
    assert found.cut == ""
    assert found.seconds < 10


def test_more_rows_or_bytes_than_allowed_are_cut_and_said_so(villages):
    found = query(villages, "SELECT * { ?s ?p ?o }", Limits(rows=5))
    assert (len(found.rows), found.cut) == (5, "only the first 5 rows are shown")
    small = query(villages, "SELECT ?s { ?s ?p ?o }", Limits(bytes=200))
    assert 0 < len(small.rows) < 5
    assert "larger than 200 bytes" in small.cut


def test_ask_construct_and_unbound_cells(villages):
    assert query(villages, "ASK { ?a a org:OrganizationalCollaboration }").rows == (("true",),)
    made = query(villages, "CONSTRUCT { ?a ag:has ?v } WHERE { ?v ag:member_of ?a }")
    assert made.columns == ("subject", "predicate", "object")
    assert len(made.rows) == 1
    assert query(villages, "SELECT ?x ?y { BIND(1 AS ?x) }").rows == (("1", None),)


@pytest.mark.parametrize(
    ("sparql", "said"),
    [
        ("INSERT DATA { <a:b> <a:c> 1 }", "Only reading"),
        ("DROP ALL", "Only reading"),
        ("LOAD <http://127.0.0.1:9/x>", "Only reading"),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE is refused"),
        ("SELECT * { ?a ?b ?c FILTER EXISTS { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } } }", "SERVICE is refused"),
        ("SELECT * FROM <http://127.0.0.1:9/x> { ?s ?p ?o }", "FROM is refused"),
        ("SELECT * FROM NAMED <file:///etc/passwd> { GRAPH ?g { ?s ?p ?o } }", "FROM is refused"),
        ("SELECT rubbish", "no SPARQL query"),
        ("SELECT * { ?s unknown:p ?o }", "unknown"),
        ("SELECT * {" + "{" * 300 + "?s ?p ?o" + "}" * 300 + "}", "nested too deeply"),
        ("#" * 30_000, "30000 characters"),
    ],
)
def test_what_is_refused(villages, sparql, said):
    with pytest.raises(QueryError, match=said):
        query(villages, sparql)


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?c = ?f && ?i = 3 && ?l = 4) }",
        "SELECT (COUNT(*) AS ?n) { ?a (!ag:x)* ?b . ?b (!ag:y)* ?c . ?c (!ag:z)* ?d . ?e (!ag:w)* ?f }",
        'SELECT * { BIND(REGEX("' + "a" * 60 + '!", "^(a+)+$") AS ?x) }',
    ],
)
def test_endless_queries_are_stopped(villages, sparql):
    with pytest.raises(QueryError, match="ran longer than"):
        query(villages, sparql, Limits(seconds=0.5))
    assert query(villages, "ASK { ?s ?p ?o }").rows == (("true",),)

"""Which queries inside shapes are refused, and which only look as if they should be."""

from pathlib import Path

import pytest

from exporter.errors import InputError
from exporter.validation.queries import outside_call
from exporter.validation.shapes import shapes

REACHING_OUT = [
    "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }",
    "select * { service silent ?where { ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o.SERVICE<http://example.org/>{} }",
    "SELECT * { ?s ?p 5.SERVICE <http://example.org/> {} }",
    "SELECT * FROM <http://example.org/g> { ?s ?p ?o }",
    "SELECT * FROM NAMED <http://example.org/g> { ?s ?p ?o }",
    r"SELECT * { \u0053ERVICE <http://example.org/> { ?s ?p ?o } }",
    r"SELECT * { \U00000053ERVICE <http://example.org/> { ?s ?p ?o } }",
    "SELECT * { ?s ?p '#' } # none here\nFROM <http://example.org/g>",
    "SELECT * { # a comment ends at the end of its line\n SERVICE <http://example.org/> {} }",
]
HARMLESS = [
    "SELECT ?from ?service { ?from ?service $from }",
    "SELECT * { ?s ex:service ?o ; service:x ?p ; from:y 'x'@from }",
    'SELECT * { ?s ?p "SERVICE", \'FROM\', """a "quoted" SERVICE""", \'\'\'FROM\'\'\' }',
    r'SELECT * { ?s ?p "a \" SERVICE" }',
    "SELECT * { ?s <http://example.org/SERVICE> ?o } # FROM here",
    "SELECT * { ?s ?p ?o FILTER(?o < 5 && ?o > 3) }",
    "SELECT * { ?s ?p ?fromage, ex:transform }",
]
SHAPE = """
    @prefix sh: <http://www.w3.org/ns/shacl#> .
    <#x> sh:targetClass <#C> ; sh:sparql [ sh:select '''%s''' ] .
"""


@pytest.mark.parametrize("query", REACHING_OUT)
def test_query_that_reaches_out_is_noticed(query: str) -> None:
    assert outside_call(query) in {"SERVICE", "FROM"}


@pytest.mark.parametrize("query", HARMLESS)
def test_query_that_only_names_the_words_is_left_alone(query: str) -> None:
    assert outside_call(query) == ""


def test_shapes_with_such_a_query_are_refused_by_name(tmp_path: Path) -> None:
    file = tmp_path / "calls-home.ttl"
    file.write_text(SHAPE % "SELECT $this { SERVICE <http://example.org/> {} }", encoding="utf-8")
    with pytest.raises(InputError) as refusal:
        shapes(private=[file])
    assert refusal.value.code == "E171"
    assert "calls-home" in str(refusal.value)
    assert "SERVICE" in str(refusal.value)

"""Where a result leads: document or case, line, field and name, told by the data alone."""

import pytest
from rdflib import Graph, URIRef
from rdflib.term import Node

from exporter.validation.places import Places, field_of

BASE = "https://example.org/id/"
LC = "https://w3id.org/linked-case/vocab#"
PAPER = "https://doi.org/10.1000/case/9"
ANNOTATION = f"{BASE}paper/PMC1/annotation/aa"
DATA = f"""
    @prefix lc: <{LC}> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    <{PAPER}> lc:hasText <{BASE}paper/PMC1/text/0f> .
    <{ANNOTATION}> lc:sourceLine 12 ; lc:statedLabel "JDM" .
    <{BASE}case/k%201> lc:sourceLine 1 .
    <{BASE}case/k%201/treatments/0> lc:sourceLine 30 ; rdfs:label "baricitinib" .
    <{BASE}case/k%201/outcomes/0> lc:sourceLine "line 4" .
"""


def places() -> Places:
    return Places(Graph().parse(data=DATA, format="turtle"))


@pytest.mark.parametrize(
    ("node", "document", "line"),
    [
        (f"{ANNOTATION}/target/4-8/position", "PMC1", 12),
        (f"{BASE}paper/PMC1/text/0f", "PMC1", None),
        (PAPER, "PMC1", None),
        (f"{BASE}case/k%201/treatments/0/dose_series/1", "k 1", 30),
        (f"{BASE}case/k%201/treatments/1", "k 1", 1),
        (f"{BASE}case/k%201/outcomes/0", "k 1", 1),
        (f"{BASE}proposition/1", None, None),
        ("http://purl.obolibrary.org/obo/MONDO_0008054", None, None),
    ],
)
def test_node_leads_to_its_document_and_line(
    node: str, document: str | None, line: int | None
) -> None:
    where = places().of((URIRef(node),), None)
    assert (where.document, where.line) == (document, line)


def test_first_node_that_belongs_to_a_document_decides() -> None:
    concept, annotation = URIRef("http://example.org/concept"), URIRef(ANNOTATION)
    case = URIRef(f"{BASE}case/k%201")
    assert places().of((concept, annotation, case), None).line == 12
    assert places().of((None, case, annotation), None).document == "k 1"


@pytest.mark.parametrize(
    ("below", "path", "field"),
    [
        ("/treatments/0/dose_series/1", URIRef(f"{LC}unit"), "treatments[0].dose_series[1].unit"),
        ("/outcomes/2", URIRef(f"{LC}baselineValue"), "outcomes[2].baseline"),
        ("/arms/high-dose", URIRef(f"{LC}count"), "arms[high-dose].n"),
        ("/evidence/12", None, "evidence[12]"),
        ("/outcomes/2", URIRef("http://example.org/unheard-of"), "outcomes[2]"),
        ("", URIRef(f"{LC}sampleSize"), "n"),
        ("", None, None),
    ],
)
def test_field_is_written_as_in_a_case_file(
    below: str, path: Node | None, field: str | None
) -> None:
    assert field_of(URIRef(f"{BASE}case/k{below}"), path) == field


def test_what_belongs_to_a_paper_has_no_field_of_a_case_file() -> None:
    assert field_of(URIRef(ANNOTATION), URIRef(f"{LC}unit")) is None


def test_label_is_what_the_data_calls_a_node() -> None:
    found = places()
    assert found.label(URIRef(f"{BASE}case/k%201/treatments/0")) == "baricitinib"
    assert found.label(URIRef(ANNOTATION)) == "JDM"
    assert found.label(URIRef(PAPER)) == ""

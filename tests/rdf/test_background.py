from typing import Any

import pytest
from rdflib import URIRef
from rdflib.namespace import DCTERMS, RDF, RDFS, SKOS

from exporter.model.identifiers import Namespaces
from exporter.ontologies.background import Background, BackgroundRelation
from exporter.rdf.background import background_quads, thing_iri
from exporter.rdf.iris import Iris
from exporter.rdf.vocabulary import LC

BARICITINIB = "http://purl.obolibrary.org/obo/CHEBI_95341"
TYK2 = "http://identifiers.org/ncbigene/7297"
PROPERTIES = {
    "inhibits": "inhibits",
    "does-not-inhibit": "doesNotInhibit",
    "phosphorylates": "phosphorylates",
    "does-not-phosphorylate": "doesNotPhosphorylate",
    "takes-part-in": "takesPartIn",
    "does-not-take-part-in": "doesNotTakePartIn",
    "part-of": "partOf",
    "suppresses": "suppresses",
    "does-not-suppress": "doesNotSuppress",
}


@pytest.fixture
def fact(ids: Namespaces) -> Any:
    def make(relation: str, **more: Any) -> Background:
        fields = {
            "subject": "baricitinib",
            "subject_id": ids.parse("CHEBI:95341"),
            "object": "TYK2",
            "object_id": ids.parse("NCBIGene:7297"),
            "context": "in a test",
            "source": "PMID:29649002",
            "document": None,
            "file": "background.tsv",
            "line": 2,
        }
        relation_ = BackgroundRelation(
            relation=relation, property=PROPERTIES[relation], sense="what it says"
        )
        return Background(relation=relation_, **{**fields, **more})

    return make


@pytest.fixture
def written(facts: Any, ids: Namespaces, iris: Iris) -> Any:
    return lambda *rows, **more: facts(background_quads(rows, ids, iris, **more))


def test_a_fact_is_a_statement_with_its_source_and_a_plain_edge(fact: Any, written: Any) -> None:
    found = written(fact("inhibits"))
    (statement,) = found.subjects(RDF.type, LC.BackgroundStatement)
    assert str(found.value(str(statement), RDF.subject)) == BARICITINIB
    assert found.value(str(statement), RDF.predicate) == LC.inhibits
    assert str(found.value(str(statement), RDF.object)) == TYK2
    assert str(found.value(str(statement), LC.context)) == "in a test"
    assert str(found.value(BARICITINIB, LC.inhibits)) == TYK2


@pytest.mark.parametrize(
    ("said", "denied"),
    [
        ("inhibits", "does-not-inhibit"),
        ("phosphorylates", "does-not-phosphorylate"),
        ("takes-part-in", "does-not-take-part-in"),
        ("suppresses", "does-not-suppress"),
    ],
)
def test_a_denied_fact_is_disputed_and_neither_is_a_plain_edge(
    said: str, denied: str, fact: Any, written: Any
) -> None:
    found = written(fact(said), fact(denied))
    assert len(found.subjects(RDF.type, LC.DisputedStatement)) == 2
    assert found.subjects(RDF.type, LC.BackgroundStatement) == []
    assert found.values(BARICITINIB, LC[PROPERTIES[said]]) == []
    assert found.values(BARICITINIB, LC[PROPERTIES[denied]]) == []


def test_a_denial_of_something_else_disputes_nothing(
    fact: Any, written: Any, ids: Namespaces
) -> None:
    jak1 = ids.parse("NCBIGene:3716")
    found = written(
        fact("inhibits", object="JAK1", object_id=jak1),
        fact("does-not-inhibit"),
        fact("does-not-phosphorylate", object="JAK1", object_id=jak1),
    )
    assert found.subjects(RDF.type, LC.DisputedStatement) == []
    assert str(found.value(BARICITINIB, LC.doesNotInhibit)) == TYK2
    assert str(found.value(BARICITINIB, LC.inhibits)) == jak1.iri


def test_the_same_fact_from_two_sources_is_one_edge_with_two_statements(
    fact: Any, written: Any
) -> None:
    found = written(fact("inhibits"), fact("inhibits", source="doi:10.1056/NEJMc2001362"))
    assert len(found.subjects(RDF.type, LC.BackgroundStatement)) == 2
    assert {str(each) for each in found.values(BARICITINIB, LC.inhibits)} == {TYK2}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("PMID:29649002", "http://www.ncbi.nlm.nih.gov/pubmed/29649002"),
        ("doi:10.1056/NEJMc2001362", "https://doi.org/10.1056/nejmc2001362"),
        ("NCBI Gene 1107", "http://identifiers.org/ncbigene/1107"),
        ("Brain 2018;141:1609", None),
    ],
)
def test_a_citation_leads_to_its_source_where_it_is_an_identifier(
    source: str, expected: str | None, fact: Any, written: Any
) -> None:
    found = written(fact("inhibits", source=source))
    cited = [str(each) for each in found.values(None, DCTERMS.source)]
    assert cited == ([expected] if expected else [])
    assert str(found.value(None, LC.sourceAsWritten)) == source


def test_a_loaded_document_is_a_source_too(fact: Any, written: Any) -> None:
    paper = URIRef("https://doi.org/10.1000/a")
    row = fact("inhibits", source="Brain 2018;141:1609", document="BRAIN-2018")
    assert written(row, papers={"BRAIN-2018": paper}).value(None, DCTERMS.source) == paper
    assert written(row, papers={}).values(None, DCTERMS.source) == []


def test_a_thing_without_id_has_an_iri_of_ours_and_its_label(
    fact: Any, written: Any, iris: Iris
) -> None:
    found = written(fact("part-of", object="type I interferon receptor", object_id=None))
    thing = f"{iris.base}thing/type-i-interferon-receptor"
    assert str(found.value(BARICITINIB, LC.partOf)) == thing
    assert str(found.value(thing, RDFS.label)) == "type I interferon receptor"
    assert found.values(BARICITINIB, RDFS.label) == []


def test_things_are_told_apart_by_more_than_case_and_hyphens(iris: Iris) -> None:
    def name(label: str) -> str:
        return str(thing_iri(label, None, iris))

    assert name("anti-MDA5  antibody") == name("Anti-MDA5 antibody")
    assert name("IFN-\N{GREEK SMALL LETTER BETA}") != name("IFN-") != name("IFN")


def test_a_relation_brings_its_sense(fact: Any, written: Any) -> None:
    found = written(fact("inhibits"))
    assert str(found.value(str(LC.inhibits), SKOS.definition)) == "what it says"

from dataclasses import replace
from typing import Any

import pytest
from rdflib import URIRef
from rdflib.namespace import OWL, RDF, SKOS

from exporter.errors import InputError
from exporter.model.grounding import Mapping
from exporter.model.identifiers import Namespaces
from exporter.ontologies.sssom import MappingSet
from exporter.rdf.iris import Iris
from exporter.rdf.mappings import mapping_quads
from exporter.rdf.vocabulary import SEMAPV, SSSOM


@pytest.fixture
def row(ids: Namespaces) -> Mapping:
    return Mapping(
        subject=ids.parse("MESH:C000596027"),
        predicate="skos:exactMatch",
        object=ids.parse("CHEBI:95341"),
        justification="semapv:LexicalMatching",
        source="chebi",
        version="2026",
    )


def mapping_set(*rows: Mapping, **more: Any) -> MappingSet:
    return MappingSet(name="chebi", version="2026", licence="CC0-1.0", mappings=rows, **more)


def test_a_row_is_a_relation_and_a_node_that_says_why(row: Mapping, facts: Any, iris: Iris) -> None:
    found = facts(mapping_quads([mapping_set(row)], iris))
    node = str(iris.mapping(row))
    assert str(found.value(row.subject.iri, SKOS.exactMatch)) == row.object.iri
    assert found.value(node, RDF.type) == OWL.Axiom
    assert str(found.value(node, OWL.annotatedSource)) == row.subject.iri
    assert found.value(node, OWL.annotatedProperty) == SKOS.exactMatch
    assert str(found.value(node, OWL.annotatedTarget)) == row.object.iri
    assert found.value(node, SSSOM.mapping_justification) == SEMAPV.LexicalMatching
    (held,) = found.subjects(RDF.type, SSSOM.MappingSet)
    assert str(found.value(str(held), OWL.versionInfo)) == "2026"
    assert [str(each) for each in found.values(str(held), SSSOM.mappings)] == [node]
    assert found.graphs() == {f"{iris.base}graph/mappings"}


def test_a_denied_mapping_is_no_relation(row: Mapping, facts: Any, iris: Iris) -> None:
    found = facts(mapping_quads([mapping_set(negative=(row,))], iris))
    assert found.values(None, SKOS.exactMatch) == []
    assert str(found.value(str(iris.denied_mapping(row)), SSSOM.predicate_modifier)) == "Not"


def test_a_row_told_both_ways_is_described_once(row: Mapping, facts: Any, iris: Iris) -> None:
    turned = replace(row, subject=row.object, object=row.subject)
    found = facts(mapping_quads([mapping_set(row, turned)], iris))
    assert len(found.values(None, SKOS.exactMatch)) == 2
    assert len(found.values(None, OWL.annotatedSource)) == 1


@pytest.mark.parametrize("predicate", ["owl:sameAs", "skos", "skos:", "http://a.b/c"])
def test_another_relation_is_refused(row: Mapping, predicate: str, iris: Iris) -> None:
    with pytest.raises(InputError) as refusal:
        list(mapping_quads([mapping_set(replace(row, predicate=predicate))], iris))
    assert refusal.value.code == "E132"


def test_no_mapping_is_an_identity(row: Mapping, facts: Any, iris: Iris) -> None:
    found = facts(mapping_quads([mapping_set(row)], iris))
    assert URIRef(str(OWL.sameAs)) not in {predicate for _, predicate, _, _ in found.quads}

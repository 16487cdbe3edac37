from pathlib import Path
from typing import Any

import pytest
from rdflib import URIRef
from rdflib.namespace import OWL, RDF, RDFS, SKOS

from exporter.model.identifiers import Namespaces
from exporter.ontologies.index import Ontologies
from exporter.ontologies.slices import read_slice
from exporter.rdf.iris import Iris
from exporter.rdf.ontologies import ontology_quads
from exporter.rdf.vocabulary import LC, OBO

SLICE = """\
# ontology: mondo
# version: 2026-05-05
# licence: CC-BY-4.0
# source: mondo.obo
id\tlabel\texact\tbroad\tprevious\tparents\trelations\tobsolete\treplaced_by\tconsider
MONDO:0008054\tjuvenile dermatomyositis\tJDM|JDMS\tmyositis\told name\tMONDO:0016367\t\t\t\t
MONDO:0016367\tdermatomyositis\t\t\t\t\thas_member MONDO:0008054|is_odd MONDO:0008054\t\t\t
MONDO:0000001\tobsolete thing\t\t\t\t\t\tyes\tMONDO:0016367\tMONDO:0008054
"""
JDM = "http://purl.obolibrary.org/obo/MONDO_0008054"
DM = "http://purl.obolibrary.org/obo/MONDO_0016367"
OLD = "http://purl.obolibrary.org/obo/MONDO_0000001"


@pytest.fixture
def ontologies(tmp_path: Path, ids: Namespaces) -> Ontologies:
    path = tmp_path / "mondo.tsv"
    path.write_text(SLICE, encoding="utf-8")
    return Ontologies([read_slice(path, ids)], [], ids)


@pytest.fixture
def found(ontologies: Ontologies, iris: Iris, facts: Any) -> Any:
    return facts(ontology_quads(ontologies, iris))


def test_only_the_terms_asked_for_are_written(
    ontologies: Ontologies, iris: Iris, facts: Any
) -> None:
    some = facts(ontology_quads(ontologies, iris, {URIRef(JDM)}))
    assert {str(each) for each in some.subjects(RDF.type, OWL.Class)} == {JDM}


def test_a_term_has_its_names_by_how_near_they_are(found: Any) -> None:
    assert str(found.value(JDM, RDFS.label)) == "juvenile dermatomyositis"
    assert [str(each) for each in found.values(JDM, SKOS.altLabel)] == ["JDM", "JDMS"]
    assert str(found.value(JDM, LC.broadName)) == "myositis"
    assert str(found.value(JDM, LC.previousName)) == "old name"


def test_the_hierarchy_and_the_families_are_links(found: Any) -> None:
    assert str(found.value(JDM, RDFS.subClassOf)) == DM
    assert str(found.value(DM, LC.hasMember)) == JDM


def test_a_relation_without_a_term_of_ours_gets_an_iri_and_a_label(found: Any, iris: Iris) -> None:
    relation = iris.local("relation", "is_odd")
    assert str(found.value(DM, relation)) == JDM
    assert str(found.value(str(relation), RDFS.label)) == "is odd"


def test_an_obsolete_term_says_so_and_what_stands_instead(found: Any) -> None:
    assert [str(each) for each in found.values(OLD, OWL.deprecated)] == ["true"]
    assert found.values(JDM, OWL.deprecated) == []
    assert str(found.value(OLD, OBO.IAO_0100001)) == DM
    assert str(found.value(OLD, LC.considerInstead)) == JDM


def test_a_term_belongs_to_the_release_that_holds_it(found: Any, iris: Iris) -> None:
    assert found.graphs() == {f"{iris.base}graph/ontology/mondo/2026-05-05"}
    release = str(found.value(JDM, RDFS.isDefinedBy))
    assert found.value(release, RDF.type) == OWL.Ontology
    assert str(found.value(release, OWL.versionInfo)) == "2026-05-05"


def test_no_definition_and_no_path_is_written(found: Any, tmp_path: Path) -> None:
    assert found.values(None, SKOS.definition) == []
    assert not [quad for quad in found.quads if str(tmp_path) in "".join(map(str, quad))]

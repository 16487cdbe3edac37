"""With an index at hand only what is used of it is written, and all that is above that."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from rdflib import URIRef
from rdflib.namespace import OWL, RDF, RDFS, SKOS

from exporter.model.grounding import Grounding, Mapping, Status
from exporter.model.identifiers import EntityId, bundled_namespaces
from exporter.ontologies.installed import IndexWriter, Release, index_path
from exporter.ontologies.sssom import MappingSet
from exporter.ontologies.terms import Term
from exporter.pipeline.knowledge import (
    Knowledge,
    grounded_by,
    knowledge_quads,
    mapping_path_quads,
    open_knowledge,
    used_knowledge_quads,
)
from exporter.rdf.iris import Iris
from exporter.rdf.terms import Quad
from exporter.rdf.vocabulary import LC, SSSOM

IRIS = Iris()
ABOUT = URIRef("https://example.org/annotation")
GRAPH = URIRef("https://example.org/graph")


def entity(curie: str) -> EntityId:
    return bundled_namespaces().parse(curie)


def row(subject: str, target: str) -> Mapping:
    return Mapping(
        subject=entity(subject),
        predicate="skos:exactMatch",
        object=entity(target),
        justification="semapv:ManualMappingCuration",
        source="some",
        version="3",
    )


ROWS = (row("MONDO:9000003", "MESH:D000003"), row("MONDO:9000004", "MESH:D000004"))


@pytest.fixture
def knowledge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Knowledge:
    """Four terms in a row and one beside them in the index, and two mappings."""
    monkeypatch.setenv("LINKED_CASE_DATA", str(tmp_path))
    ids = [entity(f"MONDO:900000{n}") for n in range(1, 5)]
    terms = [Term(id=ids[0], label="root")]
    terms += [
        Term(id=each, label=f"below {above.local}", parents=(above,))
        for above, each in pairwise(ids)
    ]
    with IndexWriter(index_path()) as writer:
        about = Release(name="mondo", version="3", prefix="MONDO", source="mondo.obo")
        writer.add_release(about, [*terms, Term(id=entity("MONDO:9000009"), label="beside")])
        writer.add_mapping_set(MappingSet(name="some", version="3", mappings=ROWS), Release())
    return open_knowledge()


def uses(*nodes: URIRef) -> list[Quad]:
    return [(ABOUT, LC.concept, node, GRAPH) for node in nodes]


def classes(quads: list[Quad]) -> set[str]:
    found = {str(s) for s, p, o, _ in quads if (p, o) == (RDF.type, OWL.Class)}
    return {iri.rpartition("/")[2] for iri in found if "MONDO_9" in iri}


def test_a_used_term_is_written_with_all_that_is_above_it(knowledge: Knowledge) -> None:
    statements = uses(URIRef(entity("MONDO:9000003").iri))
    quads = list(knowledge_quads(knowledge, IRIS, statements=statements))
    assert classes(quads) == {"MONDO_9000001", "MONDO_9000002", "MONDO_9000003"}
    (graph,) = {g for s, p, o, g in quads if p == RDFS.label and str(o) == "root"}
    assert str(graph).endswith("/graph/ontology/mondo/3")


def test_what_nothing_uses_is_not_written(knowledge: Knowledge) -> None:
    quads = list(knowledge_quads(knowledge, IRIS))
    assert classes(quads) == set()
    assert not [s for s, p, o, _ in quads if (p, o) == (RDF.type, SSSOM.MappingSet)]


def test_what_the_background_is_about_is_always_written(knowledge: Knowledge) -> None:
    quads = list(knowledge_quads(knowledge, IRIS))
    jak1 = URIRef(entity("NCBIGene:3716").iri)
    assert [str(o) for s, p, o, _ in quads if (s, p) == (jak1, RDFS.label)] == ["JAK1"]


def test_only_the_used_mapping_is_written(knowledge: Knowledge) -> None:
    statements = uses(URIRef(entity("MESH:D000003").iri), IRIS.mapping(ROWS[0]))
    quads = list(knowledge_quads(knowledge, IRIS, statements=statements))
    matches = {(str(s), str(o)) for s, p, o, _ in quads if p == SKOS.exactMatch}
    assert matches == {(ROWS[0].subject.iri, ROWS[0].object.iri)}
    (held,) = {s for s, p, o, _ in quads if (p, o) == (RDF.type, SSSOM.MappingSet)}
    assert [o for s, p, o, _ in quads if (s, p) == (held, SSSOM.mappings)] == [
        IRIS.mapping(ROWS[0])
    ]


def test_a_row_that_was_weighed_is_no_relation_where_mappings_are_not_written(
    knowledge: Knowledge,
) -> None:
    statements = uses(URIRef(entity("MESH:D000003").iri), IRIS.mapping(ROWS[0]))
    quads = list(mapping_path_quads(statements, knowledge, IRIS))
    assert not [s for s, p, o, _ in quads if p == SKOS.exactMatch]
    assert (IRIS.mapping(ROWS[0]), RDF.type, OWL.Axiom) in {(s, p, o) for s, p, o, _ in quads}


def test_the_check_sees_the_used_terms(knowledge: Knowledge) -> None:
    statements = uses(URIRef(entity("MONDO:9000004").iri))
    assert classes(list(used_knowledge_quads(statements, knowledge, IRIS))) == {"MONDO_9000004"}


def test_without_an_index_every_slice_is_written() -> None:
    quads = list(knowledge_quads(open_knowledge(), IRIS))
    written = {s for s, p, o, _ in quads if (p, o) == (RDF.type, OWL.Class)}
    assert len(written) == len(open_knowledge().ontologies)


@pytest.fixture
def grounding() -> Callable[[str | None], Grounding]:
    def make(curie: str | None) -> Grounding:
        concept = entity(curie) if curie else None
        return Grounding(status=Status.CLEAN, concept=concept, rule="clean", reason="a test")

    return make


def test_the_releases_that_ground_are_named_with_where_they_come_from(
    knowledge: Knowledge, grounding: Callable[[str | None], Grounding]
) -> None:
    curies = ("MONDO:9000001", "MONDO:9000002", "MONDO:0008054", "MONDO:7777777", None)
    found = grounded_by(knowledge, map(grounding, curies))
    assert [(str(each), each.installed, number) for each, number in found] == [
        ("mondo 2026-05-05", False, 1),
        ("mondo 3", True, 2),
    ]


def test_a_pin_chooses_the_version(knowledge: Knowledge) -> None:
    assert entity("MONDO:9000001") in knowledge.ontologies
    pinned = open_knowledge(pins={"mondo": "2026-05-05"})
    assert entity("MONDO:9000001") not in pinned.ontologies

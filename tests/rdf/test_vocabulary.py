"""Every term that the corpus emits: ours are declared with their sense, others exist."""

import csv
import gzip
import json
from collections.abc import Iterable
from pathlib import Path

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import OWL, RDF, RDFS, SKOS

from exporter.model.identifiers import bundled_namespaces
from exporter.pipeline import export, quads
from exporter.pipeline.inputs import Reading, gather
from exporter.pipeline.knowledge import knowledge_quads, open_knowledge
from exporter.rdf._jsonld import bundled_context
from exporter.rdf.iris import Iris
from exporter.rdf.quoting import TextMode
from exporter.rdf.terms import Quad
from exporter.rdf.vocabulary import LC, OBO, PREFIXES, SCHEMA, term
from exporter.resources import data
from exporter.sources import Settings

UNLISTED = {str(OBO.IAO_0100001)}
"""Terms that are right though the shared index has no file that holds them: OBO's replaced-by."""


@pytest.fixture(scope="module")
def corpus() -> list[Quad]:
    """Everything that the examples give, in two of the ways to write texts."""
    knowledge = open_knowledge()
    settings = Settings(namespaces=bundled_namespaces())
    gathered = gather(Reading(paths=(str(data("examples")),), settings=settings), knowledge)
    exported = export(gathered, knowledge)
    modes = (TextMode.FULL, TextMode.NONE)
    written = [quad for mode in modes for quad in quads(exported, knowledge, Iris(), mode)]
    return [*written, *knowledge_quads(knowledge, Iris())]


@pytest.fixture(scope="module")
def vocabulary() -> Graph:
    return Graph().parse(data("ontology") / "linked-case.ttl")


def emitted(statements: Iterable[Quad]) -> set[str]:
    """Properties, classes, and terms of ours in any place."""
    found: set[str] = set()
    for subject, predicate, value, _ in statements:
        found.add(str(predicate))
        if predicate == RDF.type:
            found.add(str(value))
        found |= {str(each) for each in (subject, value) if str(each).startswith(str(LC))}
    return found


def test_every_term_of_ours_that_is_written_is_declared(
    corpus: list[Quad], vocabulary: Graph
) -> None:
    own = {each for each in emitted(corpus) if each.startswith(str(LC))}
    assert len(own) > 100
    assert own <= {str(subject) for subject in vocabulary.subjects()}


def test_every_declared_term_has_a_type_a_label_and_a_sense(vocabulary: Graph) -> None:
    own = {each for each in vocabulary.subjects() if str(each).startswith(str(LC))}
    for each in own:
        for needed in (RDF.type, RDFS.label, SKOS.definition):
            assert vocabulary.value(each, needed), f"{each} has no {needed}"
        assert len(list(vocabulary.objects(each, SKOS.definition))) == 1, each


def test_nothing_is_inferred_from_domains_ranges_or_classes(vocabulary: Graph) -> None:
    for forbidden in (RDFS.domain, RDFS.range, OWL.equivalentClass):
        assert list(vocabulary.subjects(forbidden)) == []
    above = {str(parent) for parent in vocabulary.objects(None, RDFS.subClassOf)}
    assert not {each for each in above if each.startswith(str(LC))}


def test_hints_lead_to_terms_that_are_declared(vocabulary: Graph) -> None:
    declared = set(vocabulary.subjects())
    for hint in (SCHEMA.domainIncludes, SCHEMA.rangeIncludes):
        for target in vocabulary.objects(None, hint):
            assert not str(target).startswith(str(LC)) or target in declared, target


def test_the_vocabulary_has_a_version_and_a_licence(vocabulary: Graph) -> None:
    (about,) = vocabulary.subjects(RDF.type, OWL.Ontology)
    assert vocabulary.value(about, OWL.versionInfo)
    assert vocabulary.value(about, URIRef("http://purl.org/dc/terms/license"))


def test_the_bundled_relations_say_in_the_vocabulary_what_their_table_says(
    vocabulary: Graph,
) -> None:
    tables = sorted(data("ontology").glob("*/relations.csv"))
    lines = [line for table in tables for line in table.read_text(encoding="utf-8").splitlines()]
    rows = [row for row in csv.DictReader(lines) if row["relation"] != "relation"]
    assert rows
    for row in rows:
        sense = Literal(row["sense"], lang="en")
        assert vocabulary.value(term(row["property"]), SKOS.definition) == sense


@pytest.mark.shared
def test_every_foreign_term_exists_and_is_not_deprecated(corpus: list[Quad], shared: Path) -> None:
    deprecated = index(shared)
    foreign = {each for each in emitted(corpus) if not each.startswith(str(LC))} - UNLISTED
    minted = {each for each in foreign if each.startswith(Iris().base)}
    unknown = foreign - minted - set(deprecated)
    assert unknown == set()
    assert {each for each in foreign if deprecated.get(each)} == set()


@pytest.mark.shared
def test_alignments_are_between_terms_that_exist(vocabulary: Graph, shared: Path) -> None:
    deprecated = index(shared)
    alignments = Graph().parse(data("ontology") / "alignments.ttl")
    stems = ("http://purl.obolibrary.org/obo/", "http://semanticscience.org/resource/")
    mappings = [
        (subject, target)
        for subject, relation, target in alignments
        if str(relation).endswith("Match")
    ]
    assert len(mappings) > 30
    for subject, target in mappings:
        assert (subject, RDF.type, None) in vocabulary, f"{subject} is not declared"
        if str(target).startswith(stems):
            assert deprecated.get(str(target)) is False, f"{target} is not a living term"


def index(shared: Path) -> dict[str, bool]:
    """Whether each term of the published vocabularies is deprecated."""
    with gzip.open(shared / "data/vocab/terms.tsv.gz", "rt", encoding="utf-8") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {row["iri"]: row["deprecated"] == "1" for row in rows}


def test_prefixes_stand_for_the_same_in_the_context_and_the_code() -> None:
    context = bundled_context()
    assert {name: value for name, value in context.items() if ":" not in name} == PREFIXES


def test_the_context_knows_every_property_of_ours_that_leads_to_an_iri(
    corpus: list[Quad], vocabulary: Graph
) -> None:
    links = {name for name in bundled_context() if ":" in name}
    own = {
        f"lc:{str(each)[len(LC) :]}" for each in vocabulary.subjects(RDF.type, OWL.ObjectProperty)
    }
    assert not own - links, f"add a line to ontology/context.jsonld for {sorted(own - links)}"
    values: dict[str, set[bool]] = {}
    for _, predicate, value, _ in corpus:
        values.setdefault(str(predicate), set()).add(isinstance(value, Literal))
    for name in links:
        prefix, _, local = name.partition(":")
        assert values.get(PREFIXES[prefix] + local, {False}) != {True}, f"{name} holds texts only"


def test_the_context_file_is_json_with_one_key() -> None:
    file = data("ontology") / "context.jsonld"
    assert list(json.loads(file.read_text(encoding="utf-8"))) == ["@context"]


def test_a_name_with_hyphens_becomes_a_term() -> None:
    assert str(term("machine-summary")) == f"{LC}machineSummary"
    assert str(term("clean")) == f"{LC}clean"

"""Every shape against its cases: files that conform, and files with exactly one fault."""

import re
from collections import Counter
from pathlib import Path

import pytest
from rdflib import Graph, URIRef
from rdflib.compare import graph_diff
from rdflib.namespace import RDF, SH

from exporter.resources import data
from exporter.validation.engine import validate
from exporter.validation.shapes import NAMESPACE, Shape, shapes

CASES = sorted((Path(__file__).parent / "cases").glob("*/*.ttl"))
SHAPES = {shape.name: shape for shape in shapes()}
VOCABULARY = "https://w3id.org/linked-case/vocab#"
TARGETS = {SH.targetClass, SH.targetNode, SH.targetObjectsOf, SH.targetSubjectsOf}
MAY_BE_ASKED = {
    URIRef("http://purl.org/spar/fabio/JournalArticle"),
    URIRef("http://rdfs.org/ns/void#Dataset"),
    *(URIRef(VOCABULARY + name) for name in ("Text", "Case", "GroupCase")),
}


def name_of(case: Path) -> str:
    return f"{case.parent.name}/{case.stem}"


def expected(case: Path) -> list[str]:
    """Read the first line: ``# expects: Datatype, MinCount`` or ``# expects: nothing``."""
    first_line = case.read_text(encoding="utf-8").partition("\n")[0]
    names = first_line.removeprefix("# expects: ")
    return [] if names == "nothing" else sorted(names.split(", "))


def read(case: Path) -> Graph:
    return Graph(bind_namespaces="none").parse(case, format="turtle")


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_shape_finds_exactly_what_the_case_expects(case: Path) -> None:
    report = validate(read(case), [SHAPES[case.parent.name]])
    found = sorted(result.component for result in report.results)
    assert found == expected(case), report


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_failing_case_differs_from_a_passing_one_by_one_triple(case: Path) -> None:
    if not expected(case):
        assert case.stem.startswith("pass")
        return
    passing = [other for other in case.parent.glob("pass*.ttl") if not expected(other)]
    differences = [graph_diff(read(other), read(case)) for other in passing]
    sizes = [(len(removed), len(added)) for _, removed, added in differences]
    assert {(1, 0), (0, 1), (1, 1)} & set(sizes), sizes


@pytest.mark.parametrize("name", sorted(SHAPES))
def test_every_shape_has_a_passing_and_a_failing_case(name: str) -> None:
    verdicts = {bool(expected(case)) for case in CASES if case.parent.name == name}
    assert verdicts == {True, False}


def test_no_case_is_left_over_from_a_shape_that_is_gone() -> None:
    assert {case.parent.name for case in CASES} <= set(SHAPES)


@pytest.mark.parametrize("shape", SHAPES.values(), ids=lambda shape: str(shape.name))
def test_every_shape_explains_itself(shape: Shape) -> None:
    main = URIRef(NAMESPACE + shape.name)
    for term in (SH.name, SH.description, SH.message, SH.severity):
        assert len(list(shape.graph.objects(main, term))) == 1, term
    sentences = [sentence for sentence in re.split(r"(?<=[.?!])\s", shape.message) if sentence]
    assert len(sentences) >= 2, "say what is wrong, and what to do"


@pytest.mark.parametrize("shape", SHAPES.values(), ids=lambda shape: str(shape.name))
def test_every_part_of_a_shape_has_the_severity_of_its_main_shape(shape: Shape) -> None:
    stated = shape.graph.value(URIRef(NAMESPACE + shape.name), SH.severity)
    parts = {node for target in TARGETS for node in shape.graph.subjects(target)}
    parts |= set(shape.graph.objects(None, SH.property))
    for part in parts:
        own = shape.graph.value(part, SH.severity, default=SH.Violation)
        assert own == stated, part


@pytest.mark.parametrize("shape", SHAPES.values(), ids=lambda shape: str(shape.name))
def test_queries_are_asked_of_papers_texts_cases_and_datasets_only(shape: Shape) -> None:
    for asking in shape.graph.subjects(SH.sparql):
        targets = {
            (kind, what) for kind, what in shape.graph.predicate_objects(asking) if kind in TARGETS
        }
        assert targets
        assert {kind for kind, _ in targets} == {SH.targetClass}
        assert {what for _, what in targets} <= MAY_BE_ASKED


@pytest.mark.parametrize("shape", SHAPES.values(), ids=lambda shape: str(shape.name))
def test_placeholders_stand_only_in_messages_of_queries(shape: Shape) -> None:
    queries = set(shape.graph.objects(None, SH.sparql))
    for node, message in shape.graph.subject_objects(SH.message):
        assert "{" not in str(message) or node in queries


def test_shapes_and_cases_use_no_term_that_our_vocabulary_does_not_have() -> None:
    known = set(Graph().parse(data("ontology") / "linked-case.ttl").subjects(RDF.type))
    graphs = {shape.name: shape.graph for shape in SHAPES.values()} | {
        name_of(case): read(case) for case in CASES
    }
    used = Counter(
        (name, term)
        for name, graph in graphs.items()
        for triple in graph
        for term in triple
        if isinstance(term, URIRef) and term.startswith(VOCABULARY) and term not in known
    )
    assert not used

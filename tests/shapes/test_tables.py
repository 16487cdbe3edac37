"""Shapes that list terms agree with the tables that those terms come from."""

import csv

from rdflib import Graph, URIRef
from rdflib.collection import Collection
from rdflib.namespace import SH

from exporter.resources import data
from exporter.validation.shapes import NAMESPACE, shapes

VOCABULARY = "https://w3id.org/linked-case/vocab#"
CONCEPTS = {"concept", "concepts", "variant"}
# These records belong to another one: they say nothing of their own and lead to no concept.
PARTS_OF_FACTS = {"Refractory"}


def standings() -> list[dict[str, str]]:
    return [row for row in rows("case-standings.csv") if row["record"] not in PARTS_OF_FACTS]


def rows(name: str) -> list[dict[str, str]]:
    with (data("ontology") / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def graph_of(name: str) -> Graph:
    return next(shape.graph for shape in shapes() if shape.name == name)


def term(curie: str) -> URIRef:
    return URIRef(VOCABULARY + curie.removeprefix("lc:"))


def in_every_form(row: dict[str, str], column: str) -> set[URIRef]:
    found = term(row[column])
    endings = ["", "Inferred", *["InPart"] * (row["parts"] == "yes")]
    return {URIRef(found + ending) for ending in endings}


def test_every_property_that_leads_to_a_concept_is_checked_for_its_iri() -> None:
    leading = {term(r["property"]) for r in rows("case-terms.csv") if r["kind"] in CONCEPTS}
    leading -= {term("@concept")}
    for row in standings():
        if row["concept"] and row["record"] != "Measurement":
            leading |= in_every_form(row, "concept")
    graph = graph_of("concept-iri")
    assert leading <= set(graph.objects(None, SH.targetSubjectsOf))
    lists = graph.objects(None, SH.alternativePath)
    checked = {node for each in lists for node in Collection(graph, each)}
    assert checked == set(graph.objects(None, SH.targetSubjectsOf))


def test_every_class_of_facts_is_asked_for_its_evidence() -> None:
    facts = {term("Outcome")}
    for row in standings():
        if row["record"] != "Serology":
            facts |= in_every_form(row, "class")
    asked = set(graph_of("fact-has-evidence").objects(None, SH.targetClass))
    assert asked == facts


def test_every_link_to_facts_of_a_part_is_refused_on_one_patient() -> None:
    links = {URIRef(term(row["link"]) + "InPart") for row in standings() if row["parts"] == "yes"}
    graph = graph_of("group-facts-on-groups")
    (choice,) = graph.objects(
        graph.value(URIRef(f"{NAMESPACE}group-facts-on-groups"), SH.path), SH.alternativePath
    )
    assert links <= set(Collection(graph, choice))


def test_every_study_design_of_the_table_is_allowed_and_no_other() -> None:
    graph = graph_of("evidence-line-design")
    (listed,) = graph.objects(URIRef(f"{NAMESPACE}evidence-line-design"), SH["in"])
    others = {term("notStated"), term("OtherStudyDesign")}
    expected = {term(row["id"]) for row in rows("study-designs.csv")} | others
    assert set(Collection(graph, listed)) == expected

"""Measures are written with their range, and an open end stays open."""

from dataclasses import replace
from decimal import Decimal

from rdflib import Literal, URIRef
from rdflib.namespace import RDFS, XSD

from exporter.ontologies.measures import Measure
from exporter.rdf.iris import Iris
from exporter.rdf.measures import measure_quads
from exporter.rdf.vocabulary import LC

CK = Measure(id="ck", label="creatine kinase", low=Decimal(0), good_direction="down", verified=True)


def test_an_open_end_of_a_range_is_not_written_as_a_number() -> None:
    found = {(quad[1], quad[2]) for quad in measure_quads([CK], Iris())}
    assert (LC.rangeLow, Literal("0", datatype=XSD.decimal)) in found
    assert LC.rangeHigh not in {relation for relation, _ in found}


def test_a_range_that_nobody_has_seen_is_not_written() -> None:
    guessed = replace(CK, verified=False)
    assert LC.rangeLow not in {quad[1] for quad in measure_quads([guessed], Iris())}


def test_a_measure_has_the_iri_to_which_outcomes_lead() -> None:
    subjects = {quad[0] for quad in measure_quads([CK], Iris())}
    assert subjects == {URIRef("https://w3id.org/linked-case/id/measure/ck")}


def test_a_measure_without_a_good_direction_claims_none() -> None:
    unknown = Measure(id="x", label="something")
    found = {quad[1]: quad[2] for quad in measure_quads([unknown], Iris())}
    assert LC.goodDirection not in found
    assert found[RDFS.label] == Literal("something")

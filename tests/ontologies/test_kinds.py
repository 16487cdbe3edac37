"""The tables of kinds of annotations and of the forms in which their ids are written."""

import csv
import re

import pytest

from exporter.model.identifiers import bundled_namespaces
from exporter.ontologies.kinds import kind_of, kinds
from exporter.resources import data

with (data("ontology") / "written-ids.csv").open(encoding="utf-8", newline="") as file:
    FORMS = list(csv.DictReader(file))


@pytest.mark.parametrize("name", ["Gene", "gene", " Gene ", "GeneOrGeneProduct", "FamilyName"])
def test_a_kind_is_known_in_any_case(name: str) -> None:
    assert kind_of(name).category == "gene"


def test_a_kind_that_nobody_knows_is_about_nothing() -> None:
    assert (kind_of("Furniture").category, kind_of("Furniture").targets) == ("", ())


def test_every_kind_leads_to_namespaces_that_exist() -> None:
    known = {row.prefix for row in bundled_namespaces()}
    for kind in kinds().values():
        assert set(kind.targets) <= known
        assert kind.category


@pytest.mark.parametrize("row", FORMS, ids=lambda row: f"{row['category']} {row['pattern']}")
def test_a_form_of_ids_takes_its_example_and_refuses_its_decoy(row: dict[str, str]) -> None:
    pattern = re.compile(row["pattern"], re.ASCII)
    match = pattern.fullmatch(row["example"])
    assert match is not None
    assert pattern.fullmatch(row["decoy"]) is None
    assert row["category"] in {"*", *(kind.category for kind in kinds().values())}
    if row["prefix"]:
        made = bundled_namespaces().make(row["prefix"], match.expand(row["local"]))
        assert made.prefix == row["prefix"]

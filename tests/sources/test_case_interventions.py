"""Drugs without an id are known by name, and what is no treatment is not."""

import csv

import pytest

from exporter.resources import data
from exporter.sources._interventions import known_interventions


@pytest.mark.parametrize(
    "label",
    [
        "IVIG",
        "intravenous immunoglobulin (IVIG)",
        "Plasma Exchange",
        "infliximab",
        "adalimumab biosimilar",
        "an antibody nobody has heard of: vobarilizumab",
        "steroid",
        "high-dose corticosteroids",
        "immunosuppressive drugs",
        "JAK inhibitor",
        "JAK1/2 inhibitors",
        "JAK1/JAK2 inhibitor",
        "tocilizumab and methotrexate",
        "pulsed methylprednisolone",
        "tacrolimus ointment",
        "prednisone (oral) + azathioprine",
        "haematopoietic stem cell transplantation",
        "abatacept",
        "sildenafil",
        "placebo",
        "anti-TNF therapy",
    ],
)
def test_a_treatment_is_known(label: str) -> None:
    assert known_interventions().know(label)


@pytest.mark.parametrize(
    "label",
    [
        "juvenile dermatomyositis",
        "IFIH1",
        "JAK1",
        "april",
        "steroid-induced diabetes",
        "methotrexate and happiness",
        "happiness",
        "therapy",
        "(IVIG) bottle",
        "a concept",
        "42",
        "  ",
        "x" * 100_000,
    ],
)
def test_what_is_no_treatment_is_not_known(label: str) -> None:
    assert not known_interventions().know(label)


def test_no_name_stands_twice_in_the_table() -> None:
    with (data("ontology") / "interventions.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    names = [(row["name"], row["match"]) for row in rows]
    assert len(names) == len(set(names))
    assert {row["match"] for row in rows} == {"name", "ending"}

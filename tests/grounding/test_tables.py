"""The tables that grounding reads agree with the namespaces and slices that are bundled."""

from pathlib import Path

import pytest

from exporter.errors import InputError
from exporter.grounding.tables import bundled_field, field_of, first_targets, kind_of, species
from exporter.model.identifiers import bundled_namespaces
from exporter.ontologies.index import Ontologies
from exporter.ontologies.packs import Pack


def test_every_namespace_to_ground_to_is_known() -> None:
    known = {namespace.prefix for namespace in bundled_namespaces()}
    assert set(first_targets()) <= known


@pytest.mark.parametrize(
    ("name", "category"), [("Genes", "gene"), ("DISEASE", "disease"), ("Weather", "")]
)
def test_a_kind_is_known_in_any_case_and_else_of_no_category(name: str, category: str) -> None:
    assert kind_of(name).category == category


def test_every_id_of_the_field_stands_in_a_slice(ontologies: Ontologies) -> None:
    field = bundled_field()
    families = [family for found in field.families.values() for family in found]
    antibodies = [finding for found in field.antibodies.values() for finding in found]
    ids = [*field.antibodies, *antibodies, *field.complexes, *families]
    assert [entity for entity in ids if entity not in ontologies] == []


def test_names_of_species_are_no_names_of_two_species() -> None:
    names = [name for found in species().values() for name in found]
    assert len(names) == len(set(names))


def test_a_table_with_other_columns_is_refused_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "abbreviations.csv").write_text("short,long\nCS,corticosteroid\n", "utf-8")
    with pytest.raises(InputError) as refused:
        field_of([Pack(name="p", folder=tmp_path)], bundled_namespaces())
    assert refused.value.where is not None
    assert refused.value.where.line == 1


def test_a_row_with_a_missing_cell_is_refused_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "abbreviations.csv").write_text("abbreviation,meaning\nA,b\nCS\n", "utf-8")
    with pytest.raises(InputError) as refused:
        field_of([Pack(name="p", folder=tmp_path)], bundled_namespaces())
    assert refused.value.where is not None
    assert refused.value.where.line == 3


BAD = {
    "utf8": (b"antigen,finding,label\ncaf\xe9,HP:0033033,x\n", None),
    "quote": (b'antigen,finding,label\n"NCBIGene:64135,HP:0033033,x\n', 2),
    "id": (b"antigen,finding,label\nNCBIGene:64135,HPO 33033,x\n", 2),
    "prefix": (b"antigen,finding,label\n\nFOO:1,HP:0033033,x\n", 3),
}


@pytest.mark.parametrize("name", BAD)
def test_a_table_that_cannot_be_understood_is_refused_with_its_place(
    tmp_path: Path, name: str
) -> None:
    content, line = BAD[name]
    (tmp_path / "antibodies.csv").write_bytes(content)
    with pytest.raises(InputError) as refused:
        field_of([Pack(name="p", folder=tmp_path)], bundled_namespaces())
    where = refused.value.where
    assert where is not None
    assert (where.file, where.line) == (str(tmp_path / "antibodies.csv"), line)
    assert refused.value.hint

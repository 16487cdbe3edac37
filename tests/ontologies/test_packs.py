import csv
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from exporter.errors import InputError, Where
from exporter.model.identifiers import Namespaces
from exporter.ontologies.pack_tables import Measure, background, measures
from exporter.ontologies.packs import CONTENT, bundled_packs, every_pack, load_pack

Written = Callable[[dict[str, str]], Path]

MEASURES = (
    "id,label,other_names,low,high,good_direction,unit,version_or_method,source,verified\n"
    '{id},a scale,"A; B",{low},{high},{direction},points,one,somewhere,{verified}\n'
)
GOOD = {"id": "cmas", "low": "0", "high": "52", "direction": "up", "verified": "yes"}
BAD_MEASURES = {
    "direction": ({"direction": "sideways"}, "up, down or empty"),
    "verified": ({"verified": "perhaps"}, "yes or no"),
    "number": ({"low": "none"}, "numbers or empty"),
    "range": ({"low": "60"}, "low is above high"),
    "endless-number": ({"high": "1e999999999"}, "numbers or empty"),
    "id": ({"id": "a b/<c>"}, "cannot be the id of a measure"),
    "no-id": ({"id": ""}, "cannot be the id of a measure"),
    "not-a-number": ({"low": "NaN"}, "numbers or empty"),
}
RELATIONS = "relation,property,sense\nblocks,blocks,It stops it.\n"
FACTS = "subject\tsubject_id\trelation\tobject\tobject_id\tcontext\tsource\tdocument\n"
FACT = 'x "quoted\tnull\tblocks\tJAK1\tNCBIGene:3716\tin vitro\tPMID:1\tnull\n'
BAD_FACTS = {
    "relation": (FACT.replace("blocks", "hugs"), "unknown relation 'hugs'"),
    "id": (FACT.replace("3716", "JAK1"), "'JAK1' is not a local id of NCBIGene"),
    "cells": ("x\ty\n", "2 cells in a table of 8"),
}


def test_the_bundled_pack_has_slices_and_questions() -> None:
    (pack,) = bundled_packs()
    assert pack.name == pack.folder.name
    assert list((pack.folder / "slices").glob("*.tsv"))
    assert pack.queries is None or pack.queries.is_dir()


def test_a_folder_without_anything_of_a_pack_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not a pack"):
        load_pack(tmp_path)
    with pytest.raises(InputError, match="no such folder"):
        load_pack(tmp_path / "missing")


@pytest.mark.parametrize("part", CONTENT)
def test_any_part_alone_makes_a_folder_a_pack(part: str, tmp_path: Path) -> None:
    (tmp_path / part).touch()
    assert load_pack(tmp_path).folder == tmp_path


def test_a_pack_of_a_folder_comes_after_the_bundled_ones(pack: Written) -> None:
    folder = pack({"measures.csv": MEASURES.format(**GOOD), "queries/a.rq": ""})
    added = every_pack([folder])[-1]
    assert (added.name, added.queries) == ("pack", folder / "queries")
    assert every_pack([folder])[: len(bundled_packs())] == bundled_packs()


def test_measures_have_range_direction_and_other_names(pack: Written) -> None:
    held = measures([load_pack(pack({"measures.csv": MEASURES.format(**GOOD)}))])
    assert held["cmas"] == Measure(
        id="cmas",
        label="a scale",
        other_names=("A", "B"),
        low=Decimal(0),
        high=Decimal(52),
        good_direction="up",
        unit="points",
        method="one",
        source="somewhere",
        verified=True,
    )


def test_a_value_at_the_end_of_a_range_is_in_it_and_beyond_is_not() -> None:
    scale = Measure(id="x", label="x", low=Decimal(0), high=None)
    assert scale.in_range(Decimal(0))
    assert scale.in_range(Decimal("1e9"))
    assert not scale.in_range(Decimal("-0.1"))


@pytest.mark.parametrize("name", BAD_MEASURES)
def test_a_broken_measure_is_refused_with_its_line(name: str, pack: Written) -> None:
    changed, problem = BAD_MEASURES[name]
    folder = pack({"measures.csv": MEASURES.format(**(GOOD | changed))})
    with pytest.raises(InputError, match=problem) as refusal:
        measures([load_pack(folder)])
    assert refusal.value.where is not None
    assert refusal.value.where.line == 2


def test_a_table_of_measures_that_is_not_utf8_is_refused_with_its_place(pack: Written) -> None:
    folder = pack({"measures.csv": MEASURES.format(**GOOD)})
    (folder / "measures.csv").write_bytes(MEASURES.format(**GOOD).encode() + b"caf\xe9\n")
    with pytest.raises(InputError, match="byte 0xE9 is not UTF-8") as refusal:
        measures([load_pack(folder)])
    assert refusal.value.where == Where(file=str(folder / "measures.csv"), line=3, column=4)


def test_a_measure_that_stands_twice_is_refused(pack: Written) -> None:
    text = MEASURES.format(**GOOD)
    folder = pack({"measures.csv": text + text.splitlines(keepends=True)[1]})
    with pytest.raises(InputError, match="'cmas' stands here twice"):
        measures([load_pack(folder)])


def test_a_measure_of_a_later_pack_wins(pack: Written) -> None:
    folder = pack({"measures.csv": MEASURES.format(**GOOD).replace("a scale", "our scale")})
    both = measures([*bundled_packs(), load_pack(folder)])
    assert both["cmas"].label == "our scale"
    assert len(both) == len(measures(bundled_packs()))


def test_facts_know_relation_ids_and_line(pack: Written, namespaces: Namespaces) -> None:
    folder = pack({"relations.csv": RELATIONS, "background.tsv": FACTS + FACT})
    (fact,) = background([load_pack(folder)], namespaces)
    assert (fact.subject, fact.subject_id, fact.document) == ('x "quoted', None, None)
    assert fact.object_id == namespaces.parse("NCBIGene:3716")
    assert (fact.relation.property, fact.relation.sense) == ("blocks", "It stops it.")
    assert (fact.context, fact.source, fact.line) == ("in vitro", "PMID:1", 2)


@pytest.mark.parametrize("name", BAD_FACTS)
def test_a_broken_fact_is_refused_with_its_line(
    name: str, pack: Written, namespaces: Namespaces
) -> None:
    row, problem = BAD_FACTS[name]
    folder = pack({"relations.csv": RELATIONS, "background.tsv": FACTS + FACT + row})
    with pytest.raises(InputError, match=problem) as refusal:
        background([load_pack(folder)], namespaces)
    assert refusal.value.where is not None
    assert (refusal.value.where.file, refusal.value.where.line) == (
        str(folder / "background.tsv"),
        3,
    )


def test_a_relation_that_stands_twice_is_refused(pack: Written, namespaces: Namespaces) -> None:
    folder = pack({"relations.csv": RELATIONS + "blocks,b,Else.\n", "background.tsv": FACTS})
    with pytest.raises(InputError, match="'blocks' stands here twice"):
        background([load_pack(folder)], namespaces)


def test_a_pack_may_use_the_relations_of_another(pack: Written, namespaces: Namespaces) -> None:
    folder = pack({"background.tsv": FACTS + FACT.replace("blocks", "inhibits")})
    fact = background([*bundled_packs(), load_pack(folder)], namespaces)[-1]
    assert fact.relation.property == "inhibits"


def test_every_fact_of_the_bundled_packs_is_read(namespaces: Namespaces) -> None:
    rows = 0
    for pack in bundled_packs():
        with (pack.folder / "background.tsv").open(encoding="utf-8") as file:
            rows += sum(1 for _ in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)) - 1
    facts = background(bundled_packs(), namespaces)
    assert len(facts) == rows > 30
    assert all(fact.relation.sense for fact in facts)


@pytest.mark.shared
@pytest.mark.parametrize("name", ["measures.csv", "background.tsv"])
def test_the_tables_of_the_corpus_are_bundled_unchanged(name: str, shared: Path) -> None:
    (pack,) = bundled_packs()
    assert (pack.folder / name).read_bytes() == (shared / "corpus" / name).read_bytes()


def test_the_slices_are_small() -> None:
    (pack,) = bundled_packs()
    files = [*pack.folder.glob("slices/*"), *pack.folder.glob("mappings/*")]
    assert 0 < sum(file.stat().st_size for file in files) < 500_000

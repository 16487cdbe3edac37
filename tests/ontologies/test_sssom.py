import gzip
from pathlib import Path

import pytest

from exporter.errors import InputError
from exporter.model.identifiers import Namespaces
from exporter.ontologies.sssom import MappingSet, mapping_set_text, read_mapping_set

COLUMNS = "subject_id\tpredicate_id\tobject_id\tmapping_justification\n"
ROW = "MONDO:0000001\tskos:exactMatch\tmesh:D000001\tsemapv:LexicalMatching\n"
BAD = {
    "unknown-prefix": (COLUMNS + ROW + ROW.replace("mesh", "mush"), 3, "unknown prefix 'mush'"),
    "unknown-stem": (
        "#curie_map:\n#  mesh: http://example.org/\n" + COLUMNS + ROW,
        4,
        "no namespace fits 'http://example.org/D000001'",
    ),
    "malformed-id": (COLUMNS + ROW.replace("D000001", "D1"), 2, "'D1' is not a local id of MESH"),
    "no-relation": (COLUMNS + ROW.replace("skos:exactMatch", "same as"), 2, "'same as' is not a"),
    "no-justification": (COLUMNS + ROW.replace("semapv:LexicalMatching", ""), 2, "'' is not a"),
    "missing-column": ("#x: 1\nsubject_id\tobject_id\n", 2, "predicate_id, mapping_justification"),
    "too-many-cells": (COLUMNS + ROW.replace("\n", "\tmore\n"), 2, "5 cells in a table of 4"),
    "open-quote": (COLUMNS + '"' + ROW, 2, "unexpected end of data"),
    "no-yaml": ("#a: [\n" + COLUMNS, 1, "not YAML"),
    "deep-yaml": ("#" + "[" * 5000 + "\n" + COLUMNS, 1, "not YAML"),
    "no-table-of-yaml": ("#just words\n" + COLUMNS, 1, "no table"),
    "endless-header": ("#" + "x" * 200_001 + "\n" + COLUMNS, 1, "longer than"),
}


def read(text: str, folder: Path, namespaces: Namespaces) -> MappingSet:
    path = folder / "some_set.sssom.tsv"
    path.write_text(text, encoding="utf-8", newline="\n")
    return read_mapping_set(path, namespaces)


@pytest.mark.parametrize("name", BAD)
def test_a_broken_mapping_set_is_refused_with_its_line(
    name: str, tmp_path: Path, namespaces: Namespaces
) -> None:
    text, line, problem = BAD[name]
    with pytest.raises(InputError, match=problem) as refusal:
        read(text, tmp_path, namespaces)
    assert refusal.value.where is not None
    assert refusal.value.where.line == line


def test_the_prefixes_of_the_set_itself_count(tmp_path: Path, namespaces: Namespaces) -> None:
    header = "# curie_map:\n#   MONDO: http://id.nlm.nih.gov/mesh/\n#   s: http://www.w3.org/2004/02/skos/core#\n"
    row = "MONDO:D000002\ts:closeMatch\tmesh:D000001\tsemapv:LexicalMatching\n"
    (mapping,) = read(header + COLUMNS + row, tmp_path, namespaces).mappings
    assert (mapping.subject.curie, mapping.predicate) == ("MESH:D000002", "skos:closeMatch")


def test_a_series_of_omim_is_told_from_an_entry_of_that_number(
    tmp_path: Path, namespaces: Namespaces
) -> None:
    header = "#curie_map:\n#  OMIMPS: https://omim.org/phenotypicSeries/PS\n"
    row = "MONDO:0000001\tskos:exactMatch\tOMIMPS:225750\tsemapv:LexicalMatching\n"
    (mapping,) = read(header + COLUMNS + row, tmp_path, namespaces).mappings
    assert mapping.object == namespaces.parse("OMIMPS:PS225750")
    assert mapping.object.iri.endswith("/PS225750")
    assert mapping.object != namespaces.parse("OMIM:225750")


def test_denied_rows_are_kept_apart(tmp_path: Path, namespaces: Namespaces) -> None:
    columns = COLUMNS.replace("predicate_id", "predicate_id\tpredicate_modifier")
    denied, stated = (ROW.replace("Match\t", f"Match\t{word}\t") for word in ("Not", ""))
    read_set = read(columns + denied + stated.replace("0001", "0002"), tmp_path, namespaces)
    assert [row.subject.curie for row in read_set.negative] == ["MONDO:0000001"]
    assert [row.subject.curie for row in read_set.mappings] == ["MONDO:0000002"]


def test_a_set_knows_its_name_release_and_licence(tmp_path: Path, namespaces: Namespaces) -> None:
    header = (
        "#mapping_set_id: https://example.org/a/set.sssom.tsv\n"
        "#mapping_set_version: 2026-08-04\n#license: CC0\n"
    )
    read_set = read(header + COLUMNS + ROW, tmp_path, namespaces)
    assert (read_set.name, read_set.version, read_set.licence) == ("set", "2026-08-04", "CC0")
    assert {(row.source, row.version) for row in read_set.mappings} == {("set", "2026-08-04")}
    assert read(COLUMNS + ROW, tmp_path, namespaces).name == "some_set"


def test_what_is_written_is_read_back(tmp_path: Path, namespaces: Namespaces) -> None:
    columns = COLUMNS.replace("predicate_id", "predicate_id\tpredicate_modifier")
    rows = [
        "fplx:JAK\tskos:exactMatch\t\tmesh:D053612\tsemapv:ManualMappingCuration\n",
        "CHEBI:95341\tskos:exactMatch\t\tCID:44205240\tsemapv:LexicalMatching\n",
        "CHEBI:95341\tskos:exactMatch\tNot\tmesh:D053612\tsemapv:LexicalMatching\n",
    ]
    header = "#mapping_set_id: 'x: y'\n#mapping_set_version: '1'\n#license: a:b\n"
    first = read(header + columns + "".join(rows), tmp_path, namespaces)
    text = mapping_set_text(first, namespaces)
    again = read(text, tmp_path, namespaces)
    assert (set(again.mappings), again.negative) == (set(first.mappings), first.negative)
    assert (again.id, again.version, again.licence) == ("x: y", "1", "a:b")
    assert mapping_set_text(again, namespaces) == text


def test_rows_that_are_not_asked_for_may_have_unknown_prefixes(
    tmp_path: Path, namespaces: Namespaces
) -> None:
    path = tmp_path / "set.sssom.tsv.gz"
    path.write_bytes(gzip.compress((COLUMNS + ROW + ROW.replace("mesh", "mush")).encode()))
    kept = read_mapping_set(path, namespaces, lambda row: row["object_id"].startswith("mesh"))
    assert len(kept.mappings) == 1


def test_a_torn_packed_file_is_refused(tmp_path: Path, namespaces: Namespaces) -> None:
    path = tmp_path / "set.sssom.tsv.gz"
    path.write_bytes(gzip.compress((COLUMNS + ROW).encode())[:-9])
    with pytest.raises(InputError, match="cannot be read"):
        read_mapping_set(path, namespaces)


@pytest.mark.shared
def test_every_public_mapping_set_is_read_row_by_row(shared: Path, namespaces: Namespaces) -> None:
    """Only malformed rows are refused: the two ids that no record of MeSH has."""
    refused: list[str] = []
    folder = shared / "data" / "mondo" / "mappings"
    for path in sorted(folder.glob("mondo_*match_mesh.sssom.tsv.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as file:
            rows = sum(not line.startswith("#") for line in file) - 1
        before = len(refused)
        held = read_mapping_set(
            path, namespaces, refuse=lambda problem: refused.append(problem.problem)
        )
        assert len(held.mappings) + len(refused) - before == rows
    assert [problem.split("'")[1] for problem in refused] == ["D00007727", "C1720824"]

import json
from collections.abc import Callable
from pathlib import Path

from click.testing import Result

Run = Callable[..., Result]


def test_lookup_shows_where_an_id_leads_and_on_what_grounds(run: Run) -> None:
    result = run("map", "lookup", "MESH:D003882")
    assert result.exit_code == 0
    assert result.stdout == (
        "MESH:D003882 exactMatch MONDO:0016367 dermatomyositis "
        "(ManualMappingCuration, mondo_exactmatch_mesh 2026-08-04)\n"
    )


def test_lookup_goes_both_ways(run: Run) -> None:
    back = run("map", "lookup", "dermatomyositis").stdout
    assert "MONDO:0016367 exactMatch MESH:D003882 Dermatomyositis (" in back


def test_lookup_as_json_has_the_names_of_sssom(run: Run) -> None:
    rows = json.loads(run("map", "lookup", "PubChem CID:44205240", "MESH:C566343", "--json").stdout)
    assert {row["object_id"] for row in rows} == {"CHEBI:95341", "MONDO:0011362"}
    assert {row["predicate_id"] for row in rows} == {"skos:exactMatch"}
    assert all(row["mapping_justification"].startswith("semapv:") for row in rows)
    assert all(row["mapping_set"] and row["mapping_set_version"] for row in rows)


def test_an_id_without_mapping_is_told_by_the_exit_status(run: Run) -> None:
    result = run("map", "lookup", "MESH:C000598745", "MESH:D003882")
    assert result.exit_code == 1
    assert "MONDO:0016367" in result.stdout
    assert result.stderr == "no mapping of MESH:C000598745\n"
    assert run("map", "lookup", "MESH:C000598745", "--json").stdout == "[]\n"


def test_an_unknown_prefix_is_no_missing_mapping(run: Run) -> None:
    result = run("map", "lookup", "MESS:D003882")
    assert result.exit_code == 3
    assert "MESS:D003882" in result.stderr


def test_mappings_and_namespaces_of_ones_own_count(run: Run, tmp_path: Path) -> None:
    table = tmp_path / "ours.csv"
    table.write_text(
        "prefix,pattern,iri,example,decoy,category,aliases,styles\n"
        "OURS,\\d+,http://example.org/ours/,1,x,Disease,,\n"
    )
    (tmp_path / "pack" / "mappings").mkdir(parents=True)
    (tmp_path / "pack" / "mappings" / "ours.sssom.tsv").write_text(
        "subject_id\tpredicate_id\tobject_id\tmapping_justification\n"
        "OURS:7\tskos:broadMatch\tMONDO:0008054\tsemapv:ManualMappingCuration\n"
    )
    ours = ("--pack", tmp_path / "pack", "--namespaces", table)
    shown = run("map", "lookup", "OURS:7", *ours).stdout
    assert shown == (
        "OURS:7 broadMatch MONDO:0008054 juvenile dermatomyositis (ManualMappingCuration, ours)\n"
    )
    assert "MONDO:0008054 narrowMatch OURS:7 (" in run("map", "lookup", "JDM", *ours).stdout
    assert run("map", "lookup", "OURS:7").exit_code == 3

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from exporter.model.identifiers import bundled_namespaces
from exporter.ontologies.installed import IndexWriter, Release, index_path
from exporter.ontologies.terms import Term

Run = Callable[..., Result]

RECIPE = """seeds = "seeds.txt"
[[slice]]
name = "go"
prefix = "GO"
version = "1"
licence = "CC0-1.0"
origin = "here"
[[slice.source]]
file = "go.obo"
format = "obo"
"""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = tmp_path / "my-pack"
    (folder / "slices").mkdir(parents=True)
    (folder / "slices" / "old.tsv").write_text("# ontology: old\nid\tlabel\nGO:0000009\tnine\n")
    (folder / "slice.toml").write_text(RECIPE)
    (folder / "seeds.txt").write_text("GO:0000001\n")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "go.obo").write_text("[Term]\nid: GO:0000001\nname: a \x1b[31mred one\n")
    return folder


def test_list_names_each_slice_with_release_and_licence(run: Run) -> None:
    lines = run("ontology", "list").stdout.splitlines()
    assert any(line.split()[:2] == ["mondo", "2026-05-05"] for line in lines)
    values = {row["name"]: row for row in json.loads(run("ontology", "list", "--json").stdout)}
    assert values["mondo"]["licence"] == "CC-BY-4.0"
    assert all(row["terms"] > 0 for row in values.values())
    assert len(values) == len(lines)


def test_list_shows_an_added_pack_too(run: Run, pack: Path) -> None:
    names = [row["name"] for row in json.loads(run("ontology", "list", "--json").stdout)]
    more = json.loads(run("ontology", "list", "--pack", pack, "--json").stdout)
    assert [row["name"] for row in more] == [*names, "old"]


@pytest.fixture
def fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    """Two versions of MONDO with a term of their own, in the index."""
    monkeypatch.setenv("LINKED_CASE_DATA", str(tmp_path / "fetched"))
    entity = bundled_namespaces().parse("MONDO:0008054")
    with IndexWriter(index_path()) as writer:
        for version, label in (("2030-01-01", "older"), ("2031-01-01", "newer")):
            about = Release(name="mondo", version=version, prefix="MONDO", fetched="2031-02-02")
            writer.add_release(about, [Term(id=entity, label=f"{label} label")])


@pytest.mark.usefixtures("fetched")
def test_list_marks_which_of_the_bundled_and_fetched_releases_are_current(run: Run) -> None:
    lines = [line.split() for line in run("ontology", "list").stdout.splitlines()]
    shown = {(line[0], line[1]): line[2:4] for line in lines}
    assert shown["mondo", "2026-05-05"][0] == "bundled"
    assert shown["mondo", "2030-01-01"][0] == "installed,"
    assert shown["mondo", "2031-01-01"] == ["*", "installed,"]
    assert shown["hp", "2023-07-21"][0] == "*"
    rows = json.loads(run("ontology", "list", "--json").stdout)
    current = {(row["held"], row["version"]) for row in rows if row["name"] == "mondo"}
    assert current == {
        ("bundled", "2026-05-05"),
        ("installed", "2030-01-01"),
        ("installed", "2031-01-01"),
    }
    assert [row["version"] for row in rows if row["name"] == "mondo" and row["current"]] == [
        "2031-01-01"
    ]


@pytest.mark.usefixtures("fetched")
def test_info_shows_the_newest_version_or_the_one_that_is_asked_for(run: Run) -> None:
    shown = run("ontology", "info", "MONDO:0008054").stdout
    assert shown.startswith("MONDO:0008054  newer label\n")
    assert "release: mondo 2031-01-01" in shown
    assert "also in: mondo 2030-01-01 (installed), mondo 2026-05-05 (bundled)" in shown
    pin = ("--ontology", "mondo=2030-01-01")
    assert "older label" in run("ontology", "info", "MONDO:0008054", *pin).stdout
    pin = ("--ontology", "mondo=2026-05-05")
    assert "juvenile dermatomyositis" in run("ontology", "info", "MONDO:0008054", *pin).stdout


@pytest.mark.usefixtures("fetched")
@pytest.mark.parametrize(
    ("pins", "said"),
    [
        (["mondo=1999"], "versions of mondo: 2026-05-05, 2030-01-01, 2031-01-01"),
        (["mondo"], "NAME=VERSION"),
        (["mondo=2030-01-01", "mondo=2031-01-01"], "two versions of mondo"),
    ],
)
def test_a_version_that_is_not_there_is_refused(run: Run, pins: list[str], said: str) -> None:
    options = [word for pin in pins for word in ("--ontology", pin)]
    result = run("ontology", "info", "MONDO:0008054", *options)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


@pytest.mark.usefixtures("fetched")
def test_a_name_that_is_nearly_one_of_the_index_is_proposed(run: Run) -> None:
    assert "did you mean newer label" in run("ontology", "info", "newer lebel").stderr
    assert "did you mean" not in run("ontology", "info", "nothing like it").stderr


def test_info_does_not_load_what_it_does_not_need(tmp_path: Path) -> None:
    call = [sys.executable, "-X", "importtime", "-m", "exporter", "ontology", "info", "JDM"]
    result = subprocess.run(call, capture_output=True, text=True, check=True)  # noqa: S603
    loaded = {line.rpartition("|")[2].strip() for line in result.stderr.splitlines()}
    assert "exporter.ontologies.index" in loaded
    assert not loaded & {"rdflib", "pyshacl", "pyoxigraph", "jinja2", "exporter.grounding"}


def test_info_shows_the_way_to_the_root_once(run: Run) -> None:
    lines = run("ontology", "info", "juvenile dermatomyositis").stdout.splitlines()
    assert lines[0] == "MONDO:0008054  juvenile dermatomyositis"
    assert "    MONDO:0016367 dermatomyositis" in lines
    assert "    MONDO:0018010 juvenile idiopathic inflammatory myopathy" in lines
    above = [line.strip() for line in lines if line.strip().startswith("MONDO:0700096")]
    assert above.count("MONDO:0700096 human disease") == 1
    assert "MONDO:0700096 human disease (see above)" in above
    assert not any("never" in line for line in lines)


def test_info_shows_what_stands_for_an_obsolete_term(run: Run) -> None:
    shown = run("ontology", "info", "http://purl.obolibrary.org/obo/MONDO_0017960").stdout
    assert "obsolete: replaced by MONDO:0009726 proteosome-associated" in shown


def test_info_shows_the_members_of_a_family_and_mappings(run: Run) -> None:
    shown = run("ontology", "info", "FPLX:JAK", "CHEBI:95341").stdout
    assert "has member: NCBIGene:3716 JAK1; NCBIGene:3717 JAK2;" in shown
    assert "CHEBI:95341 exactMatch MESH:C000596027 baricitinib (" in shown


def test_info_as_json_holds_the_same_facts(run: Run) -> None:
    (value,) = json.loads(run("ontology", "info", "JDM", "--json").stdout)
    assert (value["id"], value["release"]) == ("MONDO:0008054", "mondo 2026-05-05")
    assert {"text": "juvenile DM", "scope": "exact"} in value["names"]
    assert [parent["id"] for parent in value["parents"]] == ["MONDO:0016367", "MONDO:0018010"]
    assert value["ancestors"][0] == {"id": "MONDO:0016367", "label": "dermatomyositis"}
    assert {"id": "MONDO:0000001", "label": "disease"} in value["ancestors"]
    assert (value["obsolete"], value["replaced_by"]) == (False, None)


@pytest.mark.parametrize(
    ("text", "status", "hint"),
    [
        ("MONDO:9999999", 3, "exporter ontology list"),
        ("dermatomyositiss", 3, "did you mean dermatomyositis"),
        ("DM", 2, "MONDO:0016367 (dermatomyositis)"),
        ("MONDO:8054", 3, "MONDO:0008054"),
    ],
)
def test_info_refuses_what_it_does_not_know(run: Run, text: str, status: int, hint: str) -> None:
    result = run("ontology", "info", text)
    assert (result.exit_code, result.stdout) == (status, "")
    assert hint in result.stderr


def test_a_pack_that_is_none_is_refused(run: Run, tmp_path: Path) -> None:
    result = run("ontology", "list", "--pack", tmp_path / "missing")
    assert result.exit_code == 3
    assert "E150 there is no such folder" in result.stderr


def test_slice_writes_a_pack_in_place_and_names_what_is_left(run: Run, pack: Path) -> None:
    result = run("ontology", "slice", "--pack", pack, "--from", pack.parent / "data")
    assert result.exit_code == 0
    assert "GO:0000001\ta \x1b[31mred one\n" in (pack / "slices" / "go.tsv").read_text()
    assert "## go 1" in (pack / "SOURCES.md").read_text()
    assert not (pack.parent / "SOURCES.md").exists()
    assert str(pack / "slices" / "old.tsv") in result.stderr


def test_info_never_acts_on_the_terminal(run: Run, pack: Path) -> None:
    run("ontology", "slice", "--pack", pack, "--from", pack.parent / "data")
    shown = run("ontology", "info", "GO:0000001", "--pack", pack).stdout
    assert shown.startswith("GO:0000001  a \\x1b[31mred one\n")


def test_slice_writes_elsewhere_when_asked(run: Run, pack: Path, tmp_path: Path) -> None:
    where = tmp_path / "new" / "place"
    run("ontology", "slice", "--pack", pack, "--from", tmp_path / "data", "-o", where)
    assert sorted(p.name for p in where.rglob("*.*")) == ["SOURCES.md", "go.tsv"]
    assert not (pack / "slices" / "go.tsv").exists()


def test_a_dry_run_writes_nothing(run: Run, pack: Path, tmp_path: Path) -> None:
    before = sorted(tmp_path.rglob("*"))
    result = run("ontology", "slice", "--pack", pack, "--from", tmp_path / "data", "--dry-run")
    assert "go.tsv" in result.stdout
    assert sorted(tmp_path.rglob("*")) == before


def test_a_missing_source_file_is_named_and_nothing_written(
    run: Run, pack: Path, tmp_path: Path
) -> None:
    (tmp_path / "data" / "go.obo").unlink()
    before = sorted(tmp_path.rglob("*"))
    result = run("ontology", "slice", "--pack", pack, "--from", tmp_path / "data")
    assert (result.exit_code, "go.obo" in result.stderr) == (6, True)
    assert sorted(tmp_path.rglob("*")) == before


def test_slice_needs_a_folder_that_exists(run: Run, tmp_path: Path) -> None:
    assert run("ontology", "slice", "--from", tmp_path / "missing").exit_code == 2


def test_an_output_folder_that_is_a_file_is_refused(run: Run, pack: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    file = data / "go.obo"
    result = run("ontology", "slice", "--pack", pack, "--from", data, "-o", file)
    assert (result.exit_code, "E303" in result.stderr) == (3, True)

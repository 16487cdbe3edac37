"""Fetching full releases: from files, folders and addresses, versions side by side."""

import json
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from click.testing import Result

pytestmark = pytest.mark.usefixtures("data_folder")

Run = Callable[..., Result]


def obo(version: str, label: str) -> str:
    """A small release of MONDO with one term of its own and its parent."""
    return (
        f"format-version: 1.2\ndata-version: releases/{version}\nontology: mondo\n\n"
        "[Term]\nid: MONDO:0000001\nname: disease\n\n"
        f'[Term]\nid: MONDO:0999999\nname: {label}\nsynonym: "Xyz" EXACT []\n'
        "is_a: MONDO:0000001 ! disease\n"
    )


@pytest.fixture
def served(tmp_path: Path, network: None) -> Iterator[tuple[Path, str]]:
    """A folder and the address at which it is served on this machine."""
    folder = tmp_path / "served"
    folder.mkdir()

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield folder, f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_a_fetched_release_answers_and_says_its_version(run: Run, tmp_path: Path) -> None:
    release = tmp_path / "mondo.obo"
    release.write_text(obo("2030-01-01", "disease of tests"))
    assert run("ontology", "fetch", "--from", release).exit_code == 0
    shown = run("ontology", "info", "MONDO:0999999").stdout
    assert "disease of tests" in shown
    assert "2030-01-01" in shown


def test_without_a_fetch_the_term_is_not_known(run: Run) -> None:
    assert run("ontology", "info", "MONDO:0999999").exit_code == 3


def test_versions_stand_side_by_side_and_the_newest_is_used(run: Run, tmp_path: Path) -> None:
    for version, label in (("2030-02-01", "new name"), ("2030-01-01", "old name")):
        release = tmp_path / f"mondo-{version}.obo"
        release.write_text(obo(version, label))
        assert run("ontology", "fetch", "--from", release).exit_code == 0
    assert "new name" in run("ontology", "info", "MONDO:0999999").stdout
    pinned = run("ontology", "info", "MONDO:0999999", "--ontology", "mondo=2030-01-01").stdout
    assert "old name" in pinned


def test_the_date_in_the_name_of_a_file_is_the_version_and_no_part_of_the_name(
    run: Run, tmp_path: Path
) -> None:
    """Else both would be in use at once, as two mapping sets."""
    columns = "subject_id\tpredicate_id\tobject_id\tmapping_justification\n"
    row = "MESH:D003882\tskos:exactMatch\tMONDO:0016367\tsemapv:ManualMappingCuration\n"
    for name in ("pairs.2030-01.sssom.tsv", "pairs_20300201.tsv"):
        (tmp_path / name).write_text(columns + row)
        assert run("ontology", "fetch", "--from", tmp_path / name).exit_code == 0
    rows = json.loads(run("ontology", "list", "--json").stdout)
    found = [(row["name"], row["version"], row["current"]) for row in rows if "mappings" in row]
    assert sorted(found) == [("pairs", "2030-01", False), ("pairs", "2030-02-01", True)]


def test_a_release_comes_from_an_address(run: Run, served: tuple[Path, str]) -> None:
    folder, address = served
    (folder / "mondo.obo").write_text(obo("2030-01-01", "disease of tests"))
    done = run("ontology", "fetch", "--from", f"{address}/mondo.obo")
    assert done.exit_code == 0
    assert address in done.stderr
    assert "disease of tests" in run("ontology", "info", "MONDO:0999999").stdout


def test_an_address_where_nothing_is_ends_with_4(run: Run, served: tuple[Path, str]) -> None:
    assert run("ontology", "fetch", "--from", f"{served[1]}/missing.obo").exit_code == 4


def test_a_file_of_another_kind_is_listed_and_not_installed(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "some"
    folder.mkdir()
    (folder / "page.obo").write_text("<!doctype html><title>Moved</title>")
    (folder / "mondo.obo").write_text(obo("2030-01-01", "disease of tests"))
    done = run("ontology", "fetch", "--from", folder, "--json")
    told = json.loads(done.stdout)
    assert told["not_recognised"] == ["page.obo"]
    assert [each["name"] for each in told["installed"]] == ["mondo"]


def test_a_broken_file_that_was_named_leaves_the_index_as_it_was(run: Run, tmp_path: Path) -> None:
    good, broken = tmp_path / "good.obo", tmp_path / "broken.obo"
    good.write_text(obo("2030-01-01", "disease of tests"))
    broken.write_text(obo("2030-02-01", "other name") + "\n[Term]\nname: nothing\n")
    assert run("ontology", "fetch", "--from", good).exit_code == 0
    refused = run("ontology", "fetch", "--from", broken)
    assert refused.exit_code == 3
    assert "broken.obo" in refused.stderr
    assert "disease of tests" in run("ontology", "info", "MONDO:0999999").stdout


def test_a_dry_run_names_the_published_addresses_and_fetches_nothing(
    run: Run, data_folder: Path
) -> None:
    done = run("ontology", "fetch", "mondo", "--dry-run")
    assert done.stdout.strip().endswith("mondo.obo")
    assert not data_folder.exists()

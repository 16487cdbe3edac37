"""What ``export`` refuses says which rule, where, and what to do: one code for each."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]
DIGEST = "digests/PMC7218611.md"


@pytest.mark.parametrize("options", [(), ("-t", "turtle")])
@pytest.mark.parametrize("command", ["export", "convert"])
def test_a_folder_is_no_output(
    command: str, options: tuple[str, ...], run: Run, examples: Path, tmp_path: Path
) -> None:
    source = examples / DIGEST
    if command == "convert":
        source = tmp_path / "in.ttl"
        source.write_text("<http://example.org/a> a <http://example.org/B> .\n", encoding="utf-8")
    folder = tmp_path / "out"
    folder.mkdir()
    result = run(command, source, "-o", folder, *options)
    assert result.exit_code == 3
    assert f"{folder}: E302 this is a folder" in result.stderr
    assert "hint:  give the name of a file inside the folder" in result.stderr
    assert list(folder.iterdir()) == []


def test_a_name_without_an_ending_is_still_said_to_be_one(
    run: Run, examples: Path, tmp_path: Path
) -> None:
    result = run("export", examples / DIGEST, "-o", tmp_path / "out")
    assert result.exit_code == 2
    assert "E204 a name without an ending tells no format" in result.stderr


def test_nothing_read_is_told_with_the_place(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("only words\n", encoding="utf-8")
    result = run("export", tmp_path)
    assert result.exit_code == 3
    assert f"{tmp_path}: E115 no paper and no case was read" in result.stderr
    assert "hint:  name a digest" in result.stderr


def test_left_out_records_and_bytes_that_are_not_utf8_have_different_codes(
    run: Run, examples: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.md"
    broken.write_bytes((examples / DIGEST).read_bytes() + b"caf\xe9\n")
    stopped = run("export", broken)
    assert "E110 byte 0xE9 is not UTF-8" in stopped.stderr
    assert "E114 1 record was left out: nothing was written" in stopped.stderr
    went_on = run("export", broken, examples / DIGEST, "--keep-going")
    assert went_on.exit_code == 3
    assert "E116 1 record was left out; the rest was exported" in went_on.stderr


@pytest.mark.parametrize("licence", ["FOO", "cc-by-4.0", "CC-BY-5.0", "https://", ""])
def test_a_licence_that_nobody_knows_is_refused_with_the_list(
    licence: str, run: Run, examples: Path
) -> None:
    result = run("export", examples / DIGEST, "--licence", licence)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert f"E205 --licence {licence!r} is not known" in result.stderr
    assert "own, CC0-1.0, CC-BY-1.0" in result.stderr


@pytest.mark.parametrize(
    ("licence", "iri"),
    [
        ("CC-BY-NC-ND-4.0", "https://creativecommons.org/licenses/by-nc-nd/4.0/"),
        ("https://example.org/terms", "https://example.org/terms"),
    ],
)
def test_a_known_licence_or_an_address_is_written_as_iri(
    licence: str, iri: str, run: Run, examples: Path
) -> None:
    result = run("export", examples / DIGEST, "--licence", licence, "-t", "ntriples")
    assert result.exit_code == 0, result.stderr
    assert f"<http://purl.org/dc/terms/license> <{iri}> ." in result.stdout

"""Streams that are full, closed or cannot show every letter, and calls that would do harm."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]
EXPORT = ("export", "examples/digests/PMC7218611.md", "--no-ontologies", "--no-validate")
SAID = " ".join(EXPORT)
LATIN_1 = {"PYTHONIOENCODING": "latin-1:strict", "LC_ALL": "C.UTF-8"}
TOP = Path(__file__).resolve().parents[2]


def shell(command: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run a line of shell in which ``$EXPORTER`` is the command."""
    exporter = f"{sys.executable} -m exporter"
    return subprocess.run(  # noqa: S602 - lines of this file
        command,
        shell=True,
        cwd=TOP,
        capture_output=True,
        check=False,
        env=os.environ | {"EXPORTER": exporter} | environment,
    )


@pytest.mark.parametrize("arguments", ["--help", "case --help", "validate --list", SAID])
def test_a_full_device_is_told_in_two_lines(arguments: str) -> None:
    result = shell(f"$EXPORTER -q {arguments} >/dev/full")
    assert result.returncode == 3
    assert b"no space left" in result.stderr
    assert len(result.stderr.splitlines()) == 2


@pytest.mark.parametrize(
    ("line", "status", "said"),
    [
        ("$EXPORTER export - <&-", 3, b"standard input is closed"),
        ("$EXPORTER validate - <&-", 3, b"standard input is closed"),
        ("$EXPORTER convert - -t nt <&-", 3, b"standard input is closed"),
        ("$EXPORTER case schema >&-", 3, b"standard output is closed"),
        ("$EXPORTER --version >&-", 0, b""),
    ],
)
def test_a_closed_stream_is_no_bug(line: str, status: int, said: bytes) -> None:
    result = shell(line)
    assert (result.returncode, b"Traceback" in result.stderr) == (status, False)
    assert said in result.stderr


def test_letters_that_a_terminal_has_not_are_written_as_escapes() -> None:
    result = shell("$EXPORTER case check \N{GREEK SMALL LETTER ALPHA}.yaml", **LATIN_1)
    assert result.returncode == 3, result.stderr
    assert b"error: \\u03b1.yaml: E101" in result.stdout


def test_a_file_name_that_is_no_text_leaves_json_whole(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/caf\xe9.yaml"
    Path(os.fsdecode(name)).write_text("schema: linked-case/1\n", encoding="utf-8")
    result = shell(f"$EXPORTER case check --json {tmp_path}")
    assert result.returncode == 1, result.stderr
    assert {os.fsencode(row["file"]) for row in json.loads(result.stdout)} == {name}


def test_quiet_still_tells_what_is_wrong(run: Run, tmp_path: Path) -> None:
    broken = tmp_path / "a.yaml"
    broken.write_text("schema: linked-case/1\ncase_id: [\n", encoding="utf-8")
    result = run("export", "-q", broken)
    assert result.exit_code == 3
    assert "a.yaml:3:1" in result.stderr
    assert run("export", "-q", *EXPORT[1:]).stderr == ""


@pytest.mark.parametrize("link", [False, True])
def test_an_input_is_never_replaced_by_what_is_made_from_it(
    run: Run, examples: Path, tmp_path: Path, link: bool
) -> None:
    text = (examples / "digests" / "PMC7218611.md").read_text(encoding="utf-8")
    digest, output = tmp_path / "digests" / "a.md", tmp_path / "out.nq"
    digest.parent.mkdir()
    digest.write_text(text, encoding="utf-8")
    if link:
        output.symlink_to(digest)
    else:
        output = digest
    for source in (digest, digest.parent):
        result = run("export", source, "-o", output, "-t", "nquads")
        assert result.exit_code == 2
        assert "E222" in result.stderr
        assert digest.read_text(encoding="utf-8") == text


def test_a_report_does_not_replace_the_data(run: Run, tmp_path: Path) -> None:
    data = tmp_path / "data.ttl"
    data.write_text("<urn:a> <urn:b> <urn:c> .\n", encoding="utf-8")
    assert run("validate", data, "-o", data).exit_code == 2
    assert data.read_text(encoding="utf-8") == "<urn:a> <urn:b> <urn:c> .\n"


def test_an_output_of_before_may_be_replaced_in_the_folder_that_is_read(
    run: Run, examples: Path, tmp_path: Path
) -> None:
    digest = examples / "digests" / "PMC7218611.md"
    (tmp_path / "a.md").write_bytes(digest.read_bytes())
    for _ in range(2):
        result = run("export", tmp_path, "-o", tmp_path / "out.nq", "--no-validate")
        assert result.exit_code == 0, result.stderr


@pytest.mark.parametrize("seconds", ["nan", "inf", "1e300", "-1"])
def test_a_time_limit_is_a_number_of_seconds(run: Run, seconds: str) -> None:
    result = run("validate", "a.ttl", "--timeout", seconds)
    assert result.exit_code == 2
    assert "--timeout" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("export", "{}"),
        ("case", "check", "{}"),
        ("case", "new", "-o", "{}"),
        ("validate", "{}"),
        ("validate", "a.ttl", "--shapes", "{}"),
        ("export", ".", "--pack", "{}"),
        ("export", ".", "--namespaces", "{}"),
    ],
)
def test_a_path_that_no_system_takes_is_no_bug(run: Run, arguments: tuple[str, ...]) -> None:
    result = run(*(argument.format("x" * 300) for argument in arguments))
    assert result.exit_code == 3
    assert "file name too long" in result.output


def test_a_file_over_the_limit_gives_the_status_of_limits(run: Run) -> None:
    result = run(*EXPORT, "--max-bytes", "10")
    assert result.exit_code == 5
    assert "E501" in result.stderr


def test_an_endless_value_is_cut_in_messages(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(f"schema: linked-case/1\nn: {'9' * 100_000}\n", encoding="utf-8")
    longest = max(map(len, run("case", "check", path).stdout.splitlines()))
    assert 1_000 < longest < 3_000


def test_a_digest_is_told_apart_from_a_case(run: Run, examples: Path) -> None:
    result = run("case", "check", examples / "digests" / "PMC7218611.md")
    assert result.exit_code == 3
    assert "this is a digest, not a case file" in result.stdout
    assert "--documents" in result.stdout


def test_a_value_that_does_not_fit_its_type_brings_no_traceback(tmp_path: Path) -> None:
    data = tmp_path / "a.ttl"
    date = "http://www.w3.org/2001/XMLSchema#date"
    data.write_text(f'<urn:a> <urn:b> "2020-99-99"^^<{date}> .\n', encoding="utf-8")
    result = shell(f"$EXPORTER validate {data}")
    assert (result.returncode, result.stderr) == (0, b"")

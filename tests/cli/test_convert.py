from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from exporter.rdf.formats import WRITTEN, Format, parse

Run = Callable[..., Result]
TRIG = b"""\
@prefix e: <urn:e:> .
e:s e:p "1.50"^^<http://www.w3.org/2001/XMLSchema#decimal>, 007, "text"@en .
e:g { e:s e:p e:o, "a\\u0000b" . }
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "in.trig"
    path.write_bytes(TRIG)
    return path


@pytest.mark.parametrize("form", [form for form in WRITTEN if form.holds_graphs])
def test_a_file_goes_through_every_format_and_back(
    form: Format, source: Path, tmp_path: Path, run: Run
) -> None:
    there, back = tmp_path / f"out{form.suffix}", tmp_path / "back.trig"
    assert run("convert", source, "-o", there).exit_code == 0
    assert run("convert", there, "-o", back).exit_code == 0
    assert set(parse(back)) == set(parse(source))


def test_the_names_of_graphs_are_not_lost_in_silence(source: Path, run: Run) -> None:
    result = run("convert", source, "-t", "ntriples")
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == 5
    assert "ntriples holds one graph: the name of 1 graph is left out" in result.stderr
    assert run("convert", source, "-t", "nquads").stderr == ""


def test_standard_input_and_output_are_a_pipeline(run: Run) -> None:
    result = run("convert", "-", "-t", "nt", stdin=b"<urn:s> <urn:p> 1 .")
    assert result.stdout.startswith('<urn:s> <urn:p> "1"^^<')


def test_the_same_file_with_blank_nodes_gives_the_same_bytes(run: Run) -> None:
    content = b"<urn:s> <urn:p> [ <urn:q> [] ], [] ."
    one, two = (run("convert", "-", "-t", "nq", stdin=content).stdout for _ in range(2))
    assert one == two != ""


def test_a_mistake_is_shown_with_its_place_and_nothing_is_written(tmp_path: Path, run: Run) -> None:
    source, target = tmp_path / "in.ttl", tmp_path / "out.nq"
    source.write_bytes(b"<urn:s> <urn:p> 1 .\n<urn:s> <urn:p> <urn:a b> .")
    result = run("convert", source, "-o", target)
    assert result.exit_code == 3
    assert result.stderr.startswith(f"error: {source}:2:17: E140 not turtle: ")
    assert not target.exists()


def test_a_relative_iri_needs_a_base(run: Run) -> None:
    content = b"<s> <p> <o> ."
    refused = run("convert", "-", "-t", "nt", stdin=content)
    assert refused.exit_code == 3
    assert "hint:  give the base with --base IRI" in refused.stderr
    taken = run("convert", "-", "-t", "nt", "--base", "https://a.b/", stdin=content)
    assert taken.stdout == "<https://a.b/s> <https://a.b/p> <https://a.b/o> .\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["-t", "rdfxml"],
        ["-t", "csv"],
        ["-t", "nt", "-f", "csv"],
        ["-o", "out.unknown"],
        [],
    ],
)
def test_what_cannot_be_written_is_a_usage_error(
    arguments: list[str], source: Path, run: Run
) -> None:
    result = run("convert", source, *arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "hint:" in result.stderr


def test_a_missing_file_and_a_folder_are_errors_with_their_name(tmp_path: Path, run: Run) -> None:
    for path in (tmp_path / "none.ttl", tmp_path):
        result = run("convert", path, "-t", "nt")
        assert result.exit_code == 3
        assert f"error: {path}: E143 cannot be read" in result.stderr


@pytest.mark.parametrize("wanted", ["turtle", "text/turtle", "ttl", None])
def test_the_format_of_the_input_may_be_named_or_seen(
    wanted: str | None, tmp_path: Path, run: Run
) -> None:
    source = tmp_path / "data.txt"
    source.write_bytes(b"# turtle\n<urn:s> <urn:p> 1 .")
    named = ["--from", wanted] if wanted else []
    assert run("convert", source, *named, "-t", "nq").exit_code == 0

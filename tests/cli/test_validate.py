"""``exporter validate`` as a user meets it: verdicts, exit statuses, reports."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from rdflib import Graph
from rdflib.namespace import RDF, SH

Run = Callable[..., Result]

PLACE = """
    @prefix oa: <http://www.w3.org/ns/oa#> .
    <https://example.org/paper/a/annotation/1/target/x/position> a oa:TextPositionSelector ;
        oa:start 10 ; oa:end %d .
"""
PREFIXES = """
    @prefix sh: <http://www.w3.org/ns/shacl#> .
    @prefix oa: <http://www.w3.org/ns/oa#> .
"""
SHORT = f"""{PREFIXES}
    <#x> a sh:PropertyShape ; sh:targetClass oa:TextPositionSelector ; sh:path oa:end ;
        sh:maxInclusive 12 ; sh:severity sh:Warning ; sh:message "Too late. End it earlier." .
"""


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    return put(tmp_path / "sound.ttl", PLACE % 14)


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    return put(tmp_path / "broken.ttl", PLACE % 9)


@pytest.fixture
def short(tmp_path: Path) -> Path:
    return put(tmp_path / "short.ttl", SHORT)


def put(file: Path, text: str) -> Path:
    file.write_text(text, encoding="utf-8")
    return file


def test_sound_data_conforms(run: Run, sound: Path) -> None:
    result = run("validate", sound)
    assert result.exit_code == 0
    assert result.stdout.startswith("conforms: ")


def test_fault_is_told_with_its_rule_and_gives_status_1(run: Run, broken: Path) -> None:
    result = run("validate", broken)
    assert result.exit_code == 1
    assert "violation place-in-text: This place has no proper start and end." in result.stdout
    assert result.stderr == ""


def test_all_files_are_checked_as_one_graph_and_blank_nodes_stay_apart(
    run: Run, tmp_path: Path, sound: Path
) -> None:
    one = put(tmp_path / "one.ttl", "_:a <https://example.org/p> 1 .")
    two = put(tmp_path / "two.ttl", "_:a <https://example.org/p> 2 .")
    single = put(
        tmp_path / "single.ttl",
        PREFIXES + "<#x> a sh:PropertyShape ; sh:targetSubjectsOf <https://example.org/p> ;"
        " sh:path <https://example.org/p> ; sh:maxCount 1 .",
    )
    assert run("validate", one, two, sound, "--shapes", single).exit_code == 0
    both = put(tmp_path / "both.ttl", "_:a <https://example.org/p> 1, 2 .")
    assert run("validate", both, "--shapes", single).exit_code == 1


def test_standard_input_is_read_and_its_format_guessed_or_named(run: Run) -> None:
    assert run("validate", "-", stdin=(PLACE % 9).encode()).exit_code == 1
    assert run("validate", "-", "-f", "turtle", stdin=(PLACE % 14).encode()).exit_code == 0


def test_own_shapes_are_added_and_bundled_ones_left_out_on_demand(
    run: Run, broken: Path, short: Path, sound: Path
) -> None:
    assert "short" in run("validate", sound, "--shapes", short).stdout
    alone = run("validate", broken, "--shapes", short, "--only-shapes")
    assert alone.exit_code == 0
    assert alone.stdout == "conforms: 1 shape found nothing\n"


@pytest.mark.parametrize(("fail_on", "status"), [("violation", 0), ("warning", 1), ("info", 1)])
def test_warning_fails_only_if_it_is_to(
    run: Run, sound: Path, short: Path, fail_on: str, status: int
) -> None:
    result = run("validate", sound, "--shapes", short, "--fail-on", fail_on)
    assert "warning short: Too late. End it earlier." in result.stdout
    assert result.exit_code == status


def test_report_of_each_form_can_be_written_to_a_file(
    run: Run, broken: Path, tmp_path: Path
) -> None:
    for form, ending in (("json", "json"), ("turtle", "ttl"), ("sarif", "sarif")):
        file = tmp_path / f"report.{ending}"
        result = run("validate", broken, "--format", form, "-o", file)
        assert (result.exit_code, result.stdout) == (1, "")
    assert json.loads((tmp_path / "report.json").read_bytes())["conforms"] is False
    sarif = json.loads((tmp_path / "report.sarif").read_bytes())
    assert sarif["runs"][0]["results"][0]["ruleId"] == "place-in-text"
    graph = Graph().parse(tmp_path / "report.ttl", format="turtle")
    assert len(list(graph.subjects(RDF.type, SH.ValidationResult))) == 1


def test_results_above_the_limit_are_counted_and_not_hidden(run: Run, broken: Path) -> None:
    result = run("validate", broken, "--max-results", "0")
    assert result.stdout.startswith("... and 1 more\n1 violation")
    assert result.exit_code == 1


def test_private_namespace_is_allowed_only_with_its_table(run: Run, tmp_path: Path) -> None:
    data = put(
        tmp_path / "data.ttl",
        "<https://doi.org/10.1000/a> <https://schema.org/mentions> <http://house.example/X_12> .",
    )
    table = put(
        tmp_path / "own.csv",
        "prefix,pattern,iri,example,decoy,category,aliases,styles\n"
        r"HOUSE,\d+,http://house.example/X_,12,x,NamedThing,," + "\n",
    )
    assert "concept-iri" in run("validate", data).stdout
    assert run("validate", data, "--namespaces", table).exit_code == 0


def test_list_names_every_shape_with_its_sense(run: Run, short: Path) -> None:
    result = run("validate", "--list", "--shapes", short)
    assert result.exit_code == 0
    assert "place-in-text (violation)\n    Places count code points from 0" in result.stdout
    assert "short (violation)" in result.stdout


def test_help_shows_each_example_on_its_own_line(run: Run) -> None:
    lines = run("validate", "--help").stdout.splitlines()
    assert "    exporter validate corpus.trig" in lines
    assert not any("\\b" in line for line in lines)


@pytest.mark.parametrize("name", ["missing.ttl", "."])
def test_shapes_that_cannot_be_read_give_status_3_and_never_1(
    run: Run, sound: Path, tmp_path: Path, name: str
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    result = run("validate", sound, "--shapes", empty / name)
    assert result.exit_code == 3
    assert "E170" in result.stderr
    assert result.stdout == ""


def test_data_that_cannot_be_read_gives_status_3(run: Run, tmp_path: Path, sound: Path) -> None:
    torn = put(tmp_path / "torn.ttl", "<https://example.org/a> <https://example.org/b> 'c")
    for file in (torn, tmp_path / "missing.ttl", tmp_path):
        result = run("validate", sound, file)
        assert result.exit_code == 3, file
        assert str(file) in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--only-shapes", "x.ttl"],
        ["x.ttl", "--format", "xml"],
        ["-", "-f", "word"],
        ["x.ttl", "--timeout", "0"],
    ],
)
def test_call_that_cannot_work_gives_status_2(run: Run, arguments: list[str]) -> None:
    result = run("validate", *arguments, stdin=b"")
    assert result.exit_code == 2
    assert result.stdout == ""


def test_shapes_that_reach_out_of_the_data_are_refused(
    run: Run, sound: Path, tmp_path: Path
) -> None:
    shape = put(
        tmp_path / "out.ttl",
        PREFIXES + "<#x> sh:targetClass oa:Annotation ; sh:sparql"
        ' [ sh:select "SELECT $this { SERVICE <http://127.0.0.1:1/> { $this ?p ?o } }" ] .',
    )
    result = run("validate", sound, "--shapes", shape)
    assert (result.exit_code, "E171" in result.stderr) == (3, True)


def test_endless_shape_is_ended_and_named(run: Run, tmp_path: Path) -> None:
    data = put(
        tmp_path / "data.ttl", f"<https://example.org/a> <https://example.org/p> '{'a' * 40}!' ."
    )
    shape = put(
        tmp_path / "endless.ttl",
        PREFIXES + "<#x> a sh:PropertyShape ; sh:targetNode <https://example.org/a> ;"
        ' sh:path <https://example.org/p> ; sh:pattern "^(a+)+$" .',
    )
    result = run("validate", data, "--shapes", shape, "--timeout", "1")
    assert result.exit_code == 5
    assert "the shape 'endless' took longer than 1 s" in result.stderr


def test_terminal_escapes_in_the_data_are_shown_and_not_acted_on(run: Run, tmp_path: Path) -> None:
    data = put(
        tmp_path / "data.ttl",
        "<https://example.org/a> <https://schema.org/mentions> 'x\\u001B[31mred\\u202E' .",
    )
    result = run("validate", data)
    assert result.exit_code == 1
    assert "\x1b" not in result.stdout
    assert "\u202e" not in result.stdout


@pytest.mark.shared
def test_whole_corpus_conforms(run: Run, shared: Path, tmp_path: Path) -> None:
    corpus, file = shared / "corpus", tmp_path / "corpus.trig"
    exported = run(
        "export", corpus / "digests", corpus / "cases", shared / "data" / "seed", "-o", file
    )
    assert exported.exit_code == 0, exported.stderr
    result = run("validate", file, "--fail-on", "info")
    assert (result.exit_code, result.stdout.split(":")[0]) == (0, "conforms"), result.stdout

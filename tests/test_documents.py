"""What the documents say is true of the code: examples load, lists are complete."""

import csv
import io
import re
import runpy
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from rdflib import Graph

from exporter.grounding import field_of
from exporter.model.identifiers import Namespaces, bundled_namespaces
from exporter.ontologies.pack_tables import background, measures
from exporter.ontologies.packs import CONTENT, bundled_packs, load_pack, open_ontologies
from exporter.ontologies.slices import COLUMNS
from exporter.rdf.vocabulary import DEFAULT_BASE, PREFIXES

TOP = Path(__file__).resolve().parents[1]
PACKS = TOP / "docs" / "packs.md"
Run = Callable[..., Result]


@pytest.fixture(scope="module")
def namespaces() -> Namespaces:
    return bundled_namespaces()


def blocks(text: str) -> dict[str, str]:
    """Return the example files: a name in code, then a fenced block."""
    return dict(re.findall(r"^`([\w./-]+)`:\n```text\n(.*?)^```$", text, re.MULTILINE | re.DOTALL))


def parts(text: str) -> dict[str, list[str]]:
    """Return each part of the table with the columns it names."""
    rows = re.findall(r"^\| `([^`]+)` \| (.*?) \| ", text, re.MULTILINE)
    return {name: re.findall(r"`([a-z_]+)`", columns) for name, columns in rows}


@pytest.fixture(scope="module")
def described() -> dict[str, list[str]]:
    return parts(PACKS.read_text(encoding="utf-8"))


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """The pack that the document writes out."""
    for name, content in blocks(PACKS.read_text(encoding="utf-8")).items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8", newline="\n")
    return tmp_path / "mg"


def test_the_parts_of_a_pack_in_the_document_are_those_of_the_code(
    described: dict[str, list[str]],
) -> None:
    assert {name.partition("/")[0] for name in described} == set(CONTENT)
    assert described["slices/*.tsv"] == list(COLUMNS)


@pytest.mark.parametrize("name", sorted(name for name in CONTENT if name.endswith(("csv", "tsv"))))
def test_the_columns_in_the_document_are_those_that_are_read(
    name: str, described: dict[str, list[str]], tmp_path: Path, namespaces: Namespaces
) -> None:
    separator = "\t" if name.endswith("tsv") else ","
    (tmp_path / name).write_text(separator.join(described[name]) + "\n", encoding="utf-8")
    read_all(tmp_path, namespaces)
    table = (bundled_packs()[0].folder / name).read_text(encoding="utf-8")
    assert next(csv.reader(io.StringIO(table), delimiter=separator)) == described[name]


def read_all(folder: Path, namespaces: Namespaces) -> None:
    pack = load_pack(folder)
    open_ontologies([pack], namespaces)
    measures([pack])
    background([*bundled_packs(), pack], namespaces)
    field_of([pack], namespaces)


def test_the_example_pack_of_the_document_is_read(example: Path, namespaces: Namespaces) -> None:
    pack = load_pack(example)
    read_all(example, namespaces)
    ontologies = open_ontologies([pack], namespaces)
    disease = namespaces.parse("MONDO:0009688")
    assert [s.name for s in ontologies.slices] == ["hp-mg", "mondo-mg", "ncbigene-mg"]
    assert [row.subject for row in ontologies.mappings_from(namespaces.parse("MESH:D009157"))]
    assert ontologies.get(disease) is not None
    assert measures([pack])["mg-adl"].good_direction == "down"
    field = field_of([pack], namespaces)
    antigen, finding = namespaces.parse("NCBIGene:1134"), namespaces.parse("HP:0030208")
    assert field.antibodies == {antigen: (finding,)}
    assert background([*bundled_packs(), pack], namespaces)[-1].subject == "pyridostigmine"


def test_the_example_pack_serves_the_commands_of_the_document(example: Path, run: Run) -> None:
    assert (
        "acetylcholinesterase" in run("ontology", "info", "--pack", example, "NCBIGene:43").stdout
    )
    assert "MONDO:0009688" in run("map", "lookup", "--pack", example, "MESH:D009157").stdout
    assert run("ontology", "info", "NCBIGene:43").exit_code == 3


def test_the_first_turtle_of_the_readme_stands_in_the_export(run: Run, examples: Path) -> None:
    readme = (TOP / "README.md").read_text(encoding="utf-8")
    shown = re.findall(r"```turtle\n(.*?)```", readme, re.DOTALL)[0]
    prefixes = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    claimed = Graph().parse(data=prefixes + shown, format="turtle", publicID=DEFAULT_BASE)
    inputs = ("cases/buzoianu-2026-p1.yaml", "digests/PMC12841639.md")
    result = run("export", *(examples / name for name in inputs), "-t", "ntriples")
    written = Graph().parse(data=result.stdout, format="nt")
    assert set(claimed) <= set(written)
    for subject in set(claimed.subjects()):
        for predicate in set(claimed.predicates(subject)) & set(written.predicates(subject)):
            assert set(claimed.objects(subject, predicate)) >= set(
                written.objects(subject, predicate)
            ), (subject, predicate)


def test_every_error_code_is_listed_with_words() -> None:
    lists = runpy.run_path(str(TOP / "docs" / "lists.py"))
    rows = lists["errors"]().splitlines()[2:]
    assert len(rows) > 60
    assert [row for row in rows if not re.search(r"\| [^|]*[a-z]{3}[^|]*\|$", row)] == []

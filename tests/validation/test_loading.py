"""Which shapes are loaded, in which order, and what is refused."""

import re
from pathlib import Path

import pytest
from rdflib import Literal
from rdflib.namespace import SH

from exporter.errors import InputError
from exporter.model.identifiers import Namespace, bundled_namespaces
from exporter.resources import data
from exporter.validation.concepts import CONCEPTS, pattern
from exporter.validation.results import Severity
from exporter.validation.shapes import ENTRY_POINTS, NAMESPACE, _installed, shapes

OWN = """
    @prefix sh: <http://www.w3.org/ns/shacl#> .
    <own> a sh:PropertyShape ; sh:name "a name" ; sh:description "what it is for" ;
        sh:message "What is wrong. What to do." ; sh:severity sh:Warning ;
        sh:targetClass <http://example.org/C> ; sh:path <http://example.org/p> ; sh:minCount 1 .
"""


def own(folder: Path, name: str = "own.ttl", content: str = OWN) -> Path:
    file = folder / name
    file.write_text(content, encoding="utf-8")
    return file


def test_all_files_of_the_bundled_folder_are_shapes() -> None:
    files = {path.stem for path in data("shapes").glob("*.ttl")}
    names = [shape.name for shape in shapes()]
    assert set(names) >= files
    assert names == sorted(names)
    assert all(shape.trusted for shape in shapes())


def test_private_shape_stands_beside_the_bundled_ones_and_is_not_trusted(tmp_path: Path) -> None:
    found = {shape.name: shape for shape in shapes(private=[own(tmp_path)])}
    assert len(found) == len(shapes()) + 1
    shape = found["own"]
    assert (shape.title, shape.severity, shape.trusted) == ("a name", Severity.WARNING, False)


def test_folder_gives_each_of_its_turtle_files(tmp_path: Path) -> None:
    own(tmp_path, "b.ttl")
    own(tmp_path, "a.ttl")
    own(tmp_path, "README.md", "not a shape")
    found = shapes(private=[tmp_path], only_private=True)
    assert [shape.name for shape in found] == ["a", "b"]


def test_folder_of_a_pack_may_bring_shapes(tmp_path: Path) -> None:
    (tmp_path / "shapes").mkdir()
    own(tmp_path / "shapes")
    assert "own" in {shape.name for shape in shapes(packs=[tmp_path])}
    assert "own" not in {shape.name for shape in shapes(packs=[tmp_path / "shapes"])}


@pytest.mark.parametrize(
    ("content", "line"),
    [("<a> <b> .", 1), ("\n<a> <b> 'c\n", 2), ("<a> <b> <c d> .", 1), ("a: b: c: .", 1)],
)
def test_file_that_is_not_turtle_is_refused_with_its_line(
    tmp_path: Path, content: str, line: int
) -> None:
    with pytest.raises(InputError, match="this is not Turtle") as refusal:
        shapes(private=[own(tmp_path, content=content)])
    assert refusal.value.code == "E170"
    assert refusal.value.where is not None
    assert refusal.value.where.line == line


def test_statement_about_a_statement_is_refused(tmp_path: Path) -> None:
    file = own(tmp_path, content="<a> <b> <<( <c> <d> <e> )>> .")
    with pytest.raises(InputError, match="statements about statements"):
        shapes(private=[file])


def test_file_that_does_not_exist_is_refused_and_so_is_an_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file") as refusal:
        shapes(private=[tmp_path / "none.ttl"])
    assert refusal.value.exit_status == 3
    with pytest.raises(InputError, match="holds no shapes"):
        shapes(private=[tmp_path])


def test_name_that_is_taken_is_refused_unless_the_bundled_ones_are_left_out(tmp_path: Path) -> None:
    file = own(tmp_path, f"{CONCEPTS}.ttl")
    with pytest.raises(InputError, match="two shapes named") as refusal:
        shapes(private=[file])
    assert refusal.value.code == "E173"
    assert len(shapes(private=[file], only_private=True)) == 1


def test_relative_iris_come_from_the_name_of_the_file_and_not_from_its_place(
    tmp_path: Path,
) -> None:
    (shape,) = shapes(private=[own(tmp_path)], only_private=True)
    assert {str(subject) for subject in shape.graph.subjects()} == {f"{NAMESPACE}own"}


def test_pattern_for_concepts_is_that_of_the_namespace_table_and_private_ones_widen_it() -> None:
    house = Namespace(
        prefix="HOUSE",
        pattern=r"\d+",
        iri="http://house.example/X_",
        example="1",
        decoy="x",
        category="NamedThing",
    )
    known = (*bundled_namespaces(), house)
    shape = next(shape for shape in shapes(namespaces=known) if shape.name == CONCEPTS)
    assert set(shape.graph.objects(None, SH.pattern)) == {Literal(pattern(known))}
    bundled = next(shape for shape in shapes() if shape.name == CONCEPTS)
    assert set(bundled.graph.objects(None, SH.pattern)) == {Literal(pattern(bundled_namespaces()))}


@pytest.mark.parametrize("row", tuple(bundled_namespaces()), ids=lambda row: str(row.prefix))
def test_pattern_accepts_the_example_of_each_namespace_and_refuses_its_decoy(
    row: Namespace,
) -> None:
    allowed = re.compile(pattern(bundled_namespaces()))
    assert allowed.search(row.iri + row.example)
    assert not allowed.search(row.iri + row.decoy + " ")
    alone = re.compile(pattern([row]))
    assert not alone.search(row.iri + row.decoy)
    assert not alone.search(f"x{row.iri}{row.example}")


def test_folder_that_another_distribution_names_brings_shapes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "more").mkdir()
    own(tmp_path / "more", "of-others.ttl")
    info = tmp_path / "more_shapes-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Name: more-shapes\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text(
        f"[{ENTRY_POINTS}]\nmore = more_shapes_module:FOLDER\n", encoding="utf-8"
    )
    module = f"FOLDER = {str(tmp_path / 'more')!r}\n"
    (tmp_path / "more_shapes_module.py").write_text(module, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    _installed.cache_clear()
    try:
        found = {shape.name: shape for shape in shapes()}
        assert found["of-others"].trusted
    finally:
        monkeypatch.undo()
        _installed.cache_clear()
    assert "of-others" not in {shape.name for shape in shapes()}

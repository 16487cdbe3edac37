from collections.abc import Callable
from pathlib import Path

import pytest

from exporter.errors import InputError
from exporter.model.identifiers import EntityId, Namespaces
from exporter.ontologies.slices import read_slice, slice_text
from exporter.ontologies.terms import Relation, Scope, Synonym, Term

ABOUT = {"ontology": "mondo", "version": "1", "licence": "CC0-1.0", "source": "us: both"}
HEAD = "# ontology: mondo\nid\tlabel\tparents\n"
BAD = {
    "no-ontology": ("id\tlabel\n", 1, "does not say which ontology"),
    "unknown-column": ("# ontology: x\nid\tlabel\tcolour\n", 2, "id, label, colour"),
    "id-not-first": ("# ontology: x\nlabel\tid\n", 2, "label, id"),
    "too-many-cells": (HEAD + "MONDO:0000001\ta\tMONDO:0000002\tb\n", 3, "4 cells"),
    "twice": (HEAD + "MONDO:0000001\ta\n\nMONDO:0000001\tb\n", 5, "stands here twice"),
    "unknown-prefix": (HEAD + "MONDA:0000001\ta\n", 3, "unknown prefix 'MONDA'"),
    "endless-name": (HEAD + "MONDO:0000001\t" + "a" * 20_001 + "\n", 3, "longer than 20000"),
    "malformed-id": (HEAD + "MONDO:1\ta\n", 3, "'1' is not a local id of MONDO"),
}


@pytest.fixture
def term(entity: Callable[[str], EntityId]) -> Term:
    return Term(
        id=entity("MONDO:0000002"),
        label="two\tthings",
        synonyms=(Synonym("a|b\\c", Scope.EXACT), Synonym("d", Scope.ALIAS)),
        parents=(entity("MONDO:0000001"), entity("MONDO:0000004")),
        obsolete=True,
        replaced_by=entity("MONDO:0000003"),
        consider=(entity("MONDO:0000005"),),
        relations=(Relation("has_role", entity("CHEBI:7")),),
        ontology="mondo",
    )


def test_what_is_written_is_read_back(
    term: Term, tmp_path: Path, namespaces: Namespaces, entity: Callable[[str], EntityId]
) -> None:
    other = Term(id=entity("MONDO:0000001"), label="one", ontology="mondo")
    path = tmp_path / "mondo.tsv"
    path.write_text(slice_text(ABOUT, [term, other]), encoding="utf-8")
    held = read_slice(path, namespaces)
    assert [held.term(each, namespaces).label for each in held.lines] == ["one", "two things"]
    read = held.term(term.id, namespaces)
    assert read.synonyms == term.synonyms
    assert (read.parents, read.replaced_by, read.consider) == (
        term.parents,
        term.replaced_by,
        term.consider,
    )
    assert (read.relations, read.obsolete) == (term.relations, True)
    assert (held.name, held.version, held.licence, held.source) == tuple(ABOUT.values())


def test_a_slice_is_the_same_in_whichever_order_its_terms_come(
    term: Term, entity: Callable[[str], EntityId]
) -> None:
    other = Term(id=entity("MONDO:0000001"), label="one")
    assert slice_text(ABOUT, [term, other]) == slice_text(ABOUT, [other, term])


def test_columns_that_no_term_needs_are_left_out(entity: Callable[[str], EntityId]) -> None:
    text = slice_text({"ontology": "x"}, [Term(id=entity("MONDO:0000001"), label="one")])
    assert text == "# ontology: x\nid\tlabel\nMONDO:0000001\tone\n"


def test_an_id_in_another_style_is_read_as_the_same_id(
    tmp_path: Path, namespaces: Namespaces, entity: Callable[[str], EntityId]
) -> None:
    path = tmp_path / "x.tsv"
    path.write_text(HEAD + "http://identifiers.org/mondo/0000001\ta\n", encoding="utf-8")
    assert list(read_slice(path, namespaces).lines) == [entity("MONDO:0000001")]


@pytest.mark.parametrize("name", BAD)
def test_a_broken_slice_is_refused_with_its_line(
    name: str, tmp_path: Path, namespaces: Namespaces
) -> None:
    text, line, problem = BAD[name]
    path = tmp_path / "x.tsv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=problem) as refusal:
        read_slice(path, namespaces)
    assert refusal.value.where is not None
    assert (refusal.value.where.file, refusal.value.where.line) == (str(path), line)


def test_a_slice_in_another_encoding_is_refused(tmp_path: Path, namespaces: Namespaces) -> None:
    path = tmp_path / "x.tsv"
    path.write_bytes((HEAD + "MONDO:0000001\tSjögren\n").encode("latin-1"))
    with pytest.raises(InputError, match="not UTF-8"):
        read_slice(path, namespaces)


def test_a_malformed_parent_is_refused_with_its_line(
    tmp_path: Path, namespaces: Namespaces, entity: Callable[[str], EntityId]
) -> None:
    path = tmp_path / "x.tsv"
    path.write_text(HEAD + "MONDO:0000001\ta\tMONDO:2\n", encoding="utf-8")
    held = read_slice(path, namespaces)
    with pytest.raises(InputError, match=r"x\.tsv:3: E122 '2' is not a local id of MONDO"):
        held.term(entity("MONDO:0000001"), namespaces)

"""Exports of whole folders, loaded into a store, and the saved questions asked of them."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import DefaultGraph, NamedNode, Quad, QuerySolutions, RdfFormat, Store

from exporter.cli import main
from exporter.model.identifiers import bundled_namespaces
from exporter.resources import data

Rows = list[dict[str, str]]


def store_of(folder: Path, target: Path, *options: str) -> Store:
    """Export a folder and load it as one graph: the questions do not name graphs."""
    arguments = ["export", str(folder), "-o", str(target), "--no-validate", *options]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.stderr
    store = Store()
    store.load(path=str(target), format=RdfFormat.N_QUADS)
    for quad in list(store):
        store.add(Quad(quad.subject, quad.predicate, quad.object, DefaultGraph()))
    return store


@pytest.fixture(scope="session")
def stored() -> Callable[..., Store]:
    """Export any folder, with options, to a file and load it."""
    return store_of


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The bundled examples, exported."""
    return store_of(data("examples"), tmp_path_factory.mktemp("corpus") / "corpus.nq")


@pytest.fixture
def changed(tmp_path: Path) -> Callable[[Callable[[Path], None]], Store]:
    """Export the examples after a change to a copy of them."""

    def export(change: Callable[[Path], None]) -> Store:
        copy = tmp_path / "examples"
        shutil.copytree(data("examples"), copy)
        change(copy)
        return store_of(copy, tmp_path / "changed.nq")

    return export


@pytest.fixture(scope="session")
def ask() -> Callable[..., Rows]:
    """Ask a saved question; parameters are bound as terms."""
    return _ask


def _ask(store: Store, question: str, **parameters: str) -> Rows:
    (file,) = data("queries").glob(f"*/{question}.rq")
    text = file.read_text(encoding="utf-8")
    head = dict(line[3:].split(": ", 1) for line in text.splitlines() if line.startswith("#+ "))
    values = dict(pair.split("=") for pair in head["defaults"].split(", "))
    values |= {f"_{name}_iri": curie for name, curie in parameters.items()}
    # A term writes itself: NamedNode refuses what could end the IRI early.
    terms = " ".join(
        str(NamedNode(bundled_namespaces().parse(curie).iri)) for curie in values.values()
    )
    names_line = " ".join(f"?{name}" for name in values)
    line = f"VALUES ({names_line}) {{ ({terms}) }}"
    text, found = re.subn(r"VALUES \([^)]*\) \{ \([^)]*\) \}", lambda _: line, text)
    assert found == 1
    if not parameters:
        assert line in file.read_text(encoding="utf-8")  # the file runs as it is, by its defaults
    answer = store.query(text)
    assert isinstance(answer, QuerySolutions)
    names = [variable.value for variable in answer.variables]
    assert names == head["columns"].split(", ")
    return [{name: row[name].value for name in names if row[name] is not None} for row in answer]

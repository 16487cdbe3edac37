"""What ``validate`` does with its options: read, check, report, and say whether the data fails."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from rdflib import BNode, Graph
from rdflib.term import Node

from exporter.cli._overwriting import refuse_overwriting
from exporter.cli._printable import printable
from exporter.cli._standard_input import NAME, standard_input
from exporter.errors import InputError, UsageError, Where
from exporter.model.identifiers import namespaces_with
from exporter.rdf.formats import format_named, parse
from exporter.validation.formats import FORMATS, listing
from exporter.validation.limited import validate_all
from exporter.validation.results import Severity
from exporter.validation.shapes import Shape, shapes
from exporter.writers.files import STDOUT, write_whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """The options of one call of ``validate``, as the command line gives them."""

    files: tuple[Path, ...]
    private: tuple[Path, ...] = ()
    only_shapes: bool = False
    form: str = "human"
    fail_on: str = "violation"
    max_results: int | None = None
    wanted: str | None = None
    base: str | None = None
    timeout: float = 30.0
    listed: bool = False
    output: Path = STDOUT
    namespaces: tuple[Path, ...] = ()


def run(call: Run) -> int:
    """Return the exit status: 1 if the data fails."""
    chosen = _shapes(call)
    if call.listed:
        _write(call, listing(chosen))
        return 0
    if not call.files:
        raise UsageError(
            "no file to check", code="E240", hint="name a file, or - for standard input"
        )
    refuse_overwriting(call.output, (*call.files, *call.private, *call.namespaces))
    report = validate_all(_graph(call), chosen, call.timeout)
    _write(call, FORMATS[call.form](report, chosen, call.max_results))
    return int(report.fails(Severity(call.fail_on)))


def _shapes(call: Run) -> tuple[Shape, ...]:
    if call.only_shapes and not call.private:
        raise UsageError(
            "--only-shapes leaves nothing to check with",
            code="E241",
            hint="name your own shapes with --shapes",
        )
    return shapes(
        private=call.private,
        only_private=call.only_shapes,
        namespaces=namespaces_with(call.namespaces),
    )


def _graph(call: Run) -> Graph:
    """Return all files as one graph; blank nodes of two files stay two."""
    graph = Graph(bind_namespaces="none")
    for number, file in enumerate(call.files):
        for triple in _triples(file, call):
            subject, predicate, value = (_apart(term, number) for term in triple)
            graph.add((subject, predicate, value))
    return graph


def _triples(file: Path, call: Run) -> Iterator[tuple[Node, Node, Node]]:
    form = format_named(call.wanted) if call.wanted is not None else None
    name = NAME if file == STDOUT else str(file)
    source = standard_input() if file == STDOUT else file
    try:
        for statement in parse(source, form, base=call.base):
            yield statement[:3]
    except InputError as error:
        raise error.at(replace(error.where or Where(), file=name)) from error


def _apart(term: Node, file: int) -> Node:
    return BNode(f"f{file}{term}") if isinstance(term, BNode) else term


def _write(call: Run, text: str) -> None:
    safe = printable(text, keep="\n") if call.form == "human" else text
    write_whole(call.output, [safe.encode("utf-8")])

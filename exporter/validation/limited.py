"""Shapes of unknown origin, run one by one in a process of their own that a time limit ends."""

from collections.abc import Sequence
from multiprocessing import get_context
from multiprocessing.connection import Connection

from rdflib import Graph
from rdflib.term import Node

from exporter.errors import ExporterError, LimitError
from exporter.validation.engine import validate, validate_one
from exporter.validation.results import Report
from exporter.validation.shapes import Shape

SECONDS = 30.0
"""How long each private shape may take unless the caller says otherwise."""

Triples = list[tuple[Node, Node, Node]]


def validate_all(graph: Graph, shapes: Sequence[Shape], seconds: float = SECONDS) -> Report:
    """Return what the shapes find; those that are not trusted have a time limit each.

    A pattern or a query can be written so that it never ends: then this raises ``LimitError``
    with the shape's name.
    """
    trusted = tuple(shape for shape in shapes if shape.trusted)
    private = tuple(shape for shape in shapes if not shape.trusted)
    report = validate(graph, trusted)
    return report.joined(_supervised(graph, private, seconds)) if private else report


def _supervised(graph: Graph, shapes: Sequence[Shape], seconds: float) -> Report:
    """Run the shapes in a child process and end it when one of them takes too long."""
    processes = get_context("spawn")
    here, there = processes.Pipe()
    child = processes.Process(target=run_in_order, args=(there, list(graph), shapes), daemon=True)
    child.start()
    there.close()
    try:
        return _collected(here, shapes, seconds)
    finally:
        child.kill()
        child.join()
        here.close()


def _collected(child: Connection, shapes: Sequence[Shape], seconds: float) -> Report:
    report = Report.of((), ())
    _answer(child, None, "the process that runs your shapes")
    for shape in shapes:
        answer = _answer(child, seconds, f"the shape {shape.name!r}")
        if isinstance(answer, ExporterError):
            raise answer
        report = report.joined(answer)
    return report


def _answer(child: Connection, seconds: float | None, who: str) -> Report | ExporterError:
    if not child.poll(seconds):
        raise LimitError(
            f"{who} took longer than {seconds:g} s",
            code="E510",
            hint="mend patterns with a repetition in a repetition; exporter validate has --timeout",
        )
    try:
        answer: Report | ExporterError = child.recv()
    except EOFError:
        raise LimitError(
            f"{who} ended its process",
            code="E511",
            hint="it may have used up the memory; try it on less data",
        ) from None
    return answer


def run_in_order(parent: Connection, triples: Triples, shapes: Sequence[Shape]) -> None:
    """Send one word when ready, then the report or the refusal of each shape, in order."""
    graph = Graph(bind_namespaces="none")
    for triple in triples:
        graph.add(triple)
    parent.send(Report.of((), ()))
    for shape in shapes:
        others = [other for other in shapes if other is not shape]
        try:
            parent.send(validate_one(graph, shape, others))
        except ExporterError as refusal:
            parent.send(refusal)
            return

"""Runs shapes over a graph with pySHACL, the authority, and says what it found in plain words."""

import logging
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import pyshacl
from pyparsing import ParseBaseException
from pyshacl.errors import ReportableRuntimeError, ShapeRecursionWarning
from rdflib import Graph, Literal
from rdflib.collection import Collection
from rdflib.namespace import SH
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.term import Node

from exporter.errors import InputError
from exporter.validation.paths import path_text, path_turtle
from exporter.validation.places import Places
from exporter.validation.results import Report, Result
from exporter.validation.shapes import Shape, severity, union

_TARGETS = (SH.targetClass, SH.targetNode, SH.targetObjectsOf, SH.targetSubjectsOf)
# rdflib tells of a value that does not fit its datatype by a traceback; shapes say it in words.
logging.getLogger("rdflib.term").setLevel(logging.ERROR)
# What comes out of pySHACL when a shape is malformed: a pattern, a query, a number, a list.
_MALFORMED = (
    ReportableRuntimeError,
    ShapeRecursionWarning,
    re.error,
    ParseBaseException,
    RecursionError,
    ValueError,
)


def validate(graph: Graph, shapes: Sequence[Shape]) -> Report:
    """Return what the shapes find in a graph; the graph is left as it is.

    Shapes that cannot be run are refused (``InputError``).
    """
    found = _run(graph, union(shapes), ", ".join(shape.name for shape in shapes))
    results = _results(found, graph, _sources(shapes))
    return Report.of(results, (shape.name for shape in shapes))


def validate_quads(
    quads: Iterable[tuple[Node, Node, Node, Node]], shapes: Sequence[Shape]
) -> Report:
    """Return what the shapes find in the merged graphs."""
    return validate(merged(quads), shapes)


def merged(quads: Iterable[tuple[Node, Node, Node, Node]]) -> Graph:
    """Return one graph of the statements, whatever graph each stands in."""
    graph = Graph(bind_namespaces="none")
    for subject, predicate, value, _ in quads:
        graph.add((subject, predicate, value))
    return graph


def validate_one(graph: Graph, shape: Shape, others: Sequence[Shape]) -> Report:
    """Return what one shape finds; it may use, but does not run, the others."""
    targets = {triple for other in others for triple in other.graph if triple[1] in _TARGETS}
    shapes_graph = union((shape, *others))
    for triple in targets:
        shapes_graph.remove(triple)
    found = _run(graph, shapes_graph, shape.name)
    return Report.of(_results(found, graph, _sources((shape, *others))), (shape.name,))


def _run(graph: Graph, shapes_graph: Graph, names: str) -> Graph:
    """Return pySHACL's report; what is wrong with a shape is raised, never just logged."""
    log = logging.getLogger("pyshacl-validate")
    before, log.disabled = log.disabled, True
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", ShapeRecursionWarning)
            _, report, text = pyshacl.validate(
                _asked(graph), shacl_graph=shapes_graph, inplace=True
            )
    except Exception as problem:
        # rdflib tells an unknown prefix in a query by a bare Exception.
        if isinstance(problem, _MALFORMED) or type(problem) is Exception:
            raise _unusable(names, str(problem)) from problem
        raise
    finally:
        log.disabled = before
    if not isinstance(report, Graph):
        raise _unusable(names, text)
    return report


class _Asked(Graph):
    """A graph that parses each query once; pySHACL asks the same text of every focus node."""

    def query(self, query_object: Any, *args: Any, **settings: Any) -> Any:
        prepared = _prepared(query_object) if isinstance(query_object, str) else query_object
        return super().query(prepared, *args, **settings)


def _asked(graph: Graph) -> Graph:
    """Return the same data, not a copy."""
    return _Asked(store=graph.store, identifier=graph.identifier, bind_namespaces="none")


@lru_cache(maxsize=256)
def _prepared(text: str) -> Query:
    return prepareQuery(text)


def _unusable(names: str, problem: str) -> InputError:
    return InputError(
        f"these shapes cannot be run: {names}: {problem.partition(chr(10))[0]}",
        code="E172",
        hint="a shape here is malformed; try your own shapes alone with --only-shapes",
    )


def _sources(shapes: Iterable[Shape]) -> dict[Node, Shape]:
    """Return which file each node of the shapes stands in."""
    return {node: shape for shape in shapes for node in shape.graph.subjects()}


def _results(found: Graph, graph: Graph, sources: Mapping[Node, Shape]) -> Iterator[Result]:
    places = Places(graph)
    for node in found.objects(None, SH.result):
        focus, source = found.value(node, SH.focusNode), found.value(node, SH.sourceShape)
        if focus is None or source is None:
            raise ValueError(f"a result without focus node or source shape: {node}")
        value = found.value(node, SH.value)
        path = _taken(found, node, graph)
        shape = sources[source]
        # A query is asked of a whole document or case and finds the offender in it.
        of_query = found.value(node, SH.sourceConstraint) is not None
        yield Result(
            shape=shape.name,
            severity=severity(found.value(node, SH.resultSeverity)),
            focus=focus,
            message=_message(found, node, source, shape),
            component=_component(found, node),
            source=source,
            path=path_text(found, path),
            turtle_path=path_turtle(found, path),
            value=value,
            label=places.label(focus),
            where=places.of((value, focus) if of_query else (focus, value), path),
        )


def _taken(found: Graph, node: Node, graph: Graph) -> Node | None:
    """Return the path of a result; of several properties to choose from, the one that was taken."""
    path, value = found.value(node, SH.resultPath), found.value(node, SH.value)
    choice = None if path is None else found.value(path, SH.alternativePath)
    if choice is None or value is None:
        return path
    focus = found.value(node, SH.focusNode)
    leading = set(graph.predicates(focus, value)) & set(Collection(found, choice))
    return min(leading, key=str, default=path)


def _message(found: Graph, node: Node, source: Node, shape: Shape) -> str:
    """Return the most particular message: the query's, the shape's own, its file's, pySHACL's."""
    said = {str(text) for text in found.objects(node, SH.resultMessage)}
    own = {str(text) for text in shape.graph.objects(source, SH.message)}
    asked = found.value(node, SH.sourceConstraint)
    of_query = set() if asked is None else {str(m) for m in shape.graph.objects(asked, SH.message)}
    if of_query:
        return min(said - (own - of_query), default=min(said))
    if own or not shape.message:
        return min(said)
    return shape.message


def _component(found: Graph, node: Node) -> str:
    name = str(found.value(node, SH.sourceConstraintComponent, default=Literal("")))
    return name.rpartition("#")[2].removesuffix("ConstraintComponent")

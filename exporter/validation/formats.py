"""A report as a person, a program, a triple store or a code review reads it."""

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from rdflib import BNode, Literal
from rdflib.term import Node

from exporter.validation.report_turtle import report_turtle
from exporter.validation.results import Report, Result, Severity
from exporter.validation.sarif import sarif
from exporter.validation.shapes import Shape


def human(report: Report, shapes: Sequence[Shape], limit: int | None = None) -> str:
    """Return lines for a person: place, what is wrong, of which node; then the counts."""
    lines = [line for result in report.results[:limit] for line in _told(result)]
    if left_out := _left_out(report, limit):
        lines.append(f"... and {left_out} more")
    return "\n".join([*lines, _summary(report, shapes)]) + "\n"


def as_json(report: Report, shapes: Sequence[Shape], limit: int | None = None) -> str:
    """Return one object: ``conforms``, ``counts``, ``shapes``, ``left_out`` and ``results``."""
    content = {
        "conforms": report.conforms,
        "counts": report.counts(),
        "shapes": [shape.name for shape in shapes],
        "left_out": _left_out(report, limit),
        "results": [_object(result) for result in report.results[:limit]],
    }
    return _json(content)


def as_turtle(report: Report, _: Sequence[Shape], limit: int | None = None) -> str:
    """Return a ``sh:ValidationReport``, the same bytes for the same report."""
    return report_turtle(report, limit)


def as_sarif(report: Report, shapes: Sequence[Shape], limit: int | None = None) -> str:
    """Return a SARIF 2.1.0 log."""
    return _json(sarif(report.results[:limit], shapes, _left_out(report, limit)))


def listing(shapes: Sequence[Shape]) -> str:
    """Return the shapes by name, each with its severity and its sense."""
    lines = (
        f"{shape.name} ({shape.severity})\n    {shape.description or shape.title}"
        for shape in shapes
    )
    return "\n".join(lines) + "\n"


FORMATS: dict[str, Callable[[Report, Sequence[Shape], int | None], str]] = {
    "human": human,
    "json": as_json,
    "turtle": as_turtle,
    "sarif": as_sarif,
}


def _left_out(report: Report, limit: int | None) -> int:
    return len(report.results) - len(report.results[:limit])


def _told(result: Result) -> Iterator[str]:
    place = str(result.where)
    yield f"{place + ': ' if place else ''}{result.severity} {result.shape}: {result.message}"
    name = f"{result.label} " if result.label else ""
    yield f"    node   {name}{_shown(result.focus)}"
    if result.path:
        yield f"    path   {result.path}"
    if result.value is not None and result.value != result.focus:
        yield f"    value  {_shown(result.value)}"


def _shown(term: Node) -> str:
    match term:
        case Literal():
            return str(term)
        case BNode():
            return "a node without a name"
        case _:
            return f"<{term}>"


def _summary(report: Report, shapes: Sequence[Shape]) -> str:
    checked = f"{len(shapes)} {'shape' if len(shapes) == 1 else 'shapes'}"
    if report.conforms:
        return f"conforms: {checked} found nothing"
    found = (_counted(number, severity) for severity, number in report.counts().items())
    return f"{', '.join(found)} ({checked})"


def _counted(number: int, severity: Severity) -> str:
    return f"{number} {severity}{'' if number == 1 else 's'}"


def _object(result: Result) -> dict[str, Any]:
    where = result.where
    place = {"file": where.file, "line": where.line}
    place |= {"document": where.document, "field": where.field}
    return {
        "shape": result.shape,
        "severity": result.severity,
        "message": result.message,
        "where": {key: value for key, value in place.items() if value is not None},
        "focus": _term(result.focus),
        "label": result.label,
        "path": result.path,
        "value": None if result.value is None else _term(result.value),
        "component": result.component,
    }


def _term(term: Node) -> dict[str, str]:
    """Return a term as SPARQL's JSON results write it."""
    match term:
        case Literal(language=str()):
            return {"type": "literal", "value": str(term), "xml:lang": str(term.language)}
        case Literal(datatype=None):
            return {"type": "literal", "value": str(term)}
        case Literal():
            return {"type": "literal", "value": str(term), "datatype": str(term.datatype)}
        case BNode():
            return {"type": "bnode", "value": ""}
        case _:
            return {"type": "uri", "value": str(term)}


def _json(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"

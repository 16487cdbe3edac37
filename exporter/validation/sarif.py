"""A report as SARIF 2.1.0, which code reviews and editors show beside the line."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from exporter import __version__
from exporter.validation.results import Result, Severity
from exporter.validation.shapes import Shape

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.VIOLATION: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def sarif(results: Sequence[Result], shapes: Sequence[Shape], left_out: int) -> dict[str, Any]:
    """Return the log as an object for JSON; each shape is a rule, found or not."""
    numbers = {shape.name: number for number, shape in enumerate(shapes)}
    driver = {
        "name": "exporter",
        "semanticVersion": __version__,
        "rules": [_rule(shape) for shape in shapes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(result, numbers) for result in results],
        "properties": {"leftOut": left_out},
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(shape: Shape) -> dict[str, Any]:
    return {
        "id": shape.name,
        "shortDescription": {"text": shape.title},
        "fullDescription": {"text": shape.description or shape.title},
        "help": {"text": shape.message or shape.title},
        "defaultConfiguration": {"level": _LEVELS[shape.severity]},
    }


def _result(result: Result, numbers: Mapping[str, int]) -> dict[str, Any]:
    properties = {"component": result.component, "path": result.path}
    if result.value is not None:
        properties["value"] = str(result.value)
    return {
        "ruleId": result.shape,
        "ruleIndex": numbers[result.shape],
        "level": _LEVELS[result.severity],
        "message": {"text": result.message},
        "locations": [_location(result)],
        "properties": properties,
    }


def _location(result: Result) -> dict[str, Any]:
    node = {"name": result.label or str(result.focus), "fullyQualifiedName": str(result.focus)}
    location: dict[str, Any] = {"logicalLocations": [node]}
    if result.where.file is not None:
        physical: dict[str, Any] = {"artifactLocation": {"uri": quote(result.where.file)}}
        if result.where.line is not None:
            physical["region"] = {"startLine": result.where.line}
        location["physicalLocation"] = physical
    return location

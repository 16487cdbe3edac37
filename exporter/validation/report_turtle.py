"""A report as RDF: the vocabulary of SHACL, with IRIs made from the content."""

import hashlib
from collections.abc import Iterator

from rdflib import BNode, Literal
from rdflib.term import Node

from exporter.validation.results import Report, Result
from exporter.validation.shapes import NAMESPACE

_BASE = "https://w3id.org/linked-case/report/"
_PREFIXES = """\
@prefix lc: <https://w3id.org/linked-case/vocab#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
"""


def report_turtle(report: Report, limit: int | None = None) -> str:
    """Return the report as Turtle; with a limit only the first results, and how many are not."""
    shown = report.results[:limit]
    bodies = {}
    for result in shown:
        body = " ;\n".join(_statements(result))
        bodies[f"<{_BASE}{_digest(body)}>"] = body
    whole = [f"<{_BASE}{_digest(*bodies, str(report.conforms))}> a sh:ValidationReport"]
    whole.append(f"    sh:conforms {str(report.conforms).lower()}")
    if bodies:
        whole.append(f"    sh:result {', '.join(bodies)}")
    if left_out := len(report.results) - len(shown):
        whole.append(f"    lc:resultsLeftOut {left_out}")
    blocks = [" ;\n".join(whole), *(f"{node} {body}" for node, body in bodies.items())]
    return _PREFIXES + "".join(f"\n{block} .\n" for block in blocks)


def _statements(result: Result) -> Iterator[str]:
    yield "a sh:ValidationResult"
    yield f"    sh:focusNode {_term(result.focus)}"
    if result.turtle_path:
        yield f"    sh:resultPath {result.turtle_path}"
    if result.value is not None:
        yield f"    sh:value {_term(result.value)}"
    yield f"    sh:resultSeverity sh:{result.severity.capitalize()}"
    yield f"    sh:resultMessage {_term(Literal(result.message))}"
    yield f"    sh:sourceConstraintComponent sh:{result.component}ConstraintComponent"
    named = not isinstance(result.source, BNode)
    yield f"    sh:sourceShape {_term(result.source) if named else f'<{NAMESPACE}{result.shape}>'}"
    if result.where.document is not None:
        yield f"    lc:sourceDocument {_term(Literal(result.where.document))}"
    if result.where.line is not None:
        yield f"    lc:sourceLine {result.where.line}"


def _term(term: Node) -> str:
    return "[]" if isinstance(term, BNode) else term.n3()


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8")).hexdigest()[:16]

"""A guard for the SPARQL texts inside shapes: none may make the machine call another one."""

import re
from collections.abc import Iterator

from rdflib import Graph
from rdflib.namespace import SH
from rdflib.term import Node

from exporter.errors import InputError, Where

_TEXTS = (SH.select, SH.ask, SH.construct, SH.update)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_TOKEN = re.compile(
    r'"""(?:[^\\]|\\.)*?"""|'
    r"'''(?:[^\\]|\\.)*?'''|"
    r'"(?:[^"\\\n\r]|\\.)*"|'
    r"'(?:[^'\\\n\r]|\\.)*'|"
    r'<[^<>"{}|^`\\\x00-\x20]*>|'  # an IRI
    r"#[^\n\r]*|"  # a comment
    r"[?$@]\w+|"  # a variable or a language
    r"(?:[^\W\d_][\w.-]*)?:(?:[\w.:%-]|\\.)*|"  # a prefixed name
    r"\w+",
    re.DOTALL,
)
_REACHING_OUT = {"SERVICE", "FROM"}


def refuse_outside_calls(graph: Graph, name: str) -> None:
    """Refuse shapes whose queries ask another endpoint or load another graph."""
    for node, text in _queries(graph):
        if word := outside_call(text):
            raise InputError(
                f"the shape {name!r} has a query with {word}, which would reach out of this data",
                code="E171",
                where=Where(file=name, field=str(node)),
                hint="write the query over the data that is validated, without SERVICE and FROM",
            )


def outside_call(sparql: str) -> str:
    r"""Return the keyword by which a query reaches out, or nothing; names and texts do not count.

    >>> outside_call("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }")
    'SERVICE'
    >>> outside_call("SELECT ?from { ?from ex:service 'FROM' } # SERVICE")
    ''
    """
    for token in _TOKEN.findall(_ESCAPE.sub(_letter, sparql)):
        if token.upper() in _REACHING_OUT:
            return str(token.upper())
    return ""


def _letter(escape: re.Match[str]) -> str:
    """Undo an escape as SPARQL does before it looks for keywords."""
    number = int(escape[1] or escape[2], 16)
    return chr(number) if number < 0x110000 else "\N{REPLACEMENT CHARACTER}"


def _queries(graph: Graph) -> Iterator[tuple[Node, str]]:
    for kind in _TEXTS:
        for node, text in graph.subject_objects(kind):
            yield node, str(text)

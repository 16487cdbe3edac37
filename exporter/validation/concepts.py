"""Which IRIs may name a concept: one pattern made from the namespace table."""

import re
from collections.abc import Iterable

from rdflib import Graph, Literal
from rdflib.namespace import SH

from exporter.model.identifiers import Namespace

CONCEPTS = "concept-iri"
"""The shape that holds the pattern of the bundled table."""

_SPECIAL = re.compile(r"[.+*?()\[\]{}|^$\\]")


def pattern(namespaces: Iterable[Namespace]) -> str:
    """Return a regular expression for the IRIs of the namespaces, in the order of the table."""
    stems = (
        f"{_SPECIAL.sub(lambda sign: chr(92) + sign[0], row.iri)}(?:{row.pattern})"
        for row in namespaces
    )
    return f"^(?:{'|'.join(stems)})$"


def allowing(graph: Graph, namespaces: Iterable[Namespace]) -> Graph:
    """Return the graph of the shape with the pattern of other namespaces."""
    expression = Literal(pattern(namespaces))
    allowed = Graph(bind_namespaces="none")
    for subject, predicate, value in graph:
        allowed.add((subject, predicate, expression if predicate == SH.pattern else value))
    return allowed

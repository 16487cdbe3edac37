"""From a node of the data back to its source: the document or case, the line and the field."""

import csv
import re
from collections.abc import Iterator
from functools import cache
from urllib.parse import unquote

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDFS, SKOS
from rdflib.term import Node

from exporter.errors import Where
from exporter.resources import data

_VOCABULARY = "https://w3id.org/linked-case/vocab#"
_LINE = URIRef(_VOCABULARY + "sourceLine")
_HAS_TEXT = URIRef(_VOCABULARY + "hasText")
_LABELS = (
    RDFS.label,
    SKOS.prefLabel,
    URIRef(_VOCABULARY + "label"),
    URIRef(_VOCABULARY + "statedLabel"),
)
_OWNER = re.compile(r".*/(?:case|paper)/([^/]+)")


class Places:
    """Leads from nodes of one graph to where they were read."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph

    def of(self, focus: Node, value: Node | None, path: str) -> Where:
        """Return the place of a result; the value's, if that is a node with a line of its own."""
        starts = [node for node in (value, focus) if self.owner(node) is not None]
        lines = (line for node in starts for line in self._lines(node))
        owner = next((self.owner(node) for node in starts), None)
        return Where(document=owner, line=next(lines, None), field=_field(path))

    def owner(self, node: Node | None) -> str | None:
        """Return the id of the document or case that a node belongs to; its IRI tells."""
        if not isinstance(node, URIRef):
            return None
        if (match := _OWNER.match(node)) is not None:
            return unquote(match[1])
        texts = sorted(text for text in self._graph.objects(node, _HAS_TEXT))
        return self.owner(texts[0]) if texts else None

    def label(self, node: Node) -> str:
        """Return what the data calls a node, or nothing."""
        names = (sorted(map(str, self._graph.objects(node, label))) for label in _LABELS)
        return next((found[0] for found in names if found), "")

    def _lines(self, node: Node) -> Iterator[int]:
        """Yield the lines of a node, then of what holds it: its IRI continues theirs."""
        iri = str(node)
        while _OWNER.match(iri) is not None:
            yield from self._own_lines(URIRef(iri))
            iri = iri.rpartition("/")[0]

    def _own_lines(self, node: Node) -> list[int]:
        found = self._graph.objects(node, _LINE)
        return sorted(int(line) for line in found if isinstance(line, Literal) and _is_line(line))


def _is_line(line: Literal) -> bool:
    return line.isdecimal() and line.isascii()

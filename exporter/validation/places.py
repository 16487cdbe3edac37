"""From a node of the data back to its source: the document or case, the line and the field."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDFS, SKOS
from rdflib.term import Node

from exporter.errors import Where

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

    def of(self, focus: Node, value: Node | None, path: Node | None) -> Where:
        """Return the place of a result; the value's, if that is a node with a line of its own."""
        owned = ((node, self.owner(node)) for node in (value, focus) if isinstance(node, URIRef))
        starts = [(node, owner) for node, owner in owned if owner is not None]
        lines = (line for node, _ in starts for line in self._lines(node))
        owner = next((owner for _, owner in starts), None)
        return Where(document=owner, line=next(lines, None), field=None)

    def owner(self, node: Node | None) -> str | None:
        """Return the id of the document or case that a node belongs to; its IRI tells."""
        if not isinstance(node, URIRef):
            return None
        if (match := _OWNER.match(node)) is not None:
            return unquote(match[1])
        texts = (text for text in self._graph.objects(node, _HAS_TEXT) if text != node)
        owners = sorted({owner for text in texts if (owner := self.owner(text)) is not None})
        return owners[0] if owners else None

    def label(self, node: Node) -> str:
        """Return what the data calls a node, or nothing."""
        names = (sorted(map(str, self._graph.objects(node, label))) for label in _LABELS)
        return next((found[0] for found in names if found), "")

    def _lines(self, node: URIRef) -> Iterator[int]:
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

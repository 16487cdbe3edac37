"""Turtle for people: rdflib's layout with an order, names and literals that never vary."""

import re
from collections.abc import Iterable, Mapping
from io import BytesIO

import pyoxigraph as ox
from rdflib import Graph, Literal, URIRef
from rdflib.plugins.serializers.turtle import OBJECT, VERB, TurtleSerializer
from rdflib.term import Node

from exporter.rdf._oxigraph import from_oxigraph
from exporter.rdf.vocabulary import RDF, XSD

_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]*)")
_BELOW_BASE = re.compile(r"[A-Za-z0-9_~%-][\w.~%-]*(?:/[A-Za-z0-9_~%-][\w.~%-]*)*", re.ASCII)
# rdflib reads bare numbers as numbers, so only those are written bare that come back unchanged.
_BARE = {
    str(XSD.integer): re.compile(r"0|-?[1-9][0-9]*"),
    str(XSD.decimal): re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]{1,6}"),
    str(XSD.boolean): re.compile(r"true|false"),
}


def turtle(quads: Iterable[ox.Quad], prefixes: Mapping[str, str], base: str | None) -> bytes:
    """Return one Turtle document of all graphs together; blank nodes are not expected."""
    graph = Graph(bind_namespaces="none")
    for subject, predicate, value, _ in from_oxigraph(quads):
        graph.add((subject, predicate, value))
    out = BytesIO()
    _Turtle(graph, prefixes).serialize(out, base=base, encoding="utf-8")
    return out.getvalue()


class _Turtle(TurtleSerializer):
    """rdflib's serializer, made to keep lexical forms and to be quick about names."""

    predicateOrder = [RDF.type]  # noqa: N815, RUF012 - rdflib's name and kind

    def __init__(self, graph: Graph, prefixes: Mapping[str, str]) -> None:
        super().__init__(graph)
        stems = sorted(prefixes.items(), key=lambda pair: (-len(pair[1]), pair[0]))
        self._stems = [(stem, prefix) for prefix, stem in stems]
        self._names: dict[Node, str | None] = {}

    def orderSubjects(self) -> list[Node]:  # noqa: N802 - rdflib's name
        """Return the subjects by IRI: what belongs to a node stands right behind it."""
        return sorted(self._subjects, key=str)

    def sortProperties(self, properties: Mapping[Node, list[Node]]) -> list[Node]:  # noqa: N802
        """Sort values by how they are written, properties by IRI with the type first."""
        for values in properties.values():
            values.sort(key=lambda value: self.label(value, OBJECT))
        return sorted(properties, key=lambda property_: (property_ != RDF.type, str(property_)))

    def get_pname(self, uri: Node, gen_prefix: bool = True) -> str | None:
        """Return prefix and local name where the local name needs no escape."""
        if uri not in self._names:
            self._names[uri] = self._short(uri) if isinstance(uri, URIRef) else None
        return self._names[uri]

    def _short(self, uri: URIRef) -> str | None:
        for stem, prefix in self._stems:
            if uri.startswith(stem) and _LOCAL.fullmatch(uri, len(stem)):
                self.addNamespace(prefix, URIRef(stem))
                return f"{prefix}:{uri[len(stem) :]}"
        return None

    def label(self, node: Node, position: int) -> str:
        """Return how a term is written; a bare number only where that keeps its digits."""
        if isinstance(node, Literal):
            return self._literal(node)
        if position == VERB and node == RDF.type:
            return "a"
        return self.get_pname(node) or f"<{self._below_base(node)}>"

    def _below_base(self, node: Node) -> str:
        rest = str(node)[len(self.base) :] if self.base and str(node).startswith(self.base) else ""
        return rest if _BELOW_BASE.fullmatch(rest) else str(node)

    def _literal(self, literal: Literal) -> str:
        if literal.datatype is not None:
            bare = _BARE.get(str(literal.datatype))
            if bare is not None and bare.fullmatch(literal):
                return str(literal)
        quoted = str(ox.Literal(str(literal)))
        if literal.language is not None:
            return f"{quoted}@{literal.language}"
        if literal.datatype is None:
            return quoted
        return f"{quoted}^^{self.get_pname(literal.datatype) or literal.datatype.n3()}"

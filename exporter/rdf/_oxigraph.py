"""Between our statements, which are rdflib's terms, and pyoxigraph's, which are fast and strict."""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any

import pyoxigraph as ox
from rdflib import BNode, Literal, URIRef

from exporter.errors import InputError
from exporter.rdf.terms import Quad
from exporter.rdf.vocabulary import RDF, XSD

Node = URIRef | BNode
Statement = tuple[Node, URIRef, Node | Literal, Node | None]
"""What a file may hold: a quad with blank nodes, and None for the graph without a name."""

_STRING = str(XSD.string)
_TYPE = ox.NamedNode(str(RDF.type))


def to_oxigraph(quads: Iterable[Quad]) -> Iterator[ox.Quad]:
    """Yield the quads as pyoxigraph's; every IRI is checked by it once more."""
    named: Callable[[str], ox.NamedNode] = cache(ox.NamedNode)
    for subject, predicate, value, graph in quads:
        term = _literal(value, named) if isinstance(value, Literal) else named(str(value))
        yield ox.Quad(named(str(subject)), named(str(predicate)), term, named(str(graph)))


def _literal(literal: Literal, named: Callable[[str], ox.NamedNode]) -> ox.Literal:
    if literal.language is not None:
        return ox.Literal(str(literal), language=literal.language)
    if literal.datatype is not None:
        return ox.Literal(str(literal), datatype=named(str(literal.datatype)))
    return ox.Literal(str(literal))


def from_oxigraph(quads: Iterable[ox.Quad]) -> Iterator[Statement]:
    """Yield the statements in rdflib's terms, lexical forms as they are."""
    node: Callable[[ox.NamedNode | ox.BlankNode], Node] = cache(_node)
    for quad in quads:
        if isinstance(quad.subject, ox.Triple) or isinstance(quad.object, ox.Triple):
            raise InputError(
                "a statement about a statement (RDF 1.2) cannot be used here",
                code="E142",
                hint="convert it to ordinary statements first",
            )
        graph = None if isinstance(quad.graph_name, ox.DefaultGraph) else node(quad.graph_name)
        value = _text(quad.object) if isinstance(quad.object, ox.Literal) else node(quad.object)
        yield node(quad.subject), URIRef(quad.predicate.value), value, graph


def _node(term: ox.NamedNode | ox.BlankNode) -> Node:
    return URIRef(term.value) if isinstance(term, ox.NamedNode) else BNode(term.value)


def _text(literal: ox.Literal) -> Literal:
    if literal.language is not None:
        return Literal(literal.value, lang=literal.language)
    datatype = literal.datatype.value
    if datatype == _STRING:
        return Literal(literal.value)
    return Literal(literal.value, datatype=URIRef(datatype), normalize=False)


def in_order(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """Return the distinct quads in one order: by graph and subject, types first."""
    return sorted(set(quads), key=_place)


def _place(quad: ox.Quad) -> tuple[str, str, bool, str, str]:
    predicate = quad.predicate
    return (
        str(quad.graph_name),
        str(quad.subject),
        predicate != _TYPE,
        predicate.value,
        str(quad.object),
    )


def without_graphs(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """Yield the quads as statements of the one graph without a name."""
    for quad in quads:
        yield ox.Quad(quad.subject, quad.predicate, quad.object)


def with_stable_blank_nodes(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """Yield the quads with blank nodes numbered as they come, so that two readings are alike."""
    numbers: dict[ox.BlankNode, ox.BlankNode] = {}
    for quad in quads:
        parts = (quad.subject, quad.object, quad.graph_name)
        if any(isinstance(part, ox.BlankNode | ox.Triple) for part in parts):
            subject, value, graph = (_numbered(part, numbers) for part in parts)
            yield ox.Quad(subject, quad.predicate, value, graph)
        else:
            yield quad


def _numbered(part: Any, numbers: dict[ox.BlankNode, ox.BlankNode]) -> Any:
    if isinstance(part, ox.BlankNode):
        return numbers.setdefault(part, ox.BlankNode(f"b{len(numbers)}"))
    if isinstance(part, ox.Triple):
        subject, value = _numbered(part.subject, numbers), _numbered(part.object, numbers)
        return ox.Triple(subject, part.predicate, value)
    return part

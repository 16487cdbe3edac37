"""Statements as files: the same statements, in whatever order they come, give the same bytes."""

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from exporter.rdf._jsonld import json_ld
from exporter.rdf._oxigraph import Statement, in_order, to_oxigraph, without_graphs
from exporter.rdf._turtle import turtle
from exporter.rdf.reading import content_of, parse, read
from exporter.rdf.syntax import WRITTEN, Format, format_named, format_of_content, format_of_path
from exporter.rdf.terms import Quad
from exporter.rdf.vocabulary import PREFIXES

__all__ = [
    "WRITTEN",
    "Format",
    "Statement",
    "content_of",
    "format_named",
    "format_of_content",
    "format_of_path",
    "parse",
    "read",
    "rewrite",
    "write",
]


READABLE = 10_000
"""Statements up to which Turtle is laid out for people; what is larger is written fast."""


def write(quads: Iterable[Quad], form: Format, base: str | None = None) -> Iterator[bytes]:
    """Yield a file of the quads, sorted and each once.

    Turtle and N-Triples merge all graphs into one. In Turtle that is short enough to be read, IRIs
    below ``base`` are shortened; elsewhere all are whole, so that each line can be used as it is.
    """
    found = list(to_oxigraph(quads))
    if form is Format.TURTLE and len(found) <= READABLE:
        yield turtle(found, PREFIXES, base)
    else:
        yield from _written(found, form)


def rewrite(quads: Iterable[ox.Quad], form: Format) -> Iterator[bytes]:
    """Yield a file of what ``read`` gave, which may hold blank nodes and statements of RDF 1.2."""
    return _written(quads, form)


def _written(quads: Iterable[ox.Quad], form: Format) -> Iterator[bytes]:
    ordered = in_order(quads if form.holds_graphs else without_graphs(quads))
    if form is Format.JSONLD:
        yield from json_ld(ordered)
    elif form.holds_graphs:
        yield _serialised(ordered, form)
    else:
        yield _serialised([quad.triple for quad in ordered], form)


def _serialised(statements: list[ox.Quad] | list[ox.Triple], form: Format) -> bytes:
    prefixes = PREFIXES if form in {Format.TURTLE, Format.TRIG} else None
    written = ox.serialize(statements, format=form.oxigraph, prefixes=prefixes)
    return written or b""

"""JSON-LD: compact by the bundled context, one node a line, never a lost digit."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import groupby
from typing import Any

import pyoxigraph as ox

from exporter.errors import OutputError
from exporter.rdf.vocabulary import RDF, XSD
from exporter.resources import data

_TYPE = str(RDF.type)
_STRING, _INTEGER, _BOOLEAN = str(XSD.string), str(XSD.integer), str(XSD.boolean)
_SAFE_NUMBER = re.compile(r"0|-?[1-9][0-9]{0,14}")


@cache
def bundled_context() -> dict[str, Any]:
    """Return the terms of ``ontology/context.jsonld``."""
    file = data("ontology") / "context.jsonld"
    context: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))["@context"]
    return context


def json_ld(quads: list[ox.Quad]) -> Iterator[bytes]:
    """Yield one JSON-LD document of quads that stand in order; the context is part of it."""
    writer = _Nodes(_fitting(bundled_context(), quads))
    yield b'{"@context":' + _bytes(writer.context) + b',\n"@graph":['
    before = b"\n"
    for graph, members in groupby(quads, key=lambda quad: quad.graph_name):
        opening, closing = _around(graph)
        between = opening
        for subject, about in groupby(members, key=lambda quad: quad.subject):
            yield before + between + _bytes(writer.node(subject, about))
            before, between = b",\n", b""
        yield closing
    yield b"\n]}\n"


def _around(graph: object) -> tuple[bytes, bytes]:
    if isinstance(graph, ox.DefaultGraph):
        return b"", b""
    return b'{"@id":' + _bytes(_id(graph)) + b',"@graph":[\n', b"\n]}"


def _bytes(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def _id(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else str(term)


def _fitting(context: Mapping[str, Any], quads: Iterable[ox.Quad]) -> dict[str, Any]:
    """Leave out prefixes that a file uses as IRI schemes: they would be read as ours."""
    schemes = {
        term.value.partition(":")[0]
        for quad in quads
        for term in (quad.subject, quad.predicate, quad.object, quad.graph_name)
        if isinstance(term, ox.NamedNode)
    }
    return {name: value for name, value in context.items() if name.partition(":")[0] not in schemes}


class _Nodes:
    """Writes node objects by one context."""

    def __init__(self, context: dict[str, Any]) -> None:
        self.context = context
        stems = {
            name: value if isinstance(value, str) else value["@id"]
            for name, value in context.items()
            if ":" not in name
        }
        self._stems = sorted(stems.items(), key=lambda pair: (-len(pair[1]), pair[0]))
        self._links = {
            name for name, value in context.items() if ":" in name and value["@type"] == "@id"
        }
        self._names: dict[str, str] = {}

    def node(self, subject: object, quads: Iterable[ox.Quad]) -> dict[str, Any]:
        """Return the object of one subject; a single value stands without an array."""
        properties: dict[str, list[Any]] = {}
        for quad in quads:
            if isinstance(quad.object, ox.Triple) or isinstance(subject, ox.Triple):
                raise OutputError(
                    "JSON-LD cannot hold a statement about a statement (RDF 1.2)",
                    code="E310",
                    hint="write nquads or trig instead",
                )
            if quad.predicate.value == _TYPE and not isinstance(quad.object, ox.Literal):
                properties.setdefault("@type", []).append(self._short(_id(quad.object)))
                continue
            name = self._short(quad.predicate.value)
            properties.setdefault(name, []).append(self._value(name, quad.object))
        values = {name: each[0] if len(each) == 1 else each for name, each in properties.items()}
        return {"@id": self._short(_id(subject)), **values}

    def _value(self, name: str, term: object) -> Any:
        if isinstance(term, ox.Literal):
            return self._literal(name, term)
        short = self._short(_id(term))
        return short if name in self._links else {"@id": short}

    def _literal(self, name: str, literal: ox.Literal) -> Any:
        if literal.language is not None:
            return {"@value": literal.value, "@language": literal.language}
        datatype = literal.datatype.value
        if datatype == _STRING:
            return {"@value": literal.value} if name in self._links else literal.value
        if datatype == _INTEGER and _SAFE_NUMBER.fullmatch(literal.value):
            return int(literal.value)
        if datatype == _BOOLEAN and literal.value in {"true", "false"}:
            return literal.value == "true"
        return {"@type": self._short(datatype), "@value": literal.value}

    def _short(self, iri: str) -> str:
        if iri not in self._names:
            self._names[iri] = self._shortened(iri)
        return self._names[iri]

    def _shortened(self, iri: str) -> str:
        for prefix, stem in self._stems:
            rest = iri[len(stem) :]
            if rest and iri.startswith(stem) and not rest.startswith("//"):
                return f"{prefix}:{rest}"
        return iri

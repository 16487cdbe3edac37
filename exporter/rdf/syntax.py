"""The RDF syntaxes that are read and written, and how one is told from another."""

import codecs
import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pyoxigraph import RdfFormat

from exporter.errors import InputError, UsageError, Where

_NOWHERE = Where()


class Format(StrEnum):
    """A syntax of RDF, named as on the command line."""

    TURTLE = "turtle"
    TRIG = "trig"
    NQUADS = "nquads"
    NTRIPLES = "ntriples"
    JSONLD = "jsonld"
    RDFXML = "rdfxml"

    @property
    def holds_graphs(self) -> bool:
        """Tell whether statements keep the name of their graph."""
        return self in {Format.TRIG, Format.NQUADS, Format.JSONLD}

    @property
    def suffix(self) -> str:
        """Return the usual ending of a file name, with its dot."""
        return _SYNTAXES[self].suffixes[0]

    @property
    def media_type(self) -> str:
        """Return the registered media type."""
        return _SYNTAXES[self].media_types[0]

    @property
    def oxigraph(self) -> RdfFormat:
        """Return what pyoxigraph calls the syntax."""
        return _SYNTAXES[self].oxigraph


WRITTEN = tuple(each for each in Format if each is not Format.RDFXML)
"""What can be written: RDF/XML cannot hold every text, so it is only read."""


@dataclass(frozen=True, slots=True)
class _Syntax:
    oxigraph: RdfFormat
    suffixes: tuple[str, ...]
    media_types: tuple[str, ...]


_SYNTAXES = {
    Format.TURTLE: _Syntax(
        RdfFormat.TURTLE, (".ttl", ".turtle"), ("text/turtle", "application/x-turtle")
    ),
    Format.TRIG: _Syntax(RdfFormat.TRIG, (".trig",), ("application/trig", "application/x-trig")),
    Format.NQUADS: _Syntax(
        RdfFormat.N_QUADS, (".nq", ".nquads"), ("application/n-quads", "text/x-nquads")
    ),
    Format.NTRIPLES: _Syntax(
        RdfFormat.N_TRIPLES, (".nt", ".ntriples"), ("application/n-triples", "text/plain")
    ),
    Format.JSONLD: _Syntax(
        RdfFormat.JSON_LD, (".jsonld", ".json"), ("application/ld+json", "application/json")
    ),
    Format.RDFXML: _Syntax(
        RdfFormat.RDF_XML,
        (".rdf", ".owl", ".xml"),
        ("application/rdf+xml", "application/xml", "text/xml"),
    ),
}
_BY_NAME = {
    name: form
    for form, syntax in _SYNTAXES.items()
    for name in (form.value, *syntax.suffixes, *syntax.media_types)
}
_BEGINNING = 100_000
_XML = re.compile(r"<(?:\?xml\s|!--|!DOCTYPE\s|(?:\w+:)?RDF[\s>])", re.IGNORECASE)
_TERM = r"(?:<[^<>\s]*>|_:\S+)"
_QUAD = re.compile(rf"{_TERM}\s*<[^<>\s]*>\s*(?:{_TERM}|\".*\"\S*)\s*{_TERM}\s*\.\s*(?:#.*)?")


def format_named(name: str) -> Format:
    """Return the syntax of a name, a file ending or a media type, in any case.

    >>> format_named("text/turtle; charset=utf-8"), format_named("NQ")
    (<Format.TURTLE: 'turtle'>, <Format.NQUADS: 'nquads'>)
    """
    key = name.partition(";")[0].strip().lower()
    found = _BY_NAME.get(key) or _BY_NAME.get(f".{key}")
    if found is None:
        raise UsageError(
            f"{name!r} is not a known RDF format",
            code="E211",
            hint=f"known are {', '.join(Format)}, their file endings and media types",
        )
    return found


def format_of_path(path: Path) -> Format | None:
    """Return the syntax that a file's ending stands for, or None for an unknown ending."""
    return _BY_NAME.get(path.suffix.lower())


def format_of_content(content: bytes, where: Where = _NOWHERE) -> Format:
    """Return the syntax that a file begins like; an empty file begins like none."""
    start = decoded(content[:_BEGINNING], where, cut=len(content) > _BEGINNING).lstrip()
    if not start:
        raise InputError(
            "there is nothing to read",
            code="E141",
            where=where,
            hint="name its format with --from, if it may be empty",
        )
    if start[0] in "{[" and not _is_turtle_node(start):
        return Format.JSONLD
    if _XML.match(start):
        return Format.RDFXML
    lines = (line.strip() for line in start.splitlines())
    first = next((line for line in lines if line and not line.startswith("#")), "")
    return Format.NQUADS if _QUAD.fullmatch(first) else Format.TRIG


def decoded(content: bytes, where: Where, *, cut: bool = False) -> str:
    """Return the text of strict UTF-8 without its byte order mark; ``cut`` allows half an end."""
    try:
        return codecs.getincrementaldecoder("utf-8-sig")().decode(content, final=not cut)
    except UnicodeDecodeError as problem:
        line = content.count(b"\n", 0, problem.start) + 1
        raise InputError(
            "the file is not UTF-8",
            code="E144",
            where=Where(file=where.file, line=line),
            hint="save it as UTF-8",
        ) from None


def _is_turtle_node(start: str) -> bool:
    """Tell ``[ a ex:Thing ]`` and a graph in braces from an array and an object of JSON."""
    following = start[1:].lstrip()[:1]
    return following not in {'"', "}", "{", "]", "["} if start[0] == "[" else following not in '"}'

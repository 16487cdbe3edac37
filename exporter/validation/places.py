"""From a node of the data back to its source: the document or case, the line and the field."""

import csv
import re
from collections.abc import Iterator, Sequence
from functools import cache
from urllib.parse import unquote

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, RDFS, SKOS
from rdflib.term import Node

from exporter.errors import Where
from exporter.resources import data

_VOCABULARY = "https://w3id.org/linked-case/vocab#"
_PREFIXES = {"lc": _VOCABULARY, "rdfs": str(RDFS), "dct": str(DCTERMS)}
_LINE = URIRef(_VOCABULARY + "sourceLine")
_HAS_TEXT = URIRef(_VOCABULARY + "hasText")
_LABELS = (RDFS.label, SKOS.prefLabel, URIRef(_VOCABULARY + "statedLabel"))
_OWNER = re.compile(r".*/(?P<kind>case|paper)/(?P<id>[^/]+)(?P<below>(?:/.*)?)")
# The items of these lists are named by their own id and not by their place.
_BY_ID = frozenset({"arms", "subgroups", "evidence"})


class Places:
    """Leads from nodes of one graph to where they were read."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph

    def of(self, nodes: Sequence[Node | None], path: Node | None) -> Where:
        """Return the place of the first of the nodes that belongs to a document or case."""
        owned = ((node, self.owner(node)) for node in nodes if isinstance(node, URIRef))
        for node, owner in owned:
            if owner is not None:
                line = next(self._lines(node), None)
                return Where(document=owner, line=line, field=field_of(node, path))
        return Where()

    def owner(self, node: URIRef) -> str | None:
        """Return the id of the document or case that a node belongs to; its IRI tells."""
        texts = [text for text in self._graph.objects(node, _HAS_TEXT) if isinstance(text, URIRef)]
        owners = (_OWNER.fullmatch(each) for each in (*sorted(texts), node))
        return next((unquote(match["id"]) for match in owners if match), None)

    def label(self, node: Node) -> str:
        """Return what the data calls a node, or nothing."""
        names = (sorted(map(str, self._graph.objects(node, label))) for label in _LABELS)
        return next((found[0] for found in names if found), "")

    def _lines(self, node: URIRef) -> Iterator[int]:
        """Yield the lines of a node, then of what holds it: its IRI continues theirs."""
        iri = str(node)
        while _OWNER.fullmatch(iri) is not None:
            yield from self._own_lines(URIRef(iri))
            iri = iri.rpartition("/")[0]

    def _own_lines(self, node: Node) -> list[int]:
        found = self._graph.objects(node, _LINE)
        return sorted(int(line) for line in found if isinstance(line, Literal) and _is_line(line))


def field_of(node: URIRef, path: Node | None) -> str | None:
    """Return the field of a case file as curators write it, or None for what is in no case.

    >>> case = "https://example.org/case/k-1"
    >>> field_of(URIRef(f"{case}/treatments/0/dose_series/1"), URIRef(_VOCABULARY + "unit"))
    'treatments[0].dose_series[1].unit'
    """
    match = _OWNER.fullmatch(node)
    if match is None or match["kind"] != "case":
        return None
    parts = [unquote(part) for part in match["below"].split("/")[1:]]
    steps = [_step(part, before) for before, part in zip(["", *parts], parts, strict=False)]
    if isinstance(path, URIRef) and (field := _fields().get(path)) is not None:
        steps.append(f".{field}")
    return "".join(steps).removeprefix(".") or None


def _step(part: str, before: str) -> str:
    return f"[{part}]" if part.isdecimal() or before in _BY_ID else f".{part}"


@cache
def _fields() -> dict[URIRef, str]:
    """Return the field of case files that each property stands for, by the table of terms."""
    found: dict[URIRef, str] = {}
    with (data("ontology") / "case-terms.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            prefix, _, name = row["property"].partition(":")
            if prefix in _PREFIXES and row["kind"] != "class":
                found.setdefault(URIRef(_PREFIXES[prefix] + name), row["field"].rstrip("_"))
    return found


def _is_line(line: Literal) -> bool:
    return line.isdecimal() and line.isascii()

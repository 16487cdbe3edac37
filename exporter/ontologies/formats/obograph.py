"""OBO graphs in JSON, as the release files of many ontologies."""

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from exporter.errors import InputError, Where
from exporter.ontologies.stanzas import Stanza, Wanted, opened
from exporter.ontologies.terms import Scope, Synonym

_SCOPES = {
    "hasExactSynonym": Scope.EXACT,
    "hasBroadSynonym": Scope.BROAD,
    "hasNarrowSynonym": Scope.NARROW,
    "hasRelatedSynonym": Scope.RELATED,
}
_REPLACED_BY = "http://purl.obolibrary.org/obo/IAO_0100001"


def read(path: Path, _options: Any, wanted: Wanted) -> Iterator[Stanza]:
    """Yield the wanted classes; identifiers are IRIs, only is-a edges are read."""
    try:
        with opened(path) as file:
            graphs = json.load(file)["graphs"]
        for graph in graphs:
            yield from _classes(graph, wanted)
    except (ValueError, RecursionError, LookupError, TypeError, AttributeError) as problem:
        where = Where(file=str(path))
        raise InputError(f"this is no OBO graph: {problem}", code="E157", where=where) from None


def _classes(graph: dict[str, Any], wanted: Wanted) -> Iterator[Stanza]:
    parents: dict[str, list[str]] = defaultdict(list)
    for edge in graph.get("edges", ()):
        if edge["pred"] == "is_a":
            parents[edge["sub"]].append(edge["obj"])
    for node in graph.get("nodes", ()):
        if node.get("type") == "CLASS" and wanted(node["id"]):
            yield _stanza(node, parents[node["id"]])


def _stanza(node: dict[str, Any], parents: list[str]) -> Stanza:
    meta = node.get("meta", {})
    values = meta.get("basicPropertyValues", ())
    replaced = (value["val"] for value in values if value["pred"] == _REPLACED_BY)
    return Stanza(
        id=node["id"],
        label=node.get("lbl") or "",
        synonyms=tuple(
            Synonym(synonym["val"], _SCOPES[synonym["pred"]])
            for synonym in meta.get("synonyms", ())
            if synonym["pred"] in _SCOPES
        ),
        parents=tuple(parents),
        obsolete=bool(meta.get("deprecated")),
        replaced_by=next(replaced, ""),
        xrefs=tuple(xref["val"] for xref in meta.get("xrefs", ())),
    )


READ = read

"""Property paths of SHACL as one line, in the notation of SPARQL and in that of Turtle."""

from rdflib import Graph, URIRef
from rdflib.collection import Collection
from rdflib.namespace import RDF, SH
from rdflib.term import Node

_AROUND = {
    SH.inversePath: ("^", ""),
    SH.zeroOrMorePath: ("", "*"),
    SH.oneOrMorePath: ("", "+"),
    SH.zeroOrOnePath: ("", "?"),
}


def path_text(graph: Graph, path: Node | None) -> str:
    """Return a path that a graph describes, with full IRIs; nothing for no path."""
    if path is None:
        return ""
    if isinstance(path, URIRef):
        return f"<{path}>"
    if (path, RDF.first, None) in graph:
        return _joined(graph, path, "/")
    if (choice := graph.value(path, SH.alternativePath)) is not None:
        return f"({_joined(graph, choice, '|')})"
    for kind, (before, after) in _AROUND.items():
        if (inner := graph.value(path, kind)) is not None:
            return f"{before}{_bracketed(graph, inner)}{after}"
    return ""


def _joined(graph: Graph, items: Node, sign: str) -> str:
    return sign.join(path_text(graph, item) for item in Collection(graph, items))


def _bracketed(graph: Graph, path: Node) -> str:
    text = path_text(graph, path)
    return text if isinstance(path, URIRef) else f"({text})"


def path_turtle(graph: Graph, path: Node | None) -> str:
    """Return a path that a graph describes as a Turtle object, which needs the prefix ``sh``."""
    if path is None:
        return ""
    if isinstance(path, URIRef):
        return f"<{path}>"
    if (path, RDF.first, None) in graph:
        return f"( {' '.join(path_turtle(graph, item) for item in Collection(graph, path))} )"
    for kind in (SH.alternativePath, *_AROUND):
        if (inner := graph.value(path, kind)) is not None:
            return f"[ sh:{kind.rpartition('#')[2]} {path_turtle(graph, inner)} ]"
    return ""

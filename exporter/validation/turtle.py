"""Shapes files read as strict Turtle, with the line of what is wrong."""

from pathlib import Path

import pyoxigraph
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import XSD

from exporter.errors import InputError, Where


def turtle(path: Path, base: str) -> Graph:
    """Read a Turtle file; relative IRIs are taken from ``base``, never from a path."""
    graph = Graph(bind_namespaces="none")
    try:
        statements = pyoxigraph.parse(
            path.read_bytes(),
            format=pyoxigraph.RdfFormat.TURTLE,
            base_iri=base,
            rename_blank_nodes=True,
        )
        for said in statements:
            graph.add((_term(said.subject), _term(said.predicate), _term(said.object)))
    except SyntaxError as problem:
        place = Where(file=str(path), line=problem.lineno, column=problem.offset)
        raise _refused(f"this is not Turtle: {problem.msg}", place) from None
    except ValueError as problem:
        raise _refused(str(problem), Where(file=str(path))) from None
    except OSError as problem:
        said = (problem.strerror or str(problem)).lower()
        raise _refused(f"the shapes cannot be read: {said}", Where(file=str(path))) from None
    return graph


def _term(term: object) -> URIRef | BNode | Literal:
    match term:
        case pyoxigraph.NamedNode():
            return URIRef(term.value)
        case pyoxigraph.BlankNode():
            return BNode(term.value)
        case pyoxigraph.Literal(language=str()):
            return Literal(term.value, lang=term.language)
        case pyoxigraph.Literal():
            datatype = URIRef(term.datatype.value)
            return Literal(term.value, datatype=None if datatype == XSD.string else datatype)
        case _:
            raise ValueError("statements about statements have no place in shapes")


def _refused(problem: str, place: Where) -> InputError:
    hint = "give a Turtle file of shapes, or a folder of them"
    return InputError(problem, code="E170", where=place, hint=hint)

"""Shapes, one rule a file, named by it: bundled, of packs, of other distributions, private."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from rdflib import Graph, URIRef
from rdflib.namespace import SH
from rdflib.term import Node

from exporter.errors import InputError, Where
from exporter.model.identifiers import Namespace
from exporter.resources import data, plugged_folders
from exporter.validation.concepts import CONCEPTS, allowing
from exporter.validation.queries import refuse_outside_calls
from exporter.validation.results import Severity
from exporter.validation.turtle import turtle

ENTRY_POINTS = "linked_case_exporter.shapes"
NAMESPACE = "https://w3id.org/linked-case/shape/"

_SEVERITIES: dict[Node, Severity] = {SH.Warning: Severity.WARNING, SH.Info: Severity.INFO}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Shape:
    """One file of shapes. ``name`` is the file's, the texts are those of its main shape.

    ``trusted`` shapes come with an installed distribution; others run under a time limit.
    """

    name: str
    title: str
    description: str
    message: str
    severity: Severity
    graph: Graph
    trusted: bool


def severity(term: Node | None) -> Severity:
    """Return how grave ``sh:severity`` says it is; an unknown or missing word counts as gravest."""
    return _SEVERITIES.get(term, Severity.VIOLATION) if term is not None else Severity.VIOLATION


def shapes(
    *,
    packs: Iterable[Path] = (),
    private: Iterable[Path] = (),
    only_private: bool = False,
    namespaces: Iterable[Namespace] | None = None,
) -> tuple[Shape, ...]:
    """Return the shapes to check with, by name: bundled, of packs, of other distributions, private.

    A private path is a Turtle file or a folder of them. ``namespaces`` are those whose concepts
    are known, if they are not the bundled ones. Refused (``InputError``) are what cannot be read,
    a name that is taken, and queries that reach out of the data.
    """
    trusted = () if only_private else (*_bundled(), *_installed(), *_of_packs(packs))
    found: dict[str, Shape] = {}
    for shape in (*trusted, *_private(private)):
        if shape.name in found:
            raise InputError(
                f"there are two shapes named {shape.name!r}",
                code="E173",
                hint="rename your file, or leave the bundled shapes out with --only-shapes",
            )
        found[shape.name] = shape
    if namespaces is not None and (concepts := found.get(CONCEPTS)) is not None:
        found[CONCEPTS] = replace(concepts, graph=allowing(concepts.graph, namespaces))
    return tuple(found[name] for name in sorted(found))


def union(several: Iterable[Shape]) -> Graph:
    """Return one shapes graph of all, so that a shape may use a shape of another file."""
    whole = Graph(bind_namespaces="none")
    for shape in several:
        for triple in shape.graph:
            whole.add(triple)
    return whole


@cache
def _bundled() -> tuple[Shape, ...]:
    return tuple(_of_folder(data("shapes"), trusted=True))


@cache
def _installed() -> tuple[Shape, ...]:
    """Read the folders that entry points of other distributions name."""
    folders = plugged_folders(ENTRY_POINTS)
    return tuple(shape for _, folder in folders for shape in _of_folder(folder, trusted=True))


def _of_packs(packs: Iterable[Path]) -> Iterator[Shape]:
    for pack in packs:
        if (pack / "shapes").is_dir():
            yield from _of_folder(pack / "shapes", trusted=False)


def _private(paths: Iterable[Path]) -> Iterator[Shape]:
    for path in paths:
        if path.is_dir():
            found = list(_of_folder(path, trusted=False))
            if not found:
                raise InputError(
                    "this folder holds no shapes",
                    code="E170",
                    where=Where(file=str(path)),
                    hint="put files there whose names end in .ttl",
                )
            yield from found
        else:
            yield _read(path, trusted=False)


def _of_folder(folder: Path, *, trusted: bool) -> Iterator[Shape]:
    for path in sorted(folder.glob("*.ttl")):
        yield _read(path, trusted=trusted)


def _read(path: Path, *, trusted: bool) -> Shape:
    name = path.name.removesuffix(".ttl")
    graph = turtle(path, NAMESPACE + name)
    refuse_outside_calls(graph, name)
    main = URIRef(NAMESPACE + name)
    return Shape(
        name=name,
        title=_text(graph, main, SH.name) or name,
        description=_text(graph, main, SH.description),
        message=_text(graph, main, SH.message),
        severity=severity(graph.value(main, SH.severity)),
        graph=graph,
        trusted=trusted,
    )


def _text(graph: Graph, subject: Node, predicate: URIRef) -> str:
    return min((str(text) for text in graph.objects(subject, predicate)), default="")

"""Turtle files: labels and superclasses of the classes they name."""

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph

from exporter.errors import InputError, Where
from exporter.ontologies.formats import About, KnownBy
from exporter.ontologies.stanzas import Stanza, Wanted, opened

_TYPE = pyoxigraph.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_ONTOLOGY = pyoxigraph.NamedNode("http://www.w3.org/2002/07/owl#Ontology")
# Relative IRIs, of which no term of a known namespace is made, need something to be relative to.
_BASE = "https://w3id.org/linked-case/file/"
_VERSIONS = ("versionIRI", "versionInfo")
_LICENCES = ("license", "rights")
_START = re.compile(r"\ufeff?(?:\s|#[^\n]*\n)*(?:@prefix|@base|PREFIX|BASE)\s")
_LABEL = pyoxigraph.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
_PARENT = pyoxigraph.NamedNode("http://www.w3.org/2000/01/rdf-schema#subClassOf")


def read(path: Path, _options: Any, wanted: Wanted) -> Iterator[Stanza]:
    """Yield every wanted class that has a label, in the order of the file."""
    labels: dict[str, str] = {}
    parents: dict[str, list[str]] = defaultdict(list)
    for triple in _triples(path):
        subject, value = triple.subject, triple.object
        if not isinstance(subject, pyoxigraph.NamedNode):
            continue
        if triple.predicate == _LABEL and isinstance(value, pyoxigraph.Literal):
            labels.setdefault(subject.value, value.value)
        elif triple.predicate == _PARENT and isinstance(value, pyoxigraph.NamedNode):
            parents[subject.value].append(value.value)
    for iri, label in labels.items():
        if not wanted(iri):
            continue
        yield Stanza(id=iri, label=label, parents=tuple(parents[iri]))


def _triples(path: Path) -> Iterator[pyoxigraph.Quad]:
    with opened(path) as file:
        content = file.read()
    try:
        yield from pyoxigraph.parse(content, format=pyoxigraph.RdfFormat.TURTLE, base_iri=_BASE)
    except SyntaxError as problem:
        where = Where(file=str(path), line=problem.lineno)
        raise InputError(f"this is not Turtle: {problem.msg}", code="E157", where=where) from None


def _about(path: Path) -> About:
    subjects: set[Any] = set()
    stated: dict[tuple[Any, str], str] = {}
    for triple in _triples(path):
        if triple.predicate == _TYPE and triple.object == _ONTOLOGY:
            subjects.add(triple.subject)
        name = re.split(r"[/#]", triple.predicate.value)[-1]
        if name in (*_VERSIONS, *_LICENCES) and not isinstance(triple.object, pyoxigraph.Triple):
            stated.setdefault((triple.subject, name), triple.object.value)
    named = sorted(each.value for each in subjects if isinstance(each, pyoxigraph.NamedNode))
    if not named:
        return About()
    own = pyoxigraph.NamedNode(named[0])

    def first(names: tuple[str, ...]) -> str:
        return next((stated[own, name] for name in names if (own, name) in stated), "")

    return About(ontology=named[0], version=first(_VERSIONS), licence=first(_LICENCES))


def _recognises(start: str) -> bool:
    return _START.match(start) is not None and "owl:" in start


READ = read
KNOWN_BY = KnownBy(recognises=_recognises, about=_about)

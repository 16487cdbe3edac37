"""Turtle files: labels and superclasses of the classes they name."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph

from exporter.errors import InputError, Where
from exporter.ontologies.stanzas import Stanza, Wanted, opened

_LABEL = pyoxigraph.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
_PARENT = pyoxigraph.NamedNode("http://www.w3.org/2000/01/rdf-schema#subClassOf")


def read(path: Path, _options: Any, wanted: Wanted) -> Iterator[Stanza]:
    """Yield every wanted class that has a label, in the order of the file."""
    labels: dict[str, str] = {}
    parents: dict[str, list[str]] = defaultdict(list)
    with opened(path) as file:
        content = file.read()
    try:
        for triple in pyoxigraph.parse(content, format=pyoxigraph.RdfFormat.TURTLE):
            subject, value = triple.subject, triple.object
            if not isinstance(subject, pyoxigraph.NamedNode):
                continue
            if triple.predicate == _LABEL and isinstance(value, pyoxigraph.Literal):
                labels.setdefault(subject.value, value.value)
            elif triple.predicate == _PARENT and isinstance(value, pyoxigraph.NamedNode):
                parents[subject.value].append(value.value)
    except SyntaxError as problem:
        where = Where(file=str(path), line=problem.lineno)
        raise InputError(f"this is not Turtle: {problem.msg}", code="E157", where=where) from None
    for iri, label in labels.items():
        if not wanted(iri):
            continue
        yield Stanza(id=iri, label=label, parents=tuple(parents[iri]))


READ = read

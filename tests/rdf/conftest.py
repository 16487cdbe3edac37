"""A small paper by hand, with all that a paper can have."""

from collections.abc import Iterable

import pytest
from rdflib import Literal, URIRef

from exporter.errors import Where
from exporter.model.document import (
    Annotation,
    Author,
    Document,
    Mention,
    Passage,
    PositionSource,
    Text,
    TextKind,
)
from exporter.model.identifiers import bundled_namespaces
from exporter.rdf.iris import Iris
from exporter.rdf.terms import Quad

CONTENT = "A title\n\n## Abstract\nA boy with JDM 😀 got baricitinib. JDM improved.\n"
_ABSTRACT = CONTENT.index("A boy")


def mention(label: str, source: PositionSource = PositionSource.LABEL_SEARCH) -> Mention:
    start = CONTENT.index(label)
    return Mention(start=start, end=start + len(label), exact=label, source=source)


def annotation(label: str, stated: str | None, **more: object) -> Annotation:
    """An annotation of the test paper, standing at the first place of its label, if any."""
    entity = bundled_namespaces().parse(stated) if stated else None
    fields: dict[str, object] = {
        "annotator": "full-text entities",
        "kind": "Diseases",
        "ordinal": 0,
        "mentions": (mention(label),) if label in CONTENT else (),
        "stated_as": stated or "",
    }
    return Annotation(label=label, stated=entity, **{**fields, **more})  # type: ignore[arg-type]


def make_text(*annotations: Annotation, **more: object) -> Text:
    passages = (
        Passage(section="title", start=0, end=7, kind=TextKind.VERBATIM, prose=True),
        Passage(
            section="abstract",
            start=_ABSTRACT,
            end=len(CONTENT) - 1,
            kind=TextKind.MACHINE_SUMMARY,
            prose=True,
        ),
    )
    fields: dict[str, object] = {
        "content": CONTENT,
        "kind": TextKind.VERBATIM,
        "passages": passages,
        "annotations": annotations,
        "where": Where(file="/some/folder/paper.md", line=1),
    }
    return Text(**{**fields, **more})  # type: ignore[arg-type]


def make_document(*texts: Text, **more: object) -> Document:
    ids = bundled_namespaces()
    fields: dict[str, object] = {
        "id": "PMC1",
        "identifiers": (
            ids.parse("doi:10.1000/a"),
            ids.parse("PMC:PMC1"),
            ids.parse("PMID:7"),
        ),
        "title": "A title",
        "authors": (
            Author(name="Ann Lee"),
            Author(name="Bo Ek", orcid=ids.parse("ORCID:0000-0002-1825-0097")),
        ),
        "journal": "Journal of Tests",
        "issued": "2026-01-15",
        "texts": texts,
    }
    return Document(**{**fields, **more})  # type: ignore[arg-type]


class Facts:
    """Statements, asked for by what is known of them."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self.quads = list(quads)

    def values(self, subject: str | None, predicate: URIRef) -> list[URIRef | Literal]:
        """The objects of one property, of one subject or of all, sorted."""
        found = [
            value
            for about, relation, value, _ in self.quads
            if relation == predicate and subject in {None, str(about)}
        ]
        return sorted(found, key=str)

    def value(self, subject: str | None, predicate: URIRef) -> URIRef | Literal:
        (only,) = self.values(subject, predicate)
        return only

    def subjects(self, predicate: URIRef, value: URIRef | Literal) -> list[URIRef]:
        return sorted({s for s, p, o, _ in self.quads if p == predicate and o == value}, key=str)

    def graphs(self) -> set[str]:
        return {str(graph) for *_, graph in self.quads}


@pytest.fixture
def iris() -> Iris:
    return Iris()

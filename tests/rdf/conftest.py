"""A small paper by hand, with all that a paper can have."""

from collections.abc import Iterable
from typing import Any

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
from exporter.model.identifiers import EntityId, Namespaces, bundled_namespaces
from exporter.rdf.iris import Iris
from exporter.rdf.terms import Quad

CONTENT = "A title\n\n## Abstract\nA boy with JDM 😀 got baricitinib. JDM improved.\n"


class Paper:
    """Makes the test paper and its parts; any field can be given another value."""

    content = CONTENT

    def mention(self, label: str, source: PositionSource = PositionSource.LABEL_SEARCH) -> Mention:
        start = CONTENT.index(label)
        return Mention(start=start, end=start + len(label), exact=label, source=source)

    def annotation(self, label: str, stated: str | None, **more: Any) -> Annotation:
        """An annotation that stands at the first place of its label, if there is one."""
        fields: dict[str, Any] = {
            "annotator": "full-text entities",
            "kind": "Diseases",
            "ordinal": 0,
            "mentions": (self.mention(label),) if label in CONTENT else (),
            "stated": entity(stated) if stated else None,
            "stated_as": stated or "",
        }
        return Annotation(label=label, **{**fields, **more})

    def text(self, *annotations: Annotation, **more: Any) -> Text:
        passages = (
            Passage(section="title", start=0, end=7, kind=TextKind.VERBATIM, prose=True),
            Passage(
                section="abstract",
                start=CONTENT.index("A boy"),
                end=len(CONTENT) - 1,
                kind=TextKind.MACHINE_SUMMARY,
                prose=True,
            ),
        )
        fields: dict[str, Any] = {
            "content": CONTENT,
            "kind": TextKind.VERBATIM,
            "passages": passages,
            "annotations": annotations,
            "where": Where(file="/some/folder/paper.md", line=1),
        }
        return Text(**{**fields, **more})

    def document(self, *texts: Text, **more: Any) -> Document:
        fields: dict[str, Any] = {
            "id": "PMC1",
            "identifiers": (entity("doi:10.1000/a"), entity("PMC:PMC1"), entity("PMID:7")),
            "title": "A title",
            "authors": (
                Author(name="Ann Lee"),
                Author(name="Bo Ek", orcid=entity("ORCID:0000-0002-1825-0097")),
            ),
            "journal": "Journal of Tests",
            "issued": "2026-01-15",
            "texts": texts,
        }
        return Document(**{**fields, **more})


def entity(curie: str) -> EntityId:
    return bundled_namespaces().parse(curie)


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


@pytest.fixture
def paper() -> Paper:
    return Paper()


@pytest.fixture
def facts() -> type[Facts]:
    return Facts


@pytest.fixture
def ids() -> Namespaces:
    return bundled_namespaces()

"""Mentions as Web Annotations, each with our statement which concept it means and why."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence

from rdflib import URIRef

from exporter.model.document import Annotation, Document, Mention, PositionSource, Text
from exporter.model.grounding import Grounding, Status
from exporter.model.identifiers import EntityId
from exporter.rdf.iris import Iris, below
from exporter.rdf.quoting import TextMode, quoted
from exporter.rdf.terms import Quad, Triple, entity_iri, in_graph, integer, text_literal
from exporter.rdf.vocabulary import LC, OA, RDF

_AROUND = 20
_POSITION_FROM = {
    PositionSource.GIVEN: LC.Given,
    PositionSource.LABEL_SEARCH: LC.LabelSearch,
    PositionSource.ALIAS_SEARCH: LC.AliasSearch,
}


def mention_quads(
    document: Document,
    text: Text,
    groundings: Sequence[Grounding],
    iris: Iris,
    mode: TextMode,
) -> Iterator[Quad]:
    """Yield the statements of a text's mentions graph; groundings in the order of annotations.

    Only a clean or accepted grounding gives its annotation a body.
    """
    sha256 = text.sha256
    graph = iris.paper_part(document.id, "graph", "mentions", sha256[:16])
    source = iris.text(document.id, sha256)
    for annotation, grounding in zip(text.annotations, groundings, strict=True):
        node = _annotation_iri(document, sha256, annotation, iris)
        yield from in_graph(graph, _annotation(node, annotation))
        yield from in_graph(graph, _grounding(node, grounding, iris))
        if not annotation.mentions:
            yield from in_graph(graph, _nowhere(node, source))
        for mention in annotation.mentions:
            yield from in_graph(graph, _target(node, source, mention, text))
            yield from in_graph(graph, _quote(node, mention, text, mode))


def confirmed_concepts(groundings: Iterable[Grounding]) -> list[EntityId]:
    """Return what may be shown as mentioned, sorted: the bodies of clean and accepted ones."""
    return sorted({grounding.body for grounding in groundings if grounding.body is not None})


def _annotation_iri(document: Document, sha256: str, annotation: Annotation, iris: Iris) -> URIRef:
    said_by = (annotation.annotator, annotation.kind, str(annotation.ordinal))
    said = (annotation.label, annotation.stated_as)
    return iris.annotation(document.id, sha256, *said_by, *said)


def _annotation(node: URIRef, annotation: Annotation) -> Iterator[Triple]:
    yield node, RDF.type, OA.Annotation
    yield node, OA.motivatedBy, OA.identifying
    yield node, LC.annotator, text_literal(annotation.annotator)
    yield node, LC.entityKind, text_literal(annotation.kind)
    yield node, LC.ordinal, integer(annotation.ordinal)
    yield node, LC.statedLabel, text_literal(annotation.label)
    if annotation.stated is not None:
        yield node, LC.statedId, entity_iri(annotation.stated)
    if annotation.stated_as:
        yield node, LC.statedAs, text_literal(annotation.stated_as)
    if annotation.gloss:
        yield node, LC.statedGloss, text_literal(annotation.gloss)
    for alias in annotation.aliases:
        yield node, LC.statedAlias, text_literal(alias)
    if annotation.line is not None:
        yield node, LC.sourceLine, integer(annotation.line)


def _nowhere(annotation: URIRef, source: URIRef) -> Iterator[Triple]:
    target = below(annotation, "target", "unknown")
    yield annotation, OA.hasTarget, target
    yield target, RDF.type, OA.SpecificResource
    yield target, OA.hasSource, source
    yield target, LC.position, LC.positionUnknown

"""Mentions as Web Annotations, each with our statement which concept it means and why."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from rdflib import Literal, URIRef

from exporter.model.document import Annotation, Document, Mention, PositionSource, Text
from exporter.model.grounding import Grounding, Ranked, Status
from exporter.model.identifiers import EntityId
from exporter.rdf.iris import Iris, below
from exporter.rdf.quoting import TextMode, quoted
from exporter.rdf.terms import (
    Quad,
    Triple,
    decimal,
    entity_iri,
    in_graph,
    integer,
    text_literal,
)
from exporter.rdf.vocabulary import LC, OA, RDF, term

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

    Only a grounding that may be relied on gives its annotation a body.
    """
    sha256 = text.sha256
    graph = iris.paper_part(document.id, "graph", "mentions", sha256[:16])
    source = iris.text(document.id, sha256)
    for annotation, grounding in zip(text.annotations, groundings, strict=True):
        node = annotation_iri(document, sha256, annotation, iris)
        yield from in_graph(graph, _annotation(node, annotation, text))
        yield from in_graph(graph, _grounding(node, grounding, iris))
        if not annotation.mentions:
            yield from in_graph(graph, _nowhere(node, source))
        for mention in annotation.mentions:
            yield from in_graph(graph, _target(node, source, mention, text))
            yield from in_graph(graph, _quote(node, mention, text, mode))


def confirmed_concepts(groundings: Iterable[Grounding]) -> list[EntityId]:
    """Return what may be shown as mentioned, sorted: the bodies of those that may be relied on."""
    return sorted({grounding.body for grounding in groundings if grounding.body is not None})


def annotation_iri(document: Document, sha256: str, annotation: Annotation, iris: Iris) -> URIRef:
    """Return the IRI of an annotation of the text with a hash, made from all that it states."""
    said_by = (annotation.annotator, annotation.kind, str(annotation.ordinal))
    said = (annotation.label, annotation.stated_as)
    return iris.annotation(document.id, sha256, *said_by, *said)


def _annotation(node: URIRef, annotation: Annotation, text: Text) -> Iterator[Triple]:
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
    for entity in annotation.together:
        yield node, LC.statedTogether, entity_iri(entity)
    if annotation.line is not None:
        yield node, LC.sourceLine, integer(annotation.line - text.lines_before)


def _nowhere(annotation: URIRef, source: URIRef) -> Iterator[Triple]:
    target = below(annotation, "target", "unknown")
    yield annotation, OA.hasTarget, target
    yield target, RDF.type, OA.SpecificResource
    yield target, OA.hasSource, source
    yield target, LC.position, LC.positionUnknown


def _target(annotation: URIRef, source: URIRef, mention: Mention, text: Text) -> Iterator[Triple]:
    target = _target_iri(annotation, mention)
    position = below(target, "position")
    yield annotation, OA.hasTarget, target
    yield target, RDF.type, OA.SpecificResource
    yield target, OA.hasSource, source
    yield target, LC.positionFrom, _POSITION_FROM[mention.source]
    yield target, LC.textKind, term(text.kind_at(mention.start))
    yield target, OA.hasSelector, position
    yield position, RDF.type, OA.TextPositionSelector
    yield position, OA.start, integer(mention.start)
    yield position, OA.end, integer(mention.end)


def _quote(annotation: URIRef, mention: Mention, text: Text, mode: TextMode) -> Iterator[Triple]:
    """Yield the words and what stands around them; where they may not be shown, their hash."""
    target = _target_iri(annotation, mention)
    words = quoted(mention.exact, text, mode)
    if words is None:
        sha256 = hashlib.sha256(mention.exact.encode("utf-8")).hexdigest()
        yield target, LC.exactLength, integer(len(mention.exact))
        yield target, LC.exactSha256, text_literal(sha256)
        return
    quote = below(target, "quote")
    before = text.content[max(0, mention.start - _AROUND) : mention.start]
    after = text.content[mention.end : mention.end + _AROUND]
    yield target, OA.hasSelector, quote
    yield quote, RDF.type, OA.TextQuoteSelector
    yield quote, OA.exact, text_literal(words)
    yield quote, OA.prefix, text_literal(before)
    yield quote, OA.suffix, text_literal(after)


def _target_iri(annotation: URIRef, mention: Mention) -> URIRef:
    return below(annotation, "target", f"{mention.start}-{mention.end}")


def _grounding(annotation: URIRef, grounding: Grounding, iris: Iris) -> Iterator[Triple]:
    """Yield our statement; its class and concept property tell fact from proposal at once.

    A query without any filter must meet facts only, so nothing else shares these two with them.
    """
    node = below(annotation, "grounding")
    yield node, RDF.type, _class_of(grounding)
    yield node, LC.ofAnnotation, annotation
    yield node, LC.status, term(grounding.status)
    yield node, LC.rule, text_literal(grounding.rule)
    yield node, LC.reason, text_literal(grounding.reason)
    if grounding.body is not None:
        yield annotation, OA.hasBody, entity_iri(grounding.body)
    yield from _concepts(node, grounding)
    if grounding.verdict is not None:
        yield node, LC.byVerdict, iris.verdict(grounding.verdict)
    for mapping in grounding.mappings:
        yield node, LC.mappingUsed, iris.mapping(mapping)
    if grounding.version:
        yield node, LC.ontologyVersion, text_literal(grounding.version)
    if grounding.score is not None:
        yield node, LC.groundingScore, _score(grounding.score)
    yield from _candidates(node, grounding)


def _class_of(grounding: Grounding) -> URIRef:
    if grounding.body is not None:
        return LC.Grounding
    return LC.RejectedGrounding if grounding.status is Status.REJECTED else LC.OpenGrounding


def _concepts(node: URIRef, grounding: Grounding) -> Iterator[Triple]:
    """Yield what the stated id leads to and what should stand there, each as what it is."""
    body, concept, proposed = grounding.body, grounding.concept, grounding.proposed
    if body is not None:
        yield node, LC.concept, entity_iri(body)
    if concept is not None and concept != body:
        yield node, _leads_to(grounding), entity_iri(concept)
    if proposed is not None and proposed != body:
        yield node, LC.proposedConcept, entity_iri(proposed)


def _candidates(node: URIRef, grounding: Grounding) -> Iterator[Triple]:
    """Yield how many concepts were weighed and the best of them, each as a node of its own.

    None of them is a fact: only names that begin with ``candidate`` lead from there to a concept.
    """
    if grounding.candidates:
        yield node, LC.candidateCount, integer(len(grounding.candidates))
    for each in grounding.ranked:
        candidate = below(node, "candidate", str(each.rank))
        yield node, LC.hasCandidate, candidate
        yield from _candidate(candidate, each)


def _candidate(node: URIRef, ranked: Ranked) -> Iterator[Triple]:
    candidate = ranked.candidate
    yield node, RDF.type, LC.GroundingCandidate
    yield node, LC.candidateConcept, entity_iri(candidate.concept)
    yield node, LC.candidateRank, integer(ranked.rank)
    yield node, LC.candidateScore, _score(candidate.score)
    yield node, LC.candidateReason, text_literal(ranked.reason)
    if candidate.version:
        yield node, LC.ontologyVersion, text_literal(candidate.version)


def _score(score: float) -> Literal:
    """Return a score without zeros at its end: some stores drop them, and files stay the same."""
    return decimal(Decimal(str(score)).normalize())


def _leads_to(grounding: Grounding) -> URIRef:
    if grounding.body is not None:
        return LC.replacedConcept
    rejected = grounding.status is Status.REJECTED
    return LC.rejectedConcept if rejected else LC.unconfirmedConcept

"""What curators decided, as a graph of its own: who, when, why, and whether it was applied.

A verdict that was not applied differs in class and in every property that leads to a concept or an
annotation, so that a query that knows of no such thing never takes it for one that holds.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rdflib import URIRef

from exporter.errors import IdentifierError
from exporter.model.document import Document
from exporter.model.identifiers import EntityId, Namespaces
from exporter.model.review import Ruling, Verdict
from exporter.rdf.iris import Iris
from exporter.rdf.mentions import annotation_iri
from exporter.rdf.terms import Quad, Triple, date_literal, entity_iri, in_graph, text_literal
from exporter.rdf.vocabulary import DCTERMS, LC, PROV, RDF, term


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """A verdict on a paper, with the annotations that it was applied to and those it was not."""

    verdict: Verdict
    applied_to: tuple[URIRef, ...]
    not_applied_to: tuple[URIRef, ...]
    was_applied: bool
    why_not: tuple[str, ...]


def review_quads(
    document: Document, rulings: Sequence[Ruling], iris: Iris, namespaces: Namespaces
) -> Iterator[Quad]:
    """Yield the verdicts on a paper, as statements of the graph of all reviews."""
    graph = iris.graph("review")
    hashes = [text.sha256 for text in document.texts] if rulings else []
    for node, told in _told(document, rulings, iris, hashes):
        yield from in_graph(graph, _verdict(node, told, namespaces))
        yield from in_graph(graph, _about(node, told, iris.paper(document)))


def _told(
    document: Document, rulings: Sequence[Ruling], iris: Iris, hashes: Sequence[str]
) -> Iterator[tuple[URIRef, _Told]]:
    by_node: dict[URIRef, list[Ruling]] = {}
    for ruling in rulings:
        by_node.setdefault(iris.verdict(ruling.verdict), []).append(ruling)

    def annotations(found: Sequence[Ruling]) -> tuple[URIRef, ...]:
        return tuple(
            annotation_iri(document, hashes[each.text], annotation, iris)
            for each in found
            if each.text is not None and each.annotation is not None
            for annotation in (document.texts[each.text].annotations[each.annotation],)
        )

    for node, found in sorted(by_node.items()):
        applied = [ruling for ruling in found if ruling.applied]
        others = [ruling for ruling in found if not ruling.applied]
        yield (
            node,
            _Told(
                verdict=found[0].verdict,
                applied_to=annotations(applied),
                not_applied_to=annotations(others),
                was_applied=bool(applied),
                why_not=tuple(sorted({ruling.remark for ruling in others if ruling.remark})),
            ),
        )


def _verdict(node: URIRef, told: _Told, namespaces: Namespaces) -> Iterator[Triple]:
    verdict = told.verdict
    yield node, RDF.type, LC.Verdict if told.was_applied else LC.UnappliedVerdict
    yield node, LC.decision, term(verdict.decision)
    yield node, LC.reviewKey, text_literal(verdict.key)
    if verdict.target is not None:
        leads_to = LC.verdictTarget if told.was_applied else LC.unappliedTarget
        yield node, leads_to, entity_iri(verdict.target)
    if verdict.reason:
        yield node, LC.verdictReason, text_literal(verdict.reason)
    if verdict.curator:
        yield node, LC.curator, text_literal(verdict.curator)
        orcid = _orcid(verdict.curator, namespaces)
        if orcid is not None:
            yield node, PROV.wasAttributedTo, entity_iri(orcid)
    if verdict.date:
        yield node, DCTERMS.date, date_literal(verdict.date)
    for why in told.why_not:
        yield node, LC.notAppliedBecause, text_literal(why)


def _about(node: URIRef, told: _Told, paper: URIRef) -> Iterator[Triple]:
    about = told.verdict.about
    yield node, LC.aboutPaper, paper
    if about.label:
        yield node, LC.reviewedKind, text_literal(about.kind)
        yield node, LC.reviewedLabel, text_literal(about.label)
    if about.stated_as:
        yield node, LC.reviewedAs, text_literal(about.stated_as)
    for annotation in told.applied_to:
        yield node, LC.aboutAnnotation, annotation
    for annotation in told.not_applied_to:
        yield node, LC.notAppliedTo, annotation


def _orcid(curator: str, namespaces: Namespaces) -> EntityId | None:
    """Return the ORCID id that a curator signs with, bare or as a CURIE or IRI."""
    for text in (curator, f"ORCID:{curator}"):
        try:
            found = namespaces.parse(text)
        except IdentifierError:
            continue
        if found.prefix == "ORCID":
            return found
    return None

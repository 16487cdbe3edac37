"""What indexes such as PubMed say of a paper, as statements about their record of it.

A heading is what an indexer files a paper under. It is no mention and no claim of the paper, so
nothing here leads from the paper to a concept directly, nor by a property that facts have.
"""

from collections.abc import Iterator

from rdflib import URIRef

from exporter.model.document import Document
from exporter.model.identifiers import EntityId
from exporter.model.indexing import (
    Grant,
    Heading,
    IndexRecord,
    Notice,
    Substance,
    newest,
    notice_kinds,
)
from exporter.rdf.iris import Iris, below, digest
from exporter.rdf.terms import Triple, boolean, date_literal, entity_iri, integer, text_literal
from exporter.rdf.vocabulary import CITO, LC, RDF, term


def index_triples(document: Document, paper: URIRef, iris: Iris) -> Iterator[Triple]:
    """Yield the newest record of each index, and what it says became of the paper."""
    for record in newest(document.records):
        for standing in record.standings:
            yield paper, LC.paperStanding, term(standing)
        if record.withdrawn:
            continue
        node = iris.paper_part(document.id, "record", record.index)
        yield paper, LC.hasIndexRecord, node
        yield from _record(node, record)
        yield from _types(node, record)
        yield from _links(node, paper, record)


def _links(node: URIRef, paper: URIRef, record: IndexRecord) -> Iterator[Triple]:
    for heading in record.headings:
        yield from _heading(node, heading)
    for substance in record.substances:
        yield from _substance(node, substance)
    for notice in record.notices:
        yield from _notice(node, paper, notice)
    for grant in record.grants:
        yield from _grant(node, grant)
    for keyword in record.keywords:
        about, word = (node, LC.indexerKeyword) if keyword.owner else (paper, LC.authorKeyword)
        yield about, word, text_literal(keyword.text)


def _record(node: URIRef, record: IndexRecord) -> Iterator[Triple]:
    yield node, RDF.type, LC.IndexRecord
    yield node, LC.indexName, text_literal(record.index)
    yield node, LC.recordVersion, integer(record.version)
    if record.revised:
        yield node, LC.recordRevised, date_literal(record.revised)
    if record.status:
        yield node, LC.recordStatus, text_literal(record.status)
    if record.method:
        yield node, LC.indexingMethod, text_literal(record.method)


def _types(node: URIRef, record: IndexRecord) -> Iterator[Triple]:
    for each in record.types:
        if each.name:
            yield node, LC.publicationTypeReported, text_literal(each.name)
        if each.concept is not None:
            yield node, LC.publicationType, entity_iri(each.concept)
        if each.design:
            yield node, LC.indexedStudyDesign, LC[each.design]


def _heading(record: URIRef, heading: Heading) -> Iterator[Triple]:
    node = below(record, "heading", digest(repr(heading)))
    yield record, LC.hasHeading, node
    yield node, RDF.type, LC.IndexHeading
    yield from _named(node, heading.name, heading.concept)
    yield node, LC.majorTopic, boolean(heading.major)
    for qualifier in heading.qualifiers:
        aspect = below(node, "qualifier", digest(qualifier.name, _curie(qualifier.concept)))
        yield node, LC.hasQualifier, aspect
        yield aspect, RDF.type, LC.HeadingQualifier
        yield from _named(aspect, qualifier.name, qualifier.concept)
        yield aspect, LC.majorTopic, boolean(qualifier.major)


def _substance(record: URIRef, substance: Substance) -> Iterator[Triple]:
    written = (substance.name, _curie(substance.concept), substance.registry_number)
    node = below(record, "substance", digest(*written))
    yield record, LC.hasIndexedSubstance, node
    yield node, RDF.type, LC.IndexedSubstance
    yield from _named(node, substance.name, substance.concept)
    if substance.registry_number:
        yield node, LC.registryNumber, text_literal(substance.registry_number)


def _named(node: URIRef, name: str, concept: EntityId | None) -> Iterator[Triple]:
    yield node, LC.headingLabel, text_literal(name)
    if concept is not None:
        yield node, LC.filedUnder, entity_iri(concept)


def _notice(record: URIRef, paper: URIRef, notice: Notice) -> Iterator[Triple]:
    """Yield a notice, and the plain citation that its kind stands for, where there is one."""
    node = below(record, "notice", digest(notice.kind, _curie(notice.paper), notice.citation))
    yield record, LC.hasNotice, node
    yield node, RDF.type, LC.PaperNotice
    yield node, LC.noticeKind, text_literal(notice.kind)
    if notice.citation:
        yield node, LC.noticeCitation, text_literal(notice.citation)
    if notice.note:
        yield node, LC.noticeNote, text_literal(notice.note)
    if notice.paper is None:
        return
    yield node, LC.noticePaper, entity_iri(notice.paper)
    kind = notice_kinds().get(notice.kind)
    if kind and kind.relation:
        yield paper, CITO[kind.relation], entity_iri(notice.paper)


def _grant(record: URIRef, grant: Grant) -> Iterator[Triple]:
    node = below(record, "grant", digest(grant.number, grant.agency, grant.acronym, grant.country))
    yield record, LC.hasGrant, node
    yield node, RDF.type, LC.Grant
    for name, value in (
        (LC.grantNumber, grant.number),
        (LC.grantAgency, grant.agency),
        (LC.grantAcronym, grant.acronym),
        (LC.grantCountry, grant.country),
    ):
        if value:
            yield node, name, text_literal(value)


def _curie(concept: EntityId | None) -> str:
    return concept.curie if concept else ""

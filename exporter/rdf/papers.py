"""A paper as linked data: who wrote it, which texts of it we hold, and where those came from."""

from collections import Counter
from collections.abc import Iterable, Iterator

from rdflib import URIRef

from exporter import __version__
from exporter.model.document import Author, Document, Passage, Text, TextKind, weakest
from exporter.model.identifiers import EntityId
from exporter.rdf.indexing import index_triples
from exporter.rdf.iris import Iris, below, digest
from exporter.rdf.quoting import TextMode, in_full, licence_facts
from exporter.rdf.terms import (
    Quad,
    Triple,
    boolean,
    date_literal,
    entity_iri,
    in_graph,
    integer,
    iri,
    text_literal,
)
from exporter.rdf.vocabulary import (
    BIBO,
    DCTERMS,
    DOCO,
    FABIO,
    FOAF,
    LC,
    NIF,
    PROV,
    RDF,
    RDFS,
    SCHEMA,
    term,
)

_OWN_PROPERTY = {
    "DOI": BIBO.doi,
    "PMID": FABIO.hasPubMedId,
    "PMC": FABIO.hasPubMedCentralId,
}
_DIVISIONS = {"title": DOCO.Title, "abstract": DOCO.Abstract}


def paper_quads(
    document: Document, iris: Iris, mode: TextMode, concepts: Iterable[EntityId] = ()
) -> Iterator[Quad]:
    """Yield the statements of a paper's source graph.

    ``concepts`` are what the paper mentions for certain: the bodies of its clean and accepted
    groundings. Texts are written in full only where ``mode`` and their licence allow it.
    """
    graph = iris.paper_part(document.id, "graph", "source")
    paper = iris.paper(document)
    yield from in_graph(graph, _record(document, paper))
    yield from in_graph(graph, _journal(document, paper, iris))
    yield from in_graph(graph, _authors(document, paper, iris))
    yield from in_graph(graph, index_triples(document, paper, iris))
    for text in {text.sha256: text for text in document.texts}.values():
        yield from in_graph(graph, _text(document, text, iris, mode))
    yield from in_graph(graph, _provenance(document, graph, iris))
    for concept in concepts:
        yield paper, SCHEMA.mentions, entity_iri(concept), graph


def _record(document: Document, paper: URIRef) -> Iterator[Triple]:
    yield paper, RDF.type, LC.WithdrawnEntry if _is_withdrawn(document) else FABIO.JournalArticle
    yield paper, DCTERMS.identifier, text_literal(document.id)
    for identifier in document.identifiers:
        known = _OWN_PROPERTY.get(identifier.prefix)
        value = identifier.curie if known is None else identifier.local
        yield paper, known or DCTERMS.identifier, text_literal(value)
    if document.title is not None:
        yield paper, DCTERMS.title, text_literal(document.title)
    if document.issued is not None:
        yield paper, DCTERMS.issued, date_literal(document.issued)
    if document.source_url is not None:
        yield paper, RDFS.seeAlso, iri(document.source_url)


def _is_withdrawn(document: Document) -> bool:
    """Tell whether all that is known of a paper is that an index took its record out."""
    alone = not (document.texts or document.title or document.authors)
    return alone and bool(document.records) and all(r.withdrawn for r in document.records)


def _journal(document: Document, paper: URIRef, iris: Iris) -> Iterator[Triple]:
    if document.journal is None:
        return
    journal = iris.local("journal", digest(document.journal.casefold()))
    yield paper, DCTERMS.isPartOf, journal
    yield journal, RDF.type, FABIO.Journal
    yield journal, DCTERMS.title, text_literal(document.journal)


def _authors(document: Document, paper: URIRef, iris: Iris) -> Iterator[Triple]:
    """Yield the authors and their order, which belongs to the paper and not to the person."""
    if document.authors:
        yield paper, LC.authorsComplete, boolean(document.authors_complete)
    namesakes: Counter[str] = Counter()
    for position, author in enumerate(document.authors, start=1):
        person = _person(author, document, namesakes[author.name], iris)
        namesakes[author.name] += 1
        place = iris.paper_part(document.id, "authorship", str(position))
        yield paper, DCTERMS.creator, person
        yield person, RDF.type, FOAF.Group if author.collective else FOAF.Person
        yield person, FOAF.name, text_literal(author.name)
        yield paper, LC.hasAuthorship, place
        yield place, RDF.type, LC.Authorship
        yield place, LC.author, person
        yield place, LC.authorPosition, integer(position)
        for affiliation in author.affiliations:
            yield place, LC.affiliation, text_literal(affiliation)


def _person(author: Author, document: Document, namesake: int, iris: Iris) -> URIRef:
    """Return the author's IRI; without an ORCID id two papers never share a person."""
    if author.orcid is not None:
        return entity_iri(author.orcid)
    return iris.paper_part(document.id, "author", digest(author.name, str(namesake)))


def _text(document: Document, text: Text, iris: Iris, mode: TextMode) -> Iterator[Triple]:
    node = iris.text(document.id, text.sha256)
    yield iris.paper(document), LC.hasText, node
    yield node, RDF.type, LC.Text
    yield node, RDF.type, NIF.Context
    yield node, LC.textKind, term(_kind_of_all(text))
    yield node, LC.textKindDeclared, boolean(text.kind_declared)
    yield node, LC.textSha256, text_literal(text.sha256)
    yield node, LC.textLength, integer(text.length)
    if text.format:
        yield node, LC.sourceFormat, text_literal(text.format)
    if text.licence is not None:
        yield from licence_facts(node, text.licence)
    if in_full(text, mode):
        yield node, NIF.isString, text_literal(text.content)
    for passage in text.passages:
        yield from _passage(passage, node)


def _kind_of_all(text: Text) -> TextKind:
    """Return the weakest kind of the passages: the whole is nobody's own words if a part is not."""
    kinds = tuple(passage.kind for passage in text.passages)
    return weakest(kinds) if kinds else text.kind


def _passage(passage: Passage, text: URIRef) -> Iterator[Triple]:
    span = (str(passage.start), str(passage.end))
    node = below(text, "passage", digest(passage.section, *span))
    yield text, LC.hasPassage, node
    yield node, RDF.type, _DIVISIONS.get(passage.section, DOCO.Section)
    yield node, NIF.referenceContext, text
    yield node, NIF.beginIndex, integer(passage.start)
    yield node, NIF.endIndex, integer(passage.end)
    yield node, LC.section, text_literal(passage.section)
    yield node, LC.textKind, term(passage.kind)
    yield node, LC.prose, boolean(passage.prose)


def _provenance(document: Document, graph: URIRef, iris: Iris) -> Iterator[Triple]:
    """Yield what made this graph, of which texts and with which release; no clock, no path."""
    hashes = sorted({text.sha256 for text in document.texts})
    activity = iris.paper_part(document.id, "activity", digest(__version__, *hashes))
    program = iris.local("software", "linked-case-exporter", __version__)
    yield graph, RDF.type, PROV.Entity
    yield graph, PROV.wasGeneratedBy, activity
    yield activity, RDF.type, PROV.Activity
    yield activity, PROV.wasAssociatedWith, program
    for sha256 in hashes:
        yield activity, PROV.used, iris.text(document.id, sha256)
    yield program, RDF.type, PROV.SoftwareAgent
    yield program, FOAF.name, text_literal("linked-case-exporter")
    yield program, SCHEMA.softwareVersion, text_literal(__version__)

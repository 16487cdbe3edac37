"""Curated facts of mechanism: each a statement with its source, undisputed ones plain edges too."""

import re
from collections.abc import Iterable, Iterator, Mapping

from rdflib import URIRef

from exporter.errors import IdentifierError
from exporter.model.identifiers import EntityId, Namespaces
from exporter.ontologies.background import Background, BackgroundRelation
from exporter.rdf.iris import Iris, below, digest
from exporter.rdf.terms import Quad, Triple, entity_iri, in_graph, integer, text_literal
from exporter.rdf.vocabulary import DCTERMS, LC, RDF, RDFS, SKOS, term

_DENIES = "does-not-"
_THIRD_PERSON = re.compile(r"^(\w+?)(?:(?<=ss|sh|ch)es|s)(?=-|$)")
_PLAIN_NAME = re.compile(r"[a-z0-9]+(?:[ -][a-z0-9]+)*")
_WORDS_AND_NUMBER = re.compile(r"(\D+) (\S+)")

_Claim = tuple[URIRef, str, URIRef]


def background_quads(
    facts: Iterable[Background],
    namespaces: Namespaces,
    iris: Iris,
    papers: Mapping[str, URIRef] | None = None,
) -> Iterator[Quad]:
    """Yield the background graph; ``papers`` gives the IRI of each document by its names.

    Where one fact denies another (``inhibits`` and ``does-not-inhibit`` of the same pair), both
    are disputed statements and neither is a plain edge.
    """
    graph = iris.graph("background")
    every = tuple(facts)
    said = {_claim(fact, iris) for fact in every if not _denies(fact)}
    disputed = said & {_claim(fact, iris) for fact in every if _denies(fact)}
    for relation in {fact.relation.property: fact.relation for fact in every}.values():
        yield from in_graph(graph, _property(relation))
    for fact in every:
        certain = _claim(fact, iris) not in disputed
        yield from in_graph(graph, _statement(fact, iris, certain=certain))
        yield from in_graph(graph, _source(fact, namespaces, iris, papers or {}))
        if certain:
            yield *_edge(fact, iris), graph


def _denies(fact: Background) -> bool:
    return fact.relation.relation.startswith(_DENIES)


def _claim(fact: Background, iris: Iris) -> _Claim:
    """Return the pair and the verb without its ending, which a fact shares with its denial."""
    verb = fact.relation.relation
    stem = verb.removeprefix(_DENIES) if _denies(fact) else _THIRD_PERSON.sub(r"\1", verb)
    subject, _, target = _edge(fact, iris)
    return subject, stem, target


def _edge(fact: Background, iris: Iris) -> tuple[URIRef, URIRef, URIRef]:
    subject = thing_iri(fact.subject, fact.subject_id, iris)
    return subject, term(fact.relation.property), thing_iri(fact.object, fact.object_id, iris)


def thing_iri(label: str, entity: EntityId | None, iris: Iris) -> URIRef:
    """Return the IRI of an id, or else of a label, in which only case and hyphens may differ."""
    if entity is not None:
        return entity_iri(entity)
    name = " ".join(label.casefold().split())
    plain = _PLAIN_NAME.fullmatch(name) is not None
    return iris.local("thing", name.replace(" ", "-") if plain else digest(name))


def _property(relation: BackgroundRelation) -> Iterator[Triple]:
    """Yield what a relation means: packs bring their own, with their sense."""
    node = term(relation.property)
    yield node, RDF.type, RDF.Property
    yield node, RDFS.label, text_literal(relation.relation.replace("-", " "))
    yield node, SKOS.definition, text_literal(relation.sense)


def _statement(fact: Background, iris: Iris, *, certain: bool) -> Iterator[Triple]:
    node = _statement_iri(fact, iris)
    subject, relation, target = _edge(fact, iris)
    yield node, RDF.type, LC.BackgroundStatement if certain else LC.DisputedStatement
    yield node, RDF.subject, subject
    yield node, RDF.predicate if certain else LC.disputedPredicate, relation
    yield node, RDF.object, target
    yield node, LC.subjectLabel, text_literal(fact.subject)
    yield node, LC.objectLabel, text_literal(fact.object)
    if fact.subject_id is None:
        yield subject, RDFS.label, text_literal(fact.subject)
    if fact.object_id is None:
        yield target, RDFS.label, text_literal(fact.object)
    if fact.context:
        yield node, LC.context, text_literal(fact.context)


def _source(
    fact: Background, namespaces: Namespaces, iris: Iris, papers: Mapping[str, URIRef]
) -> Iterator[Triple]:
    node = _statement_iri(fact, iris)
    yield node, LC.sourceLine, integer(fact.line)
    if fact.source:
        yield node, LC.sourceAsWritten, text_literal(fact.source)
        if (cited := _cited(fact.source, namespaces)) is not None:
            yield node, DCTERMS.source, entity_iri(cited)
    if fact.document is not None:
        yield node, LC.documentName, text_literal(fact.document)
        if fact.document in papers:
            yield node, DCTERMS.source, papers[fact.document]


def _statement_iri(fact: Background, iris: Iris) -> URIRef:
    subject, relation, target = _edge(fact, iris)
    said = (fact.subject, fact.object, fact.context, fact.source, fact.document or "")
    return below(iris.local("background"), digest(subject, relation, target, *said))


def _cited(source: str, namespaces: Namespaces) -> EntityId | None:
    """Return the identifier in a citation (``doi:…``, ``NCBI Gene 1107``), if it is one."""
    words = _WORDS_AND_NUMBER.fullmatch(source)
    try:
        return namespaces.make(*words.groups()) if words else namespaces.parse(source)
    except IdentifierError:
        return None

"""The ontology slices as linked data: names, hierarchy and what came instead of obsolete terms."""

from collections.abc import Container, Iterable, Iterator

from rdflib import URIRef

from exporter.model.identifiers import EntityId
from exporter.ontologies.index import Ontologies, ReleaseAtHand
from exporter.ontologies.slices import Slice
from exporter.ontologies.terms import Scope, Term
from exporter.rdf.iris import Iris
from exporter.rdf.quoting import licence_facts
from exporter.rdf.terms import Quad, Triple, boolean, entity_iri, in_graph, text_literal
from exporter.rdf.vocabulary import LC, OBO, OWL, RDF, RDFS, SKOS, term

_NAMED = {
    scope: SKOS.altLabel if scope is Scope.EXACT else term(f"{scope}-name") for scope in Scope
}
_REPLACED_BY = OBO.IAO_0100001
_RELATIONS = {"has_member": LC.hasMember, "has_part": LC.hasPart, "has_role": LC.hasRole}


def ontology_quads(
    ontologies: Ontologies, iris: Iris, only: Container[URIRef] | None = None
) -> Iterator[Quad]:
    """Yield every term of every slice, or those of some IRIs, in a graph for each release."""
    for held in ontologies.slices:
        graph = iris.graph("ontology", held.name, *_version(held))
        release = iris.local("ontology", held.name, *_version(held))
        yield from in_graph(graph, _release(held, release))
        for entity in held.lines:
            if only is not None and entity_iri(entity) not in only:
                continue
            found = ontologies.get(entity)
            if found is not None and ontologies.release_of(entity) == held.release:
                yield from in_graph(graph, _term(found, release))
                yield from in_graph(graph, _relations(found, iris))


def term_quads(ontologies: Ontologies, entities: Iterable[EntityId], iris: Iris) -> Iterator[Quad]:
    """Yield the terms of some ids, those of each release in its graph; unknown ids are left out."""
    terms = [term for each in sorted(set(entities)) if (term := ontologies.get(each))]
    described: set[ReleaseAtHand] = set()
    for found in terms:
        held = ontologies.held_by(found.id)
        if held is None:
            continue
        graph = iris.graph("ontology", held.name, *_version(held))
        release = iris.local("ontology", held.name, *_version(held))
        if held not in described:
            described.add(held)
            yield from in_graph(graph, _release(held, release))
        yield from in_graph(graph, _term(found, release))
        yield from in_graph(graph, _relations(found, iris))


def _version(held: Slice | ReleaseAtHand) -> tuple[str, ...]:
    return (held.version,) if held.version else ()


def _release(held: Slice | ReleaseAtHand, node: URIRef) -> Iterator[Triple]:
    yield node, RDF.type, OWL.Ontology
    yield node, RDFS.label, text_literal(held.name)
    if held.version:
        yield node, OWL.versionInfo, text_literal(held.version)
    if held.licence:
        yield from licence_facts(node, held.licence)
    if held.source:
        yield node, LC.sourceAsWritten, text_literal(held.source)


def _term(found: Term, release: URIRef) -> Iterator[Triple]:
    node = entity_iri(found.id)
    yield node, RDF.type, OWL.Class
    yield node, RDFS.label, text_literal(found.label)
    yield node, RDFS.isDefinedBy, release
    for name in found.synonyms:
        yield node, _NAMED[name.scope], text_literal(name.text)
    for parent in found.parents:
        yield node, RDFS.subClassOf, entity_iri(parent)
    if found.obsolete:
        yield node, OWL.deprecated, boolean(value=True)
    if found.replaced_by is not None:
        yield node, _REPLACED_BY, entity_iri(found.replaced_by)
    for other in found.consider:
        yield node, LC.considerInstead, entity_iri(other)


def _relations(found: Term, iris: Iris) -> Iterator[Triple]:
    """Yield what a term has beyond names and parents; a relation we have no term for is minted."""
    for relation in found.relations:
        known = _RELATIONS.get(relation.name)
        if known is None:
            known = iris.local("relation", relation.name)
            yield known, RDFS.label, text_literal(relation.name.replace("_", " "))
        yield entity_iri(found.id), known, entity_iri(relation.object)

"""Mapping sets: each row as a SKOS relation, and as a node that says on what grounds it stands."""

from collections.abc import Iterable, Iterator

from rdflib import URIRef

from exporter.errors import InputError
from exporter.model.grounding import Mapping
from exporter.rdf.iris import Iris, digest
from exporter.rdf.terms import Quad, Triple, entity_iri, in_graph, iri, text_literal
from exporter.rdf.vocabulary import OBOINOWL, OWL, RDF, RDFS, SEMAPV, SKOS, SSSOM

_STEMS = {"skos": str(SKOS), "semapv": str(SEMAPV), "oboInOwl": str(OBOINOWL)}


def mapping_quads(mappings: Iterable[Mapping], iris: Iris) -> Iterator[Quad]:
    """Yield every row of the mapping sets, whether or not a grounding used or refused it."""
    graph = iris.graph("mappings")
    for mapping in mappings:
        yield from in_graph(graph, _row(mapping, iris.mapping(mapping)))
        if mapping.source:
            yield from in_graph(graph, _set(mapping, iris))


def _row(mapping: Mapping, row: URIRef) -> Iterator[Triple]:
    subject, target = entity_iri(mapping.subject), entity_iri(mapping.object)
    relation = _expanded(mapping.predicate)
    yield subject, relation, target
    yield row, RDF.type, OWL.Axiom
    yield row, OWL.annotatedSource, subject
    yield row, OWL.annotatedProperty, relation
    yield row, OWL.annotatedTarget, target
    yield row, SSSOM.mapping_justification, _expanded(mapping.justification)


def _set(mapping: Mapping, iris: Iris) -> Iterator[Triple]:
    node = iris.local("mapping-set", digest(mapping.source, mapping.version))
    yield node, RDF.type, SSSOM.MappingSet
    yield node, RDFS.label, text_literal(mapping.source)
    yield node, SSSOM.mappings, iris.mapping(mapping)
    if mapping.version:
        yield node, OWL.versionInfo, text_literal(mapping.version)


def _expanded(curie: str) -> URIRef:
    """Return the IRI of a relation or justification; only the prefixes of SSSOM are known."""
    prefix, colon, local = curie.partition(":")
    if not colon or not local or prefix not in _STEMS:
        raise InputError(
            f"{curie!r} is not a mapping relation or justification",
            code="E132",
            hint=f"write it with one of the prefixes {', '.join(sorted(_STEMS))}",
        )
    return iri(_STEMS[prefix] + local)

"""Mapping sets: each row as a SKOS relation, and as a node that says on what grounds it stands."""

from collections.abc import Iterable, Iterator

from rdflib import URIRef

from exporter.errors import InputError
from exporter.model.grounding import Mapping
from exporter.ontologies.sssom import MappingSet
from exporter.rdf.iris import Iris, digest
from exporter.rdf.quoting import licence_facts
from exporter.rdf.terms import Quad, Triple, entity_iri, in_graph, iri, text_literal
from exporter.rdf.vocabulary import OBOINOWL, OWL, RDF, RDFS, SEMAPV, SKOS, SSSOM

_STEMS = {"skos": str(SKOS), "semapv": str(SEMAPV), "oboInOwl": str(OBOINOWL)}


def mapping_quads(
    mapping_sets: Iterable[MappingSet], iris: Iris, *, is_related: bool = True
) -> Iterator[Quad]:
    """Yield every row of the sets, whether or not a grounding used or refused it.

    Unless ``is_related``, rows are told of as nodes only: a step that was weighed is no relation
    for a query that asks for such. A row that denies a mapping has a node with the modifier ``Not``
    and no plain relation.
    """
    graph = iris.graph("mappings")
    for each in mapping_sets:
        yield from in_graph(graph, _set(each, iris))
        described: set[URIRef] = set()
        for mapping in each.mappings:
            if is_related:
                yield from in_graph(graph, [_relation(mapping)])
            if (row := iris.mapping(mapping)) not in described:
                described.add(row)
                yield from in_graph(graph, _row(mapping, row))
        for mapping in each.negative:
            row = iris.denied_mapping(mapping)
            yield from in_graph(graph, _row(mapping, row))
            yield row, SSSOM.predicate_modifier, text_literal("Not"), graph


def _relation(mapping: Mapping) -> Triple:
    return entity_iri(mapping.subject), _expanded(mapping.predicate), entity_iri(mapping.object)


def _row(mapping: Mapping, row: URIRef) -> Iterator[Triple]:
    subject, relation, target = _relation(mapping)
    yield row, RDF.type, OWL.Axiom
    yield row, OWL.annotatedSource, subject
    yield row, OWL.annotatedProperty, relation
    yield row, OWL.annotatedTarget, target
    yield row, SSSOM.mapping_justification, _expanded(mapping.justification)


def _set(mapping_set: MappingSet, iris: Iris) -> Iterator[Triple]:
    node = iris.local("mapping-set", digest(mapping_set.name, mapping_set.version))
    yield node, RDF.type, SSSOM.MappingSet
    yield node, RDFS.label, text_literal(mapping_set.name)
    if mapping_set.id:
        yield node, SSSOM.mapping_set_id, text_literal(mapping_set.id)
    if mapping_set.version:
        yield node, OWL.versionInfo, text_literal(mapping_set.version)
    if mapping_set.licence:
        yield from licence_facts(node, mapping_set.licence)
    for mapping in mapping_set.mappings:
        yield node, SSSOM.mappings, iris.mapping(mapping)
    for mapping in mapping_set.negative:
        yield node, SSSOM.mappings, iris.denied_mapping(mapping)


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

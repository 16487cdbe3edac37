"""What a run knows besides its inputs: namespaces, packs, ontologies, measures, background."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rdflib import URIRef

from exporter.errors import IdentifierError
from exporter.grounding import Field, field_of
from exporter.model.document import Document
from exporter.model.grounding import Grounding
from exporter.model.identifiers import EntityId, Namespaces, namespaces_with
from exporter.ontologies.index import Ontologies, ReleaseAtHand
from exporter.ontologies.measures import Measure
from exporter.ontologies.pack_tables import background, measures
from exporter.ontologies.packs import Pack, every_pack, ontologies_at_hand
from exporter.rdf.background import background_quads
from exporter.rdf.iris import Iris
from exporter.rdf.mappings import mapping_quads
from exporter.rdf.measures import measure_quads
from exporter.rdf.ontologies import ontology_quads, term_quads
from exporter.rdf.terms import Quad


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """The namespaces, packs and ontologies of a run."""

    namespaces: Namespaces
    packs: tuple[Pack, ...]
    ontologies: Ontologies
    measures: dict[str, Measure]
    field: Field


def open_knowledge(
    packs: Sequence[Path] = (),
    namespaces: Sequence[Path] = (),
    pins: Mapping[str, str] | None = None,
) -> Knowledge:
    """Open the bundled packs, those in the given folders, and the index if anything was fetched.

    ``pins`` are versions by name of ontology, to be used instead of the newest in the index.
    """
    known = namespaces_with(namespaces)
    every = every_pack(packs)
    return Knowledge(
        namespaces=known,
        packs=every,
        ontologies=ontologies_at_hand(every, known, pins),
        measures=measures(every),
        field=field_of(every, known),
    )


def grounded_by(
    knowledge: Knowledge, groundings: Iterable[Grounding]
) -> tuple[tuple[ReleaseAtHand, int], ...]:
    """Return which releases hold the concepts of groundings, by name, and of how many."""
    concepts = Counter(each.concept for each in groundings if each.concept)
    counts: Counter[ReleaseAtHand] = Counter()
    for concept, count in concepts.items():
        held = knowledge.ontologies.held_by(concept)
        if held:
            counts[held] += count
    return tuple(sorted(counts.items(), key=lambda pair: (str(pair[0]), pair[0].installed)))


def knowledge_quads(
    knowledge: Knowledge,
    iris: Iris,
    documents: Iterable[Document] = (),
    statements: Iterable[Quad] = (),
) -> Iterator[Quad]:
    """Yield ontologies, mappings, measures and background, each in its own graph.

    Without an index every term and mapping is written. With one those that ``statements`` and the
    background use are, and all that is above them.
    """
    told = [
        *measure_quads(knowledge.measures.values(), iris),
        *background_quads(
            background(knowledge.packs, knowledge.namespaces),
            knowledge.namespaces,
            iris,
            {name: iris.paper(document) for document in documents for name in document.names},
        ),
    ]
    if knowledge.ontologies.installed is None:
        yield from ontology_quads(knowledge.ontologies, iris)
        yield from mapping_quads(knowledge.ontologies.mapping_sets, iris)
    else:
        used = _nodes(told) | _objects(statements)
        yield from _used_terms(used, knowledge, iris)
        yield from _used_mappings(used, knowledge, iris)
    yield from told


def used_knowledge_quads(
    statements: Iterable[Quad], knowledge: Knowledge, iris: Iris
) -> Iterator[Quad]:
    """Yield what ontologies and measures say of the things that the statements use."""
    used = _objects(statements)
    yield from (
        quad for quad in measure_quads(knowledge.measures.values(), iris) if quad[0] in used
    )
    yield from term_quads(knowledge.ontologies, _entities(used, knowledge.namespaces, iris), iris)


def mapping_path_quads(
    statements: Iterable[Quad], knowledge: Knowledge, iris: Iris
) -> Iterator[Quad]:
    """Yield the rows of mapping sets that the statements name, and of which sets they are."""
    yield from _used_mappings(_objects(statements), knowledge, iris, is_related=False)


def _used_terms(used: set[URIRef], knowledge: Knowledge, iris: Iris) -> Iterator[Quad]:
    entities = _entities(used, knowledge.namespaces, iris)
    above = {each for entity in entities for each in knowledge.ontologies.ancestors(entity)}
    yield from term_quads(knowledge.ontologies, entities | above, iris)


def _used_mappings(
    used: set[URIRef], knowledge: Knowledge, iris: Iris, *, is_related: bool = True
) -> Iterator[Quad]:
    entities = _entities(used, knowledge.namespaces, iris)
    sets = knowledge.ontologies.sets_about(
        sorted(entities),
        lambda row, denied: (iris.denied_mapping(row) if denied else iris.mapping(row)) in used,
    )
    yield from mapping_quads(sets, iris, is_related=is_related)


def _objects(statements: Iterable[Quad]) -> set[URIRef]:
    return {each[2] for each in statements if isinstance(each[2], URIRef)}


def _nodes(statements: Iterable[Quad]) -> set[URIRef]:
    every = [*statements]
    return {each[0] for each in every} | _objects(every)


def _entities(used: Iterable[URIRef], namespaces: Namespaces, iris: Iris) -> set[EntityId]:
    """Return the ids among some IRIs; those that we mint ourselves are none."""
    found = set()
    for each in used:
        if not each.startswith(iris.base):
            try:
                found.add(namespaces.parse(each))
            except IdentifierError:
                continue
    return found

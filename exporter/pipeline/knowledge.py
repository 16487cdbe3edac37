"""What a run knows besides its inputs: namespaces, packs, ontologies, measures, background."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rdflib import URIRef

from exporter.grounding import Field, field_of
from exporter.model.document import Document
from exporter.model.identifiers import Namespaces, namespaces_with
from exporter.ontologies.index import Ontologies
from exporter.ontologies.measures import Measure
from exporter.ontologies.packs import (
    Pack,
    background,
    bundled_packs,
    installed_packs,
    load_pack,
    measures,
    open_ontologies,
)
from exporter.rdf.background import background_quads
from exporter.rdf.iris import Iris
from exporter.rdf.mappings import mapping_quads
from exporter.rdf.measures import measure_quads
from exporter.rdf.ontologies import ontology_quads
from exporter.rdf.terms import Quad


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """The namespaces, packs and ontologies of a run."""

    namespaces: Namespaces
    packs: tuple[Pack, ...]
    ontologies: Ontologies
    measures: dict[str, Measure]
    field: Field


def open_knowledge(packs: Sequence[Path] = (), namespaces: Sequence[Path] = ()) -> Knowledge:
    """Open the bundled packs and those in the given folders, with any private namespaces."""
    known = namespaces_with(namespaces)
    every = (*bundled_packs(), *installed_packs(), *(load_pack(folder) for folder in packs))
    return Knowledge(
        namespaces=known,
        packs=every,
        ontologies=open_ontologies(every, known),
        measures=measures(every),
        field=field_of(every, known),
    )


def knowledge_quads(
    knowledge: Knowledge, iris: Iris, documents: Iterable[Document] = ()
) -> Iterator[Quad]:
    """Yield ontology slices, mappings, measures and background, each in its own graph."""
    yield from ontology_quads(knowledge.ontologies, iris)
    yield from mapping_quads(knowledge.ontologies.mapping_sets, iris)
    yield from measure_quads(knowledge.measures.values(), iris)
    yield from background_quads(
        background(knowledge.packs, knowledge.namespaces),
        knowledge.namespaces,
        iris,
        {name: iris.paper(document) for document in documents for name in document.names},
    )


def used_knowledge_quads(
    statements: Iterable[Quad], knowledge: Knowledge, iris: Iris
) -> Iterator[Quad]:
    """Yield what ontologies and measures say of the things that the statements use."""
    used = {each[2] for each in statements if isinstance(each[2], URIRef)}
    yield from (
        quad for quad in measure_quads(knowledge.measures.values(), iris) if quad[0] in used
    )
    yield from ontology_quads(knowledge.ontologies, iris, only=used)

"""What a run knows besides its inputs: namespaces, packs, ontologies, measures, background."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from exporter.model.identifiers import Namespaces, namespaces_with
from exporter.ontologies.index import Ontologies
from exporter.ontologies.packs import Pack, bundled_packs, load_pack, open_ontologies
from exporter.rdf.background import background_quads
from exporter.rdf.iris import Iris
from exporter.rdf.mappings import mapping_quads
from exporter.rdf.ontologies import ontology_quads
from exporter.rdf.terms import Quad


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """The namespaces, packs and ontologies of a run."""

    namespaces: Namespaces
    packs: tuple[Pack, ...]
    ontologies: Ontologies


def open_knowledge(packs: Sequence[Path] = (), namespaces: Iterable[Path] = ()) -> Knowledge:
    """Open the bundled packs and those in the given folders, with any private namespaces."""
    known = namespaces_with(namespaces)
    every = (*bundled_packs(), *(load_pack(folder) for folder in packs))
    return Knowledge(namespaces=known, packs=every, ontologies=open_ontologies(every, known))

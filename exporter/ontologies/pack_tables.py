"""What the tables of packs say beyond terms and mappings: measures and background facts."""

from collections.abc import Iterable

from exporter.model.identifiers import Namespaces
from exporter.ontologies.background import (
    Background,
    BackgroundRelation,
    read_background,
    read_relations,
)
from exporter.ontologies.measures import Measure, read_measures
from exporter.ontologies.packs import Pack, pack_files

__all__ = ["Background", "Measure", "background", "measures"]


def measures(packs: Iterable[Pack]) -> dict[str, Measure]:
    """Return the measures of the packs by id; the same id in a later pack wins."""
    paths = pack_files(packs, "measures.csv")
    return {measure.id: measure for path in paths for measure in read_measures(path)}


def background(packs: Iterable[Pack], namespaces: Namespaces) -> tuple[Background, ...]:
    """Return the background facts of the packs, as they stand; relations of all packs count."""
    packs = tuple(packs)
    relations: dict[str, BackgroundRelation] = {}
    for path in pack_files(packs, "relations.csv"):
        relations |= read_relations(path)
    return tuple(
        fact
        for path in pack_files(packs, "background.tsv")
        for fact in read_background(path, relations, namespaces)
    )

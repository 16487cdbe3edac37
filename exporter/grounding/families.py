"""Families and complexes of genes: what a name of one is, and to which of them a gene belongs."""

from collections.abc import Iterable, Iterator

from exporter.grounding.abbreviations import Abbreviations
from exporter.model.identifiers import EntityId
from exporter.ontologies.index import Ontologies

_CATEGORY = "GeneFamily"


def is_family(entity: EntityId, ontologies: Ontologies) -> bool:
    """Tell whether an id is one of a family or complex of genes."""
    return ontologies.namespaces.of(entity).category == _CATEGORY


def families_named(
    name: str, ontologies: Ontologies, abbreviations: Abbreviations
) -> tuple[EntityId, ...]:
    """Return the families of which this is a name, its long form or its short form."""
    forms = [name, *abbreviations.long_forms(name), *abbreviations.short_forms(name)]
    forms += abbreviations.shortened(name)
    terms = (term for form in forms for term in ontologies.named(form))
    return tuple(dict.fromkeys(term.id for term in terms if is_family(term.id, ontologies)))


def family_names(
    gene: EntityId, names: Iterable[str], ontologies: Ontologies, abbreviations: Abbreviations
) -> Iterator[str]:
    """Yield the names of each family of the gene that shares a name with it, as IFN does."""
    for name in names:
        for family in families_named(name, ontologies, abbreviations):
            term = ontologies.get(family)
            if term and gene in ontologies.members(family):
                yield from term.exact_names

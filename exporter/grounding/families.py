"""Families and complexes of genes: what names one, and to which of them a gene belongs."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from exporter.grounding.abbreviations import Abbreviations
from exporter.grounding.spelling import key
from exporter.grounding.tables import Field
from exporter.model.identifiers import EntityId
from exporter.ontologies.index import Ontologies

_CATEGORY = "GeneFamily"


@dataclass(frozen=True, slots=True, kw_only=True)
class Families:
    """The families at hand, with the names that a text, its field and the ontologies give them."""

    ontologies: Ontologies
    abbreviations: Abbreviations
    field: Field

    def named(self, name: str) -> tuple[EntityId, ...]:
        """Return the families of which this is a name, its long form or its short form."""
        short = self.abbreviations
        forms = (name, *short.long_forms(name), *short.short_forms(name), *short.shortened(name))
        found = [family for form in forms for family in self.field.families.get(key(form), ())]
        terms = (term.id for form in forms for term in self.ontologies.named(form))
        return tuple(dict.fromkeys((*found, *filter(self._is_family, terms))))

    def has_member(self, family: EntityId, gene: EntityId) -> bool:
        """Tell whether a gene is one of several of a family, or of one below it."""
        genes = set(self._genes(family))
        return gene in genes and len(genes) > 1

    def _genes(self, family: EntityId) -> Iterator[EntityId]:
        """Yield the genes of a family, those of its member families too."""
        seen, row = {family}, [family]
        while row:
            found = [member for each in row for member in self.ontologies.members(each)]
            yield from (member for member in found if not self._is_family(member))
            row = [each for each in found if self._is_family(each) and each not in seen]
            seen.update(row)

    def names_shared(self, gene: EntityId, names: Iterable[str]) -> Iterator[str]:
        """Yield all names of each family of the gene that shares a name with it, as IFN does."""
        shared = dict.fromkeys(family for name in names for family in self.named(name))
        for family in shared:
            term = self.ontologies.get(family)
            if term and self.has_member(family, gene):
                yield from term.exact_names
                yield from self.field.names_of_family(family)

    def is_complex(self, family: EntityId) -> bool:
        """Tell whether a family is one of parts that act together."""
        term = self.ontologies.get(family)
        has_parts = term is not None and bool(term.related("has_part"))
        return has_parts or family in self.field.complexes

    def _is_family(self, entity: EntityId) -> bool:
        return self.ontologies.namespaces.of(entity).category == _CATEGORY

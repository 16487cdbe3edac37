"""What the installed ontologies know of the ids that experts gave: names, kin, older ids."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from exporter.model.identifiers import EntityId
from exporter.ontologies.index import Ontologies
from exporter.ontologies.names import name_key

_EXACT = "skos:exactMatch"
# Databases that list one species, or none of its kin, in full: no id of theirs is above another.
_OWN = ("MONDO", "CHEBI", "NCBIGene", "HP")


@dataclass(frozen=True)
class Concepts:
    """Answers about ids, without any rule of the linter."""

    ontologies: Ontologies

    def same(self, entity: EntityId) -> tuple[EntityId, ...]:
        """Return the id and what mappings say is exactly the same, as far as it is installed."""
        mapped = (
            mapping.object
            for mapping in self.ontologies.mappings_from(entity)
            if mapping.predicate == _EXACT
        )
        return tuple(each for each in dict.fromkeys((entity, *mapped)) if each in self.ontologies)

    def names(self, entity: EntityId) -> frozenset[str]:
        """Return the keys of all names of an id, of any scope."""
        return frozenset(
            name_key(name)
            for each in self.same(entity)
            if (term := self.ontologies.get(each))
            for name in (term.label, *(synonym.text for synonym in term.synonyms))
        )

    def is_known(self, entity: EntityId) -> bool:
        """Tell whether an installed ontology says what the id is called."""
        return bool(self.same(entity))

    def is_named(self, label: str, entity: EntityId) -> bool:
        """Tell whether a label is a name of an id, a plural counted as one."""
        names = self.names(entity)
        return any(name_key(form) in names for form in _forms(label))

    def core(self, entity: EntityId) -> EntityId | None:
        """Return the concept of our own vocabularies that an id stands for."""
        return next((each for each in self.same(entity) if each.prefix in _OWN), None)

    def are_kin(self, one: EntityId, other: EntityId) -> bool:
        """Tell whether one is, or is above or below, the other, or they share a name."""
        if self.names(one) & self.names(other):
            return True
        pairs = [(a, b) for a in self.same(one) for b in self.same(other)]
        below = self.ontologies.is_below
        return any(below(a, b) or below(b, a) for a, b in pairs)

    def written_in(self, prefix: str, concept: EntityId) -> EntityId:
        """Return the id of a namespace that is exactly a concept; else the concept's own."""
        mapped = (
            mapping.object
            for mapping in self.ontologies.mappings_from(concept)
            if mapping.predicate == _EXACT and mapping.object.prefix == prefix
        )
        return min(mapped, default=concept)

    @property
    def children(self) -> Mapping[EntityId, tuple[EntityId, ...]]:
        """Return what is directly below each concept."""
        return self._below_and_before[0]

    @property
    def formers(self) -> Mapping[EntityId, tuple[EntityId, ...]]:
        """Return the obsolete ids that each concept stands for now."""
        return self._below_and_before[1]

    @cached_property
    def _below_and_before(self) -> tuple[dict[EntityId, tuple[EntityId, ...]], ...]:
        """Go through all terms, once for both."""
        below: dict[EntityId, list[EntityId]] = defaultdict(list)
        before: dict[EntityId, list[EntityId]] = defaultdict(list)
        for term in self.ontologies:
            for parent in () if term.obsolete else term.parents:
                below[parent].append(term.id)
            if term.obsolete and (now := self.ontologies.replacement(term.id)):
                before[now].append(term.id)
        return tuple(
            {entity: tuple(sorted(some)) for entity, some in found.items()}
            for found in (below, before)
        )

    def bearers(self, label: str, prefix: str) -> Iterator[EntityId]:
        """Yield the concepts of a vocabulary with a name, of any scope."""
        for naming in self.ontologies.namings(label):
            if naming.term.id.prefix == prefix and not naming.term.obsolete:
                yield naming.term.id


def _forms(label: str) -> tuple[str, ...]:
    return (label, label[:-1]) if label.endswith("s") else (label,)

"""A term of an ontology: what it is called, what it is below of, what came instead of it."""

from dataclasses import dataclass
from enum import StrEnum

from exporter.model.identifiers import EntityId


class Scope(StrEnum):
    """How near a name is to its term; a previous or alias name is often that of others, too."""

    EXACT = "exact"
    BROAD = "broad"
    NARROW = "narrow"
    RELATED = "related"
    PREVIOUS = "previous"
    ALIAS = "alias"


@dataclass(frozen=True, slots=True, order=True)
class Synonym:
    """Another name of a term."""

    text: str
    scope: Scope


@dataclass(frozen=True, slots=True, order=True)
class Relation:
    """A statement about a term beyond is-a: ``has_role``, ``has_member``, ``has_part``."""

    name: str
    object: EntityId


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One term with what the slices hold of it.

    ``parents`` are the direct ones, in a fixed order. ``ontology`` is the name of the slice.
    An obsolete term has at most one ``replaced_by``; ``consider`` are mere proposals.
    """

    id: EntityId
    label: str
    synonyms: tuple[Synonym, ...] = ()
    parents: tuple[EntityId, ...] = ()
    obsolete: bool = False
    replaced_by: EntityId | None = None
    consider: tuple[EntityId, ...] = ()
    relations: tuple[Relation, ...] = ()
    ontology: str = ""

    @property
    def exact_names(self) -> tuple[str, ...]:
        """Return the label and the exact synonyms."""
        exact = (name.text for name in self.synonyms if name.scope is Scope.EXACT)
        return (self.label, *exact)

    def related(self, relation: str) -> tuple[EntityId, ...]:
        """Return the objects of one relation."""
        return tuple(each.object for each in self.relations if each.name == relation)

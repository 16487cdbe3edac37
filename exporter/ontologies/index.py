"""All terms and mappings at hand: look them up by id or name, walk up, follow mappings."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from exporter.model.identifiers import EntityId, Namespaces
from exporter.model.mappings import Mapping
from exporter.ontologies._held_terms import REMEMBERED, HeldTerms, ReleaseAtHand, at_hand
from exporter.ontologies._mapped import MappedIds, Wanted, turned
from exporter.ontologies.installed_index import InstalledIndex
from exporter.ontologies.names import name_key, name_keys
from exporter.ontologies.slices import Slice
from exporter.ontologies.sssom import MappingSet
from exporter.ontologies.terms import Scope, Synonym, Term

_MEMBERSHIP = ("has_member", "has_part")
_OF_OTHER_THINGS = (Scope.BROAD, Scope.NARROW)
_MOST_KEYS = 5_000

__all__ = ["Naming", "Ontologies", "ReleaseAtHand"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """A term that a text may name, and by which of its names."""

    term: Term
    name: Synonym


class Ontologies:
    """The slices and mapping sets of some packs and, if there is one, an index; read only.

    Where two slices hold a term, the later wins; what the index holds is taken from there, with
    further names that only slices have. Everything that is returned stands in a fixed order.
    Nothing is read from an index before it is asked for, and what was asked for lately is kept.
    """

    def __init__(
        self,
        slices: Iterable[Slice],
        mapping_sets: Iterable[MappingSet],
        namespaces: Namespaces,
        installed: InstalledIndex | None = None,
    ) -> None:
        self.slices = tuple(slices)
        self.mapping_sets = tuple(mapping_sets)
        self.namespaces = namespaces
        self.installed = installed
        self._terms = HeldTerms(self.slices, namespaces, installed)
        self._mapped = MappedIds(self.mapping_sets, installed)
        self._lineages = lru_cache(maxsize=REMEMBERED)(self._lineage)
        self._sets_above = lru_cache(maxsize=REMEMBERED)(self._set_above)
        self._own_keys = lru_cache(maxsize=REMEMBERED)(self._keys)
        self._rows_about = lru_cache(maxsize=REMEMBERED)(self._mapped.about)

    def __reduce__(self) -> tuple[Any, ...]:
        return Ontologies, (self.slices, self.mapping_sets, self.namespaces, self.installed)

    def __contains__(self, entity: EntityId) -> bool:
        return self._terms.held(entity) is not None

    def __len__(self) -> int:
        return sum(1 for _ in self._terms)

    def __iter__(self) -> Iterator[Term]:
        """Yield every term, first those of the index; of a full one this takes some seconds."""
        return (term for entity in self._terms if (term := self.get(entity)))

    def terms_of(self, name: str) -> tuple[Term, ...]:
        """Return the terms of one ontology, such as ``mondo``."""
        held = (self._terms.held(entity) for entity in self._terms.ids_of(name))
        return tuple(each.term for each in held if each and each.term.ontology == name)

    def get(self, entity: EntityId) -> Term | None:
        """Return the term of an id, obsolete ones too; None where nothing holds it."""
        held = self._terms.held(entity)
        return held.term if held else None

    def release(self, prefix: str) -> str:
        """Return which releases hold ids of a prefix: ``mondo 2026-05-05``, or nothing."""
        found = self.installed.ontologies if self.installed else ()
        installed = [str(held.release) for held in found if prefix in held.prefixes]
        only = (entity for entity in self._terms.in_slices if entity.prefix == prefix)
        return ", ".join(dict.fromkeys((*installed, *map(self.release_of, only))))

    def release_of(self, entity: EntityId) -> str:
        """Return the release that holds a term, or nothing."""
        held = self._terms.held(entity)
        return held.release if held else ""

    def held_by(self, entity: EntityId) -> ReleaseAtHand | None:
        """Return what holds a term, bundled or installed; None where nothing does."""
        held = self._terms.held(entity)
        return at_hand(held.by) if held else None

    def holding(self, entity: EntityId) -> tuple[ReleaseAtHand, ...]:
        """Return every release and slice that holds a term, also those that others stand for."""
        return self._terms.holding(entity)

    def parents(self, entity: EntityId) -> tuple[EntityId, ...]:
        """Return the direct parents of an id; an unknown id has none."""
        held = self._terms.held(entity)
        return held.term.parents if held else ()

    def ancestors(self, entity: EntityId) -> tuple[EntityId, ...]:
        """Return everything an id is below of, nearest first, without itself."""
        return self._lineages(entity)

    def ancestor_set(self, entity: EntityId) -> frozenset[EntityId]:
        """Return everything an id is below of, without itself."""
        return self._sets_above(entity)

    def _lineage(self, entity: EntityId) -> tuple[EntityId, ...]:
        known = self._terms.lineage(entity)
        return tuple(self._steps_up(entity))[1:] if known is None else known

    def _set_above(self, entity: EntityId) -> frozenset[EntityId]:
        known = self._terms.ancestor_set(entity)
        return frozenset(self._lineage(entity)) if known is None else known

    def is_below(self, entity: EntityId, other: EntityId) -> bool:
        """Tell whether an id is the other one or below it."""
        return entity == other or other in self.ancestor_set(entity)

    def path(self, entity: EntityId, other: EntityId) -> tuple[EntityId, ...]:
        """Return a shortest way up, both ends included; empty where there is none."""
        reached_from = self._steps_up(entity)
        if other not in reached_from:
            return ()
        way: list[EntityId] = [other]
        while (below := reached_from[way[-1]]) is not None:
            way.append(below)
        return tuple(reversed(way))

    def _steps_up(self, entity: EntityId) -> dict[EntityId, EntityId | None]:
        """Return everything reached, nearest first, each with the id from which it was."""
        reached: dict[EntityId, EntityId | None] = {entity: None}
        row = [entity]
        while row:
            above: list[EntityId] = []
            for each in row:
                new = [parent for parent in self.parents(each) if parent not in reached]
                reached.update(dict.fromkeys(new, each))
                above += dict.fromkeys(new)
            row = above
        return reached

    def replacement(self, entity: EntityId) -> EntityId | None:
        """Return the live id that stands for an obsolete one; None for a live or lost one."""
        seen = {entity}
        term = self.get(entity)
        while term and term.obsolete and term.replaced_by and term.replaced_by not in seen:
            seen.add(term.replaced_by)
            following = self.get(term.replaced_by)
            if following is None or not following.obsolete:
                return term.replaced_by
            term = following
        return None

    def members(self, family: EntityId) -> tuple[EntityId, ...]:
        """Return the members of a family and of the families below it."""
        found: dict[EntityId, None] = {}
        for each in self._at_or_below(family):
            term = self.get(each)
            for relation in _MEMBERSHIP if term else ():
                found.update(dict.fromkeys(term.related(relation) if term else ()))
        return tuple(found)

    def has_below(self, entity: EntityId) -> bool:
        """Tell whether anything stands below an id, so that it is a class of things."""
        return any(each != entity for each in self._at_or_below(entity))

    def _at_or_below(self, entity: EntityId) -> Iterator[EntityId]:
        seen = {entity: None}
        row = [entity]
        while row:
            yield from row
            row = [below for each in row for below in self._terms.below(each)]
            row = list(dict.fromkeys(below for below in row if below not in seen))
            seen.update(dict.fromkeys(row))

    def namings(self, text: str) -> tuple[Naming, ...]:
        """Return every term with such a name, of any scope; an exact name comes first."""
        found = self._terms.namings(name_key(text))
        return tuple(Naming(term=term, name=name) for term, name in found)

    def ids_named(self, key: str) -> tuple[tuple[EntityId, Scope], ...]:
        """Return the ids of which a name has a key, with the scope of that name, nearest first.

        The key is that of ``name_key``; no term is read for this.
        """
        return self._terms.ids_named(key)

    def name_keys(self, entity: EntityId) -> frozenset[str]:
        """Return the keys of a term's own names: those of broader and narrower things left out."""
        return self._own_keys(entity)

    def _keys(self, entity: EntityId) -> frozenset[str]:
        held = self._terms.held(entity)
        keys = name_keys(held.term) if held else {}
        return frozenset(key for key, scope in keys.items() if scope not in _OF_OTHER_THINGS)

    def keys_from(self, beginning: str) -> tuple[str, ...]:
        """Return keys of exact names in the index that begin in a way; of very many only some."""
        return self.installed.keys_from(beginning, _MOST_KEYS) if self.installed else ()

    def named(self, text: str) -> tuple[Term, ...]:
        """Return the terms with this label or exact synonym, in one spelling of names."""
        return self._with_name(text, {Scope.EXACT})

    def also_named(self, text: str) -> tuple[Term, ...]:
        """Return the terms that had this symbol before or have it as an alias only."""
        exact = {term.id for term in self.named(text)}
        found = self._with_name(text, {Scope.PREVIOUS, Scope.ALIAS})
        return tuple(term for term in found if term.id not in exact)

    def _with_name(self, text: str, scopes: set[Scope]) -> tuple[Term, ...]:
        found = (each.term for each in self.namings(text) if each.name.scope in scopes)
        return tuple({term.id: term for term in found}.values())

    @property
    def mappings(self) -> tuple[Mapping, ...]:
        """Return every mapping as its set states it, without those that a set denies."""
        return tuple(dict.fromkeys(row for row, denied in self._mapped.every() if not denied))

    @property
    def denied_mappings(self) -> tuple[Mapping, ...]:
        """Return the mappings that a set says do not hold."""
        return tuple(dict.fromkeys(row for row, denied in self._mapped.every() if denied))

    def mappings_from(self, entity: EntityId) -> tuple[Mapping, ...]:
        """Return the mappings of an id; those stated the other way round are turned."""
        return self._rows_about(entity)

    def denied_from(self, entity: EntityId) -> tuple[Mapping, ...]:
        """Return the mappings of an id that a set denies, told as by ``mappings_from``."""
        return self._mapped.about(entity, denied=True)

    def mappings_to(self, entity: EntityId) -> tuple[Mapping, ...]:
        """Return the mappings that lead to an id, each of them as turned by ``mappings_from``."""
        found = (turned(mapping) for mapping in self.mappings_from(entity))
        return tuple(mapping for mapping in found if mapping)

    def sets_about(self, entities: Iterable[EntityId], wanted: Wanted) -> tuple[MappingSet, ...]:
        """Return the wanted rows about some ids, as they are stated, each set with its rows."""
        return self._mapped.chosen(entities, wanted)

    def releases(self) -> tuple[ReleaseAtHand, ...]:
        """Return what holds terms here: the current releases of the index, then the slices."""
        return self._terms.releases()

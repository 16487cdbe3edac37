"""All terms and mappings at hand: look them up by id or name, walk up, follow mappings."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from exporter.model.grounding import Mapping
from exporter.model.identifiers import EntityId, Namespaces
from exporter.ontologies.names import name_key
from exporter.ontologies.slices import Slice
from exporter.ontologies.sssom import MappingSet
from exporter.ontologies.terms import Scope, Synonym, Term

_INVERSE = {
    "skos:exactMatch": "skos:exactMatch",
    "skos:closeMatch": "skos:closeMatch",
    "skos:relatedMatch": "skos:relatedMatch",
    "skos:broadMatch": "skos:narrowMatch",
    "skos:narrowMatch": "skos:broadMatch",
}
_MEMBERSHIP = ("has_member", "has_part")


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """A term that a text may name, and by which of its names."""

    term: Term
    name: Synonym


class Ontologies:
    """The slices and mapping sets of some packs, read only; where two hold a term, the later wins.

    Everything that is returned stands in a fixed order.
    """

    def __init__(
        self, slices: Iterable[Slice], mapping_sets: Iterable[MappingSet], namespaces: Namespaces
    ) -> None:
        self.slices = tuple(slices)
        self.mapping_sets = tuple(mapping_sets)
        self.namespaces = namespaces
        self._holders: dict[EntityId, Slice] = {}
        self._releases: dict[str, dict[str, None]] = defaultdict(dict)
        for held in self.slices:
            self._holders.update(dict.fromkeys(held.lines, held))
            for prefix in {entity.prefix for entity in held.lines}:
                self._releases[prefix][held.release] = None
        self._terms: dict[EntityId, Term] = {}
        self._ancestors: dict[EntityId, tuple[EntityId, ...]] = {}
        self._namings: dict[str, list[tuple[EntityId, Synonym]]] | None = None
        self._mapped: dict[EntityId, tuple[Mapping, ...]] | None = None
        self._below: dict[EntityId, list[EntityId]] | None = None

    def __contains__(self, entity: EntityId) -> bool:
        return entity in self._holders

    def __len__(self) -> int:
        return len(self._holders)

    def __iter__(self) -> Iterator[Term]:
        """Yield every term, slice by slice."""
        for held in self.slices:
            yield from self._of(held)

    def terms_of(self, name: str) -> tuple[Term, ...]:
        """Return the terms of the slices of one ontology, such as ``mondo``."""
        held = (each for each in self.slices if each.name == name)
        return tuple(term for each in held for term in self._of(each))

    def _of(self, held: Slice) -> Iterator[Term]:
        for entity in held.lines:
            if self._holders[entity] is held and (term := self.get(entity)):
                yield term

    def get(self, entity: EntityId) -> Term | None:
        """Return the term of an id, obsolete ones too; None where no slice holds it."""
        if entity not in self._terms:
            held = self._holders.get(entity)
            if held is None:
                return None
            self._terms[entity] = held.term(entity, self.namespaces)
        return self._terms[entity]

    def release(self, prefix: str) -> str:
        """Return which releases hold ids of a prefix: ``mondo 2026-05-05``, or nothing."""
        return ", ".join(self._releases.get(prefix, ()))

    def release_of(self, entity: EntityId) -> str:
        """Return the release that holds a term, or nothing."""
        held = self._holders.get(entity)
        return held.release if held else ""

    def parents(self, entity: EntityId) -> tuple[EntityId, ...]:
        """Return the direct parents of an id; an unknown id has none."""
        term = self.get(entity)
        return term.parents if term else ()

    def ancestors(self, entity: EntityId) -> tuple[EntityId, ...]:
        """Return everything an id is below of, nearest first, without itself."""
        if entity not in self._ancestors:
            self._ancestors[entity] = tuple(self._steps_up(entity))[1:]
        return self._ancestors[entity]

    def is_below(self, entity: EntityId, other: EntityId) -> bool:
        """Tell whether an id is the other one or below it."""
        return entity == other or other in self.ancestors(entity)

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
        if self._below is None:
            self._below = defaultdict(list)
            for term in self:
                for parent in term.parents:
                    self._below[parent].append(term.id)
        seen = {entity: None}
        row = [entity]
        while row:
            yield from row
            row = [below for each in row for below in self._below.get(each, ())]
            row = list(dict.fromkeys(below for below in row if below not in seen))
            seen.update(dict.fromkeys(row))

    def namings(self, text: str) -> tuple[Naming, ...]:
        """Return every term with such a name, of any scope; an exact name comes first."""
        if self._namings is None:
            self._namings = self._all_namings()
        found = self._namings.get(name_key(text), ())
        ordered = sorted(found, key=lambda pair: list(Scope).index(pair[1].scope))
        namings = ((self.get(entity), name) for entity, name in ordered)
        return tuple(Naming(term=term, name=name) for term, name in namings if term)

    def _all_namings(self) -> dict[str, list[tuple[EntityId, Synonym]]]:
        namings: dict[str, list[tuple[EntityId, Synonym]]] = defaultdict(list)
        for held in self.slices:
            for entity, name in held.names():
                if self._holders[entity] is held:
                    namings[name_key(name.text)].append((entity, name))
        namings.pop("", None)
        return dict(namings)

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
        stated = (mapping for each in self.mapping_sets for mapping in each.mappings)
        return tuple(dict.fromkeys(stated))

    @property
    def denied_mappings(self) -> tuple[Mapping, ...]:
        """Return the mappings that a set says do not hold."""
        denied = (mapping for each in self.mapping_sets for mapping in each.negative)
        return tuple(dict.fromkeys(denied))

    def mappings_from(self, entity: EntityId) -> tuple[Mapping, ...]:
        """Return the mappings of an id; those stated the other way round are turned."""
        if self._mapped is None:
            self._mapped = _both_ways(self.mappings)
        return self._mapped.get(entity, ())

    def mappings_to(self, entity: EntityId) -> tuple[Mapping, ...]:
        """Return the mappings that lead to an id, each of them as turned by ``mappings_from``."""
        turned = (_turned(mapping) for mapping in self.mappings_from(entity))
        return tuple(mapping for mapping in turned if mapping)


def _turned(mapping: Mapping) -> Mapping | None:
    inverse = _INVERSE.get(mapping.predicate)
    if inverse is None:
        return None
    return replace(mapping, subject=mapping.object, predicate=inverse, object=mapping.subject)


def _both_ways(mappings: Iterable[Mapping]) -> dict[EntityId, tuple[Mapping, ...]]:
    found: dict[EntityId, dict[Mapping, None]] = defaultdict(dict)
    for mapping in mappings:
        found[mapping.subject][mapping] = None
        turned = _turned(mapping)
        if turned:
            found[turned.subject][turned] = None
    return {entity: tuple(each) for entity, each in found.items()}

"""The terms of slices and of an index as one stock, each from what stands for it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from exporter.model.identifiers import EntityId, Namespaces
from exporter.ontologies._slice_terms import SliceTerms
from exporter.ontologies.installed_index import HeldRelease, InstalledIndex
from exporter.ontologies.names import by_nearness, name_key, name_keys
from exporter.ontologies.slices import Slice
from exporter.ontologies.terms import Scope, Synonym, Term

REMEMBERED = 50_000
"""So many answers of each kind are kept: enough for a corpus, and never too much for a laptop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseAtHand:
    """A release that holds terms here: bundled with a pack, or installed in the index.

    ``source`` is where it came from, in words or as an address.
    """

    name: str
    version: str
    licence: str
    source: str
    installed: bool

    def __str__(self) -> str:
        return f"{self.name} {self.version}".rstrip()


@dataclass(frozen=True, slots=True)
class HeldTerm:
    """A term and what stands for it; ``release`` is written ``mondo 2026-05-05``."""

    term: Term
    by: HeldRelease | Slice
    release: str


class HeldTerms:
    """Terms by id and by name; what the index holds wins, but further names of slices stay."""

    def __init__(
        self, slices: Iterable[Slice], namespaces: Namespaces, installed: InstalledIndex | None
    ) -> None:
        self.in_slices = SliceTerms(slices, namespaces)
        self.installed = installed
        self.held = lru_cache(maxsize=REMEMBERED)(self._held)
        self.namings = lru_cache(maxsize=REMEMBERED)(self._namings)
        self.ids_named = lru_cache(maxsize=REMEMBERED)(self._ids_named)

    def __iter__(self) -> Iterator[EntityId]:
        """Yield the id of every term, those of the index first."""
        if self.installed is None:
            yield from self.in_slices
        else:
            yield from self.installed
            yield from (each for each in self.in_slices if self._only_in_a_slice(each))

    def ids_of(self, name: str) -> Iterator[EntityId]:
        """Yield the ids of the terms of one ontology, and those that another stands for."""
        for held in self.installed.ontologies if self.installed else ():
            if self.installed and held.release.name == name:
                yield from self.installed.ids(held)
        for part in self.in_slices.slices:
            if part.name == name:
                yield from filter(self._only_in_a_slice, self.in_slices.of(part))

    def releases(self) -> tuple[ReleaseAtHand, ...]:
        """Return the current releases of the index, then the slices, each release once."""
        installed = self.installed.ontologies if self.installed else ()
        holders: tuple[HeldRelease | Slice, ...] = (*installed, *self.in_slices.slices)
        return tuple(dict.fromkeys(at_hand(each) for each in holders))

    def holding(self, entity: EntityId) -> tuple[ReleaseAtHand, ...]:
        """Return every release and slice that holds a term, also those that others stand for."""
        installed = self.installed.holding(entity) if self.installed else ()
        slices = (each for each in self.in_slices.slices if entity in each.lines)
        holders: tuple[HeldRelease | Slice, ...] = (*installed, *slices)
        return tuple(dict.fromkeys(at_hand(each) for each in holders))

    def lineage(self, entity: EntityId) -> tuple[EntityId, ...] | None:
        """Return what is above an id, nearest first, if one release of the index holds it all."""
        return self.installed.lineage(entity) if self.installed else None

    def ancestor_set(self, entity: EntityId) -> frozenset[EntityId] | None:
        """Return what is above an id, if one release of the index holds it all."""
        return self.installed.ancestor_set(entity) if self.installed else None

    def _only_in_a_slice(self, entity: EntityId) -> bool:
        held = self.held(entity)
        return held is not None and isinstance(held.by, Slice)

    def _held(self, entity: EntityId) -> HeldTerm | None:
        found = self.installed.term(entity) if self.installed else None
        further = self.in_slices.term(entity)
        if found is None:
            by = self.in_slices.holder(entity)
            return HeldTerm(further, by, by.release) if further and by else None
        term, held = found
        term = _with_names_of(term, further) if further else term
        return HeldTerm(term, held, str(held.release))

    def _namings(self, key: str) -> tuple[tuple[Term, Synonym], ...]:
        named: Iterable[tuple[EntityId, Synonym | Scope]] = self.in_slices.named(key)
        if self.installed:
            named = (*self.installed.named(key), *named)
        held = (self.held(entity) for entity in dict.fromkeys(entity for entity, _ in named))
        found = [(each.term, name) for each in held if each for name in _names(each.term, key)]
        return tuple(sorted(found, key=lambda pair: by_nearness(pair[1].scope)))

    def _ids_named(self, key: str) -> tuple[tuple[EntityId, Scope], ...]:
        installed = self.installed.named(key) if self.installed else ()
        in_slices = self.in_slices.named(key)
        if not in_slices:
            return installed
        found = dict(installed)
        for entity, name in in_slices:
            found.setdefault(entity, name.scope)
        return tuple(sorted(found.items(), key=lambda pair: by_nearness(pair[1])))

    def below(self, entity: EntityId) -> list[EntityId]:
        """Return what stands directly below an id."""
        found = [*self._below_in_slices.get(entity, ())]
        for each, held in self.installed.below(entity) if self.installed else ():
            known = self.held(each)
            if known and known.by is held:
                found.append(each)
        return found

    @cached_property
    def _below_in_slices(self) -> dict[EntityId, list[EntityId]]:
        below: dict[EntityId, list[EntityId]] = defaultdict(list)
        for entity in self.in_slices:
            held = self.held(entity)
            for parent in held.term.parents if held and isinstance(held.by, Slice) else ():
                below[parent].append(entity)
        return dict(below)


def _with_names_of(term: Term, other: Term) -> Term:
    """Return a term with the names that only another description of it has."""
    known = name_keys(term)
    added: dict[str, Synonym] = {}
    for name in (Synonym(other.label, Scope.EXACT), *other.synonyms):
        key = name_key(name.text)
        if key and key not in known:
            added.setdefault(key, name)
    synonyms = sorted((*term.synonyms, *added.values()), key=lambda name: by_nearness(name.scope))
    return replace(term, synonyms=tuple(synonyms)) if added else term


def _names(term: Term, key: str) -> Iterator[Synonym]:
    """Yield the nearest name of a term that has a key."""
    names = (Synonym(term.label, Scope.EXACT), *term.synonyms)
    fitting = [name for name in names if name_key(name.text) == key]
    yield from sorted(fitting, key=lambda name: by_nearness(name.scope))[:1]


def at_hand(held: HeldRelease | Slice) -> ReleaseAtHand:
    """Return what there is to say about a release or a slice of one."""
    said = held.release if isinstance(held, HeldRelease) else held
    return ReleaseAtHand(
        name=said.name,
        version=said.version,
        licence=said.licence,
        source=said.source,
        installed=isinstance(held, HeldRelease),
    )

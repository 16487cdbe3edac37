"""The terms of the slices of some packs; where two hold a term, the later one wins."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from exporter.model.identifiers import EntityId, Namespaces
from exporter.ontologies.names import name_key
from exporter.ontologies.slices import Slice
from exporter.ontologies.terms import Synonym, Term


class SliceTerms:
    """Terms by id and by name; lines become terms, and names are sorted, when asked for."""

    def __init__(self, slices: Iterable[Slice], namespaces: Namespaces) -> None:
        self.slices = tuple(slices)
        self.namespaces = namespaces
        self._holders: dict[EntityId, Slice] = {}
        for held in self.slices:
            self._holders.update(dict.fromkeys(held.lines, held))
        self._terms: dict[EntityId, Term] = {}
        self._named: dict[str, list[tuple[EntityId, Synonym]]] | None = None

    def __contains__(self, entity: EntityId) -> bool:
        return entity in self._holders

    def __iter__(self) -> Iterator[EntityId]:
        """Yield the id of every term, slice by slice."""
        return (entity for held in self.slices for entity in self.of(held))

    def of(self, held: Slice) -> Iterator[EntityId]:
        """Yield the ids of the terms for which a slice stands."""
        return (entity for entity in held.lines if self._holders[entity] is held)

    def holder(self, entity: EntityId) -> Slice | None:
        """Return the slice that stands for a term."""
        return self._holders.get(entity)

    def term(self, entity: EntityId) -> Term | None:
        """Return the term of an id; None where no slice holds it."""
        if entity not in self._terms:
            held = self._holders.get(entity)
            if held is None:
                return None
            self._terms[entity] = held.term(entity, self.namespaces)
        return self._terms[entity]

    def named(self, key: str) -> tuple[tuple[EntityId, Synonym], ...]:
        """Return the ids of which a name has a key, each with that name, slice by slice."""
        if self._named is None:
            self._named = self._by_key()
        return tuple(self._named.get(key, ()))

    def _by_key(self) -> dict[str, list[tuple[EntityId, Synonym]]]:
        named: dict[str, list[tuple[EntityId, Synonym]]] = defaultdict(list)
        for held in self.slices:
            for entity, name in held.names():
                if self._holders[entity] is held:
                    named[name_key(name.text)].append((entity, name))
        named.pop("", None)
        return dict(named)

"""Mappings by the ids they are about, told from either end."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cached_property

from exporter.model.identifiers import EntityId
from exporter.model.mappings import Mapping
from exporter.ontologies.installed_index import InstalledIndex
from exporter.ontologies.sssom import MappingSet

_INVERSE = {
    "skos:exactMatch": "skos:exactMatch",
    "skos:closeMatch": "skos:closeMatch",
    "skos:relatedMatch": "skos:relatedMatch",
    "skos:broadMatch": "skos:narrowMatch",
    "skos:narrowMatch": "skos:broadMatch",
}

Wanted = Callable[[Mapping, bool], bool]
"""Tells whether a row, and a denial if it is one, is asked for."""


class MappedIds:
    """The rows of some mapping sets and of an index; a set in the index stands for its namesakes.

    What a set denies is kept apart.
    """

    def __init__(self, sets: Iterable[MappingSet], installed: InstalledIndex | None) -> None:
        self._installed = installed
        names = {held.release.name for held in installed.mapping_sets} if installed else set()
        self.sets = tuple(each for each in sets if each.name not in names)

    def every(self) -> Iterator[tuple[Mapping, bool]]:
        """Yield all rows as they are stated, each with whether it is a denial."""
        for each in self.sets:
            yield from ((row, False) for row in each.mappings)
            yield from ((row, True) for row in each.negative)
        if self._installed:
            for held in self._installed.mapping_sets:
                yield from self._installed.mappings(held)

    def about(self, entity: EntityId, *, denied: bool = False) -> tuple[Mapping, ...]:
        """Return the rows about an id, or the denials, with the id as their subject."""
        rows = (row for row, negative in self._stated(entity) if negative is denied)
        told = (each for row in rows for each in _from(entity, row))
        return tuple(dict.fromkeys(told))

    def chosen(self, entities: Iterable[EntityId], wanted: Wanted) -> tuple[MappingSet, ...]:
        """Return the wanted rows about some ids, as they are stated, each set with its rows."""
        rows = {row: None for each in entities for row in self._stated(each) if wanted(*row)}
        return tuple(found for each in self._sets() if (found := _with_rows(each, rows)))

    def _stated(self, entity: EntityId) -> list[tuple[Mapping, bool]]:
        installed = self._installed.mapped(entity) if self._installed else ()
        return [*self._in_sets.get(entity, ()), *installed]

    def _sets(self) -> Iterator[MappingSet]:
        """Yield every set; those of the index without their rows."""
        yield from self.sets
        for held in self._installed.mapping_sets if self._installed else ():
            said = held.release
            yield MappingSet(name=said.name, id=held.id, version=said.version, licence=said.licence)

    @cached_property
    def _in_sets(self) -> dict[EntityId, list[tuple[Mapping, bool]]]:
        rows: dict[EntityId, list[tuple[Mapping, bool]]] = defaultdict(list)
        for each in self.sets:
            for denied, mappings in ((False, each.mappings), (True, each.negative)):
                for row in mappings:
                    for end in {row.subject, row.object}:
                        rows[end].append((row, denied))
        return dict(rows)


def _with_rows(held: MappingSet, rows: Iterable[tuple[Mapping, bool]]) -> MappingSet | None:
    own = [pair for pair in rows if (pair[0].source, pair[0].version) == (held.name, held.version)]
    stated = tuple(sorted(row for row, denied in own if not denied))
    negative = tuple(sorted(row for row, denied in own if denied))
    return replace(held, mappings=stated, negative=negative) if own else None


def _from(entity: EntityId, row: Mapping) -> Iterator[Mapping]:
    """Yield a row as it is told from an id; a row that cannot be turned has one end only."""
    if row.subject == entity:
        yield row
    if row.object == entity and (told := turned(row)):
        yield told


def turned(row: Mapping) -> Mapping | None:
    """Return the same mapping told from its other end, if its relation can be told so."""
    inverse = _INVERSE.get(row.predicate)
    if inverse is None:
        return None
    return replace(row, subject=row.object, predicate=inverse, object=row.subject)

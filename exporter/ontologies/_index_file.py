"""An open index: its rows, checked, and the ids that their numbers stand for."""

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from exporter.errors import InputError
from exporter.model.identifiers import EntityId, Namespaces
from exporter.ontologies import _schema
from exporter.ontologies._rows import LETTERS, unpacked
from exporter.ontologies.terms import Relation, Scope, Synonym

Row = tuple[Any, ...]
_REMEMBERED = 100_000
_CELLS = 30_000
_ENTITY = "SELECT curie FROM entities WHERE number = ?"
_DIGITS = re.compile(r"(\d+)")


class IndexFile:
    """Asks an index and makes values of its cells; what makes no sense is refused as damage."""

    def __init__(self, path: Path, namespaces: Namespaces) -> None:
        self.path = path
        self._connection = _schema.opened(path)
        self._known = {namespace.prefix: namespace for namespace in namespaces}
        self.entity = lru_cache(maxsize=_REMEMBERED)(self._entity)
        self.parsed = lru_cache(maxsize=_REMEMBERED)(self._parsed)
        # Terms beside each other have the same parents and lineage, in the same cell.
        self.entities = lru_cache(maxsize=_CELLS)(self._entities)
        self.entity_set = lru_cache(maxsize=_CELLS)(self._entity_set)

    def rows(self, query: str, types: Sequence[Any], *values: object) -> list[Row]:
        """Return what a query finds, each cell of its type."""
        try:
            rows = self._connection.execute(query, values).fetchall()
        except _schema.UNREADABLE as problem:
            raise _schema.broken(self.path, f"the index cannot be read: {problem}") from None
        for row in rows:
            if not all(map(isinstance, row, types)):
                raise self.damaged()
        return rows

    def damaged(self) -> InputError:
        """Return the error that refuses the file."""
        return _schema.broken(self.path, "the index is damaged")

    def _entity(self, number: int) -> EntityId | None:
        """Return the id with a number; None if this run does not know its namespace."""
        rows = self.rows(_ENTITY, (str,), number)
        return self.parsed(rows[0][0]) if rows else None

    def _parsed(self, curie: str) -> EntityId | None:
        """Return an id as the index writes it; None if this run does not know its namespace."""
        prefix, _, local = curie.partition(":")
        namespace = self._known.get(prefix)
        if namespace and not namespace.accepts(local):
            raise self.damaged()
        return EntityId(namespace.prefix, local, namespace.iri + local) if namespace else None

    def numbers(self, cell: bytes) -> tuple[int, ...]:
        """Return the numbers in a cell."""
        if len(cell) % 4:
            raise self.damaged()
        return unpacked(cell)

    def _entities(self, cell: bytes) -> tuple[EntityId, ...]:
        """Return the ids in a cell, without those of namespaces that this run does not know."""
        return tuple([each for each in map(self.entity, self.numbers(cell)) if each])

    def _entity_set(self, cell: bytes) -> frozenset[EntityId]:
        return frozenset(self.entities(cell))

    def scope(self, place: int) -> Scope:
        """Return the scope of a name."""
        if not 0 <= place < len(_schema.SCOPES):
            raise self.damaged()
        return _schema.SCOPES[place]

    def synonyms(self, cell: str) -> tuple[Synonym, ...]:
        """Return the names in a cell."""
        lines = cell.split("\n") if cell else ()
        return tuple(
            [Synonym(line[1:], self.scope(LETTERS.find(line[:1] or "?"))) for line in lines]
        )

    def relations(self, cell: str) -> tuple[Relation, ...]:
        """Return the relations in a cell."""
        pairs = [line.partition(" ") for line in cell.split("\n")] if cell else []
        if not all(number.isascii() and number.isdigit() for number, _, _ in pairs):
            raise self.damaged()
        found = ((name, self.entity(int(number))) for number, _, name in pairs)
        return tuple([Relation(name, entity) for name, entity in found if entity])


def age(version: str) -> tuple[tuple[int, int, str], ...]:
    """Return by what versions of the same thing are put in order: 9 before 10, old dates first.

    >>> sorted(["v10", "v9"], key=age), max(["2026-05-05", "2024-10-01"], key=age)
    (['v9', 'v10'], '2026-05-05')
    """
    parts = _DIGITS.split(version.removeprefix("v"))
    return tuple((1, int(part), "") if part.isdecimal() else (0, 0, part) for part in parts if part)

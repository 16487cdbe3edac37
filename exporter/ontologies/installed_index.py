"""The index of full ontologies, read: terms, names, lineages and mappings, each when asked for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from exporter.model.identifiers import EntityId, Namespaces
from exporter.model.mappings import Mapping as MappingRow
from exporter.ontologies._index_file import IndexFile, Row, age
from exporter.ontologies._schema import MAPPINGS, TERMS
from exporter.ontologies.installed import Release
from exporter.ontologies.terms import Scope, Term

_RELEASES = """SELECT number, kind, id, prefixes, size,
    name, version, prefix, licence, source, sha256, fetched FROM releases"""
_RELEASE_TYPES = (int, str, str, str, int, *(str,) * 7)
_TERM = """SELECT release, label, synonyms, parents, relations, obsolete, replaced_by,
    consider FROM terms WHERE entity = (SELECT number FROM entities WHERE curie = ?)"""
_TERM_OF_RELEASE = """SELECT release, label, synonyms, parents, relations, obsolete, replaced_by,
    consider FROM terms WHERE entity = (SELECT number FROM entities WHERE curie = ?)
    AND release = ?"""
_TERM_TYPES = (int, str, str, bytes, str, int, (int, type(None)), bytes)
_MEMBERS = "SELECT entity FROM terms WHERE release = ? ORDER BY entity"
_HOLDING = """SELECT release FROM terms
    WHERE entity = (SELECT number FROM entities WHERE curie = ?)"""
_LINEAGE = """SELECT release, above, whole FROM lineages
    WHERE entity = (SELECT number FROM entities WHERE curie = ?)"""
_LINEAGES = """SELECT curie, above FROM lineages JOIN entities ON number = entity
    WHERE release = ? AND length(above) > 0 ORDER BY entity"""
_PARENTS = """SELECT number, curie FROM entities
    WHERE number IN (SELECT parent FROM edges WHERE release = ?)"""
_NAMED = """SELECT curie, release, scope FROM names JOIN entities ON number = entity
    WHERE key = ? ORDER BY scope, entity"""
_LIKE = "SELECT key, release FROM names WHERE key >= ? AND key < ? AND scope = 0 LIMIT ?"
_LAST = "\U0010ffff"
_BELOW = """SELECT child, release FROM edges
    WHERE parent = (SELECT number FROM entities WHERE curie = ?) ORDER BY child"""
_MAPPED = """WITH asked AS (SELECT number AS n FROM entities WHERE curie = ?)
    SELECT release, subject, predicate, object, justification, negative FROM mappings
    WHERE subject = (SELECT n FROM asked) OR object = (SELECT n FROM asked) ORDER BY number"""
_MAPPINGS = """SELECT release, subject, predicate, object, justification, negative FROM mappings
    WHERE release = ? ORDER BY number"""
_MAPPING_TYPES = (int, int, str, int, str, int)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldRelease:
    """A release in the index, and whether it is the current one of its name.

    ``kind`` is ``terms`` or ``mappings``; ``prefixes`` are those of its terms, ``id`` is that of a
    mapping set; ``size`` counts terms or rows.
    """

    release: Release
    kind: str
    number: int
    id: str
    prefixes: tuple[str, ...]
    size: int
    current: bool


class InstalledIndex:
    """An index, opened to be read; only the current releases in it are looked into.

    Of each ontology and mapping set that is the newest one, or the version that ``pins`` gives for
    its name; nothing is read of a name that is pinned to a version which is not here.
    """

    def __init__(
        self, path: Path, namespaces: Namespaces, pins: Mapping[str, str] | None = None
    ) -> None:
        self.path, self.namespaces, self.pins = path, namespaces, dict(pins or {})
        self._file = IndexFile(path, namespaces)
        self.releases = _held(self._file.rows(_RELEASES, _RELEASE_TYPES), self.pins)
        self._current = {held.number: held for held in self.releases if held.current}

    def __reduce__(self) -> tuple[Any, ...]:
        return InstalledIndex, (self.path, self.namespaces, self.pins)

    @property
    def ontologies(self) -> tuple[HeldRelease, ...]:
        """Return the current releases of ontologies, by name."""
        return tuple(held for held in self._current.values() if held.kind == TERMS)

    @property
    def mapping_sets(self) -> tuple[HeldRelease, ...]:
        """Return the current releases of mapping sets, by name."""
        return tuple(held for held in self._current.values() if held.kind == MAPPINGS)

    def term(self, entity: EntityId) -> tuple[Term, HeldRelease] | None:
        """Return the term of an id, and the release that it is of.

        Where several ontologies hold it, that is the one whose own prefix it has, else the first.
        """
        row = self._ranked(entity, self._file.rows(_TERM, _TERM_TYPES, entity.curie))
        if row is None:
            return None
        held = self._current[row[0]]
        return self._term(entity, row, held), held

    def holding(self, entity: EntityId) -> tuple[HeldRelease, ...]:
        """Return every release that holds a term, current or not, the newest of a name last."""
        numbers = {number for (number,) in self._file.rows(_HOLDING, (int,), entity.curie)}
        return tuple(held for held in self.releases if held.number in numbers)

    def __iter__(self) -> Iterator[EntityId]:
        """Yield the ids of all terms, ontology by ontology; one that two hold comes once."""
        seen: set[int] = set()
        for held in self.ontologies:
            numbers = [number for (number,) in self._file.rows(_MEMBERS, (int,), held.number)]
            yield from filter(None, map(self._file.entity, (n for n in numbers if n not in seen)))
            seen.update(numbers)

    def ids(self, held: HeldRelease) -> Iterator[EntityId]:
        """Yield the ids of the terms of one release, current or not, always in the same order."""
        rows = self._file.rows(_MEMBERS, (int,), held.number)
        yield from filter(None, (self._file.entity(number) for (number,) in rows))

    def terms(self, held: HeldRelease) -> Iterator[Term]:
        """Yield the terms of one release, current or not, always in the same order."""
        for entity in self.ids(held):
            rows = self._file.rows(_TERM_OF_RELEASE, _TERM_TYPES, entity.curie, held.number)
            yield from (self._term(entity, row, held) for row in rows)

    def lineage(self, entity: EntityId) -> tuple[EntityId, ...] | None:
        """Return all that is above a term, nearest first, as the release says that it is of.

        None is returned for an unknown id, and where that release does not hold the whole lineage.
        """
        cell = self._lineage(entity)
        return None if cell is None else self._file.entities(cell)

    def ancestor_set(self, entity: EntityId) -> frozenset[EntityId] | None:
        """Return all that is above a term; None as ``lineage`` does."""
        cell = self._lineage(entity)
        return None if cell is None else self._file.entity_set(cell)

    def _lineage(self, entity: EntityId) -> bytes | None:
        rows = self._file.rows(_LINEAGE, (int, bytes, int), entity.curie)
        row = self._ranked(entity, rows)
        return row[1] if row and row[2] else None

    def ancestor_sets(self, held: HeldRelease) -> Iterator[tuple[EntityId, frozenset[EntityId]]]:
        """Yield each term of a release, current or not, with all that it says is above it.

        Terms without anything above them are left out, and those with more than any real one.
        """
        parsed = self._file.parsed
        rows = self._file.rows(_PARENTS, (int, str), held.number)
        above = {number: parsed(curie) for number, curie in rows}
        sets: dict[bytes, frozenset[EntityId]] = {}
        for curie, cell in self._file.rows(_LINEAGES, (str, bytes), held.number):
            if cell not in sets:
                found = map(above.get, self._file.numbers(cell))
                sets[cell] = frozenset([each for each in found if each])
            if entity := parsed(curie):
                yield entity, sets[cell]

    def _ranked(self, entity: EntityId, rows: list[Row]) -> Row | None:
        """Return the row of the release that a term is of; the first cell is the release."""
        if len(rows) == 1 and rows[0][0] in self._current:
            return rows[0]
        found = [row for row in rows if row[0] in self._current]
        return min(found, key=lambda row: _rank(self._current[row[0]], entity), default=None)

    def below(self, entity: EntityId) -> Iterator[tuple[EntityId, HeldRelease]]:
        """Yield the ids of which a current release says that they stand directly below an id."""
        for number, release in self._file.rows(_BELOW, (int, int), entity.curie):
            below = self._file.entity(number)
            if below and release in self._current:
                yield below, self._current[release]

    def named(self, key: str) -> tuple[tuple[EntityId, Scope], ...]:
        """Return the ids of which a name has a key, each with that name's scope, nearest first."""
        found: dict[EntityId, Scope] = {}
        for curie, release, place in self._file.rows(_NAMED, (str, int, int), key):
            entity = self._file.parsed(curie) if release in self._current else None
            if entity:
                found.setdefault(entity, self._file.scope(place))
        return tuple(found.items())

    def keys_from(self, beginning: str, most: int) -> tuple[str, ...]:
        """Return some keys of exact names that begin in a way, in order."""
        rows = self._file.rows(_LIKE, (str, int), beginning, beginning + _LAST, most)
        return tuple(dict.fromkeys(key for key, release in rows if release in self._current))

    def mapped(self, entity: EntityId) -> tuple[tuple[MappingRow, bool], ...]:
        """Return the rows about an id as they are stated, each with whether it is a denial."""
        rows = self._file.rows(_MAPPED, _MAPPING_TYPES, entity.curie)
        return tuple(self._mappings(rows))

    def mappings(self, held: HeldRelease) -> Iterator[tuple[MappingRow, bool]]:
        """Yield the rows of one mapping set, each with whether it is a denial."""
        yield from self._mappings(self._file.rows(_MAPPINGS, _MAPPING_TYPES, held.number))

    def _term(self, entity: EntityId, row: Row, held: HeldRelease) -> Term:
        _, label, synonyms, parents, relations, obsolete, replaced_by, consider = row
        return Term(
            id=entity,
            label=label,
            synonyms=self._file.synonyms(synonyms),
            parents=self._file.entities(parents),
            obsolete=bool(obsolete),
            replaced_by=self._file.entity(replaced_by) if replaced_by else None,
            consider=self._file.entities(consider),
            relations=self._file.relations(relations),
            ontology=held.release.name,
        )

    def _mappings(self, rows: list[Row]) -> Iterator[tuple[MappingRow, bool]]:
        for release, subject, predicate, target, justification, negative in rows:
            held = self._current.get(release)
            ends = self._file.entity(subject), self._file.entity(target)
            if held and ends[0] and ends[1]:
                mapping = MappingRow(
                    subject=ends[0],
                    predicate=predicate,
                    object=ends[1],
                    justification=justification,
                    source=held.release.name,
                    version=held.release.version,
                )
                yield mapping, bool(negative)


def _held(rows: list[Row], pins: Mapping[str, str]) -> tuple[HeldRelease, ...]:
    """Return the releases, ontologies first, by name and age."""
    ordered = sorted(rows, key=lambda row: (row[1] != TERMS, row[5], age(row[6]), row[0]))
    chosen = {(row[1], row[5]): row[6] for row in ordered}
    chosen = {(kind, name): pins.get(name, newest) for (kind, name), newest in chosen.items()}
    return tuple(
        HeldRelease(
            release=Release(
                name=name,
                version=version,
                prefix=prefix,
                licence=licence,
                source=source,
                sha256=sha256,
                fetched=fetched,
            ),
            kind=kind,
            number=number,
            id=id_,
            prefixes=tuple(prefixes.split()),
            size=size,
            current=version == chosen[kind, name],
        )
        for (number, kind, id_, prefixes, size, *about) in ordered
        for (name, version, prefix, licence, source, sha256, fetched) in [about]
    )


def _rank(held: HeldRelease, entity: EntityId) -> tuple[bool, str]:
    return held.release.prefix != entity.prefix, held.release.name

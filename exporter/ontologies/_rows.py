"""Terms and mappings as rows of the index."""

import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence

from exporter.errors import InputError
from exporter.model.identifiers import EntityId
from exporter.ontologies._schema import SCOPES
from exporter.ontologies.names import name_keys
from exporter.ontologies.sssom import MappingSet
from exporter.ontologies.terms import Term

_PLACES = {scope: place for place, scope in enumerate(SCOPES)}
LONGEST_LINEAGE = 1_000
"""Real ontologies stay far below it; a file made to be large must not grow with its square."""

LETTERS = "ebnrpa"
"""The letter before a name in its cell tells its scope; in the order of the scopes."""


class Numbers:
    """The number of each id; an id that has none yet gets the next one."""

    def __init__(self, known: Iterable[tuple[str, int]] = ()) -> None:
        self._numbers = dict(known)
        self._known = len(self._numbers)

    def of(self, entity: EntityId) -> int:
        """Return the number of an id."""
        return self._numbers.setdefault(f"{entity.prefix}:{entity.local}", len(self._numbers) + 1)

    def new(self) -> Iterator[tuple[int, str]]:
        """Yield the rows of the ids that got their number here."""
        for number, curie in enumerate(self._numbers, start=1):
            if number > self._known:
                yield number, curie


class TermRows:
    """The rows of the terms of one release; ``parents`` grows with each term."""

    def __init__(self, release: int, numbers: Numbers) -> None:
        self.release = release
        self.parents: dict[int, tuple[int, ...]] = {}
        self.prefixes: set[str] = set()
        self._number = numbers.of

    def term(self, term: Term) -> tuple[object, ...]:
        """Return the row of a term; one that comes twice is refused."""
        entity = self._number(term.id)
        if entity in self.parents:
            raise InputError(f"{term.id} stands twice in the same release", code="E162")
        self.prefixes.add(term.id.prefix)
        parents = self.parents[entity] = tuple(map(self._number, term.parents))
        return (
            entity,
            self.release,
            _one_line(term.label),
            "\n".join(LETTERS[_PLACES[n.scope]] + _one_line(n.text) for n in term.synonyms),
            packed(parents),
            "\n".join(f"{self._number(each.object)} {each.name}" for each in term.relations),
            int(term.obsolete),
            self._number(term.replaced_by) if term.replaced_by else None,
            packed(tuple(map(self._number, term.consider))),
        )

    def names(self, term: Term) -> Iterator[tuple[object, ...]]:
        """Yield a row for each name under which a term is found, in its nearest scope."""
        entity = self._number(term.id)
        for key, scope in name_keys(term).items():
            yield key, entity, self.release, _PLACES[scope]

    def edges(self) -> Iterator[tuple[object, ...]]:
        """Yield a row for each step from a term down to another."""
        pairs = {(above, each) for each, parents in self.parents.items() for above in parents}
        yield from ((above, each, self.release) for above, each in sorted(pairs))

    def lineages(self) -> Iterator[tuple[object, ...]]:
        """Yield for each term all that is above it, nearest first.

        A lineage is whole if each term in it stands in this release; of one that is longer than
        any real one nothing is kept, and it is not whole.
        """
        outside = {above for parents in self.parents.values() for above in parents}
        outside -= self.parents.keys()
        known: dict[int, tuple[int, ...]] = {}
        for entity in sorted(self.parents):
            above = _above(entity, self.parents, known)
            if len(above) > LONGEST_LINEAGE:
                yield entity, self.release, b"", 0
            else:
                known[entity] = above
                yield entity, self.release, packed(above), int(outside.isdisjoint(above))


def _above(
    entity: int, parents: Mapping[int, tuple[int, ...]], known: Mapping[int, tuple[int, ...]]
) -> tuple[int, ...]:
    """Return what is above a term, nearest first; of a lineage that is too long a part."""
    row = parents[entity]
    if not row:
        return ()
    if len(row) == 1 and row[0] in known and entity not in known[row[0]]:
        return (row[0], *known[row[0]])
    reached = {entity: None}
    while row and len(reached) <= LONGEST_LINEAGE + 1:
        new = {above: None for above in row if above not in reached}
        reached.update(new)
        row = tuple([above for each in new for above in parents.get(each, ())])
    return tuple(reached)[1:]


def mapping_rows(
    mapping_set: MappingSet, release: int, numbers: Numbers
) -> Iterator[tuple[object, ...]]:
    """Yield the row of each mapping; the last cell tells a row that says it does not hold."""
    for negative, mappings in enumerate((mapping_set.mappings, mapping_set.negative)):
        for each in mappings:
            subject, target = numbers.of(each.subject), numbers.of(each.object)
            yield release, subject, each.predicate, target, each.justification, negative


def packed(numbers: Sequence[int]) -> bytes:
    """Return numbers as bytes, the same on every machine."""
    return struct.pack(f"<{len(numbers)}I", *numbers) if numbers else b""


def unpacked(cell: bytes) -> tuple[int, ...]:
    """Return the numbers in a cell."""
    return struct.unpack(f"<{len(cell) // 4}I", cell)


def _one_line(text: str) -> str:
    return " ".join(text.split())

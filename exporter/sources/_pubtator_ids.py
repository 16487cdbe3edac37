"""The ids of PubTator files: bare or with a prefix, one or several, or none at all."""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from operator import itemgetter

from exporter.errors import IdentifierError
from exporter.model.identifiers import EntityId, Namespaces
from exporter.ontologies.kinds import kind_of, kinds
from exporter.resources import data
from exporter.sources._digest_ids import WrittenIds

_NONE = frozenset({"", "-", "-1"})
_BETWEEN = re.compile(r"[,;|+\s]+")
_ANY = "*"
MOST_TOGETHER = 50
"""Ids of one mention; more are no longer a statement about it and are kept as written."""
_MOST_REMEMBERED = 200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Form:
    """A form in which ids of one category are written; without a prefix nothing canonical fits."""

    pattern: re.Pattern[str]
    prefix: str
    local: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One id as written; ``trouble`` tells why it has no canonical form, if that is a fault.

    ``place`` is its place among all that were written for the mention, from 0.
    """

    stated_as: str
    stated: EntityId | None = None
    trouble: IdentifierError | None = None
    place: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ids:
    """What stands in the place of an id: at least one part, each once.

    Of several that were written ``together`` are those with a canonical form, and ``count`` tells
    how many there were, those that mean nothing (``-``) included. A part of ``faulty`` ones has
    a trouble.
    """

    parts: tuple[Part, ...]
    together: tuple[EntityId, ...] = ()
    count: int = 1
    faulty: bool = False


_NO_ID = Ids(parts=(Part(stated_as=""),))


class PubTatorIds(dict[tuple[str, str], Ids]):
    """The ids by the kind of an annotation and what is written for it, each pair read once."""

    def __init__(self, namespaces: Namespaces) -> None:
        super().__init__()
        self._namespaces = namespaces
        self._written = WrittenIds(namespaces)

    def __missing__(self, said: tuple[str, str]) -> Ids:
        """Read the ids of a kind that are met for the first time."""
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
        kind, written = said
        found = self[said] = self._read(kind_of(kind).category, written.strip())
        return found

    def of_argument(self, written: str) -> tuple[EntityId, ...]:
        """Return the ids of a relation's argument that says its kind, or needs none."""
        kind, bar, rest = written.partition("|")
        by_kind = bar and kind.strip().casefold() in kinds()
        ids = self[kind, rest] if by_kind else self["", written]
        return tuple(part.stated for part in ids.parts if part.stated is not None)

    def _read(self, category: str, written: str) -> Ids:
        if written in _NONE:
            return _NO_ID
        whole = self._part(category, written)
        if whole.trouble is None:
            return Ids(parts=(whole,))
        pieces = [piece for piece in _BETWEEN.split(written) if piece]
        if len(pieces) > MOST_TOGETHER:
            return Ids(parts=(replace(whole, trouble=_too_many(len(pieces))),), faulty=True)
        places = {piece: place for place, piece in reversed(list(enumerate(pieces)))}
        parts = tuple(
            replace(self._part(category, piece), place=place)
            for piece, place in sorted(places.items(), key=itemgetter(1))
            if piece not in _NONE
        )
        together = tuple(dict.fromkeys(part.stated for part in parts if part.stated is not None))
        if not together:
            return Ids(parts=(whole,), faulty=True)
        faulty = any(part.trouble is not None for part in parts)
        return Ids(parts=parts, together=together, count=len(pieces), faulty=faulty)

    def _part(self, category: str, written: str) -> Part:
        for form in (*_forms().get(category, ()), *_forms()[_ANY]):
            match = form.pattern.fullmatch(written)
            if match:
                return self._in_form(form, match)
        try:
            return Part(stated_as=written, stated=self._written.parse(written))
        except IdentifierError as trouble:
            return Part(stated_as=written, trouble=trouble if ":" in written else _no_id(written))

    def _in_form(self, form: _Form, match: re.Match[str]) -> Part:
        if not form.prefix:
            return Part(stated_as=match.string)
        try:
            stated = self._namespaces.make(form.prefix, match.expand(form.local))
        except IdentifierError as trouble:
            return Part(stated_as=match.string, trouble=trouble)
        return Part(stated_as=match.string, stated=stated)


def meanings(said: Iterable[tuple[str, Ids]]) -> dict[str, tuple[EntityId, ...]]:
    """Return what the ids mean that relations may name, as written, single and together."""
    meant: dict[str, tuple[EntityId, ...]] = {}
    by_local: dict[str, set[EntityId]] = {}
    for written, ids in said:
        for part in ids.parts:
            meant[part.stated_as] = () if part.stated is None else (part.stated,)
            if part.stated is not None:
                by_local.setdefault(part.stated.local, set()).add(part.stated)
        if ids.together:
            meant[written.strip()] = ids.together
    unique = {local: tuple(found) for local, found in by_local.items() if len(found) == 1}
    return unique | meant


def _no_id(written: str) -> IdentifierError:
    return IdentifierError(
        f"{written!r} is no id of what this kind of annotation is about",
        code="E120",
        hint="write prefix and local id, as in MESH:D003882",
    )


def _too_many(number: int) -> IdentifierError:
    return IdentifierError(
        f"these are {number} ids for one mention",
        code="E120",
        hint=f"give a mention no more than {MOST_TOGETHER} ids",
    )


@cache
def _forms() -> dict[str, tuple[_Form, ...]]:
    found: dict[str, tuple[_Form, ...]] = {_ANY: ()}
    with (data("ontology") / "written-ids.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            form = _Form(
                pattern=re.compile(row["pattern"], re.ASCII),
                prefix=row["prefix"],
                local=row["local"],
            )
            found[row["category"]] = (*found.get(row["category"], ()), form)
    return found


@lru_cache(maxsize=4)
def ids_of(namespaces: Namespaces) -> PubTatorIds:
    """Return the reader of ids for the namespaces of a run; it remembers what it has read."""
    return PubTatorIds(namespaces)

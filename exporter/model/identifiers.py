"""Identifiers of concepts and papers: every style in use is read, one is written."""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from exporter.errors import IdentifierError, InputError, Where
from exporter.resources import data


@dataclass(frozen=True, slots=True, order=True)
class EntityId:
    """An identifier in its canonical form.

    >>> EntityId("MONDO", "0008054", "http://purl.obolibrary.org/obo/MONDO_0008054").curie
    'MONDO:0008054'
    """

    prefix: str
    local: str
    iri: str

    @property
    def curie(self) -> str:
        """Return prefix and local part joined by a colon."""
        return f"{self.prefix}:{self.local}"

    def __str__(self) -> str:
        return self.curie


@dataclass(frozen=True, slots=True, kw_only=True)
class Namespace:
    """One row of the namespace table; its example and decoy are its test.

    ``pattern`` is a regular expression for the whole local part, ``iri`` the canonical stem,
    ``aliases`` other CURIE prefixes and ``styles`` other IRI stems that are read.
    """

    prefix: str
    pattern: str
    iri: str
    example: str
    decoy: str
    category: str
    aliases: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()

    @property
    def stem_end(self) -> str:
        """Return what an IRI holds between its last slash and the local part: ``MONDO_``."""
        return self.iri.rpartition("/")[2]

    def accepts(self, local: str) -> bool:
        """Tell whether the local part is well formed."""
        return re.fullmatch(self.pattern, local) is not None

    def entity(self, local: str) -> EntityId:
        """Return the identifier, or refuse a malformed local part."""
        if not self.accepts(local):
            raise IdentifierError(
                f"{local!r} is not a local id of {self.prefix}",
                code="E122",
                hint=f"an id of {self.prefix} looks like {self.prefix}:{self.example}",
            )
        return EntityId(self.prefix, local, f"{self.iri}{local}")


class Namespaces:
    """The namespaces that are known: the bundled table plus private ones."""

    def __init__(self, rows: Iterable[Namespace]) -> None:
        self._rows: dict[str, Namespace] = {}
        self._names: dict[str, str] = {}
        self._stems: list[tuple[str, str]] = []
        for row in rows:
            self._add(row)
        self._stems.sort(key=lambda pair: (-len(pair[0]), pair[0]))

    def _add(self, row: Namespace) -> None:
        for name in (row.prefix, *row.aliases):
            taken = self._names.setdefault(name.casefold(), row.prefix)
            if taken != row.prefix or row.prefix in self._rows:
                raise InputError(f"the prefix {name!r} is taken by {taken}", code="E124")
        self._rows[row.prefix] = row
        self._stems += [(_insecure(stem), row.prefix) for stem in (row.iri, *row.styles)]

    def __iter__(self) -> Iterator[Namespace]:
        return iter(self._rows.values())

    def of(self, entity: EntityId) -> Namespace:
        """Return the namespace of an identifier."""
        return self._rows[entity.prefix]

    def parse(self, text: str) -> EntityId:
        """Read a CURIE or an IRI in any style in use; refuse what no namespace fits.

        >>> bundled_namespaces().parse("mesh:D003882").iri
        'http://id.nlm.nih.gov/mesh/D003882'
        """
        if "://" in text:
            return self._from_iri(text)
        prefix, colon, local = text.strip().partition(":")
        if not colon:
            raise IdentifierError(
                f"{text!r} is not an identifier",
                code="E120",
                hint="write prefix and local id, as in MONDO:0008054",
            )
        return self.make(prefix, local)

    def make(self, prefix: str, local: str) -> EntityId:
        """Return the identifier of a prefix, in any of its spellings, and a local part."""
        name = self._names.get(prefix.strip().casefold())
        if name is None:
            close = get_close_matches(prefix.upper(), sorted(self._rows), n=1)
            hint = f"did you mean {close[0]}?" if close else "add it with --namespaces FILE"
            raise IdentifierError(f"unknown prefix {prefix!r}", code="E121", hint=hint)
        row, written = self._rows[name], local.strip()
        if row.accepts(written):
            return row.entity(written)
        return row.entity(_without_own_prefix(written, (f"{prefix.strip()}:", row.stem_end)))

    def _from_iri(self, iri: str) -> EntityId:
        plain = _insecure(iri.strip())
        for stem, prefix in self._stems:
            if plain.startswith(stem):
                return self._rows[prefix].entity(plain.removeprefix(stem))
        raise IdentifierError(
            f"no namespace fits {iri!r}",
            code="E121",
            hint="add it with --namespaces FILE",
        )


def _insecure(iri: str) -> str:
    """Return the IRI with ``http``: files mix both schemes for the same thing."""
    return "http://" + iri.removeprefix("https://") if iri.startswith("https://") else iri


def _without_own_prefix(local: str, names: Iterable[str]) -> str:
    """Read ``GO:GO:0060337``, ``CID:CID44205240`` and the like, which some files write."""
    for name in names:
        if name and local.casefold().startswith(name.casefold()):
            return local[len(name) :]
    return local


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def read_namespaces(path: Path) -> list[Namespace]:
    """Read a namespace table (CSV); refuse a row whose example or decoy contradicts it."""
    rows = []
    with path.open(encoding="utf-8", newline="") as file:
        for line, cells in enumerate(csv.DictReader(file), start=2):
            where = Where(file=str(path), line=line)
            try:
                row = Namespace(
                    prefix=cells["prefix"],
                    pattern=cells["pattern"],
                    iri=cells["iri"],
                    example=cells["example"],
                    decoy=cells["decoy"],
                    category=cells["category"],
                    aliases=_split(cells.get("aliases") or ""),
                    styles=_split(cells.get("styles") or ""),
                )
            except KeyError as missing:
                raise InputError(
                    f"the namespace table has no column {missing}",
                    code="E123",
                    where=where,
                    hint="columns: prefix, pattern, iri, example, decoy, category, aliases, styles",
                ) from None
            if not row.accepts(row.example) or row.accepts(row.decoy):
                raise InputError(
                    f"the pattern of {row.prefix} contradicts its example or decoy",
                    code="E123",
                    where=where,
                )
            rows.append(row)
    return rows


@cache
def bundled_namespaces() -> Namespaces:
    """Return the namespaces of ``ontology/namespaces.csv``."""
    return Namespaces(read_namespaces(data("ontology") / "namespaces.csv"))


def namespaces_with(private: Iterable[Path]) -> Namespaces:
    """Return the bundled namespaces and those of private tables, which must not clash."""
    extra = [row for path in private for row in read_namespaces(path)]
    return Namespaces([*bundled_namespaces(), *extra]) if extra else bundled_namespaces()

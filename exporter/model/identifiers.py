"""Identifiers of concepts and papers: every style in use is read, one is written."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from exporter.errors import IdentifierError, InputError, Where
from exporter.resources import data

_REQUIRED = ("prefix", "pattern", "iri", "example", "decoy", "category")
_COLUMNS = (*_REQUIRED, "aliases", "styles")
_PREFIX = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*")
_SEPARATORS = ("/", "_", ":", "#", "=")
_STEM = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
_OF_A_PATTERN = re.compile(
    r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|(?P<open>\()|(?P<close>\))|(?P<many>[*+]|\{\d*,\})|.",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True, order=True)
class EntityId:
    """An identifier in its canonical form.

    >>> EntityId("MONDO", "0008054", "http://purl.obolibrary.org/obo/MONDO_0008054").curie
    'MONDO:0008054'
    """

    prefix: str
    local: str
    iri: str

    def __hash__(self) -> int:
        # Ids are looked up more often than anything else; the hash of one string is kept with it.
        return hash(self.iri)

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
        return _compiled(self.pattern).fullmatch(local) is not None

    def entity(self, local: str) -> EntityId:
        """Return the identifier, or refuse a malformed local part."""
        if not self.accepts(local):
            raise IdentifierError(
                f"{local!r} is not a local id of {self.prefix}",
                code="E122",
                hint=f"an id of {self.prefix} looks like {self.prefix}:{self.example}",
            )
        return EntityId(self.prefix, local, f"{self.iri}{local}")


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


class Namespaces:
    """The namespaces that are known: the bundled table plus private ones."""

    def __init__(self, rows: Iterable[Namespace]) -> None:
        self._rows: dict[str, Namespace] = {}
        self._names: dict[str, str] = {}
        self._stems: list[tuple[str, str]] = []
        for row in rows:
            self._add(row)
        self._stems.sort(key=lambda pair: (-len(pair[0]), pair[0]))
        self._sole_stems = {
            stem: prefix
            for stem, prefix in self._stems
            if not any(other != stem and other.startswith(stem) for other, _ in self._stems)
        }

    def _add(self, row: Namespace) -> None:
        for name in (row.prefix, *row.aliases):
            taken = self._names.setdefault(name.casefold(), row.prefix)
            if taken != row.prefix or row.prefix in self._rows:
                raise _taken(f"the prefix {name!r}", taken)
        known = dict(self._stems)
        for stem in map(_insecure, (row.iri, *row.styles)):
            if known.get(stem, row.prefix) != row.prefix:
                raise _taken(f"the IRI stem {stem!r}", known[stem])
            self._stems.append((stem, row.prefix))
        self._rows[row.prefix] = row

    def __iter__(self) -> Iterator[Namespace]:
        return iter(self._rows.values())

    def knows(self, prefix: str) -> bool:
        """Tell whether ids with a prefix, in any of its spellings, are read."""
        return prefix.strip().casefold() in self._names

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
            return EntityId(row.prefix, written, f"{row.iri}{written}")
        return row.entity(_without_own_prefix(written, (f"{prefix.strip()}:", row.stem_end)))

    def of_stem(self, stem: str) -> Namespace | None:
        """Return the namespace of every IRI that begins so; None where more of it must be known."""
        plain = _insecure(stem)
        fitting = {known: prefix for known, prefix in self._stems if known.startswith(plain)}
        return self._rows[fitting[plain]] if fitting.keys() == {plain} else None

    def _from_iri(self, iri: str) -> EntityId:
        plain = _insecure(iri.strip())
        # Most IRIs end with a separator and the local part; then one look-up tells the stem.
        whole = plain[: max(map(plain.rfind, _SEPARATORS)) + 1]
        if whole in self._sole_stems:
            return self._rows[self._sole_stems[whole]].entity(plain.removeprefix(whole))
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
    """Read a namespace table (CSV); refuse a row that does not fit it or contradicts itself."""
    where = Where(file=str(path))
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as problem:
        raise _malformed(f"cannot be read: {(problem.strerror or '').lower()}", where) from None
    except UnicodeDecodeError:
        raise _malformed("the namespace table is not UTF-8", where) from None
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        for column in _REQUIRED:
            if column not in (reader.fieldnames or ()):
                raise _malformed(f"the namespace table has no column {column!r}", where)
        return [_namespace(row, Where(file=str(path), line=reader.line_num)) for row in reader]
    except csv.Error as problem:
        place = Where(file=str(path), line=reader.line_num + 1)
        raise _malformed(f"not a CSV table: {problem}", place) from None


def _namespace(cells: dict[str, str], where: Where) -> Namespace:
    if None in cells or None in cells.values():
        raise _malformed("the row has not as many cells as there are columns", where)
    row = Namespace(
        **{column: cells[column] for column in _REQUIRED},
        aliases=_split(cells.get("aliases", "")),
        styles=_split(cells.get("styles", "")),
    )
    if not _PREFIX.fullmatch(row.prefix):
        raise _malformed(f"{row.prefix!r} cannot be a prefix", where)
    for stem in (row.iri, *row.styles):
        if not _STEM.fullmatch(stem):
            raise _malformed(f"{stem!r} cannot be the beginning of IRIs", where)
    _refuse_pattern(row, where)
    return row


def _refuse_pattern(row: Namespace, where: Where) -> None:
    if _repeats_a_repetition(row.pattern):
        problem = f"the pattern of {row.prefix} repeats a repetition, as (a+)+: it may never end"
        raise _malformed(problem, where)
    try:
        contradicted = not row.accepts(row.example) or row.accepts(row.decoy)
    except re.error as problem:
        raise _malformed(f"the pattern of {row.prefix}: {problem}", where) from None
    if contradicted:
        raise _malformed(f"the pattern of {row.prefix} contradicts its example or decoy", where)


def _repeats_a_repetition(pattern: str) -> bool:
    """Tell ``(a+)+`` and its like, which no short text can be tried on in a lifetime."""
    repeats, ended = [False], False
    for part in _OF_A_PATTERN.finditer(pattern):
        if part["many"] and ended:
            return True
        ended = bool(part["close"]) and len(repeats) > 1 and repeats.pop()
        if part["open"]:
            repeats.append(False)
        repeats[-1] |= ended or bool(part["many"])
    return False


def _malformed(problem: str, where: Where) -> InputError:
    hint = f"columns: {', '.join(_COLUMNS)}; ontology/namespaces.csv is such a table"
    return InputError(problem, code="E123", where=where, hint=hint)


def _taken(what: str, owner: str) -> InputError:
    return InputError(f"{what} is taken by {owner}", code="E124", hint="choose another")


@cache
def bundled_namespaces() -> Namespaces:
    """Return the namespaces of ``ontology/namespaces.csv``."""
    return Namespaces(read_namespaces(data("ontology") / "namespaces.csv"))


def namespaces_with(private: Sequence[Path]) -> Namespaces:
    """Return the bundled namespaces and those of private tables, which must not clash."""
    known = list(bundled_namespaces())
    for path in private:
        known += read_namespaces(path)
        try:
            Namespaces(known)
        except InputError as clash:
            raise clash.at(Where(file=str(path))) from None
    return Namespaces(known) if private else bundled_namespaces()

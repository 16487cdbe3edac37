"""The index of full ontologies in the user's data folder: where it lies, and how it is built."""

import os
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from types import TracebackType

from exporter.errors import OutputError, Where
from exporter.ontologies import _schema
from exporter.ontologies._rows import Numbers, TermRows, mapping_rows
from exporter.ontologies.sssom import MappingSet
from exporter.ontologies.terms import Term

DATA_VARIABLE = "LINKED_CASE_DATA"
_APPLICATION_NAME = "linked-case-exporter"
_AT_ONCE = 5_000
_MAPPINGS = "mappings (release, subject, predicate, object, justification, negative)"


def data_folder() -> Path:
    """Return the folder of fetched files and their index; it need not exist.

    The environment variable ``LINKED_CASE_DATA`` names it, else it is the user's data folder.
    """
    named = os.environ.get(DATA_VARIABLE)
    if named:
        return Path(named)
    from platformdirs import user_data_path  # noqa: PLC0415 - not needed where the folder is named

    return user_data_path(_APPLICATION_NAME, appauthor=False)


def index_path() -> Path:
    """Return the path of the index; there is no file where nothing was fetched."""
    return data_folder() / "ontologies.index"


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A release of an ontology or of a mapping set, as it was fetched.

    ``prefix`` is that of its own ids, ``source`` the address or file name that it came from,
    ``sha256`` the sum of that file, ``fetched`` a date (ISO 8601).
    """

    name: str = ""
    version: str = ""
    prefix: str = ""
    licence: str = ""
    source: str = ""
    sha256: str = ""
    fetched: str = ""

    def __str__(self) -> str:
        return f"{self.name} {self.version}".rstrip()


class IndexWriter:
    """Adds releases to an index; what is in it already stays, other versions beside new ones.

    To be used in a ``with`` statement. The file changes when that ends without an exception, and
    then at once: until then, and after any failure, it is as it was. A second writer is refused
    while the first is at work.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._draft = path.with_name(f".{path.name}.part")

    def __enter__(self) -> "IndexWriter":
        with ExitStack() as undone, _refusing(self.path):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            undone.enter_context(closing(_locked(self.path)))
            undone.callback(self._draft.unlink, missing_ok=True)
            grown = self.path.exists()
            if grown:
                _schema.opened(self.path).close()
                shutil.copyfile(self.path, self._draft)
            else:
                self._draft.unlink(missing_ok=True)
            self._connection = sqlite3.connect(self._draft, isolation_level=None)
            undone.callback(self._connection.close)
            _begin(self._connection, grown=grown)
            self._numbers = Numbers(self._connection.execute("SELECT curie, number FROM entities"))
            self._undone = undone.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._undone:
            if kind is None:
                with _refusing(self.path):
                    self._finish()

    def add_release(self, release: Release, terms: Iterable[Term]) -> int:
        """Add a release in place of one with the same name and version; return how many terms.

        A term that comes twice is refused.
        """
        number = self._replaced(release, _schema.TERMS)
        rows = TermRows(number, self._numbers)
        for some in _batches(terms):
            self._insert("terms", 9, map(rows.term, some))
            self._insert("temp.new_names", 4, (row for term in some for row in rows.names(term)))
        self._insert("edges", 3, rows.edges())
        self._insert("lineages", 4, rows.lineages())
        about = ("", " ".join(sorted(rows.prefixes)), len(rows.parents))
        self._add(number, _schema.TERMS, release, about)
        return len(rows.parents)

    def add_mapping_set(self, mapping_set: MappingSet, release: Release) -> int:
        """Add a mapping set in place of one with the same name and version; return how many rows.

        Name, version and licence are those of the release where it says them, else those that
        the set says itself.
        """
        named = replace(
            release,
            name=release.name or mapping_set.name,
            version=release.version or mapping_set.version,
            licence=release.licence or mapping_set.licence,
        )
        number = self._replaced(named, _schema.MAPPINGS)
        rows = mapping_rows(mapping_set, number, self._numbers)
        self._insert(_MAPPINGS, 6, rows)
        size = len(mapping_set.mappings) + len(mapping_set.negative)
        self._add(number, _schema.MAPPINGS, named, (mapping_set.id, "", size))
        return size

    def _replaced(self, release: Release, kind: str) -> int:
        """Return the number of a release; what an earlier one of this version held is gone."""
        same = "SELECT number FROM releases WHERE kind = ? AND name = ? AND version = ?"
        found = self._connection.execute(same, (kind, release.name, release.version)).fetchone()
        if found is None:
            last = self._connection.execute("SELECT MAX(number) FROM releases").fetchone()[0]
            return int(last or 0) + 1
        for table in ("terms", "lineages", "edges", "names", "mappings", "temp.new_names"):
            self._connection.execute(f"DELETE FROM {table} WHERE release = ?", found)  # noqa: S608
        self._connection.execute("DELETE FROM releases WHERE number = ?", found)
        return int(found[0])

    def _add(self, number: int, kind: str, release: Release, about: tuple[str, str, int]) -> None:
        values = (
            *(number, kind, release.name, release.version, release.prefix, release.licence),
            *(release.source, release.sha256, release.fetched, *about),
        )
        self._insert("releases", 12, [values])

    def _insert(self, table: str, width: int, rows: Iterable[tuple[object, ...]]) -> None:
        places = ", ".join("?" * width)
        with _refusing(self.path):
            self._connection.executemany(f"INSERT INTO {table} VALUES ({places})", rows)  # noqa: S608

    def _finish(self) -> None:
        connection = self._connection
        self._insert("entities", 2, self._numbers.new())
        connection.execute("INSERT INTO names SELECT * FROM new_names ORDER BY 1, 2, 3")
        for statement in _schema.CREATE_INDEXES:
            connection.execute(statement)
        connection.execute("COMMIT")
        connection.close()
        with self._draft.open("rb+") as file:
            os.fsync(file.fileno())
        self._draft.replace(self.path)


def _begin(connection: sqlite3.Connection, *, grown: bool) -> None:
    """Make a draft ready for rows: fast, for nobody keeps a draft that was not finished."""
    for setting in ("journal_mode = OFF", "synchronous = OFF", "temp_store = MEMORY"):
        connection.execute(f"PRAGMA {setting}")
    connection.execute("BEGIN")
    if grown:
        for name in _schema.INDEXES:
            connection.execute(f"DROP INDEX {name}")
    else:
        connection.execute(f"PRAGMA application_id = {_schema.APPLICATION}")
        connection.execute(f"PRAGMA user_version = {_schema.LAYOUT}")
        for statement in _schema.CREATE_TABLES:
            connection.execute(statement)
    connection.execute("CREATE TEMP TABLE new_names (key, entity, release, scope)")


def _locked(path: Path) -> sqlite3.Connection:
    """Hold the lock of an index until the connection closes, which the end of a process does."""
    connection = sqlite3.connect(path.with_name(f".{path.name}.lock"), 0, isolation_level=None)
    try:
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as problem:
        connection.close()
        if problem.sqlite_errorcode != sqlite3.SQLITE_BUSY:
            raise
        raise OutputError(
            "another run builds the index",
            code="E306",
            where=Where(file=str(path)),
            hint="wait until it has ended, then do it again",
        ) from None
    return connection


def _batches(terms: Iterable[Term]) -> Iterator[list[Term]]:
    left = iter(terms)
    while some := list(islice(left, _AT_ONCE)):
        yield some


@contextmanager
def _refusing(path: Path) -> Iterator[None]:
    """Turn what the system refuses into an error with the path."""
    try:
        yield
    except (sqlite3.OperationalError, OSError) as refusal:
        said = (getattr(refusal, "strerror", None) or str(refusal)).lower()
        raise OutputError(
            f"the index cannot be written: {said}",
            code="E307",
            where=Where(file=str(path)),
            hint=f"free some space, or name another folder with {DATA_VARIABLE}",
        ) from refusal

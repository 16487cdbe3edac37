"""The tables of the index: how they are laid out, and whether a file really holds them."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from exporter.errors import InputError, Where
from exporter.ontologies.terms import Scope

APPLICATION = 0x6C636F69
"""Marks a file as an index of ours; SQLite keeps it in the head of the file."""

LAYOUT = 1
"""Grows when the tables change; an index of another layout is built again."""

SCOPES = tuple(Scope)
"""The scope of a name is kept as its place in here."""

_LONGEST_CELL = 10_000_000
TERMS, MAPPINGS = "terms", "mappings"
"""The kinds of releases."""

UNREADABLE = (sqlite3.DatabaseError, UnicodeDecodeError)
"""What comes of a damaged file; SQLite may quote its bytes in a message that is no text."""

_TABLES = {
    "releases": """(number INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL,
        version TEXT NOT NULL, prefix TEXT NOT NULL, licence TEXT NOT NULL, source TEXT NOT NULL,
        sha256 TEXT NOT NULL, fetched TEXT NOT NULL, id TEXT NOT NULL, prefixes TEXT NOT NULL,
        size INTEGER NOT NULL, UNIQUE (kind, name, version))""",
    "entities": "(number INTEGER PRIMARY KEY, curie TEXT NOT NULL)",
    "terms": """(entity INTEGER NOT NULL, release INTEGER NOT NULL, label TEXT NOT NULL,
        synonyms TEXT NOT NULL, parents BLOB NOT NULL, relations TEXT NOT NULL,
        obsolete INTEGER NOT NULL, replaced_by INTEGER, consider BLOB NOT NULL,
        PRIMARY KEY (entity, release)) WITHOUT ROWID""",
    "lineages": """(entity INTEGER NOT NULL, release INTEGER NOT NULL, above BLOB NOT NULL,
        whole INTEGER NOT NULL, PRIMARY KEY (entity, release)) WITHOUT ROWID""",
    "edges": """(parent INTEGER NOT NULL, child INTEGER NOT NULL, release INTEGER NOT NULL,
        PRIMARY KEY (parent, child, release)) WITHOUT ROWID""",
    "names": """(key TEXT NOT NULL, entity INTEGER NOT NULL, release INTEGER NOT NULL,
        scope INTEGER NOT NULL, PRIMARY KEY (key, entity, release)) WITHOUT ROWID""",
    "mappings": """(number INTEGER PRIMARY KEY, release INTEGER NOT NULL,
        subject INTEGER NOT NULL, predicate TEXT NOT NULL, object INTEGER NOT NULL,
        justification TEXT NOT NULL, negative INTEGER NOT NULL)""",
}
CREATE_TABLES = tuple(f"CREATE TABLE {name} {columns}" for name, columns in _TABLES.items())
CREATE_INDEXES = (
    "CREATE UNIQUE INDEX entities_by_curie ON entities (curie)",
    "CREATE INDEX mappings_by_subject ON mappings (subject)",
    "CREATE INDEX mappings_by_object ON mappings (object)",
)
INDEXES = ("entities_by_curie", "mappings_by_subject", "mappings_by_object")
_PARTS = frozenset((*CREATE_TABLES, *CREATE_INDEXES))


def opened(path: Path) -> sqlite3.Connection:
    """Open an index to read it only; what is no whole index of this layout is refused."""
    with refusing(path):
        address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        connection = sqlite3.connect(address, uri=True, check_same_thread=False)
    try:
        with refusing(path):
            _check(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def _check(connection: sqlite3.Connection, path: Path) -> None:
    """Let no view, trigger or foreign table of a stranger's file act, and no cut file pass."""
    for setting in ("trusted_schema = OFF", "query_only = ON", "cell_size_check = ON"):
        connection.execute(f"PRAGMA {setting}")
    connection.execute("PRAGMA cache_size = -32000")
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_CELL)
    if _pragma(connection, "application_id") != APPLICATION:
        raise broken(path, "this file is no index of ontologies")
    if _pragma(connection, "user_version") != LAYOUT:
        raise broken(path, "the index was built by another version of the exporter")
    parts = connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")
    pages, size = _pragma(connection, "page_count"), _pragma(connection, "page_size")
    if {sql for (sql,) in parts} != _PARTS or pages * size != path.stat().st_size:
        raise broken(path, "the index is damaged")


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    (value,) = connection.execute(f"PRAGMA {name}").fetchone()
    return int(value)


@contextmanager
def refusing(path: Path) -> Iterator[None]:
    """Turn what SQLite says of a file that it cannot read into an error with the path."""
    try:
        yield
    except (*UNREADABLE, OSError) as problem:
        raise broken(path, f"the index cannot be read: {problem}") from None


def broken(path: Path, problem: str) -> InputError:
    """Return the error that refuses an index."""
    return InputError(
        problem,
        code="E161",
        where=Where(file=str(path)),
        hint="remove this file and build it again: exporter ontology fetch",
    )

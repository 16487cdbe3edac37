"""A term as a source file states it, before its identifiers are checked."""

import gzip
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from exporter.errors import InputError, MissingPartError, Where
from exporter.ontologies.terms import Synonym


@dataclass(frozen=True, slots=True, kw_only=True)
class Stanza:
    """What one file says of one term; identifiers are as written, relations are pairs."""

    id: str
    label: str = ""
    synonyms: tuple[Synonym, ...] = ()
    parents: tuple[str, ...] = ()
    obsolete: bool = False
    replaced_by: str = ""
    consider: tuple[str, ...] = ()
    relations: tuple[tuple[str, str], ...] = ()
    xrefs: tuple[str, ...] = ()


Wanted = Callable[[str], bool]
"""Tells from an identifier, as a file writes it, whether its term is to be read."""


@contextmanager
def opened(path: Path) -> Iterator[TextIO]:
    """Open a text file, packed (``.gz``) or not; what is missing or no UTF-8 is refused."""
    try:
        with (
            gzip.open(path) if path.suffix == ".gz" else path.open("rb") as raw,
            io.TextIOWrapper(raw, encoding="utf-8", newline="") as text,
        ):
            yield text
    except FileNotFoundError:
        raise MissingPartError(
            "a source file is missing",
            code="E156",
            where=Where(file=str(path)),
            hint="the recipe of the pack (slice.toml) names the files that the folder must hold",
        ) from None
    except (UnicodeDecodeError, EOFError, gzip.BadGzipFile) as problem:
        where = Where(file=str(path))
        raise InputError(f"cannot be read: {problem}", code="E157", where=where) from None

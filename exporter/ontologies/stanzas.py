"""A term as a source file states it, before its identifiers are checked."""

import gzip
import io
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TextIO

from exporter.errors import InputError, LimitError, MissingPartError, Where
from exporter.ontologies.terms import Synonym

_PACKED = b"\x1f\x8b"
_BUFFER = 1 << 16
_LONGEST_LINE = 8 << 20
_MOST_UNPACKED = 32 << 30
# A gzip file of text is some ten times larger unpacked; one of zeros a thousand times.
_UNPACKED_FREELY, _MOST_TIMES_PACKED = 256 << 20, 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Stanza:
    """What one file says of one term; identifiers are as written, relations are pairs.

    ``alternatives`` are ids that were merged into this term, ``xrefs`` ids of other vocabularies
    and ``xref_names`` pairs of such an id and the name that the file gives it.
    """

    id: str
    label: str = ""
    synonyms: tuple[Synonym, ...] = ()
    parents: tuple[str, ...] = ()
    obsolete: bool = False
    replaced_by: str = ""
    consider: tuple[str, ...] = ()
    relations: tuple[tuple[str, str], ...] = ()
    xrefs: tuple[str, ...] = ()
    xref_names: tuple[tuple[str, str], ...] = ()
    alternatives: tuple[str, ...] = ()


Wanted = Callable[[str], bool]
"""Tells from an identifier, as a file writes it, whether its term is to be read."""


class _Watched(io.RawIOBase):
    """The unpacked bytes of a file: counts lines, and stops at what no honest file holds."""

    def __init__(self, raw: BinaryIO, path: Path, *, lines: bool) -> None:
        self._raw = raw
        self._path = path
        self._lines_matter = lines
        self._packed = path.stat().st_size
        self._read = 0
        self._since_line = 0
        self._last = 0
        self.line = 1

    def readable(self) -> bool:
        """Tell that this can be read, as the standard library asks."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill the buffer with the next bytes and return how many there are."""
        piece = self._raw.read(len(buffer))
        buffer[: len(piece)] = piece
        self.line += self._last
        self._last = piece.count(b"\n")
        self._read += len(piece)
        self._since_line = len(piece) + (0 if self._last else self._since_line)
        if self._lines_matter and self._since_line > _LONGEST_LINE:
            raise self._too_large(f"in which a line is longer than {_LONGEST_LINE >> 20} MB")
        if self._read > min(_MOST_UNPACKED, _UNPACKED_FREELY + self._packed * _MOST_TIMES_PACKED):
            raise self._too_large("which unpacks to far more than it should")
        return len(piece)

    def _too_large(self, problem: str) -> LimitError:
        where = Where(file=str(self._path), line=self.line)
        return LimitError(
            f"this is a file {problem}",
            code="E521",
            where=where,
            hint="give the file that you mean",
        )


@contextmanager
def opened(path: Path, *, lines: bool = True) -> Iterator[TextIO]:
    """Open a text file, gzip-packed or not; what is missing, damaged or no UTF-8 is refused.

    A file of ``lines`` has none of millions of characters.
    """
    try:
        with path.open("rb") as file, _unpacked(file) as raw:
            watched = _Watched(raw, path, lines=lines)
            buffered = io.BufferedReader(watched, _BUFFER)
            with io.TextIOWrapper(buffered, encoding="utf-8", newline="") as text:
                try:
                    yield text
                except UnicodeDecodeError as problem:
                    before = problem.object[: problem.start].count(b"\n")
                    raise _damaged(path, "it is not UTF-8", watched.line + before) from None
                except (EOFError, gzip.BadGzipFile, zlib.error) as problem:
                    raise _damaged(path, str(problem).lower(), watched.line) from None
    except FileNotFoundError:
        raise MissingPartError(
            "a source file is missing",
            code="E156",
            where=Where(file=str(path)),
            hint="the recipe of the pack (slice.toml) names the files that the folder must hold",
        ) from None


def _unpacked(file: BinaryIO) -> BinaryIO:
    start = file.read(len(_PACKED))
    file.seek(0)
    return gzip.GzipFile(fileobj=file) if start == _PACKED else file  # type: ignore[return-value]


def _damaged(path: Path, problem: str, line: int) -> InputError:
    return InputError(
        f"cannot be read: {problem}", code="E157", where=Where(file=str(path), line=line)
    )

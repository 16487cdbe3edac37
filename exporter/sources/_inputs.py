"""The files that are read: named ones, those of a folder, standard input; and their bytes."""

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from gzip import GzipFile
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO

from exporter.errors import InputError, Where
from exporter.model.document import TextKind
from exporter.sources._checked import Checked
from exporter.sources._decode import unreadable
from exporter.sources._reader import STDIN, unpacked_name
from exporter.sources._texts import TABLE, Declarations

MAX_BYTES = 16 * 1024 * 1024
"""Bytes of the largest file that is read, unpacked."""
HEAD = 1024 * 1024
"""Bytes from the start of a file by which its format is known."""
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One file to read; ``named`` tells that the user named it, so that it must be readable.

    ``text_kind``, ``licence`` and ``annotator`` are what the ``texts.csv`` beside it says of it.
    """

    path: str
    named: bool = True
    text_kind: TextKind | None = None
    licence: str | None = None
    annotator: str | None = None

    def readable(self) -> bool:
        """Tell whether to open it: of a folder only regular files, never a pipe or a device."""
        return self.named or Path(self.path).is_file()


def inputs(paths: Iterable[str]) -> Iterator[Input]:
    """Yield each file once: named files as they come, folders by sorted path, ``-`` as stdin.

    In folders, names that start with a dot and ``texts.csv`` itself are passed over.
    """
    declarations = Declarations()
    seen: set[str] = set()
    for path in paths:
        if path == "-":
            yield Input(path=STDIN)
            continue
        for source in _expanded(path):
            identity = os.path.realpath(source.path)
            if identity not in seen:
                seen.add(identity)
                yield _declared(source, declarations)


@contextmanager
def opened(source: Input, max_bytes: int = MAX_BYTES) -> Iterator[BufferedReader]:
    """Give the bytes of a file to read; those of a gzip file are unpacked on the way.

    Whoever peeks sees the first MiB. A missing, unreadable, damaged or too large file is a clear
    error, which may come only while it is read.
    """
    where = Where(file=source.path)
    with ExitStack() as stack:
        try:
            raw = _standard_input(where) if source.path == STDIN else _file(source, stack)
        except OSError as error:
            raise unreadable(error, where) from error
        file: BufferedReader = BufferedReader(Checked(raw.read, where, max_bytes), HEAD)
        if file.peek(2).startswith(_GZIP):
            read = GzipFile(fileobj=file).read
            yield BufferedReader(Checked(read, where, max_bytes), HEAD)
        else:
            yield file


def _file(source: Input, stack: ExitStack) -> BinaryIO:
    return stack.enter_context(Path(source.path).open("rb"))


def _standard_input(where: Where) -> BinaryIO:
    if sys.stdin is None:  # whoever called us has closed it
        hint = "pipe the text in, or name a file"
        raise InputError("standard input is closed", code="E103", where=where, hint=hint)
    return sys.stdin.buffer


def suffix_of(path: str) -> str:
    """Return the last suffix of a path in lower case, with its dot, that of packing left out."""
    return Path(unpacked_name(path)).suffix.lower()


def _expanded(path: str) -> Iterator[Input]:
    try:
        is_folder = Path(path).is_dir()
    except OSError as error:
        raise unreadable(error, Where(file=path)) from error
    if not is_folder:
        yield Input(path=path)
        return
    for file in _files_below(path):
        yield Input(path=file, named=False)


def _files_below(folder: str) -> list[str]:
    def refuse(error: OSError) -> None:
        raise unreadable(error, Where(file=error.filename or folder)) from error

    found = []
    for parent, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [
            str(Path(parent, name)) for name in names if name != TABLE and not name.startswith(".")
        ]
    return sorted(found)


def _declared(source: Input, declarations: Declarations) -> Input:
    declared = declarations.of(source.path)
    if declared is None:
        return source
    return Input(
        path=source.path,
        named=source.named,
        text_kind=declared.text_kind,
        licence=declared.licence,
        annotator=declared.annotator,
    )

"""The files that are read: named ones, those of a folder, standard input; and their bytes."""

import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from exporter.errors import InputError, LimitError, Where
from exporter.model.document import TextKind
from exporter.sources._decode import unreadable
from exporter.sources._reader import STDIN
from exporter.sources._texts import TABLE, Declarations

MAX_BYTES = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One file to read; ``named`` tells that the user named it, so that it must be readable.

    ``text_kind`` and ``licence`` are what the ``texts.csv`` beside it says of it.
    """

    path: str
    named: bool = True
    text_kind: TextKind | None = None
    licence: str | None = None

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


def content_of(source: Input, max_bytes: int = MAX_BYTES) -> bytes:
    """Return the bytes of a file; a missing, unreadable or too large one is a clear error."""
    where = Where(file=source.path)
    try:
        if source.path == STDIN:
            content = _standard_input(where).read(max_bytes + 1)
        else:
            with Path(source.path).open("rb") as file:
                content = file.read(max_bytes + 1)
    except OSError as error:
        raise unreadable(error, where) from error
    if len(content) > max_bytes:
        raise LimitError(
            f"the file is larger than {max_bytes} bytes",
            code="E501",
            where=where,
            hint="split it; exporter export takes larger ones with --max-bytes",
        )
    return content


def _standard_input(where: Where) -> BinaryIO:
    if sys.stdin is None:  # whoever called us has closed it
        hint = "pipe the text in, or name a file"
        raise InputError("standard input is closed", code="E103", where=where, hint=hint)
    return sys.stdin.buffer


def suffix_of(path: str) -> str:
    """Return the last suffix of a path in lower case, with its dot."""
    return Path(path).suffix.lower()


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
    )

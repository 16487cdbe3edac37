"""Papers and cases from files: find the inputs, choose a reader, split, parse, join texts.

A module of this folder without a leading underscore is a reader: it offers ``READER``. Other
distributions add readers by entry points of the group ``linked_case_exporter.readers``.
"""

import pkgutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache
from importlib import import_module
from typing import BinaryIO

from exporter.errors import ExporterError, InputError, UsageError, Where
from exporter.model.decoding import decoded
from exporter.model.findings import Finding, Level
from exporter.resources import plugged
from exporter.sources._case_checks import check_case, duplicate_case_ids
from exporter.sources._case_concepts import check_concepts
from exporter.sources._case_ids import StatedId, stated_ids
from exporter.sources._inputs import MAX_BYTES, Input, inputs, opened, suffix_of
from exporter.sources._merging import merge
from exporter.sources._quotes import Shelf, place_evidence
from exporter.sources._reader import STDIN, Parsed, Reader, Record, Settings, stem
from exporter.sources._text_kinds import declared_restatements

__all__ = [
    "MAX_BYTES",
    "STDIN",
    "Input",
    "Parsed",
    "Reader",
    "Record",
    "Settings",
    "Shelf",
    "StatedId",
    "check_case",
    "check_concepts",
    "choose",
    "declared_restatements",
    "decoded",
    "duplicate_case_ids",
    "inputs",
    "merge",
    "parse",
    "place_evidence",
    "read",
    "readers",
    "records",
    "stated_ids",
    "stem",
]

ENTRY_POINTS = "linked_case_exporter.readers"


@cache
def readers() -> dict[str, Reader]:
    """Return every reader by name: those of this folder, then those of other distributions."""
    modules = sorted(m.name for m in pkgutil.iter_modules(__path__) if m.name[0] != "_")
    own = [import_module(f"{__name__}.{module}").READER for module in modules]
    found: dict[str, Reader] = {}
    for reader in (*own, *plugged(ENTRY_POINTS, Reader)):
        if reader.name in found:
            raise UsageError(
                f"two readers are named {reader.name!r}",
                code="E203",
                hint="uninstall a distribution that brings one of them",
            )
        found[reader.name] = reader
    return found


def choose(content: bytes, path: str, wanted: str | None = None) -> Reader:
    """Return the one reader for a file: the wanted one, else by content, else by suffix.

    None or several fitting ones are an error that names them.
    """
    if wanted is not None:
        return _named(wanted)
    fitting = [reader for reader in readers().values() if reader.recognises(content)]
    by_suffix = [
        reader for reader in (fitting or readers().values()) if suffix_of(path) in reader.suffixes
    ]
    if len(fitting) == 1:
        return fitting[0]
    if len(by_suffix) == 1:
        return by_suffix[0]
    raise _undecided(path, [reader.name for reader in by_suffix or fitting])


def records(
    source: Input, *, wanted: str | None = None, max_bytes: int = MAX_BYTES
) -> Iterator[Record | Finding]:
    """Yield every record of a file, or a note where a file of a folder is none of ours."""
    where = Where(file=source.path)
    if not source.readable():
        yield _left_out(where, "is not a regular file")
        return
    with opened(source, max_bytes) as file:
        head = file.peek()
        if not (source.named or wanted or _recognised(head)):
            yield _left_out(where, "is in no format that is known")
            return
        reader = choose(head, source.path, wanted)
        split_stream = reader.split_stream or _whole(reader)
        for record in split_stream(file, where):
            yield record if isinstance(record, Finding) else _declared(record, source)


def _declared(record: Record, source: Input) -> Record:
    """Return a record with what is said of its file, if anything is."""
    if not (source.text_kind or source.licence or source.annotator):
        return record
    return replace(
        record,
        text_kind=source.text_kind,
        licence=source.licence,
        annotator=source.annotator,
    )


def _whole(reader: Reader) -> Callable[[BinaryIO, Where], Iterator[Record | Finding]]:
    """Return how a reader that needs the whole file splits an open one."""
    return lambda file, where: reader.split(file.read(), where)


def parse(record: Record, settings: Settings) -> Parsed:
    """Return the paper or case of a record; an error without a file gets the record's place."""
    try:
        return readers()[record.reader].parse(record, settings)
    except ExporterError as error:
        if error.where is None:
            raise error.at(record.where) from error
        if error.where.file is None:
            raise error.at(replace(error.where, file=record.where.file)) from error
        raise


def read(
    paths: Iterable[str], settings: Settings, wanted: str | None = None
) -> Iterator[Parsed | Finding]:
    """Yield every paper and case of files and folders, and notes on files left out.

    The first error ends it; whoever wants to go on calls ``records`` and ``parse``.
    """
    for source in inputs(paths):
        for record in records(source, wanted=wanted):
            yield record if isinstance(record, Finding) else parse(record, settings)


def _named(wanted: str) -> Reader:
    reader = readers().get(wanted)
    if reader is None:
        raise UsageError(
            f"no reader is named {wanted!r}",
            code="E201",
            hint=f"known formats: {', '.join(readers())}",
        )
    return reader


def _recognised(content: bytes) -> bool:
    return any(reader.recognises(content) for reader in readers().values())


def _undecided(path: str, fitting: list[str]) -> InputError:
    where = Where(file=path)
    if fitting:
        return InputError(
            f"several formats fit: {', '.join(fitting)}",
            code="E105",
            where=where,
            hint="name one with --from",
        )
    return InputError(
        "no known format fits",
        code="E104",
        where=where,
        hint=f"known formats: {', '.join(readers())}",
    )


def _left_out(where: Where, reason: str) -> Finding:
    return Finding(
        level=Level.NOTE, code="left-out", message=f"left out: the file {reason}", where=where
    )

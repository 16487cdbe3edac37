"""What a format module offers as ``READER``, and what passes between the two halves of reading."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from exporter.errors import Where
from exporter.model.case import Case
from exporter.model.document import Document, TextKind
from exporter.model.findings import Finding
from exporter.model.identifiers import Namespaces

STDIN = "<stdin>"
Parsed = Document | Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the caller says about the inputs.

    ``text_kind`` and ``licence`` overrule what stands beside a file; ``document_id`` stands in
    for the file stem, so it names a paper only where the paper does not name itself.
    """

    namespaces: Namespaces
    text_kind: TextKind | None = None
    licence: str | None = None
    document_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One paper or case as raw bytes, with its place: enough to parse it in another process.

    ``name`` is the file stem, empty for standard input. ``text_kind``, ``licence`` and
    ``annotator`` are what a ``texts.csv`` beside the file says of it; a digest names its
    annotators itself. ``offset`` counts the bytes of the file before the content, where known.
    """

    reader: str
    where: Where
    content: bytes
    name: str = ""
    text_kind: TextKind | None = None
    licence: str | None = None
    annotator: str | None = None
    offset: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """A format that can be read: cheap ``split``, then pure ``parse`` anywhere.

    ``recognises`` looks at content only, at no more than the first MiB, and must refuse
    look-alikes: in a folder it alone decides what is read. ``suffixes`` (``.md``) serve where no
    content is recognised. ``split_stream`` does what ``split`` does with an open file, and holds
    no more than one record; only formats with many records in a file have it. It may also tell of
    what it passes over.
    """

    name: str
    suffixes: tuple[str, ...]
    recognises: Callable[[bytes], bool]
    split: Callable[[bytes, Where], Iterator[Record]]
    parse: Callable[[Record, Settings], Parsed]
    split_stream: Callable[[BinaryIO, Where], Iterator[Record | Finding]] | None = None


def stem(where: Where) -> str:
    """Return the file name without its last suffix; empty for standard input.

    >>> stem(Where(file="digests/PMC7218611.md"))
    'PMC7218611'
    """
    return "" if where.file in (None, STDIN) else Path(unpacked_name(str(where.file))).stem


def unpacked_name(path: str) -> str:
    """Return the path of a file without the suffix that tells that it is packed.

    >>> unpacked_name("Dev.PubTator.gz")
    'Dev.PubTator'
    """
    return path[:-3] if path.lower().endswith(".gz") else path

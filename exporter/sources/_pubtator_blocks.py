"""A PubTator file cut into papers, without holding more of it than one of them and a chunk."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from exporter.errors import LimitError, Where
from exporter.sources._reader import Record

NAME = "pubtator"
MAX_RECORD = 16 * 1024 * 1024
"""Bytes of the largest paper that is read."""
_CHUNK = 1024 * 1024
_MARK = b"\xef\xbb\xbf"
_BLANK_LINES = re.compile(rb"(?:[ \t\r]*\n)*")
# Where a paper may begin besides the start: at any line after a blank one, at a line of text.
_MAY_BEGIN = re.compile(rb"\n(?:(?:[ \t\r]*\n)+|(?=[^|\t\n]*\|[ta]\|))")
_KEY = re.compile(rb"[^|\t\r\n]*")
_TITLE, _ABSTRACT = b"|t|", b"|a|"


def split_stream(file: BinaryIO, where: Where) -> Iterator[Record]:
    """Yield one record for each paper, with the line that it begins in.

    A paper begins with a line of text of another id, or after a blank line with any line of
    another id. Several lines ``|t|`` of one id are passages of one paper, but what follows an
    abstract is the paper again. A paper of more than 16 MiB is refused, and what follows it.
    """
    held, line, more = file.read(_CHUNK).removeprefix(_MARK), 1, True
    while more:
        chunk = file.read(_CHUNK)
        more = chunk != b""
        start = 0
        for cut in _cuts(held, held.rfind(b"\n") + 1 if more else len(held)):
            yield _record(held, slice(start, cut), where, line)
            line += held.count(b"\n", start, cut)
            start = cut
        held = held[start:] + chunk
        if len(held) > MAX_RECORD:
            raise _too_large(where, line)
    if held.strip():
        yield _record(held, slice(None), where, line)


def _record(content: bytes, part: slice, where: Where, line: int) -> Record:
    return Record(reader=NAME, where=Where(file=where.file, line=line), content=content[part])


def _cuts(content: bytes, end: int) -> Iterator[int]:
    """Yield where papers begin, the first one left out; only lines before ``end`` are whole."""
    key, told, first = b"", False, True
    for at, apart in _candidates(content, end):
        match = _KEY.match(content, at, end)
        own = match[0] if match else b""
        kind = content[at + len(own) : at + len(own) + 3]
        other = own != key and (apart or kind in {_TITLE, _ABSTRACT})
        if first or other or (own == key and told and kind == _TITLE):
            if not first:
                yield at
            key, told, first = own, False, False
        told = told or (kind == _ABSTRACT and _says_something(content, at + len(own) + 3))


def _candidates(content: bytes, end: int) -> Iterator[tuple[int, bool]]:
    """Yield the lines with which a paper may begin, and whether a blank one is before it."""
    blank = _BLANK_LINES.match(content, 0, end)
    at = blank.end() if blank else 0
    if at < end:
        yield at, True
    for match in _MAY_BEGIN.finditer(content, at, end):
        if match.end() < end:
            yield match.end(), match.end() - match.start() > 1


def _says_something(content: bytes, start: int) -> bool:
    end = content.find(b"\n", start)
    return content[start : end if end >= 0 else None].strip() != b""


def _too_large(where: Where, line: int) -> LimitError:
    return LimitError(
        f"the paper that begins here is larger than {MAX_RECORD} bytes; nothing after it was read",
        code="E503",
        where=Where(file=where.file, line=line),
        hint="give each paper its own lines ID|t|title and ID|a|abstract",
    )

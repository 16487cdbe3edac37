"""A PubTator file cut into papers, without holding more of it than one of them and a chunk."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from exporter.errors import LimitError, Where
from exporter.sources._reader import Record

NAME = "pubtator"
MAX_RECORD = 4 * 1024 * 1024
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
    abstract is the paper again. A paper of more than 4 MiB is refused, and what follows it.
    """
    held, line, more = file.read(_CHUNK).removeprefix(_MARK), 1, True
    while more:
        chunk = file.read(_CHUNK)
        more = chunk != b""
        start = 0
        for cut in _cuts(held, whole=not more):
            yield _record(held[start:cut], where, line)
            line += held.count(b"\n", start, cut)
            start = cut
        held = held[start:] + chunk
        if len(held) > MAX_RECORD:
            raise _too_large(where, line)
    if held.strip():
        yield _record(held, where, line)


def _record(lines: bytes, where: Where, number: int) -> Record:
    blank = _BLANK_LINES.match(lines)
    start = blank.end() if blank else 0
    place = Where(file=where.file, line=number + lines.count(b"\n", 0, start))
    return Record(reader=NAME, where=place, content=lines[start:])


def _cuts(content: bytes, *, whole: bool) -> Iterator[int]:
    """Yield where papers begin, the first one left out; not ``whole`` means that more may come."""
    key, told, first = b"", False, True
    for at, apart in _candidates(content):
        match = _KEY.match(content, at)
        own = match[0] if match else b""
        after = at + len(own)
        kind = content[after : after + 3]
        if not whole and (len(kind) < 3 or (not own.strip() and content.find(b"\n", at) < 0)):
            return  # what the line is cannot be told yet
        other = own != key and (apart or kind in {_TITLE, _ABSTRACT})
        if first or other or (own == key and told and kind == _TITLE):
            if not first:
                yield at
            key, told, first = own, False, False
        told = told or (kind == _ABSTRACT and _says_something(content, after + 3))


def _candidates(content: bytes) -> Iterator[tuple[int, bool]]:
    """Yield the lines with which a paper may begin, and whether a blank one is before it."""
    blank = _BLANK_LINES.match(content)
    at = blank.end() if blank else 0
    if at < len(content):
        yield at, True
    for match in _MAY_BEGIN.finditer(content, at):
        if match.end() < len(content):
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

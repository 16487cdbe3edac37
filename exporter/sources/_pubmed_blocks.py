"""A PubMed XML file cut into papers, without holding more of it than one of them and a chunk.

Only what stands around the papers is looked at here: declaration, DOCTYPE, comments, the set.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from exporter.errors import InputError, LimitError, Where
from exporter.model.findings import Finding, Level
from exporter.sources._pubmed_prolog import check_declaration, check_doctype, check_encoding
from exporter.sources._pubmed_tree import withdrawn_in
from exporter.sources._reader import Record

NAME = "pubmed-xml"
MAX_RECORD = 8 * 1024 * 1024
"""Bytes of the largest paper that is read: some have five thousand authors."""
_CHUNK = 1024 * 1024
_MARK = b"\xef\xbb\xbf"
_SPACE = re.compile(rb"[ \t\r\n]*+")
_ENDS = {b"<?": b"?>", b"<!--": b"-->", b"<![CDATA[": b"]]>"}
_OPENS = re.compile(rb"<(?:\?|!--|!\[CDATA\[)")
_ELEMENT = re.compile(rb"<(/?[A-Za-z][\w.:-]*)(?=[\s/>])")
_DOCTYPE_END = re.compile(rb"[\[>]")
_LONGEST_NAME = 200
_TAG_END = re.compile(rb"""[^>"']*+(?:(?:"[^"]*+"|'[^']*+')[^>"']*+)*+>""")
_SETS = (b"PubmedArticleSet", b"/PubmedArticleSet")
_PAPER, _WITHDRAWN = b"PubmedArticle", b"DeleteCitation"
_PASSED_OVER = {
    b"PubmedBookArticle": "a chapter of a book (PubmedBookArticle)",
    b"DeleteDocument": "a list of books that were taken out (DeleteDocument)",
}
_ENDINGS = {
    name: re.compile(rb"<(?:\?|!--|!\[CDATA\[|/" + name + rb"\s*+>)")
    for name in (_PAPER, _WITHDRAWN, *_PASSED_OVER)
}


@dataclass(slots=True)
class _Held:
    """The part of a file that is at hand, how far in it one is, and where in the file that is."""

    file: BinaryIO
    where: Where
    content: bytes = b""
    at: int = 0
    offset: int = 0
    line: int = 1
    more: bool = field(default=True)

    @property
    def size(self) -> int:
        """Return how many bytes are still to come of those at hand."""
        return len(self.content) - self.at

    def read_on(self) -> bool:
        """Read one more chunk; False where the file is over. What is too large is refused."""
        if self.size > MAX_RECORD:
            raise _too_large(self.place)
        chunk = self.file.read(_CHUNK) if self.more else b""
        self.more = chunk != b""
        self.content, self.at = self.content[self.at :] + chunk, 0
        return self.more

    def take(self, size: int) -> bytes:
        """Return the next bytes and go behind them."""
        taken = self.content[self.at : self.at + size]
        self.at += size
        self.offset += size
        self.line += taken.count(b"\n")
        return taken

    def starts_with(self, what: bytes) -> bool:
        """Tell whether something comes next."""
        return self.content.startswith(what, self.at)

    def skip_space(self) -> bool:
        """Go to what is no space, and tell whether there is any."""
        while True:
            space = _SPACE.match(self.content, self.at)
            self.take(len(space[0]) if space else 0)
            if self.size or not self.read_on():
                return self.size > 0

    @property
    def place(self) -> Where:
        """Return the line in which one is."""
        return Where(file=self.where.file, line=self.line)


def split_stream(file: BinaryIO, where: Where) -> Iterator[Record | Finding]:
    """Yield one record for each paper and each withdrawn one, and notes on chapters of books.

    A paper of more than 8 MiB is refused, and what follows it; so is a DOCTYPE that declares
    something, and a file that ends too early.
    """
    held = _Held(file, where)
    _fill(held, 4)
    check_encoding(held.content, where)
    held.take(len(_MARK) if held.starts_with(_MARK) else 0)
    inside, closed = False, False
    while held.skip_space():
        name = _name(held)
        if name == b"":
            continue
        if closed or (inside and name == _SETS[0]):
            raise _misplaced(name, held.place)
        if name in _SETS:
            _pass_tag(held)
            inside, closed = name == _SETS[0], name == _SETS[1]
        elif name in _ENDINGS:
            yield from _made(name, _element(held, name))
        else:
            raise _misplaced(name, held.place)
    if inside:
        raise _cut_off(held.place)


def _made(name: bytes, record: Record) -> Iterator[Record | Finding]:
    if name == _PAPER:
        yield record
    elif name == _WITHDRAWN:
        yield from withdrawn_in(record)
    else:
        yield Finding(
            level=Level.NOTE,
            code="left-out",
            message=f"left out: {_PASSED_OVER[name]} is not read",
            where=record.where,
        )


def _fill(held: _Held, size: int) -> None:
    """Read on until there are some bytes, or no more."""
    while held.size < size and held.read_on():
        pass


def _name(held: _Held) -> bytes:
    """Return the name of the tag that comes, or nothing after passing over what is none."""
    _fill(held, len(b"<![CDATA["))
    opens = _OPENS.match(held.content, held.at)
    if opens:
        passed = held.take(_end(held, 0, opens[0]))
        if passed.startswith(b"<?xml") and passed[5:6].isspace():
            check_declaration(passed, held.place)
        return b""
    if held.starts_with(b"<!"):
        check_doctype(held.take(_doctype_end(held)), held.place)
        return b""
    while (match := _ELEMENT.match(held.content, held.at)) is None:
        if not held.starts_with(b"<") or held.size > _LONGEST_NAME or not held.read_on():
            raise _misplaced(held.content[held.at : held.at + 20], held.place)
    return match[1]


def _end(held: _Held, start: int, opening: bytes) -> int:
    """Return where a comment, instruction or CDATA section that begins at ``start`` is over."""
    ending, after = _ENDS[opening], start + len(opening)
    while (found := held.content.find(ending, held.at + after)) < 0:
        after = max(after, held.size - len(ending))
        if not held.read_on():
            raise _cut_off(held.place)
    return found + len(ending) - held.at


def _doctype_end(held: _Held) -> int:
    """Return where a DOCTYPE is over, or where it begins to declare something."""
    while (found := _DOCTYPE_END.search(held.content, held.at)) is None:
        if not held.read_on():
            raise _cut_off(held.place)
    return found.end() - held.at


def _pass_tag(held: _Held) -> None:
    while (match := _TAG_END.match(held.content, held.at)) is None:
        if not held.read_on():
            raise _cut_off(held.place)
    held.take(match.end() - held.at)


def _element(held: _Held, name: bytes) -> Record:
    """Take out an element; what only looks like its end in a comment or CDATA section is none."""
    after = 1
    while True:
        match = _ENDINGS[name].search(held.content, held.at + after)
        if match is None:
            # An end tag may be cut by the end of the chunk, so its beginning is looked at again.
            after = max(after, held.content.rfind(b"<") - held.at)
            if not held.read_on():
                raise _cut_off(held.place)
        elif match[0] in _ENDS:
            after = _end(held, match.start() - held.at, match[0])
        elif match.end() - held.at > MAX_RECORD:
            raise _too_large(held.place)
        else:
            place, offset = held.place, held.offset
            content = held.take(match.end() - held.at)
            return Record(reader=NAME, where=place, content=content, offset=offset)


def _too_large(where: Where) -> LimitError:
    return LimitError(
        f"the record that begins here is larger than {MAX_RECORD} bytes; nothing after it was read",
        code="E505",
        where=where,
        hint="see whether its end tag is missing",
    )


def _cut_off(where: Where) -> InputError:
    return InputError(
        "the file ends before what begins here is over",
        code="E138",
        where=where,
        hint="fetch the file again; the papers before this place were whole",
    )


def _misplaced(what: bytes, where: Where) -> InputError:
    shown = what.decode("utf-8", "backslashreplace")
    return InputError(
        f"{shown!r} stands where a PubmedArticle is expected",
        code="E135",
        where=where,
        hint="a file of PubMed is one PubmedArticleSet of PubmedArticle, or one PubmedArticle",
    )

"""A file of BioC XML cut into documents, without holding more of it than one and a chunk."""

import re
from collections.abc import Iterator
from typing import BinaryIO
from xml.parsers import expat

from exporter.errors import InputError, Where
from exporter.sources._bioc_bytes import (
    MAX_DOCUMENT,
    no_documents,
    refuse_other_unicode,
    too_large,
)
from exporter.sources._reader import Record

NAME = "bioc-xml"
_CHUNK = 1024 * 1024
_LONGEST_TAG = 256
_LONGEST_HEAD = 4096
_OPENS = re.compile(rb"<!--|<!\[CDATA\[|<\?|<document(?=[\s/>])")
_CLOSES = re.compile(rb"<!--|<!\[CDATA\[|<\?|<document(?:\s[^<>]*+)?/>|</document\s*>")
_ENDS = {b"<!--": b"-->", b"<![CDATA[": b"]]>", b"<?": b"?>"}
_ID = re.compile(rb"<id>\s*([^<&\s]{1,200})\s*</id>")
_ROOTS = frozenset({"collection", "document"})
_ENCODINGS = frozenset({"", "utf-8", "us-ascii", "utf8"})


class _Frame:
    """What stands around the documents, checked as XML; each document is a placeholder in it.

    A document type may be named, but nothing that is declared in it is ever looked at: it is
    refused before anything could come of it.
    """

    def __init__(self, where: Where) -> None:
        self._where = where
        self._parser = expat.ParserCreate()
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.EntityDeclHandler = self._entity
        self._parser.XmlDeclHandler = self._declared
        self._parser.StartElementHandler = self._element
        self._root = ""
        self._shift = 0

    def feed(self, content: bytes, *, last: bool = False) -> None:
        """Take what stands before, between or behind documents."""
        try:
            self._parser.Parse(content, last)
        except expat.ExpatError as error:
            raise self._broken(error) from None

    def document(self, content: bytes) -> None:
        """Take a document: no more of it than how many lines it has."""
        placeholder = b"<document/>" + b"\n" * content.count(b"\n")
        self._shift += len(content) - len(placeholder)
        self.feed(placeholder)

    def _place(self) -> Where:
        return Where(file=self._where.file, line=self._parser.CurrentLineNumber)

    def _broken(self, error: expat.ExpatError) -> InputError:
        offset = self._parser.ErrorByteIndex + self._shift
        return broken(
            f"{expat.ErrorString(error.code)} (offset {offset} of the file)",
            Where(file=self._where.file, line=error.lineno, column=error.offset + 1),
        )

    def _doctype(self, *said: object) -> None:
        if said[-1]:  # whether it has declarations of its own
            raise declarations(self._place())

    def _entity(self, *_: object) -> None:
        raise declarations(self._place())

    def _declared(self, _: str, encoding: str | None, __: int) -> None:
        if (encoding or "").lower() not in _ENCODINGS:
            raise InputError(
                f"the file says that it is {encoding}, not UTF-8",
                code="E110",
                where=self._place(),
                hint="save the file as UTF-8 text",
            )

    def _element(self, name: str, _: object) -> None:
        if not self._root and name not in _ROOTS:
            raise InputError(
                f"this is no BioC: it is a <{name}>",
                code="E177",
                where=self._place(),
                hint="a file of BioC XML is a <collection> of <document>s",
            )
        self._root = self._root or name


class _Cutter:
    """The bytes of a file; ``begin`` is where what is not yet handed on begins."""

    def __init__(self, file: BinaryIO, where: Where) -> None:
        self._file, self._where, self._frame = file, where, _Frame(where)
        self._held, self._begin, self._searched, self._line = b"", 0, 0, 1
        self._more()
        refuse_other_unicode(self._held[:4], where)

    def documents(self) -> Iterator[Record]:
        """Yield each document, then refuse what is around them if it is no XML."""
        while opening := self._reach(_OPENS, keep=False):
            self._frame.feed(self._taken(opening.start()))
            self._searched = self._begin
            place = Where(file=self._where.file, line=self._line)
            closing = self._reach(_CLOSES, keep=True)
            if closing is None:
                raise broken("the document that begins here is not closed", place)
            content = self._taken(closing.end())
            self._frame.document(content)
            name = _ID.search(content, 0, _LONGEST_HEAD)
            document = name[1].decode("utf-8", "backslashreplace") if name else None
            where = Where(file=place.file, line=place.line, document=document)
            yield Record(reader=NAME, where=where, content=content)
        self._frame.feed(self._taken(len(self._held)), last=True)

    def _reach(self, wanted: re.Pattern[bytes], *, keep: bool) -> re.Match[bytes] | None:
        """Return the next tag; what is searched in vain for it is kept, or goes to the frame."""
        while (match := self._find(wanted)) is None:
            if not keep:
                self._frame.feed(self._taken(self._searched))
            if len(self._held) - self._begin > MAX_DOCUMENT:
                raise too_large(Where(file=self._where.file, line=self._line))
            if not self._more():
                return None
        return match

    def _find(self, wanted: re.Pattern[bytes]) -> re.Match[bytes] | None:
        """Return the next tag in what is held, none in comments and the like."""
        while match := wanted.search(self._held, self._searched):
            closing = _ENDS.get(match[0])
            if closing is None:
                return match
            end = self._held.find(closing, match.end())
            if end < 0:
                self._searched = match.start()
                return None
            self._searched = end + len(closing)
        last = self._held.rfind(b"<", max(self._searched, len(self._held) - _LONGEST_TAG))
        self._searched = last if last >= 0 else len(self._held)
        return None

    def _more(self) -> bool:
        """Read on, and forget what was handed on; tell whether there was anything to read."""
        chunk = self._file.read(max(_CHUNK, len(self._held) - self._begin))
        self._searched -= self._begin
        self._held, self._begin = self._held[self._begin :] + chunk, 0
        return chunk != b""

    def _taken(self, end: int) -> bytes:
        """Return everything up to a place, and go there."""
        content = self._held[self._begin : end]
        self._line += content.count(b"\n")
        self._begin = end
        self._searched = max(self._searched, end)
        return content


def split_stream(file: BinaryIO, where: Where) -> Iterator[Record]:
    """Yield one record for each document, with the line that it begins in.

    Documents are cut out unread. What is around them must be XML; else the rest is refused.
    """
    found = False
    for record in _Cutter(file, where).documents():
        found = True
        yield record
    if not found:
        raise no_documents(where)


def broken(reason: str, where: Where) -> InputError:
    """Return the error of what is no XML."""
    return InputError(
        f"this is no XML: {reason}",
        code="E175",
        where=where,
        hint="see whether the file is whole, and fetch it again",
    )


def declarations(where: Where) -> InputError:
    """Return the error of a document type that declares something itself, such as entities."""
    return InputError(
        "the document type has declarations; they are never read",
        code="E119",
        where=where,
        hint='keep no more of it than <!DOCTYPE collection SYSTEM "BioC.dtd">',
    )

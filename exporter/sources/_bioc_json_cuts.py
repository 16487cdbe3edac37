"""A file of BioC JSON cut into documents, without holding more of it than one and a chunk."""

import json
import re
from codecs import getincrementaldecoder
from collections.abc import Iterator
from typing import Any, BinaryIO

from exporter.errors import InputError, LimitError, Where
from exporter.sources._bioc_bytes import MAX_DOCUMENT, no_documents, refuse_other_unicode, too_large
from exporter.sources._reader import Record

NAME = "bioc-json"
LISTS = ("documents", "PubTator3")
"""The keys of a collection under which its documents stand."""
_CHUNK = 1024 * 1024
_BLANK = re.compile(r"[ \t\r\n]*")
_STRING = r'"(?:[^"\\]|\\.)*+"'
_VALUE = rf"(?:{_STRING}|[\w.+-]++|\{{(?:[^\"{{}}\[\]]|{_STRING})*+\}})"
_MEMBER = rf'(?!"(?:{"|".join((*LISTS, "passages"))})"){_STRING}\s*+:\s*+{_VALUE}\s*+,\s*+'
_COLLECTION = re.compile(rf'\{{\s*+(?:{_MEMBER})*+"(?:{"|".join(LISTS)})"\s*+:\s*+\[', re.DOTALL)
_NEAR_THE_END = 64
# Numbers stay text here: only ``parse`` tells whether they are any.
_DECODER = json.JSONDecoder(parse_int=str, parse_float=str)


class _BrokenError(Exception):
    """What cannot be read as JSON; it never leaves this module."""

    def __init__(self, position: int, reason: str) -> None:
        super().__init__(reason)
        self.position, self.reason = position, reason


class Cutter:
    """A file as text that is read piece by piece; ``at`` is where reading goes on."""

    def __init__(self, file: BinaryIO, where: Where) -> None:
        self._file, self._where = file, where
        self._decoder = getincrementaldecoder("utf-8")("surrogateescape")
        self._ended = False
        self.held, self.at, self._counted, self._line = "", 0, 0, 1
        self._more()
        refuse_other_unicode(self.held.encode("utf-8", "surrogateescape")[:4], where)
        self.held = self.held.removeprefix("\ufeff")

    def _more(self) -> bool:
        """Read on, and forget what is done; tell whether there was anything to read."""
        if self._ended:
            return False
        self._count()
        chunk = self._file.read(max(_CHUNK, len(self.held) - self.at))
        self._ended = not chunk
        self.held = self.held[self.at :] + self._decoder.decode(chunk, self._ended)
        self.at = self._counted = 0
        return not self._ended

    def _count(self) -> None:
        self._line += self.held.count("\n", self._counted, self.at)
        self._counted = self.at

    def place(self, ahead: int = 0, document: str | None = None) -> Where:
        """Return where reading is, or where it will be some letters further on."""
        self._count()
        line = self._line + self.held.count("\n", self.at, self.at + ahead)
        return Where(file=self._where.file, line=line, document=document)

    def next(self) -> str:
        """Pass over blanks, and return the letter that comes next; nothing at the end."""
        while True:
            match = _BLANK.match(self.held, self.at)
            self.at = match.end() if match else self.at
            if self.at < len(self.held):
                return self.held[self.at]
            if not self._more():
                return ""

    def value(self) -> tuple[Any, str]:
        """Return what comes next, read and as written; raise _BrokenError where it is no JSON."""
        while True:
            try:
                value, end = _DECODER.raw_decode(self.held, self.at)
            except json.JSONDecodeError as error:
                ahead, is_whole = error.pos - self.at, error.pos < len(self.held) - _NEAR_THE_END
                if (is_whole and not error.msg.startswith("Unterminated")) or self._refused():
                    raise _BrokenError(ahead, reason_of(error)) from None
            except RecursionError:
                raise too_deep(self.place()) from None
            else:
                if end < len(self.held) or not self._more():
                    written = self.held[self.at : end]
                    self.at = end
                    return value, written

    def _refused(self) -> bool:
        """Read on for a value that is not whole yet; tell whether there is no more to read."""
        if len(self.held) - self.at > MAX_DOCUMENT:
            raise too_large(self.place())
        return not self._more()

    def opens_collection(self) -> bool:
        """Pass over the head of a collection up to its first document, if there is one."""
        while len(self.held) - self.at < _CHUNK and self._more():
            pass
        match = _COLLECTION.match(self.held, self.at)
        self.at = match.end() if match else self.at
        return match is not None

    def line(self) -> str | None:
        """Return the rest of the line if another object begins behind it, and go there."""
        end = self.held.find("\n", self.at)
        rest = _BLANK.match(self.held, end + 1)
        if end < 0 or rest is None or not self.held.startswith("{", rest.end()):
            return None
        written = self.held[self.at : end]
        self.at = end
        return written


def split_stream(file: BinaryIO, where: Where) -> Iterator[Record]:
    """Yield one record for each document of a collection, or of several, or of bare documents.

    What is no JSON refuses the rest of the file; on a line of its own, only that line.
    """
    cutter = Cutter(file, where)
    found = False
    while mark := cutter.next():
        for record in _records(cutter, mark):
            found = True
            yield record
    if not found:
        raise no_documents(where)


def _records(cutter: Cutter, mark: str) -> Iterator[Record]:
    if mark == "{" and cutter.opens_collection():
        yield from _elements(cutter)
        _pass_over_members(cutter)
    elif mark == "[":
        cutter.at += 1
        yield from _elements(cutter)
    else:
        yield from _bare(cutter)


def _elements(cutter: Cutter) -> Iterator[Record]:
    """Yield the documents of a list up to its end."""
    if cutter.next() == "]":
        cutter.at += 1
        return
    while True:
        yield _element(cutter)
        mark = cutter.next()
        if mark not in {",", "]"}:
            raise _broken(cutter, "between documents there is neither a comma nor the end")
        cutter.at += 1
        cutter.next()
        if mark == "]":
            return


def _element(cutter: Cutter) -> Record:
    cutter.next()
    place = cutter.place()
    try:
        value, written = cutter.value()
    except _BrokenError as error:
        raise _broken(cutter, error.reason, error.position) from None
    return _record(value, written, place)


def _pass_over_members(cutter: Cutter) -> None:
    """Go to the end of a collection behind the list of its documents."""
    while (mark := cutter.next()) == ",":
        cutter.at += 1
        try:
            cutter.next()
            name, _ = cutter.value()
            if cutter.next() != ":":
                raise _broken(cutter, "a key has no value")
            cutter.at += 1
            cutter.next()
            if name in LISTS:
                raise _twice(str(name), cutter.place())
            cutter.value()
        except _BrokenError as error:
            raise _broken(cutter, error.reason, error.position) from None
    if mark != "}":
        raise _broken(cutter, "the collection is not closed")
    cutter.at += 1


def _bare(cutter: Cutter) -> Iterator[Record]:
    """Yield the document that comes next, or those of a collection that begins unusually."""
    place = cutter.place()
    try:
        value, written = cutter.value()
    except (_BrokenError, LimitError) as error:
        line = None if too_large(place).code == getattr(error, "code", "") else cutter.line()
        if line is None and isinstance(error, _BrokenError):
            raise _broken(cutter, error.reason, error.position) from None
        if line is None:
            raise
        yield _record(None, line, place)
        return
    inner = [value[name] for name in LISTS if name in value] if isinstance(value, dict) else []
    if len(inner) == 1 and isinstance(inner[0], list):
        for document in inner[0]:
            yield _record(document, json.dumps(document), place)
    else:
        yield _record(value, written, place)


def _record(value: Any, written: str, place: Where) -> Record:
    name = value.get("id") if isinstance(value, dict) else None
    document = name if isinstance(name, str) and name else None
    content = written.encode("utf-8", "surrogateescape")
    where = Where(file=place.file, line=place.line, document=document)
    return Record(reader=NAME, where=where, content=content)


def _broken(cutter: Cutter, reason: str, ahead: int = 0) -> InputError:
    return InputError(
        f"this is no JSON: {reason}; nothing after it was read",
        code="E174",
        where=cutter.place(ahead),
        hint="see whether the file is whole, and fetch it again",
    )


def reason_of(error: json.JSONDecodeError) -> str:
    """Return what is wrong, without the place in the text."""
    reason = error.msg.removesuffix(" at").removesuffix(" starting")
    return f"{reason[:1].lower()}{reason[1:]}"


def _twice(name: str, where: Where) -> InputError:
    return InputError(
        f"the key {name!r} comes twice in one object",
        code="E179",
        where=where,
        hint="keep one of the two",
    )


def too_deep(where: Where) -> LimitError:
    """Return the error of values that are nested deeper than any document has them."""
    return LimitError(
        "lists and objects are nested too deep",
        code="E509",
        where=where,
        hint="a document of BioC is nested less than twenty levels deep",
    )

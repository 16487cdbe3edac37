"""The bytes of one BioC document as text, and the place in its file of what is wrong in it."""

from dataclasses import replace

from exporter.errors import InputError, LimitError, Where
from exporter.model.decoding import decoded
from exporter.sources._reader import Record

MAX_DOCUMENT = 16 * 1024 * 1024
"""Bytes of the largest document that is read."""


def decoded_record(record: Record) -> str:
    """Return the text of a record; bytes that are not UTF-8 are refused with line and offset."""
    try:
        return decoded(record.content, record.where, part="document")
    except InputError as error:
        place = error.where or record.where
        raise error.at(at_line(record.where, place.line or 1, place.column)) from None


def refuse_other_unicode(head: bytes, where: Where) -> None:
    """Refuse a file that begins with the mark of UTF-16 or UTF-32."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")):
        decoded(head, where)


def at_line(where: Where, line: int, column: int | None = None) -> Where:
    """Return the place in the file of a line of a record, counted from 1."""
    return replace(where, line=(where.line or 1) + line - 1, column=column)


def no_documents(where: Where) -> InputError:
    """Return the error of a file that holds nothing to read."""
    return InputError(
        "the collection is empty: there is no document in it",
        code="E187",
        where=where,
        hint="fetch it again, or leave it out",
    )


def too_large(where: Where) -> LimitError:
    """Return the error of a document that is larger than what is read at once."""
    return LimitError(
        f"the document that begins here is larger than {MAX_DOCUMENT} bytes; nothing after it was"
        " read",
        code="E508",
        where=where,
        hint="split the document, or see whether the one before it is closed",
    )

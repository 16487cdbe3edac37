"""One record of a PubMed XML file as a tree: parsed strictly, within limits, with its place."""

from collections.abc import Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element, ParseError, XMLParser

from exporter.errors import InputError, LimitError, Where
from exporter.sources._reader import Record

MAX_TAGS = 500_000
"""Tags of the largest record that is read: ten times as many as of five hundred authors."""
MAX_DEPTH = 60
"""Elements inside each other; formulas are the deepest."""
# Files of PubMed may declare these prefixes on the set, which is not part of a record.
_AROUND = (
    b'<record xmlns:mml="http://www.w3.org/1998/Math/MathML" '
    b'xmlns:xlink="http://www.w3.org/1999/xlink">'
)


def tree_of(record: Record) -> Element:
    """Return the one element of a record; entities, which only a DOCTYPE declares, are refused."""
    _refuse_other_bytes(record)
    if record.content.count(b"<") > MAX_TAGS:
        raise LimitError(
            f"the record has more than {MAX_TAGS} tags",
            code="E506",
            where=record.where,
            hint="see whether it is a record of PubMed",
        )
    # Nothing is declared around a record, so there is no entity that could grow or be fetched.
    parser = XMLParser()  # noqa: S314
    try:
        parser.feed(_AROUND)
        parser.feed(record.content)
        parser.feed(b"</record>")
        around: Element = parser.close()
    except ParseError as error:
        raise _malformed(error, record.where) from None
    if len(around) != 1 or (around[0].tail or "").strip():
        raise InputError(
            "the record is not one element",
            code="E133",
            where=record.where,
            hint="see whether tags of it are closed twice",
        )
    _refuse_depth(around[0], record.where)
    return around[0]


def withdrawn_in(record: Record) -> Iterator[Record]:
    """Yield one record for each paper that a list of withdrawn ones names."""
    for number, each in enumerate(tree_of(record).iter("PMID")):
        local = (each.text or "").strip()
        version = each.get("Version", "1")
        if not (local.isascii() and local.isdigit() and version.isascii() and version.isdigit()):
            raise InputError(
                f"{local!r} is no PMID of a withdrawn paper",
                code="E136",
                where=replace(record.where, field=f"PMID {number + 1}"),
                hint="a PMID is a number of one to nine digits",
            )
        content = f'<DeleteCitation><PMID Version="{version}">{local}</PMID></DeleteCitation>'
        yield replace(record, content=content.encode("ascii"))


def _refuse_other_bytes(record: Record) -> None:
    try:
        record.content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = record.content[: error.start]
        place = replace(
            record.where,
            line=(record.where.line or 1) + before.count(b"\n"),
            column=len(before[before.rfind(b"\n") + 1 :].decode("utf-8")) + 1,
        )
        offset = record.offset + error.start
        raise InputError(
            f"byte 0x{record.content[error.start]:02X} is not UTF-8 (offset {offset} of the file)",
            code="E110",
            where=place,
            hint="save the file as UTF-8 text",
        ) from None


def _malformed(error: ParseError, where: Where) -> InputError:
    line, column = error.position
    column -= len(_AROUND) if line == 1 else 0
    said = str(error).partition(": line")[0]
    return InputError(
        f"the XML cannot be read: {said}",
        code="E133",
        where=replace(where, line=(where.line or 1) + line - 1, column=max(column, 0) + 1),
        hint="mend the file there, or fetch it again",
    )


def _refuse_depth(element: Element, where: Where) -> None:
    level, depth = [element], 1
    while level:
        if depth > MAX_DEPTH:
            raise LimitError(
                f"more than {MAX_DEPTH} elements stand inside each other",
                code="E506",
                where=where,
                hint="see whether it is a record of PubMed",
            )
        level = [child for each in level for child in each]
        depth += 1

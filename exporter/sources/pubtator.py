"""PubTator files: title and abstract of papers, with annotations and relations below them."""

import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

from exporter.errors import InputError, Where
from exporter.model.decoding import decoded
from exporter.model.document import Document, Passage, Text, TextKind
from exporter.sources._decode import odd_characters
from exporter.sources._paper_identity import document_id, identifiers_of, names_of
from exporter.sources._pubtator_annotations import statements_in
from exporter.sources._pubtator_blocks import NAME, split_stream
from exporter.sources._pubtator_ids import ids_of
from exporter.sources._pubtator_lines import sheet_of
from exporter.sources._pubtator_places import Pages, place
from exporter.sources._reader import Reader, Record, Settings

_LOOKED_AT = 1024 * 1024
_BEGINS = re.compile(rb"(?:\xef\xbb\xbf)?\s*([^\s|]{1,100})\|[ta]\|")


def _parse(record: Record, settings: Settings) -> Document:
    """Return the paper with its one text; a line that cannot be read refuses the whole paper."""
    content = _decoded(record)
    sheet = sheet_of(content, record.where)
    placed = place(sheet.blocks, record.where)
    said = statements_in(sheet, placed, ids_of(settings.namespaces), record)
    declared = settings.text_kind or record.text_kind
    kind = declared or TextKind.RESTATEMENT
    key = _checked_key(sheet.key, record.where)
    identifiers = identifiers_of(key, settings.namespaces)
    name = document_id(identifiers, [key]) or key
    return Document(
        id=name,
        identifiers=identifiers,
        title=sheet.blocks[0].title.strip() or None,
        names=tuple(other for other in names_of(identifiers) if other != name),
        texts=(
            Text(
                content=placed.pages.content,
                kind=kind,
                passages=tuple(_passages(placed.pages, kind)),
                annotations=said.annotations,
                licence=settings.licence or record.licence,
                kind_declared=declared is not None,
                format=NAME,
                where=record.where,
                findings=(
                    *odd_characters(content, lambda at: _place(record, content, at)),
                    *said.findings,
                ),
                relations=said.relations,
            ),
        ),
    )


def _decoded(record: Record) -> str:
    try:
        return decoded(record.content, record.where)
    except InputError as error:
        place, first = error.where or record.where, record.where.line or 1
        raise error.at(replace(place, line=first + (place.line or 1) - 1)) from None


def _place(record: Record, content: str, offset: int) -> Where:
    """Return the line of the file in which an offset of a record is."""
    return replace(record.where, line=(record.where.line or 1) + content.count("\n", 0, offset))


def _checked_key(key: str, where: Where) -> str:
    """Return the id of a paper, or refuse one that names nothing."""
    if key.strip(". "):
        return key
    raise InputError(
        f"{key!r} is no id of a paper",
        code="E186",
        where=where,
        hint="begin each line with the paper's id, as in 14510914|t|title",
    )


def _passages(pages: Pages, kind: TextKind) -> Iterator[Passage]:
    for number, (title, abstract) in enumerate(pages.parts):
        section = "text" if number else "title"
        for name, (start, end) in ((section, title), ("abstract", abstract)):
            if start < end:
                yield Passage(section=name, start=start, end=end, kind=kind, prose=True)


def _split(content: bytes, where: Where) -> Iterator[Record]:
    """Yield one record for each paper of a file."""
    yield from split_stream(BytesIO(content), where)


def _recognises(content: bytes) -> bool:
    """Tell whether the first line is a text of a paper, and the next one is of it, too."""
    first = _BEGINS.match(content[:_LOOKED_AT])
    if first is None:
        return False
    rest = content[first.end() : _LOOKED_AT].partition(b"\n")[2].lstrip()
    same = rest.startswith((first[1] + b"|", first[1] + b"\t"))
    return not rest or same or _BEGINS.match(rest) is not None


READER = Reader(
    name=NAME,
    suffixes=(".pubtator",),
    recognises=_recognises,
    split=_split,
    parse=_parse,
    split_stream=split_stream,
)

"""A BioC document as a paper with its one text: what both BioC readers make of one."""

from collections.abc import Iterator
from dataclasses import replace

from exporter.errors import InputError, Where
from exporter.model.document import Document, Passage, Text, TextKind
from exporter.sources._bioc_identity import about
from exporter.sources._bioc_places import Placed, place
from exporter.sources._bioc_sheet import Part, Sheet, sheet_of
from exporter.sources._bioc_statements import statements_in
from exporter.sources._bioc_values import Tree
from exporter.sources._decode import odd_characters
from exporter.sources._pubtator_ids import ids_of
from exporter.sources._reader import Record, Settings


def paper_of(tree: Tree, record: Record, settings: Settings) -> Document:
    """Return the paper of a document; what cannot be read as BioC refuses the whole of it."""
    sheet = sheet_of(tree, record.where)
    where = replace(record.where, document=sheet.key or None)
    own = about(sheet.key, sheet.infons, settings.namespaces, where)
    if not (sheet.marks or any(part.text.strip() for part in sheet.parts)):
        raise _empty(where)
    placed = place(sheet.parts, sheet.marks)
    said = statements_in(sheet, placed, ids_of(settings.namespaces), record)
    declared = settings.text_kind or record.text_kind
    kind = declared or TextKind.RESTATEMENT
    content = placed.pages.content
    return Document(
        id=own.id,
        identifiers=own.identifiers,
        title=_title(sheet),
        authors=own.authors,
        authors_complete=own.authors_complete,
        journal=own.journal,
        issued=own.issued,
        names=own.names,
        texts=(
            Text(
                content=content,
                kind=kind,
                passages=tuple(_passages(sheet.parts, placed, kind)),
                annotations=said.annotations,
                licence=settings.licence or record.licence,
                kind_declared=declared is not None,
                format=record.reader,
                where=where,
                findings=(
                    *odd_characters(content, lambda at: _place(sheet, placed, at, where)),
                    *said.findings,
                ),
                relations=said.relations,
            ),
        ),
        findings=own.findings,
    )


def _title(sheet: Sheet) -> str | None:
    titles = (part.text.strip() for part in sheet.parts if part.section == "title")
    return next((" ".join(title.split()) for title in titles if title), None)


def _place(sheet: Sheet, placed: Placed, offset: int, where: Where) -> Where:
    """Return the passage that holds an offset of the pinned text."""
    spans = zip(sheet.parts, placed.pages.spans, strict=True)
    number = next((part.passage for part, (start, end) in spans if start <= offset < end), None)
    return where if number is None else replace(where, field=f"passages[{number}]")


def _passages(parts: list[Part], placed: Placed, kind: TextKind) -> Iterator[Passage]:
    """Yield each passage with a text; the sentences of one are one passage."""
    found: dict[int, Passage] = {}
    for part, (start, end) in zip(parts, placed.pages.spans, strict=True):
        if start < end:
            first = found.get(part.passage)
            found[part.passage] = Passage(
                section=part.section,
                start=first.start if first else start,
                end=end,
                kind=kind,
                prose=part.prose,
            )
    yield from found.values()


def _empty(where: Where) -> InputError:
    return InputError(
        "the document is empty: it holds neither text nor annotations",
        code="E189",
        where=where,
        hint="leave it out, or fetch it again",
    )

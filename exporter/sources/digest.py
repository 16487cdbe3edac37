"""The digest of a paper: header, sections of prose, and lists of entities without positions.

Both forms are read: markdown, and the text of a web page with plain headings.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from exporter.errors import InputError, UsageError, Where
from exporter.model.decoding import decoded
from exporter.model.document import Annotation, Document, Passage, Text, TextKind
from exporter.model.findings import Finding, Level
from exporter.sources._decode import odd_characters
from exporter.sources._digest_entities import annotations_in
from exporter.sources._digest_form import is_digest, looks_like_digest
from exporter.sources._digest_front import front_of, missing
from exporter.sources._digest_identity import identity
from exporter.sources._digest_outline import ENTITIES, Outline, outline, trimmed
from exporter.sources._digest_services import Service, kind_of, service_of, url_in
from exporter.sources._paper_identity import document_id, names_of
from exporter.sources._placing import prose_of
from exporter.sources._reader import Reader, Record, Settings, stem

_NAME = "digest"


def _split(content: bytes, where: Where) -> Iterator[Record]:
    """Yield the one record of a file: a digest is one paper."""
    yield Record(reader=_NAME, where=where, content=content, name=stem(where))


def _parse(record: Record, settings: Settings) -> Document:
    """Return the paper with its one text; refuse what is no digest or holds nothing to export."""
    content = decoded(record.content, record.where)
    parts = outline(content)
    _refuse_other_texts(parts, record.where)
    name = _given_name(record, settings)
    url = url_in(parts.source.text) if parts.source else None
    front = front_of(parts.front, record.where)
    about = identity(front.parts, url, settings.namespaces, replace(record.where, line=front.line))
    paper = document_id(about.identifiers, (*about.called, name)) or name
    names = (*about.called, name, *names_of(about.identifiers))
    no_title = () if parts.title else (missing("title", _top(record), Level.WARNING),)
    return Document(
        id=paper,
        identifiers=about.identifiers,
        title=parts.title.text if parts.title else None,
        authors=front.authors,
        authors_complete=front.authors_complete,
        journal=front.journal,
        issued=front.issued,
        source_url=url,
        names=tuple(other for other in dict.fromkeys(names) if other != paper),
        texts=(_text(content, parts, record, settings),),
        findings=(*no_title, *front.findings, *about.findings),
    )


def _top(record: Record) -> Where:
    return replace(record.where, line=1)


def _given_name(record: Record, settings: Settings) -> str:
    name = settings.document_id or record.name
    if not name.strip("."):
        raise UsageError(
            "a digest from standard input needs a name",
            code="E202",
            hint="name the document with --id",
        )
    return name


def _refuse_other_texts(parts: Outline, where: Where) -> None:
    if not is_digest(parts):
        raise InputError(
            "this is not a digest: it has none of a digest's sections",
            code="E180",
            where=replace(where, line=1),
            hint="a digest has headings such as ## TL;DR, ## Abstract or ## Linked entities",
        )


def _text(content: str, parts: Outline, record: Record, settings: Settings) -> Text:
    declared = settings.text_kind or record.text_kind
    passages = _passages(content, parts, declared)
    entities = [section for section in parts.sections if section.name in ENTITIES]
    annotations, findings = annotations_in(
        entities, prose_of(content, passages), settings.namespaces, record.where
    )
    _refuse_nothing(passages, annotations, record.where)
    return Text(
        content=content,
        kind=min((passage.kind for passage in passages), key=list(TextKind).index),
        passages=passages,
        annotations=annotations,
        licence=settings.licence or record.licence,
        kind_declared=declared is not None,
        format=_NAME,
        where=record.where,
        findings=(
            *odd_characters(content, _line_in(content, record.where)),
            *_section_findings(content, parts, record.where),
            *_kind_findings(passages, declared, record.where),
            *findings,
        ),
    )


def _line_in(content: str, where: Where) -> Callable[[int], Where]:
    """Return what tells the line of an offset."""
    return lambda offset: replace(where, line=content.count("\n", 0, offset) + 1)


def _passages(content: str, parts: Outline, declared: TextKind | None) -> tuple[Passage, ...]:
    """Return title and sections in the order of the text; an empty section is no passage."""
    service = service_of(url_in(parts.source.text)) if parts.source else None
    spans = [("title", parts.title.start, parts.title.end, True)] if parts.title else []
    spans += [
        (section.name, *trimmed(content, section.body), section.prose) for section in parts.sections
    ]
    return tuple(
        Passage(
            section=name,
            start=start,
            end=end,
            kind=_kind(name, service, declared),
            prose=prose,
        )
        for name, start, end, prose in spans
        if start < end
    )


def _kind(section: str, service: Service | None, declared: TextKind | None) -> TextKind:
    """Return what was declared; only a service's own words stay so, whatever anybody declares."""
    is_raised = declared is TextKind.VERBATIM and service is not None
    return kind_of(section, service) if declared is None or is_raised else declared


def _refuse_nothing(
    passages: Sequence[Passage], annotations: Sequence[Annotation], where: Where
) -> None:
    prose = any(passage.prose and passage.section != "title" for passage in passages)
    if not prose and not annotations:
        raise InputError(
            "the digest is empty: it holds neither text nor entities", code="E181", where=where
        )


def _section_findings(content: str, parts: Outline, where: Where) -> Iterator[Finding]:
    if all(section.name != "abstract" for section in parts.sections):
        yield missing("abstract", replace(where, line=1))
    for section in parts.sections:
        place = replace(where, line=section.line, field=section.name)
        start, end = trimmed(content, section.body)
        if start == end:
            yield _note("empty-section", "the section is empty", place)
        elif section.prose and content[start:end].endswith(("…", "...")):
            yield _note("cut-text", "the text of the section is cut off", place)


def _kind_findings(
    passages: Sequence[Passage], declared: TextKind | None, where: Where
) -> Iterator[Finding]:
    own = [each.section for each in passages if declared not in (None, each.kind)]
    if own:
        message = f"declared {declared}, but the digest service wrote {', '.join(own)} itself"
        yield _note("text-kind-of-service", message, where)


def _note(code: str, message: str, where: Where) -> Finding:
    return Finding(level=Level.NOTE, code=code, message=message, where=where)


READER = Reader(
    name=_NAME,
    suffixes=(".md", ".markdown", ".txt"),
    recognises=looks_like_digest,
    split=_split,
    parse=_parse,
)

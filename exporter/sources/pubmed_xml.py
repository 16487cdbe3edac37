"""PubMed XML: records of papers as PubMed gives them, alone, in sets, and in its yearly files."""

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from xml.etree.ElementTree import Element

from exporter.errors import InputError, Where
from exporter.model.document import Document, Text, TextKind
from exporter.model.findings import Finding, Level
from exporter.sources._decode import odd_characters
from exporter.sources._paper_identity import document_id, names_of
from exporter.sources._pubmed_authors import authors_of
from exporter.sources._pubmed_blocks import NAME, split_stream
from exporter.sources._pubmed_dates import date_in
from exporter.sources._pubmed_ids import ids_of, pmid_of
from exporter.sources._pubmed_index import record_of, told_of, withdrawal_of
from exporter.sources._pubmed_prolog import recognises
from exporter.sources._pubmed_tree import tree_of
from exporter.sources._pubmed_words import Words, below, other_abstracts, words_of
from exporter.sources._reader import Reader, Record, Settings


def _parse(record: Record, settings: Settings) -> Document:
    """Return the paper with its one text and PubMed's record of it."""
    root = tree_of(record)
    if root.tag == "DeleteCitation":
        return _withdrawn(root, record, settings)
    citation = root.find("MedlineCitation")
    article = citation.find("Article") if citation is not None else None
    if citation is None or article is None:
        raise InputError(
            "the record has no MedlineCitation with an Article",
            code="E135",
            where=record.where,
            hint="see whether it is a record of PubMed, and fetch it again",
        )
    return _document(root, citation, article, record, settings)


def _document(
    root: Element, citation: Element, article: Element, record: Record, settings: Settings
) -> Document:
    pmid = pmid_of(citation.find("PMID"), settings.namespaces, record.where)
    where = replace(record.where, document=f"PMID{pmid.local}")
    ids = ids_of(root, citation, settings.namespaces, where)
    written = authors_of(article, settings.namespaces, where)
    entry, told = record_of(citation, settings.namespaces, where)
    words = words_of(article, settings.text_kind or record.text_kind, where)
    issued, unused = _issued(article)
    own = document_id(ids.identifiers, ()) or f"PMID{pmid.local}"
    return Document(
        id=own,
        identifiers=ids.identifiers,
        title=words.title or None,
        authors=written.authors,
        authors_complete=written.complete,
        journal=below(article, "Journal/Title")
        or below(article, "Journal/ISOAbbreviation")
        or None,
        issued=issued,
        names=tuple(name for name in names_of(ids.identifiers) if name != own),
        texts=(_text(words, record, settings, where),) if words.content else (),
        findings=(
            *ids.findings,
            *written.findings,
            *_inexact(unused, where),
            *told,
            *other_abstracts(citation, where),
        ),
        records=(entry,),
    )


def _text(words: Words, record: Record, settings: Settings, where: Where) -> Text:
    declared: TextKind | None = settings.text_kind or record.text_kind
    return Text(
        content=words.content,
        kind=declared or TextKind.VERBATIM,
        passages=words.passages,
        annotations=(),
        licence=settings.licence or record.licence,
        kind_declared=declared is not None,
        format=NAME,
        where=record.where,
        findings=(*odd_characters(words.content, lambda _: where), *words.findings),
    )


def _issued(article: Element) -> tuple[str | None, str]:
    """Return when the paper came out: in the journal, else by itself."""
    printed, unused = date_in(article.find("Journal/JournalIssue/PubDate"))
    if printed:
        return printed, unused
    alone, wrong = date_in(article.find("ArticleDate"))
    return alone, unused or wrong


def _inexact(written: str, where: Where) -> Iterator[Finding]:
    if written:
        yield Finding(
            level=Level.WARNING,
            code="unreadable-date",
            message="of this date only what is one year, month or day is used",
            where=replace(where, field="PubDate"),
            value=written,
        )


def _withdrawn(root: Element, record: Record, settings: Settings) -> Document:
    element = root.find("PMID")
    pmid = pmid_of(element, settings.namespaces, record.where)
    own = f"PMID{pmid.local}"
    entry = withdrawal_of(element)
    return Document(
        id=own,
        identifiers=(pmid,),
        names=tuple(name for name in names_of([pmid]) if name != own),
        findings=tuple(told_of(entry, replace(record.where, document=own))),
        records=(entry,),
    )


def _split(content: bytes, where: Where) -> Iterator[Record]:
    """Yield one record for each paper of a file."""
    for each in split_stream(BytesIO(content), where):
        if isinstance(each, Record):
            yield each


READER = Reader(
    name=NAME,
    suffixes=(".xml",),
    recognises=recognises,
    split=_split,
    parse=_parse,
    split_stream=split_stream,
)

"""Several files about one paper: one document with several texts, whatever the order of reading."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from exporter.errors import Where
from exporter.model.document import Document, Text
from exporter.model.findings import Finding, Level
from exporter.model.indexing import newest
from exporter.sources._equal_texts import one_content
from exporter.sources._paper_identity import PAPER_PREFIXES, document_id

Key = tuple[str, str]


def merge(documents: Iterable[Document]) -> tuple[Document, ...]:
    """Return one document per paper, sorted by id.

    Documents that share a DOI, PMID, PMCID or id are one paper. Where their identifiers of one
    kind differ, all are kept and an ``identifier-conflict`` says so. A text that was read twice
    counts once; where it was annotated differently, it stands once for each of the annotators.
    """
    joined = [_joined(group) for group in _groups(list(documents))]
    return tuple(sorted(joined, key=lambda document: document.id))


def _keys(document: Document) -> Iterator[Key]:
    yield "", document.id
    for identifier in document.identifiers:
        if identifier.prefix in PAPER_PREFIXES:
            yield identifier.prefix, identifier.local


def _groups(documents: Sequence[Document]) -> list[list[Document]]:
    """Put documents that share a key, directly or by way of others, into one group."""
    leader = list(range(len(documents)))

    def top(index: int) -> int:
        while leader[index] != index:
            leader[index] = leader[leader[index]]
            index = leader[index]
        return index

    first: dict[Key, int] = {}
    for index, document in enumerate(documents):
        for key in _keys(document):
            leader[top(index)] = top(first.setdefault(key, index))
    groups: dict[int, list[Document]] = defaultdict(list)
    for index, document in enumerate(documents):
        groups[top(index)].append(document)
    return list(groups.values())


def _ordered(group: Iterable[Document]) -> list[Document]:
    """Sort the most complete document first; content alone decides between equals."""
    return sorted(group, key=lambda document: (-_completeness(document), repr(document)))


def _completeness(document: Document) -> int:
    filled = (document.title, document.journal, document.issued, document.source_url)
    return (
        sum(field is not None for field in filled)
        + len(document.identifiers)
        + bool(document.authors)
        + document.authors_complete
    )


def _joined(group: Sequence[Document]) -> Document:
    if len(group) == 1:
        return group[0]
    group = _ordered(group)
    identifiers = tuple(sorted({i for document in group for i in document.identifiers}))
    ids = sorted({document.id for document in group})
    paper = document_id(identifiers, ids) or ids[0]
    names = {name for document in group for name in document.names} | set(ids)
    texts, text_findings = _texts(group)
    by_authors = max(group, key=_known_of_authors)
    findings = [
        *(finding for document in group for finding in document.findings),
        *_identifier_conflicts(paper, group),
        *_differences("title", group, lambda document: document.title),
        *_differences("date", group, lambda document: document.issued),
        *_several_records(paper, group),
        *text_findings,
    ]
    return Document(
        id=paper,
        identifiers=identifiers,
        title=_first(document.title for document in group),
        authors=by_authors.authors,
        authors_complete=by_authors.authors_complete,
        journal=_first(document.journal for document in group),
        issued=max((document.issued or "" for document in group), key=len) or None,
        source_url=_first(document.source_url for document in group),
        names=tuple(sorted(names - {paper})),
        texts=texts,
        findings=tuple(sorted(set(findings), key=_place_in_order)),
        records=newest(record for document in group for record in document.records),
    )


def _known_of_authors(document: Document) -> tuple[bool, int, int]:
    known = sum((a.orcid is not None) + len(a.affiliations) for a in document.authors)
    return document.authors_complete, len(document.authors), known


def _first(values: Iterable[str | None]) -> str | None:
    return next((value for value in values if value is not None), None)


def _texts(group: Sequence[Document]) -> tuple[tuple[Text, ...], list[Finding]]:
    by_hash: dict[str, list[Text]] = defaultdict(list)
    for document in group:
        for text in document.texts:
            by_hash[text.sha256].append(text)
    texts, findings = list[Text](), list[Finding]()
    for _, same in sorted(by_hash.items()):
        kept, found = one_content(same)
        texts += kept
        findings += found
    return tuple(texts), findings


def _identifier_conflicts(paper: str, group: Sequence[Document]) -> Iterator[Finding]:
    for prefix in PAPER_PREFIXES:
        places: dict[str, Where] = {}
        for document in group:
            stated = document.identifier(prefix)
            if stated is not None:
                places.setdefault(stated.local, _where(document))
        if len(places) > 1:
            yield Finding(
                level=Level.ERROR,
                code="identifier-conflict",
                message=f"{paper} has several identifiers of the kind {prefix}",
                where=replace(max(places.items())[1], field=prefix),
                value=", ".join(sorted(places)),
                hint="correct the wrong one, or tell the two papers apart",
            )


def _several_records(paper: str, group: Sequence[Document]) -> Iterator[Finding]:
    """Tell where an index gives several versions of its record: the newest one counts."""
    places: dict[str, dict[tuple[int, str], Where]] = defaultdict(dict)
    for document in group:
        for record in document.records:
            if not record.withdrawn:
                version = (record.version, record.revised)
                places[record.index].setdefault(version, _where(document))
    for index, versions in sorted(places.items()):
        if len(versions) > 1:
            said = [" of ".join(filter(None, (str(n), day))) for n, day in sorted(versions)]
            yield Finding(
                level=Level.NOTE,
                code="record-versions",
                message=f"{index} has several versions of the record of {paper}; the newest counts",
                where=versions[max(versions)],
                value=", ".join(said),
            )


def _differences(
    field: str, group: Sequence[Document], value_of: Callable[[Document], str | None]
) -> Iterator[Finding]:
    """Tell where a value is neither that of the first document nor a part of it (2020, 2020-08)."""
    values = [(value_of(document), _where(document)) for document in group]
    given = [(value, where) for value, where in values if value is not None]
    for value, where in given[1:]:
        first = given[0][0]
        if not (first.startswith(value) or value.startswith(first)):
            yield Finding(
                level=Level.WARNING,
                code="metadata-differs",
                message=f"the {field} is not the one of {given[0][1]}",
                where=replace(where, field=field),
                value=value,
            )


def _where(document: Document) -> Where:
    return document.texts[0].where if document.texts else Where(document=document.id)


def _place_in_order(finding: Finding) -> tuple[str, int, str]:
    return finding.where.file or "", finding.where.line or 0, repr(finding)

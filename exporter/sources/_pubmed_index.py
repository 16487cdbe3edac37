"""What PubMed's indexers and registrars say of a paper: headings, substances, types, notices."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from exporter.errors import IdentifierError, Where
from exporter.model.findings import Finding, Level
from exporter.model.identifiers import EntityId, Namespaces
from exporter.model.indexing import (
    Grant,
    Heading,
    IndexRecord,
    Keyword,
    Notice,
    PublicationType,
    Qualifier,
    Substance,
    designs_of_types,
    notice_kinds,
)
from exporter.sources._pubmed_dates import date_in
from exporter.sources._pubmed_words import below, text_of

INDEX = "PubMed"
_OF_THE_AUTHORS = "NOTNLM"
_TOLD = {
    "retracted": (Level.WARNING, "retracted-paper", "this paper is retracted"),
    "partly-retracted": (Level.WARNING, "retracted-paper", "a part of this paper is retracted"),
    "concern": (Level.WARNING, "concern-expressed", "there is an expression of concern about it"),
    "withdrawn": (
        Level.WARNING,
        "withdrawn-record",
        "PubMed took the record of this paper out (DeleteCitation)",
    ),
}


@dataclass(slots=True)
class _Reading:
    """Makes ids of one record and collects what is wrong with them."""

    namespaces: Namespaces
    where: Where
    findings: list[Finding] = field(default_factory=list)

    def concept(self, element: Element | None, prefix: str = "MESH") -> EntityId | None:
        """Return the concept of an element with a ``UI``; a malformed one is told of."""
        written = "" if element is None else element.get("UI", "")
        return self.made(prefix, written, "" if element is None else element.tag)

    def made(self, prefix: str, written: str, what: str) -> EntityId | None:
        """Return an identifier, or none where there is nothing or it is malformed."""
        if not written:
            return None
        try:
            return self.namespaces.make(prefix, written)
        except IdentifierError as error:
            self.tell(Level.WARNING, "malformed-id", f"the id is not used: {error.problem}", what)
            return None

    def tell(self, level: Level, code: str, message: str, what: str, value: str = "") -> None:
        """Note a finding about a field."""
        place = replace(self.where, field=what or None)
        self.findings.append(
            Finding(level=level, code=code, message=message, where=place, value=value)
        )


def record_of(
    citation: Element, namespaces: Namespaces, where: Where
) -> tuple[IndexRecord, tuple[Finding, ...]]:
    """Return PubMed's record of a paper, and what is wrong with it or with the paper."""
    reading = _Reading(namespaces, where)
    record = IndexRecord(
        index=INDEX,
        version=_version(citation.find("PMID")),
        revised=date_in(citation.find("DateRevised"))[0] or "",
        status=citation.get("Status", ""),
        method=citation.get("IndexingMethod", ""),
        headings=tuple(_headings(citation, reading)),
        substances=tuple(_substances(citation, reading)),
        types=tuple(_types(citation, reading)),
        notices=tuple(_notices(citation, reading)),
        keywords=tuple(_keywords(citation)),
        grants=tuple(_grants(citation)),
    )
    return record, (*reading.findings, *told_of(record, where))


def withdrawal_of(element: Element | None) -> IndexRecord:
    """Return the record that tells that PubMed took a paper out."""
    return IndexRecord(index=INDEX, version=_version(element), withdrawn=True)


def told_of(record: IndexRecord, where: Where) -> Iterator[Finding]:
    """Yield what a reader must know of a paper before using it."""
    for standing in record.standings:
        level, code, message = _TOLD[standing]
        papers = (
            each.paper.curie if each.paper else each.citation
            for each in record.notices
            if notice_kinds().get(each.kind) and notice_kinds()[each.kind].standing == standing
        )
        yield Finding(level=level, code=code, message=message, where=where, value=", ".join(papers))


def _version(element: Element | None) -> int:
    written = "" if element is None else element.get("Version", "")
    plain = written.isascii() and written.isdigit() and len(written) < 5
    return int(written) if plain else 1


def _headings(citation: Element, reading: _Reading) -> Iterator[Heading]:
    for each in citation.iterfind("MeshHeadingList/MeshHeading"):
        descriptor = each.find("DescriptorName")
        if descriptor is None or not text_of(descriptor):
            reading.tell(Level.WARNING, "missing-field", "a heading has no name", "MeshHeading")
            continue
        yield Heading(
            name=text_of(descriptor),
            concept=reading.concept(descriptor),
            major=_is_major(descriptor),
            qualifiers=tuple(
                Qualifier(name=text_of(q), concept=reading.concept(q), major=_is_major(q))
                for q in each.iterfind("QualifierName")
            ),
        )


def _is_major(element: Element) -> bool:
    return element.get("MajorTopicYN") == "Y"


def _substances(citation: Element, reading: _Reading) -> Iterator[Substance]:
    for each in citation.iterfind("ChemicalList/Chemical"):
        name = each.find("NameOfSubstance")
        number = below(each, "RegistryNumber")
        yield Substance(
            name=text_of(name),
            concept=reading.concept(name),
            registry_number="" if number == "0" else number,
        )


def _types(citation: Element, reading: _Reading) -> Iterator[PublicationType]:
    for each in citation.iterfind("Article/PublicationTypeList/PublicationType"):
        concept = reading.concept(each)
        design = designs_of_types().get(concept.curie, "") if concept else ""
        yield PublicationType(name=text_of(each), concept=concept, design=design)


def _notices(citation: Element, reading: _Reading) -> Iterator[Notice]:
    for each in citation.iterfind("CommentsCorrectionsList/CommentsCorrections"):
        kind = each.get("RefType", "")
        if kind not in notice_kinds():
            reading.tell(
                Level.WARNING,
                "unknown-notice",
                "what this notice means is not known; it is kept as it is",
                "CommentsCorrections",
                kind,
            )
        yield Notice(
            kind=kind,
            paper=reading.made("PMID", below(each, "PMID"), "CommentsCorrections"),
            citation=below(each, "RefSource"),
            note=below(each, "Note"),
        )


def _keywords(citation: Element) -> Iterator[Keyword]:
    for each in citation.iterfind("KeywordList"):
        owner = each.get("Owner", _OF_THE_AUTHORS)
        for word in each.iterfind("Keyword"):
            if text_of(word):
                yield Keyword(
                    text=text_of(word),
                    owner="" if owner == _OF_THE_AUTHORS else owner,
                    major=_is_major(word),
                )


def _grants(citation: Element) -> Iterator[Grant]:
    for each in citation.iterfind("Article/GrantList/Grant"):
        yield Grant(
            number=below(each, "GrantID"),
            agency=below(each, "Agency"),
            acronym=below(each, "Acronym"),
            country=below(each, "Country"),
        )

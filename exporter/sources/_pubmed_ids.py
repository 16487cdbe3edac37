"""The identifiers of a paper in a PubMed record; what its references are called is not its own."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from exporter.errors import IdentifierError, InputError, Where
from exporter.model.findings import Finding
from exporter.model.identifiers import EntityId, Namespaces
from exporter.sources._paper_identity import conflict, paper_identifier, unused_id
from exporter.sources._pubmed_words import text_of

_KINDS = {"pubmed": "PMID", "pmc": "PMC", "doi": "DOI"}
_DOI_AROUND = re.compile(r"(?:https?://(?:dx\.|www\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
_PMC = re.compile(r"(?:PMC:?\s*)?(?:PMC)?(\d+)(?:\.\d+)?", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ids:
    """The identifiers of a paper, the first of each kind, and what contradicts them."""

    identifiers: tuple[EntityId, ...]
    findings: tuple[Finding, ...]


def pmid_of(element: Element | None, namespaces: Namespaces, where: Where) -> EntityId:
    """Return the PMID of a record; without one there is no record."""
    written = text_of(element)
    try:
        return namespaces.make("PMID", written)
    except IdentifierError as error:
        problem = "the record has no PMID" if not written else f"{written!r} is no PMID"
        raise InputError(
            problem,
            code="E136",
            where=replace(where, field="PMID"),
            hint="a PMID is a number of one to nine digits" if written else "fetch it again",
        ) from error


def ids_of(root: Element, citation: Element, namespaces: Namespaces, where: Where) -> Ids:
    """Return all identifiers: of the citation, of PubMed's list, then of the article itself."""
    found: dict[str, EntityId] = {}
    findings: list[Finding] = []
    pmid = pmid_of(citation.find("PMID"), namespaces, where)
    found["PMID"] = pmid
    for prefix, written, field in _stated(root, citation):
        place = replace(where, field=field)
        try:
            stated = paper_identifier(prefix, _plain(prefix, written), namespaces)
        except IdentifierError as error:
            findings.append(unused_id(error, written, place))
            continue
        if found.setdefault(prefix, stated) != stated:
            findings.append(conflict(found[prefix], stated, place))
    return Ids(identifiers=tuple(sorted(found.values())), findings=tuple(findings))


def _stated(root: Element, citation: Element) -> Iterator[tuple[str, str, str]]:
    for each in root.iterfind("PubmedData/ArticleIdList/ArticleId"):
        kind = _KINDS.get(each.get("IdType", "").lower())
        if kind and text_of(each):
            yield kind, text_of(each), f"ArticleId {each.get('IdType')}"
    for each in citation.iterfind("Article/ELocationID"):
        if each.get("EIdType") == "doi" and each.get("ValidYN", "Y") == "Y" and text_of(each):
            yield "DOI", text_of(each), "ELocationID"


def _plain(prefix: str, written: str) -> str:
    if prefix == "DOI":
        return _DOI_AROUND.sub("", written, count=1)
    match = _PMC.fullmatch(written) if prefix == "PMC" else None
    return f"PMC{match[1]}" if match else written

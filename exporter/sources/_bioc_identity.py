"""Which paper a BioC document is: its ids, authors, journal and date, wherever they stand."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from exporter.errors import IdentifierError, InputError, Where
from exporter.model.document import Author
from exporter.model.findings import Finding, Level
from exporter.model.identifiers import EntityId, Namespaces
from exporter.sources._bioc_values import word_in
from exporter.sources._paper_identity import (
    document_id,
    identifiers_of,
    names_of,
    paper_identifier,
    unused_id,
)

_STATED = {
    "PMC": ("article-id_pmc", "pmcid"),
    "PMID": ("article-id_pmid", "pmid"),
    "DOI": ("article-id_doi", "doi"),
}
"""Under which keys of infons or of a document the identifiers of a paper stand."""
_DIGITS = re.compile(r"[1-9]\d*", re.ASCII)
_NAMED = re.compile(r"surname:(.*?)(?:;given-names:(.*))?")
_ISO = re.compile(r"(\d{4}(?:-\d\d){0,2})(?:T.*)?")
_CITED = re.compile(r"\s*(.+?)[.;]\s*\d{4}")
_MOST_AUTHORS = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a document says of the paper itself."""

    id: str
    identifiers: tuple[EntityId, ...]
    names: tuple[str, ...]
    authors: tuple[Author, ...]
    authors_complete: bool
    journal: str | None
    issued: str | None
    findings: tuple[Finding, ...]


def about(key: str, infons: Mapping[str, Any], namespaces: Namespaces, where: Where) -> About:
    """Return what the id of a document and its infons say; an id that names nothing is refused.

    A bare number is a PMID, but not where the infons tell that it is a PMCID, or another PMID.
    """
    if not key.strip(". "):
        raise _nameless(key, where)
    found: dict[str, EntityId] = {}
    findings: list[Finding] = []
    for prefix, value, place in _stated(infons, where):
        try:
            found.setdefault(prefix, paper_identifier(prefix, value, namespaces))
        except IdentifierError as trouble:
            findings.append(unused_id(trouble, value, place, "paper"))
    is_number = _DIGITS.fullmatch(key) is not None
    told = is_number and ("PMID" in found or _pmc_is(key, found))
    findings += [
        _conflict(found[own.prefix], own, where)
        for own in (() if told else identifiers_of(key, namespaces))
        if found.setdefault(own.prefix, own) != own
    ]
    identifiers = tuple(sorted(found.values()))
    name = document_id(identifiers, [key]) or key
    other = () if _known(key, identifiers) else (key,)
    names = dict.fromkeys((*names_of(identifiers), *other))
    authors, complete = _authors(infons, where)
    return About(
        id=name,
        identifiers=identifiers,
        names=tuple(each for each in names if each != name),
        authors=authors,
        authors_complete=complete,
        journal=_journal(infons, where),
        issued=_issued(infons, where),
        findings=tuple(findings),
    )


def _pmc_is(key: str, found: Mapping[str, EntityId]) -> bool:
    return "PMC" in found and found["PMC"].local == f"PMC{key}"


def _known(key: str, identifiers: tuple[EntityId, ...]) -> bool:
    """Tell whether a document's id is just one of the paper's identifiers; bare numbers are."""
    return _DIGITS.fullmatch(key) is not None or any(
        key.upper() in {each.local.upper(), each.curie.upper()} for each in identifiers
    )


def _stated(infons: Mapping[str, Any], where: Where) -> Iterator[tuple[str, str, Where]]:
    """Yield the identifiers that stand under their kind, as written but for a prefix."""
    for prefix, keys in _STATED.items():
        for name in keys:
            written = word_in(infons.get(name), name, where).strip()
            if prefix == "PMC" and _DIGITS.fullmatch(written):
                written = f"PMC{written}"
            if written:
                yield prefix, written, replace(where, field=name)


def _authors(infons: Mapping[str, Any], where: Where) -> tuple[tuple[Author, ...], bool]:
    """Return the authors, and whether these are all: ``et al`` tells that they are not."""
    listed = infons.get("authors")
    names = listed if isinstance(listed, list) else word_in(listed, "authors", where).split(", ")
    found = [word_in(name, "authors", where).strip(" ,") for name in names[:_MOST_AUTHORS]]
    found = [name for name in found if name] or list(_numbered(infons, where))
    whole = [name for name in found if name.rstrip(".").lower() not in {"et al", "and others"}]
    return tuple(Author(name=name) for name in whole), len(whole) == len(found)


def _numbered(infons: Mapping[str, Any], where: Where) -> Iterator[str]:
    """Yield the authors of full texts: ``name_0`` is ``surname:Feeney;given-names:Audrey``."""
    for number in range(_MOST_AUTHORS):
        name = f"name_{number}"
        if name not in infons:
            return
        match = _NAMED.fullmatch(word_in(infons[name], name, where))
        if match:
            yield f"{match[2] or ''} {match[1]}".strip()


def _journal(infons: Mapping[str, Any], where: Where) -> str | None:
    """Return the journal's name; what follows it up to the pages is left out.

    The infons have ``Mol Cell. 2017 Jan 5;65(1):154-167``, the document's own key the name only.
    """
    written = word_in(infons.get("journal"), "journal", where).strip()
    match = _CITED.match(written)
    return (match[1] if match else written) or None


def _issued(infons: Mapping[str, Any], where: Where) -> str | None:
    for name in ("date", "year"):
        match = _ISO.fullmatch(word_in(infons.get(name), name, where).strip())
        if match:
            return match[1]
    return None


def _nameless(key: str, where: Where) -> InputError:
    return InputError(
        f"{key!r} is no id of a paper" if key else "the document has no id",
        code="E186",
        where=where,
        hint="give the document its PMID, PMCID or DOI as id",
    )


def _conflict(kept: EntityId, other: EntityId, where: Where) -> Finding:
    return Finding(
        level=Level.ERROR,
        code="identifier-conflict",
        message=f"the document's id is {other}, and its infons say {kept}, which is used",
        where=where,
        value=other.curie,
        hint="correct one of the two",
    )

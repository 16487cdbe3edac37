"""Which paper a digest is about: its identifiers, its id and the other names it goes by."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import unquote, urlsplit

from exporter.errors import IdentifierError, Where
from exporter.model.findings import Finding, Level
from exporter.model.identifiers import EntityId, Namespaces
from exporter.sources._digest_header import Part
from exporter.sources._digest_services import paper_in

PAPER_PREFIXES = ("PMC", "PMID", "DOI")
_PMC = re.compile(r"PMC[1-9]\d*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """The identifiers of a paper, sorted, and what the service or archive calls it."""

    identifiers: tuple[EntityId, ...] = ()
    called: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


def identity(
    parts: Sequence[Part], url: str | None, namespaces: Namespaces, where: Where
) -> Identity:
    """Return what the header and the footer's address say; the header is believed first."""
    found: dict[str, EntityId] = {}
    findings: list[Finding] = []
    for part in parts:
        if part.kind in PAPER_PREFIXES:
            place = replace(where, field=part.kind)
            try:
                stated = paper_identifier(part.kind, part.value, namespaces)
            except IdentifierError as error:
                findings.append(_malformed(error, part.value, place))
                continue
            if found.setdefault(part.kind, stated) != stated:
                findings.append(_conflict(found[part.kind], stated, place))
    named = paper_in(url)
    place = replace(where, field="Source")
    findings += [
        _conflict(found[stated.prefix], stated, place)
        for stated in _in_address(url, named, namespaces)
        if found.setdefault(stated.prefix, stated) != stated
    ]
    called = [part.value for part in parts if part.kind == "arXiv"]
    return Identity(
        identifiers=tuple(sorted(found.values())),
        called=tuple(called + ([named] if named else [])),
        findings=tuple(findings),
    )


def paper_identifier(prefix: str, local: str, namespaces: Namespaces) -> EntityId:
    """Return a paper's identifier; a DOI is written in lower case, PMC in capitals.

    >>> from exporter.model.identifiers import bundled_namespaces
    >>> paper_identifier("DOI", "10.1172/JCI98814", bundled_namespaces()).local
    '10.1172/jci98814'
    """
    local = {"DOI": local.lower(), "PMC": local.upper()}.get(prefix, local)
    return namespaces.make(prefix, local)


def document_id(identifiers: Iterable[EntityId], others: Iterable[str]) -> str | None:
    """Return the PMCID, else ``PMID`` and its number, else the DOI, else the first other name."""
    by_prefix: dict[str, str] = {}
    for identifier in sorted(identifiers):
        by_prefix.setdefault(identifier.prefix, _own_name(identifier))
    candidates = [by_prefix.get(prefix) for prefix in PAPER_PREFIXES]
    return next((name for name in (*candidates, *others) if name), None)


def names_of(identifiers: Iterable[EntityId]) -> Iterator[str]:
    """Yield the forms in which a case may name a paper by its identifiers."""
    for identifier in identifiers:
        yield identifier.curie
        yield identifier.iri
        yield _own_name(identifier)
        if identifier.prefix == "DOI":
            yield f"DOI-{identifier.local.replace('/', '-')}"


def _own_name(identifier: EntityId) -> str:
    """Return a name that says by itself what it is: a bare number would not."""
    return f"PMID{identifier.local}" if identifier.prefix == "PMID" else identifier.local


def _in_address(url: str | None, named: str | None, namespaces: Namespaces) -> Iterator[EntityId]:
    """Yield what an address says: an archive's own form, PMCIDs in its path, a service's name."""
    if url is None:
        return
    path = urlsplit(url).path
    candidates = [unquote(url.split("#")[0].split("?")[0].rstrip("/"))]
    candidates += [f"PMC:{part}" for part in path.split("/") if _PMC.fullmatch(part)][:1]
    candidates += [f"DOI:{named}"] if named else []
    for candidate in candidates:
        try:
            stated = namespaces.parse(candidate)
        except IdentifierError:
            continue  # an address that names no paper in a known form is nothing wrong
        if stated.prefix in PAPER_PREFIXES:
            yield paper_identifier(stated.prefix, stated.local, namespaces)


def _malformed(error: IdentifierError, value: str, where: Where) -> Finding:
    return Finding(
        level=Level.WARNING,
        code="malformed-id",
        message=f"the header's id is not used: {error.problem}",
        where=where,
        value=value,
        hint=error.hint,
    )


def _conflict(kept: EntityId, other: EntityId, where: Where) -> Finding:
    return Finding(
        level=Level.ERROR,
        code="identifier-conflict",
        message=f"the paper is called {other} here, but {kept} before; {kept} is used",
        where=where,
        value=other.curie,
    )

"""Which paper a digest is about: its identifiers, and what a service or archive calls it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import unquote, urlsplit

from exporter.errors import IdentifierError, Where
from exporter.model.findings import Finding
from exporter.model.identifiers import EntityId, Namespaces
from exporter.sources._digest_header import Part
from exporter.sources._digest_services import paper_in
from exporter.sources._paper_identity import (
    PAPER_PREFIXES,
    conflict,
    paper_identifier,
    unused_id,
)

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
                findings.append(unused_id(error, part.value, place, "header"))
                continue
            if found.setdefault(part.kind, stated) != stated:
                findings.append(conflict(found[part.kind], stated, place))
    named = paper_in(url)
    place = replace(where, field="Source")
    findings += [
        conflict(found[stated.prefix], stated, place)
        for stated in _in_address(url, named, namespaces)
        if found.setdefault(stated.prefix, stated) != stated
    ]
    called = [part.value for part in parts if part.kind == "arXiv"]
    return Identity(
        identifiers=tuple(sorted(found.values())),
        called=tuple(called + ([named] if named else [])),
        findings=tuple(findings),
    )


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

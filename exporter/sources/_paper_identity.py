"""How papers are identified in any format: ids, names, and what is wrong with one of them."""

import re
from collections.abc import Iterable, Iterator

from exporter.errors import IdentifierError, Where
from exporter.model.findings import Finding, Level
from exporter.model.identifiers import EntityId, Namespaces

PAPER_PREFIXES = ("PMC", "PMID", "DOI")
_PMC = re.compile(r"PMC[1-9]\d*", re.ASCII | re.IGNORECASE)
_PMID = re.compile(r"(?:PMID:?)?([1-9]\d{0,8})", re.ASCII)
_DOI = re.compile(r"10\.\d{4,9}/\S+", re.ASCII)


def paper_identifier(prefix: str, local: str, namespaces: Namespaces) -> EntityId:
    """Return a paper's identifier; a DOI is written in lower case, PMC in capitals.

    >>> from exporter.model.identifiers import bundled_namespaces
    >>> paper_identifier("DOI", "10.1172/JCI98814", bundled_namespaces()).local
    '10.1172/jci98814'
    """
    local = {"DOI": local.lower(), "PMC": local.upper()}.get(prefix, local)
    return namespaces.make(prefix, local)


def identifiers_of(key: str, namespaces: Namespaces) -> tuple[EntityId, ...]:
    """Return what the id of a paper says by its form; a bare number is a PMID."""
    if match := _PMID.fullmatch(key):
        return (namespaces.make("PMID", match[1]),)
    if _PMC.fullmatch(key):
        return (paper_identifier("PMC", key, namespaces),)
    if _DOI.fullmatch(key):
        return (paper_identifier("DOI", key, namespaces),)
    return ()


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


def unused_id(error: IdentifierError, value: str, where: Where, whose: str = "") -> Finding:
    """Return the warning on an id of a paper that has no canonical form; ``whose``: the header."""
    which = f"the {whose}'s id" if whose else "the id"
    return Finding(
        level=Level.WARNING,
        code="malformed-id",
        message=f"{which} is not used: {error.problem}",
        where=where,
        value=value,
        hint=error.hint,
    )


def conflict(kept: EntityId, other: EntityId, where: Where) -> Finding:
    """Return the error on two identifiers of one kind for one paper."""
    return Finding(
        level=Level.ERROR,
        code="identifier-conflict",
        message=f"the paper is called {other} here, but {kept} before; {kept} is used",
        where=where,
        value=other.curie,
    )

"""What the id of a paper in an annotated corpus is: a PMID, a PMCID, a DOI, or nothing known."""

import re

from exporter.model.identifiers import EntityId, Namespaces
from exporter.sources._digest_identity import paper_identifier

_PMC = re.compile(r"PMC[1-9]\d*", re.ASCII | re.IGNORECASE)
_PMID = re.compile(r"(?:PMID:?)?([1-9]\d{0,8})", re.ASCII)
_DOI = re.compile(r"10\.\d{4,9}/\S+", re.ASCII)


def identifiers_of(key: str, namespaces: Namespaces) -> tuple[EntityId, ...]:
    """Return what the id of a paper says by its form; a bare number is a PMID."""
    if match := _PMID.fullmatch(key):
        return (namespaces.make("PMID", match[1]),)
    if _PMC.fullmatch(key):
        return (paper_identifier("PMC", key, namespaces),)
    if _DOI.fullmatch(key):
        return (paper_identifier("DOI", key, namespaces),)
    return ()

"""How IRIs of data are minted: from content, so the same paper gives the same IRIs everywhere."""

import hashlib
from dataclasses import dataclass
from urllib.parse import quote

from rdflib import URIRef

from exporter.model.document import Document
from exporter.rdf.vocabulary import DEFAULT_BASE


@dataclass(frozen=True, slots=True)
class Iris:
    """Mints IRIs below one base.

    >>> Iris().case("buzoianu-2026-p1", "dx", "1")
    rdflib.term.URIRef('https://w3id.org/linked-case/id/case/buzoianu-2026-p1/dx/1')
    """

    base: str = DEFAULT_BASE

    def local(self, *parts: str) -> URIRef:
        """Return an IRI below the base; every part is percent-encoded to a safe alphabet."""
        return URIRef(self.base + "/".join(quote(part, safe="") for part in parts))

    def paper(self, document: Document) -> URIRef:
        """Return the DOI's IRI, else PubMed's, else PMC's, else one of our own."""
        for prefix in ("DOI", "PMID", "PMC"):
            if (identifier := document.identifier(prefix)) is not None:
                return URIRef(identifier.iri)
        return self.local("paper", document.id)

    def paper_part(self, document_id: str, *parts: str) -> URIRef:
        """Return an IRI of something that belongs to a paper's record."""
        return self.local("paper", document_id, *parts)

    def text(self, document_id: str, sha256: str) -> URIRef:
        """Return the IRI of a pinned text, made from its hash."""
        return self.local("paper", document_id, "text", sha256[:16])

    def case(self, case_id: str, *parts: str) -> URIRef:
        """Return the IRI of a case or of something in it."""
        return self.local("case", case_id, *parts)

    def graph(self, *parts: str) -> URIRef:
        """Return the name of a graph that belongs to no paper or case."""
        return self.local("graph", *parts)


def digest(*parts: str) -> str:
    """Return 16 hexadecimal digits that stand for the parts, in order."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8")).hexdigest()[:16]

"""How IRIs of data are minted: from content, so the same paper gives the same IRIs everywhere."""

import hashlib
from dataclasses import dataclass
from urllib.parse import quote

from rdflib import URIRef

from exporter.errors import InputError, UsageError
from exporter.model.document import Document
from exporter.model.grounding import Mapping
from exporter.model.review import Verdict
from exporter.rdf.terms import entity_iri, iri
from exporter.rdf.vocabulary import DEFAULT_BASE

_TURNED = {
    "skos:exactMatch": "skos:exactMatch",
    "skos:closeMatch": "skos:closeMatch",
    "skos:relatedMatch": "skos:relatedMatch",
    "skos:broadMatch": "skos:narrowMatch",
    "skos:narrowMatch": "skos:broadMatch",
}


@dataclass(frozen=True, slots=True)
class Iris:
    """Mints IRIs below one base.

    >>> Iris().case("buzoianu-2026-p1", "dx", "1")
    rdflib.term.URIRef('https://w3id.org/linked-case/id/case/buzoianu-2026-p1/dx/1')
    """

    base: str = DEFAULT_BASE

    def __post_init__(self) -> None:
        if not self.base.endswith(("/", "#")) or _base(self.base) != self.base:
            raise UsageError(
                f"{self.base!r} cannot be the base of IRIs",
                code="E210",
                hint="give an absolute IRI that ends in / or #, as in https://example.org/id/",
            )

    def local(self, *parts: str) -> URIRef:
        """Return an IRI below the base; every part is percent-encoded to a safe alphabet."""
        return URIRef(self.base + "/".join(_segment(part) for part in parts))

    def paper(self, document: Document) -> URIRef:
        """Return the DOI's IRI, else PubMed's, else PMC's, else one of our own."""
        for prefix in ("DOI", "PMID", "PMC"):
            if (identifier := document.identifier(prefix)) is not None:
                return entity_iri(identifier)
        return self.local("paper", document.id)

    def paper_part(self, document_id: str, *parts: str) -> URIRef:
        """Return an IRI of something that belongs to a paper's record."""
        return self.local("paper", document_id, *parts)

    def text(self, document_id: str, sha256: str) -> URIRef:
        """Return the IRI of a pinned text, made from its hash."""
        return self.local("paper", document_id, "text", sha256[:16])

    def annotation(self, document_id: str, *content: str) -> URIRef:
        """Return the IRI of an annotation, made from its text's hash and all that it states."""
        return self.local("paper", document_id, "annotation", digest(*content))

    def mapping(self, mapping: Mapping) -> URIRef:
        """Return the IRI of a row of a mapping set; a row that was turned keeps its IRI."""
        return self.local("mapping", _mapping_digest(mapping))

    def denied_mapping(self, mapping: Mapping) -> URIRef:
        """Return the IRI of a row which says that a mapping does not hold."""
        return self.local("mapping", "denied", _mapping_digest(mapping))

    def verdict(self, verdict: Verdict) -> URIRef:
        """Return the IRI of a curator's verdict, made from all that it says and who says it."""
        target = verdict.target.iri if verdict.target else ""
        signed = (verdict.reason, verdict.curator, verdict.date)
        return self.local("verdict", digest(verdict.key, verdict.decision, target, *signed))

    def case(self, case_id: str, *parts: str) -> URIRef:
        """Return the IRI of a case or of something in it."""
        return self.local("case", case_id, *parts)

    def graph(self, *parts: str) -> URIRef:
        """Return the name of a graph that belongs to no paper or case."""
        return self.local("graph", *parts)


def iris_below(base: str | None) -> Iris:
    """Return the IRIs below a base of somebody's own, or below ours."""
    return Iris() if base is None else Iris(base)


def below(node: URIRef, *parts: str) -> URIRef:
    """Return an IRI of something that belongs to a node of ours."""
    return URIRef("/".join([node, *(_segment(part) for part in parts)]))


def digest(*parts: str) -> str:
    """Return 16 hexadecimal digits that stand for the parts, in order."""
    joined = "\x1f".join(parts).encode("utf-8", errors="surrogatepass")
    return hashlib.sha256(joined).hexdigest()[:16]


def _mapping_digest(mapping: Mapping) -> str:
    """Stand for the row whichever way round it is told: A broader than B is B narrower than A."""
    subject, predicate, target = mapping.subject.iri, mapping.predicate, mapping.object.iri
    told = [(subject, predicate, target)]
    if predicate in _TURNED:
        told.append((target, _TURNED[predicate], subject))
    return digest(*min(told), mapping.justification, mapping.source, mapping.version)


def _segment(part: str) -> str:
    """Return one path segment; refuse those that readers of IRIs would resolve away."""
    if not part.strip("."):
        raise InputError(
            f"{part!r} cannot be part of an IRI", code="E131", hint="give it another name"
        )
    return quote(part, safe="", errors="surrogatepass")


def _base(text: str) -> str:
    try:
        return str(iri(text))
    except InputError:
        return ""

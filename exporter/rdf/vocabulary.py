"""Every namespace and every fixed term that we write, once."""

from rdflib import Namespace, URIRef
from rdflib.namespace import DCTERMS, OWL, PROV, RDF, RDFS, SKOS, VOID, XSD

# rdflib's own namespaces know which terms exist; ours below are checked by a test.
__all__ = ["DCTERMS", "OWL", "PROV", "RDF", "RDFS", "SKOS", "VOID", "XSD"]

LC = Namespace("https://w3id.org/linked-case/vocab#")
OA = Namespace("http://www.w3.org/ns/oa#")
NIF = Namespace("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#")
DOCO = Namespace("http://purl.org/spar/doco/")
FABIO = Namespace("http://purl.org/spar/fabio/")
CITO = Namespace("http://purl.org/spar/cito/")
BIBO = Namespace("http://purl.org/ontology/bibo/")
FOAF = Namespace("http://xmlns.com/foaf/0.1/")
SCHEMA = Namespace("https://schema.org/")
SSSOM = Namespace("https://w3id.org/sssom/")
SEMAPV = Namespace("https://w3id.org/semapv/vocab/")
BIOLINK = Namespace("https://w3id.org/biolink/vocab/")
OBOINOWL = Namespace("http://www.geneontology.org/formats/oboInOwl#")
KNOWLEDGE_LEVEL = Namespace("https://w3id.org/biolink/vocab/KnowledgeLevelEnum#")
AGENT_TYPE = Namespace("https://w3id.org/biolink/vocab/AgentTypeEnum#")
OBO = Namespace("http://purl.obolibrary.org/obo/")

DEFAULT_BASE = "https://w3id.org/linked-case/id/"

# Prefixes of written files, in one fixed order; data prefixes are added by the writer.
PREFIXES: dict[str, str] = {
    "lc": str(LC),
    "at": str(AGENT_TYPE),
    "bibo": str(BIBO),
    "bl": str(BIOLINK),
    "cito": str(CITO),
    "dct": str(DCTERMS),
    "doco": str(DOCO),
    "fabio": str(FABIO),
    "foaf": str(FOAF),
    "gene": "http://identifiers.org/ncbigene/",
    "kl": str(KNOWLEDGE_LEVEL),
    "mesh": "http://id.nlm.nih.gov/mesh/",
    "nif": str(NIF),
    "oa": str(OA),
    "obo": str(OBO),
    "owl": str(OWL),
    "prov": str(PROV),
    "rdf": str(RDF),
    "rdfs": str(RDFS),
    "schema": str(SCHEMA),
    "semapv": str(SEMAPV),
    "skos": str(SKOS),
    "sssom": str(SSSOM),
    "xsd": str(XSD),
}


def term(name: str) -> URIRef:
    """Return a term of our own vocabulary; hyphens of a value's name become capitals.

    >>> str(term("machine-summary"))
    'https://w3id.org/linked-case/vocab#machineSummary'
    """
    first, *others = name.split("-")
    return LC[first + "".join(part[:1].upper() + part[1:] for part in others)]

"""A case as linked data: what was seen in one patient or one group, with whose words say so."""

from collections.abc import Iterator

from rdflib import URIRef

from exporter import __version__
from exporter.errors import UsageError
from exporter.model.case import Case
from exporter.model.identifiers import Namespaces
from exporter.model.inference import is_inferred
from exporter.rdf._case_frame import CaseSources, Frame, Setting
from exporter.rdf._case_records import record_triples
from exporter.rdf.iris import Iris
from exporter.rdf.terms import Quad, Triple, in_graph, text_literal
from exporter.rdf.vocabulary import DEFAULT_BASE, FOAF, PROV, RDF, SCHEMA

__all__ = ["CaseSources", "case_quads"]


def case_quads(
    case: Case, sources: CaseSources, iris: Iris, namespaces: Namespaces
) -> Iterator[Quad]:
    """Yield the statements of a case's facts graph, none twice.

    Every field of the case file is written, nulls, empty lists and unknown keys included. A
    restricted case is refused below the public base of IRIs (``UsageError``).
    """
    refuse_public(case, iris)
    setting = Setting(case=case, sources=sources, iris=iris, namespaces=namespaces)
    graph = setting.node("graph", "facts")
    yield from dict.fromkeys(in_graph(graph, _triples(graph, setting)))


def refuse_public(case: Case, iris: Iris) -> None:
    """Refuse a restricted case below the base of IRIs that everybody shares (``UsageError``)."""
    if case.privacy == "restricted" and iris.base == DEFAULT_BASE:
        raise UsageError(
            f"{case.case_id}: restricted cases require --base",
            code="E212",
            where=case.where,
            hint="give --base an IRI of your own, as in https://example.org/id/",
        )


def _triples(graph: URIRef, setting: Setting) -> Iterator[Triple]:
    case = setting.case
    frame = Frame(node=setting.node(), record="Case", value=case, inferred=is_inferred(case))
    yield from record_triples(frame, setting)
    yield from _provenance(graph, setting)


def _provenance(graph: URIRef, setting: Setting) -> Iterator[Triple]:
    """Yield what made this graph, with which release and of which case; no clock, no path."""
    activity = setting.node("activity", __version__)
    program = setting.iris.local("software", "linked-case-exporter", __version__)
    yield graph, RDF.type, PROV.Entity
    yield graph, PROV.wasGeneratedBy, activity
    yield activity, RDF.type, PROV.Activity
    yield activity, PROV.wasAssociatedWith, program
    yield program, RDF.type, PROV.SoftwareAgent
    yield program, FOAF.name, text_literal("linked-case-exporter")
    yield program, SCHEMA.softwareVersion, text_literal(__version__)

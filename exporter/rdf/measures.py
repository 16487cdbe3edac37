"""Measures: scales, markers and response definitions, with name, range and good direction."""

from collections.abc import Iterable, Iterator

from exporter.ontologies.measures import Measure
from exporter.rdf.iris import Iris
from exporter.rdf.terms import Quad, Triple, boolean, decimal, in_graph, text_literal
from exporter.rdf.vocabulary import LC, RDF, RDFS, SKOS, term


def measure_quads(measures: Iterable[Measure], iris: Iris) -> Iterator[Quad]:
    """Yield the measures in a graph of their own.

    An end of a range is written only if it is known and was seen in a source: a shape takes what
    stands here for certain.
    """
    graph = iris.graph("measures")
    for measure in measures:
        yield from in_graph(graph, _measure(measure, iris))


def _measure(measure: Measure, iris: Iris) -> Iterator[Triple]:
    node = iris.local("measure", measure.id)
    yield node, RDF.type, LC.Measure
    yield node, RDFS.label, text_literal(measure.label)
    for name in measure.other_names:
        yield node, SKOS.altLabel, text_literal(name)
    for property_, bound in ((LC.rangeLow, measure.low), (LC.rangeHigh, measure.high)):
        if measure.verified and bound is not None:
            yield node, property_, decimal(bound)
    if measure.good_direction is not None:
        yield node, LC.goodDirection, term(measure.good_direction)
    for property_, words in (
        (LC.usualUnit, measure.unit),
        (LC.measuringMethod, measure.method),
        (LC.sourceAsWritten, measure.source),
    ):
        if words:
            yield node, property_, text_literal(words)
    yield node, LC.verified, boolean(measure.verified)

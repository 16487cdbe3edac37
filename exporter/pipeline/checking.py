"""Check statements before they are written: with the shapes, and with the terms they use."""

from collections.abc import Iterable, Sequence

from exporter.errors import Where
from exporter.pipeline.inputs import Gathered
from exporter.pipeline.knowledge import Knowledge, used_knowledge_quads
from exporter.rdf.iris import Iris
from exporter.rdf.terms import Quad
from exporter.validation.engine import merged
from exporter.validation.limited import validate_all
from exporter.validation.results import Report
from exporter.validation.shapes import Shape, shapes


def shapes_of(knowledge: Knowledge) -> tuple[Shape, ...]:
    """Return the shapes of a run: bundled, of other distributions, of the packs."""
    folders = [pack.folder for pack in knowledge.packs]
    return shapes(packs=folders, namespaces=knowledge.namespaces)


def check(
    statements: Sequence[Quad], gathered: Gathered, knowledge: Knowledge, iris: Iris
) -> Report:
    """Return what the shapes find; results lead to the input files.

    The terms that the statements use are laid beside them, so that a shape can see whether a
    term is obsolete even when the ontologies are not part of the output.
    """
    context: Iterable[Quad] = used_knowledge_quads(statements, knowledge, iris)
    graph = merged([*statements, *context])
    return validate_all(graph, shapes_of(knowledge)).located(_places(gathered))


def _places(gathered: Gathered) -> dict[str, Where]:
    """Return where each document with one text begins, and the file of each case."""
    papers = {
        document.id: document.texts[0].where
        for document in gathered.documents
        if len(document.texts) == 1
    }
    return papers | {case.case_id: Where(file=case.where.file) for case in gathered.cases}

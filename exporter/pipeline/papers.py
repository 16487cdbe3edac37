"""A paper with its groundings: the one place where annotations are judged, to export or to lint."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from exporter.grounding import Memo, ground
from exporter.grounding.review import Verdicts, review
from exporter.model.document import Document, Text
from exporter.model.grounding import Grounding
from exporter.model.review import Ruling
from exporter.pipeline.knowledge import Knowledge


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperExport:
    """A paper with the groundings of each of its texts, in the order of their annotations.

    ``rulings`` are what became of the curators' verdicts on it.
    """

    document: Document
    groundings: tuple[tuple[Grounding, ...], ...]
    rulings: tuple[Ruling, ...] = ()

    def pairs(self) -> Iterator[tuple[Text, tuple[Grounding, ...]]]:
        """Yield each text with its groundings."""
        yield from zip(self.document.texts, self.groundings, strict=True)


def ground_paper(
    document: Document,
    knowledge: Knowledge,
    verdicts: Verdicts | None = None,
    memo: Memo | None = None,
) -> PaperExport:
    """Return a paper with the grounding of every annotation, after the verdicts of curators.

    ``memo`` is what was decided so far in this run, with the same knowledge.
    """
    found = tuple(
        ground(document, text, knowledge.ontologies, knowledge.field, memo)
        for text in document.texts
    )
    if verdicts is None:
        return PaperExport(document=document, groundings=found)
    ruled = review(document, found, verdicts)
    return PaperExport(document=document, groundings=ruled.groundings, rulings=ruled.rulings)


def ground_papers(
    documents: Iterable[Document], knowledge: Knowledge, verdicts: Verdicts | None = None
) -> tuple[PaperExport, ...]:
    """Return papers with their groundings; what was decided for one is remembered for all."""
    memo = Memo(knowledge.ontologies, knowledge.field)
    return tuple(ground_paper(each, knowledge, verdicts, memo) for each in documents)

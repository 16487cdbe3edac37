"""What a curator must see to judge an annotation: names, places, proposal, the sentence around."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from exporter.grounding import placed_findings
from exporter.grounding.resolution import names_of
from exporter.model.document import Document, Text
from exporter.model.findings import Finding
from exporter.model.grounding import Grounding
from exporter.model.identifiers import EntityId
from exporter.model.linting import Doubt, Judged, Named, RuleText
from exporter.model.review import review_key
from exporter.ontologies.index import Ontologies
from exporter.pipeline.excerpts import Lines, column_of_item, excerpt_of, lines_of, spots_of
from exporter.pipeline.rule_texts import rule_texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """One text on the bench: what is needed to judge any of its annotations.

    ``lines`` are those of its file, if the text is the whole file.
    """

    document: Document
    text: Text
    groundings: Sequence[Grounding]
    ontologies: Ontologies
    lines: Lines | None

    def judged(self, number: int) -> Judged:
        """Return an annotation by its number in the text."""
        annotation, grounding = self.text.annotations[number], self.groundings[number]
        said = (annotation.kind, annotation.label, annotation.stated_as)
        return Judged(
            annotation=annotation,
            grounding=grounding,
            key=review_key(self.document.id, *said),
            stated=self._named(annotation.stated),
            concept=self._named(grounding.concept),
            proposed=self._named(grounding.proposed),
            candidates=tuple(called(each.concept, self.ontologies) for each in grounding.candidates),
            spots=tuple(spots_of(self.text, annotation, self.lines)),
            excerpt=excerpt_of(self.text, annotation),
            column=column_of_item(annotation, self.lines),
        )

    def _named(self, entity: EntityId | None) -> Named | None:
        return called(entity, self.ontologies) if entity else None


def bench(
    document: Document,
    text: Text,
    groundings: Sequence[Grounding],
    ontologies: Ontologies,
    file_content: str | None,
) -> Bench:
    """Return a text ready to be judged; ``file_content`` is what its file holds, decoded."""
    whole = file_content is not None and file_content == text.content
    return Bench(
        document=document,
        text=text,
        groundings=groundings,
        ontologies=ontologies,
        lines=lines_of(text.content) if whole else None,
    )


def called(entity: EntityId, ontologies: Ontologies) -> Named:
    """Return an id with its label and release; an unknown one has neither."""
    names = names_of(entity, ontologies)
    return Named(
        id=entity, label=names[0] if names else "", version=ontologies.release_of(entity)
    )


def doubts_of(held: Bench) -> Iterator[Doubt]:
    """Yield what is to be said of the annotations of a text, then of the text itself."""
    texts = rule_texts()
    for number, finding in placed_findings(held.text, held.groundings):
        judged = held.judged(number)
        rule = texts.get(finding.code) if finding.code == judged.grounding.rule else None
        where = replace(
            finding.where,
            document=held.document.id,
            column=judged.column or finding.where.column,
        )
        yield Doubt(
            document=held.document.id,
            finding=replace(finding, where=where),
            remedy=rule.remedy if rule else finding.hint,
            judged=judged,
        )
    yield from plain_doubts(held.document.id, held.text.findings)


def plain_doubts(document: str, findings: Sequence[Finding]) -> Iterator[Doubt]:
    """Yield findings that are about no annotation."""
    for finding in findings:
        where = replace(finding.where, document=document)
        yield Doubt(
            document=document, finding=replace(finding, where=where), remedy=finding.hint
        )

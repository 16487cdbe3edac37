"""What a curator must see to judge an annotation: names, places, proposal, the sentence around."""

import shlex
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from exporter.grounding.resolution import names_of
from exporter.model.document import Document, Text
from exporter.model.findings import Finding
from exporter.model.grounding import Grounding
from exporter.model.identifiers import EntityId
from exporter.model.linting import Doubt, Judged, Named
from exporter.model.review import review_key
from exporter.ontologies.index import Ontologies
from exporter.pipeline.excerpts import Lines, column_of_item, excerpt_of, lines_of, spots_of
from exporter.pipeline.rule_texts import rule_texts
from exporter.sources import STDIN


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
            candidates=tuple(
                called(each.candidate.concept, self.ontologies) for each in grounding.ranked
            ),
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
    return Named(id=entity, label=names[0] if names else "", version=ontologies.release_of(entity))


def doubts_of(held: Bench, shown: Iterable[tuple[int, Finding]], how: str = "") -> Iterator[Doubt]:
    """Yield findings with all that a curator must see of the annotation that each is about.

    ``how`` are options that the command which accepts a proposal needs to find it again.
    """
    for number, finding in shown:
        judged = held.judged(number)
        own = finding.code == judged.grounding.rule
        rule = rule_texts().get(finding.code) if own else None
        column = judged.column or finding.where.column
        where = replace(finding.where, document=held.document.id, column=column)
        offers = own and judged.proposed is not None and judged.grounding.body is None
        yield Doubt(
            document=held.document.id,
            finding=replace(finding, where=where),
            remedy=rule.remedy if rule else finding.hint,
            judged=judged,
            command=_accepting(where.file, judged.key, how) if offers else "",
        )


def plain_doubt(document: str, finding: Finding) -> Doubt:
    """Return a finding that is about no annotation."""
    where = replace(finding.where, document=document)
    return Doubt(document=document, finding=replace(finding, where=where), remedy=finding.hint)


def _accepting(file: str | None, key: str, how: str) -> str:
    """Return the command that accepts a proposal; what was piped in has to be piped in again."""
    name = "-" if file in (None, STDIN) else str(file)
    name = f"./{name}" if len(name) > 1 and name.startswith("-") else name
    return " ".join(filter(None, ("exporter review", shlex.quote(name), how, "--accept", key)))

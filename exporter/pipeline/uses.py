"""Where papers and cases are about concepts: annotations, relations, fields with ids."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from exporter.errors import IdentifierError, Where
from exporter.model.case import Case
from exporter.model.document import Annotation, Document, Text
from exporter.model.grounding import Grounding
from exporter.model.identifiers import EntityId
from exporter.pipeline.knowledge import Knowledge
from exporter.pipeline.papers import PaperExport
from exporter.sources import stated_ids


class By(StrEnum):
    """How a use of a concept comes to be about it."""

    STATED = "stated"
    LEADS_TO = "leads-to"
    PROPOSED = "proposed"
    MAPPED = "mapped"
    NAMED = "named"


class Sort(StrEnum):
    """What it is that uses a concept."""

    ANNOTATION = "annotation"
    RELATION = "relation"
    FIELD = "field"


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """A place that is about concepts, or that has a label and no id.

    ``kind`` is the type of an annotation or the name of a relation. ``ids`` are in the order in
    which they count, each with how the place comes to it; ``names`` are the label and others that
    the place gives for the same thing.
    """

    sort: Sort
    where: Where
    ids: tuple[tuple[EntityId, By], ...]
    label: str = ""
    names: tuple[str, ...] = ()
    kind: str = ""
    stated_as: str = ""


def uses_in_paper(paper: PaperExport, knowledge: Knowledge) -> Iterator[Use]:
    """Yield the annotations and relations of a paper, text by text."""
    for text, groundings in paper.pairs():
        for annotation, grounding in zip(text.annotations, groundings, strict=True):
            yield _annotation(annotation, grounding, _in(paper.document, text), knowledge)
        for relation in text.relations:
            where = replace(_in(paper.document, text), line=relation.line)
            ids = {each: By.STATED for argument in relation.arguments for each in argument.stated}
            yield Use(sort=Sort.RELATION, where=where, ids=tuple(ids.items()), kind=relation.kind)


def _in(document: Document, text: Text) -> Where:
    return Where(file=text.where.file, document=document.id)


def _annotation(
    annotation: Annotation, grounding: Grounding, text: Where, knowledge: Knowledge
) -> Use:
    found: dict[EntityId, By] = {}
    if annotation.stated:
        found[annotation.stated] = By.STATED
    if grounding.concept:
        found.setdefault(grounding.concept, By.LEADS_TO)
    if grounding.proposed:
        found.setdefault(grounding.proposed, By.PROPOSED)
    return Use(
        sort=Sort.ANNOTATION,
        where=replace(text, line=annotation.line),
        ids=_with_mapped(found, annotation.stated, knowledge),
        label=annotation.label,
        names=(annotation.label, *annotation.aliases),
        kind=annotation.kind,
        stated_as=annotation.stated_as,
    )


def _with_mapped(
    found: dict[EntityId, By], stated: EntityId | None, knowledge: Knowledge
) -> tuple[tuple[EntityId, By], ...]:
    for row in knowledge.ontologies.mappings_from(stated) if stated else ():
        found.setdefault(row.object, By.MAPPED)
    return tuple(found.items())


def uses_in_case(case: Case, knowledge: Knowledge) -> Iterator[Use]:
    """Yield the fields of a case that hold an id of a known namespace, or a label without one."""
    for stated in stated_ids(case):
        entity = _entity(stated.text, knowledge)
        if stated.text and entity is None:
            continue
        found = {entity: By.STATED} if entity else {}
        yield Use(
            sort=Sort.FIELD,
            where=Where(
                file=case.where.file,
                line=stated.line,
                field=stated.field,
                document=case.case_id,
            ),
            ids=_with_mapped(found, entity, knowledge),
            label=stated.label,
            names=(stated.label,),
            stated_as=stated.text,
        )


def _entity(text: str, knowledge: Knowledge) -> EntityId | None:
    try:
        return knowledge.namespaces.parse(text) if text else None
    except IdentifierError:
        return None

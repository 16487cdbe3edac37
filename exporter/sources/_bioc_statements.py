"""What a BioC document says of a paper: what its mentions mean, and how that is related."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from exporter.model.document import Annotation, Argument, Relation
from exporter.model.findings import Finding
from exporter.model.identifiers import EntityId
from exporter.sources._bioc_findings import (
    id_findings,
    place_findings,
    reference_findings,
    relation_findings,
)
from exporter.sources._bioc_places import Placed
from exporter.sources._bioc_relations import End, Link
from exporter.sources._bioc_sheet import Mark, Sheet
from exporter.sources._pubtator_ids import Ids, PubTatorIds, meanings
from exporter.sources._reader import Record
from exporter.sources._statements import Statements, made_annotation

ANNOTATOR = "BioC file"
"""Who annotated, where nobody says it."""
_Meaning = tuple[str, tuple[EntityId, ...]]
"""What is written, and the concepts that it means."""


def statements_in(sheet: Sheet, placed: Placed, ids: PubTatorIds, record: Record) -> Statements:
    """Return one annotation for each id of each mark, and the relations between them."""
    marks, annotator = sheet.marks, record.annotator or ANNOTATOR
    where = replace(record.where, document=sheet.key)
    said = [ids[mark.kind, mark.written] for mark in marks]
    relations, findings = tuple[Relation, ...](), tuple[Finding, ...]()
    if sheet.links:
        meant = meanings(zip((mark.written for mark in marks), said, strict=True))
        named = _references(marks, said)
        relations = tuple(_relation(link, annotator, meant, named, ids) for link in sheet.links)
        findings = (
            *relation_findings(sheet.links, relations, meant, named, where),
            *reference_findings(sheet, where),
        )
    return Statements(
        annotations=tuple(_annotations(marks, said, placed, annotator)),
        relations=relations,
        findings=(
            *id_findings(marks, said, where),
            *place_findings(sheet.parts, marks, placed, where),
            *findings,
        ),
    )


def _annotations(
    marks: Sequence[Mark], said: Sequence[Ids], placed: Placed, annotator: str
) -> list[Annotation]:
    found: list[Annotation] = []
    ordinals: dict[tuple[str, str], int] = {}
    for mark, ids, mentions in zip(marks, said, placed.mentions, strict=True):
        who, kind = mark.annotator or annotator, mark.kind
        label = mark.words or (mentions[0].exact if mentions else "")
        ordinal = ordinals.get((who, kind), 0)
        for part in ids.parts:
            stated_as, stated = part.stated_as, part.stated
            said_of = (label, "", stated_as, stated, (), mentions, None, ids.together)
            found.append(made_annotation(who, kind, ordinal, *said_of))
            ordinal += 1
        ordinals[who, kind] = ordinal
    return found


def _references(marks: Iterable[Mark], said: Iterable[Ids]) -> Mapping[str, _Meaning]:
    """Return what the ids of annotations stand for; an id that occurs twice refers to nothing."""
    pairs = list(zip(marks, said, strict=True))
    times = Counter(mark.id for mark, _ in pairs)
    return {mark.id: _meaning(mark, ids) for mark, ids in pairs if mark.id and times[mark.id] == 1}


def _meaning(mark: Mark, ids: Ids) -> _Meaning:
    concepts = ids.together or tuple(part.stated for part in ids.parts if part.stated is not None)
    return mark.written.strip() or mark.words, concepts


def _relation(
    link: Link,
    annotator: str,
    meant: Mapping[str, tuple[EntityId, ...]],
    named: Mapping[str, _Meaning],
    ids: PubTatorIds,
) -> Relation:
    arguments = []
    for end in link.ends:
        written, concepts = named.get(end.written, (end.written, ()))
        if not end.is_reference:
            written, concepts = end.written, _concepts(end, meant, ids)
        arguments.append(Argument(stated_as=written, stated=concepts, role=end.role))
    return Relation(
        annotator=annotator, kind=link.kind, arguments=tuple(arguments), novelty=link.novelty
    )


def _concepts(
    end: End, meant: Mapping[str, tuple[EntityId, ...]], ids: PubTatorIds
) -> tuple[EntityId, ...]:
    if end.written in meant:
        return meant[end.written]
    if end.kind:
        parts = ids[end.kind, end.written].parts
        return tuple(part.stated for part in parts if part.stated is not None)
    return ids.of_argument(end.written)

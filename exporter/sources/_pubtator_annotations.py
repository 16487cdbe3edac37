"""What a PubTator file says of a paper: what its mentions mean, and how that is related."""

from collections.abc import Mapping, Sequence
from itertools import chain, repeat

from exporter.model.document import Annotation, Argument, Relation
from exporter.model.identifiers import EntityId
from exporter.model.making import maker
from exporter.sources._pubtator_findings import id_findings, place_findings, relation_findings
from exporter.sources._pubtator_ids import Ids, PubTatorIds, meanings
from exporter.sources._pubtator_lines import Row, Sheet
from exporter.sources._pubtator_places import Placed
from exporter.sources._reader import Record
from exporter.sources._statements import Statements, made_annotation

ANNOTATOR = "PubTator file"
"""Who annotated, where nobody says it."""
_NO_GLOSS = repeat("")
_argument = maker(Argument, "stated_as", "stated", "role")
_made_relation = maker(Relation, "annotator", "kind", "arguments", "novelty", "line")


def statements_in(sheet: Sheet, placed: Placed, ids: PubTatorIds, record: Record) -> Statements:
    """Return one annotation for each id of each line, and one relation for each line of one."""
    where, annotator = record.where, record.annotator or ANNOTATOR
    rows = list(chain.from_iterable(block.rows for block in sheet.blocks))
    said = [ids[fields[4], fields[5] if len(fields) > 5 else ""] for _, fields in rows]
    written = (fields[5] if len(fields) > 5 else "" for _, fields in rows)
    meant = meanings(zip(written, said, strict=True)) if sheet.relations else {}
    relations = tuple(_relation(row, annotator, meant, ids) for row in sheet.relations)
    return Statements(
        annotations=tuple(_annotations(rows, said, placed, annotator)),
        relations=relations,
        findings=(
            *id_findings(rows, said, where),
            *place_findings(rows, placed, where),
            *relation_findings(relations, meant, where),
        ),
    )


def _annotations(
    rows: Sequence[Row], said: Sequence[Ids], placed: Placed, annotator: str
) -> list[Annotation]:
    found: list[Annotation] = []
    ordinals: dict[str, int] = {}
    for (line, fields), ids, mentions in zip(rows, said, placed.mentions, strict=True):
        label, kind = fields[3], fields[4]
        ordinal = ordinals.get(kind, 0)
        glosses = _glosses(fields[6], ids) if len(fields) > 6 else _NO_GLOSS
        for part, gloss in zip(ids.parts, glosses, strict=False):
            found.append(
                made_annotation(
                    annotator,
                    kind,
                    ordinal,
                    label,
                    gloss,
                    part.stated_as,
                    part.stated,
                    (),
                    mentions,
                    line,
                    ids.together,
                )
            )
            ordinal += 1
        ordinals[kind] = ordinal
    return found


def _glosses(written: str, ids: Ids) -> tuple[str, ...]:
    """Return what each part of a composite is called by itself: ``visual toxicity|…``."""
    names = written.split("|")
    if len(names) != ids.count:
        return (written,) * len(ids.parts)
    return tuple(names[part.place].strip() for part in ids.parts)


def _relation(
    row: Row, annotator: str, meant: Mapping[str, tuple[EntityId, ...]], ids: PubTatorIds
) -> Relation:
    line, fields = row
    first, second = fields[2].strip(), fields[3].strip()
    arguments = (
        _argument(first, meant[first] if first in meant else ids.of_argument(first), ""),
        _argument(second, meant[second] if second in meant else ids.of_argument(second), ""),
    )
    novelty = fields[4].strip() if len(fields) > 4 else ""
    return _made_relation(annotator, fields[1], arguments, novelty, line)

"""What is doubtful in a PubTator file: ids that are none, mentions that stand elsewhere."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from exporter.errors import Where
from exporter.model.document import Relation
from exporter.model.findings import Finding
from exporter.model.identifiers import EntityId
from exporter.sources._annotation_findings import (
    malformed,
    misplaced,
    other_unit,
    respelt,
    unknown_argument,
)
from exporter.sources._pubtator_ids import Ids
from exporter.sources._pubtator_lines import Row
from exporter.sources._pubtator_places import Placed
from exporter.sources._text_units import Unit


def id_findings(rows: Sequence[Row], said: Sequence[Ids], where: Where) -> Iterator[Finding]:
    """Yield a warning on each id that has no canonical form, though it looks like one."""
    for index in [index for index, ids in enumerate(said) if ids.faulty]:
        number, fields = rows[index]
        place = replace(where, line=number, field=fields[4])
        for part in said[index].parts:
            if part.trouble is not None:
                yield malformed(fields[3], part.stated_as, part.trouble, place)


def place_findings(rows: Sequence[Row], placed: Placed, where: Where) -> Iterator[Finding]:
    """Yield what was found out of offsets, and a warning on each mention that is elsewhere."""
    if placed.layout.unit is not Unit.CODE_POINTS:
        yield other_unit(placed.layout.unit, where)
    if () in placed.mentions or placed.respelt:
        for index, (number, fields) in enumerate(rows):
            place = replace(where, line=number, field=fields[4])
            if not placed.mentions[index]:
                yield misplaced(fields[3], f"{fields[1]}-{fields[2]}", place)
            elif index in placed.respelt:
                yield respelt(fields[3], placed.mentions[index][0].exact, place)


def relation_findings(
    relations: Sequence[Relation], meant: Mapping[str, tuple[EntityId, ...]], where: Where
) -> Iterator[Finding]:
    """Yield a warning on each argument that is no id and that nothing is annotated with."""
    for relation in relations:
        for argument in relation.arguments:
            if not argument.stated and argument.stated_as not in meant:
                place = replace(where, line=relation.line, field=relation.kind)
                yield unknown_argument(argument.stated_as, place)

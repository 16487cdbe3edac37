"""What is doubtful in a PubTator file: ids that are none, mentions that stand elsewhere."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from exporter.errors import IdentifierError, Where
from exporter.model.document import Relation
from exporter.model.findings import Finding, Level
from exporter.model.identifiers import EntityId
from exporter.sources._pubtator_ids import Ids
from exporter.sources._pubtator_lines import Row
from exporter.sources._pubtator_places import Placed, Unit


def id_findings(rows: Sequence[Row], said: Sequence[Ids], where: Where) -> Iterator[Finding]:
    """Yield a warning on each id that has no canonical form, though it looks like one."""
    for index in [index for index, ids in enumerate(said) if ids.faulty]:
        number, fields = rows[index]
        place = replace(where, line=number, field=fields[4])
        for part in said[index].parts:
            if part.trouble is not None:
                yield _malformed(fields[3], part.stated_as, part.trouble, place)


def place_findings(rows: Sequence[Row], placed: Placed, where: Where) -> Iterator[Finding]:
    """Yield what was found out of offsets, and a warning on each mention that is elsewhere."""
    if placed.layout.unit is not Unit.CODE_POINTS:
        yield _other_unit(placed.layout.unit, where)
    if () in placed.mentions or placed.respelt:
        for index, (number, fields) in enumerate(rows):
            place = replace(where, line=number, field=fields[4])
            if not placed.mentions[index]:
                yield _misplaced(fields, place)
            elif index in placed.respelt:
                yield _respelt(fields[3], placed.mentions[index][0].exact, place)


def relation_findings(
    relations: Sequence[Relation], meant: Mapping[str, tuple[EntityId, ...]], where: Where
) -> Iterator[Finding]:
    """Yield a warning on each argument that is no id and that nothing is annotated with."""
    for relation in relations:
        for argument in relation.arguments:
            if not argument.stated and argument.stated_as not in meant:
                yield Finding(
                    level=Level.WARNING,
                    code="unknown-argument",
                    message=f"nothing is annotated with {argument.stated_as!r}, which the relation"
                    " names",
                    where=replace(where, line=relation.line, field=relation.kind),
                    value=argument.stated_as,
                    hint="correct the id, or annotate where the paper mentions it",
                )


def _malformed(label: str, written: str, trouble: IdentifierError, where: Where) -> Finding:
    return Finding(
        level=Level.WARNING,
        code="unknown-namespace" if trouble.code == "E121" else "malformed-id",
        message=f"the id of {label!r} is kept as written: {trouble.problem}",
        where=where,
        value=written,
        hint=trouble.hint,
    )


def _other_unit(unit: Unit, where: Where) -> Finding:
    return Finding(
        level=Level.NOTE,
        code="offset-unit",
        message=f"the offsets count {unit}; they were turned into characters",
        where=where,
        value=unit,
    )


def _misplaced(fields: Sequence[str], where: Where) -> Finding:
    return Finding(
        level=Level.WARNING,
        code="misplaced-mention",
        message=f"{fields[3]!r} does not stand at {fields[1]}-{fields[2]}; its place is unknown",
        where=where,
        value=f"{fields[1]}-{fields[2]}",
        hint="correct the offsets, or the text",
    )


def _respelt(label: str, there: str, where: Where) -> Finding:
    return Finding(
        level=Level.NOTE,
        code="mention-spelling",
        message=f"the mention is written {label!r}, and the text has {there!r}",
        where=where,
        value=label,
    )

"""What is doubtful in a BioC document: offsets, words, ids and what relations refer to."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace

from exporter.errors import Where
from exporter.model.document import Relation
from exporter.model.findings import Finding, Level
from exporter.sources._annotation_findings import (
    malformed,
    misplaced,
    other_unit,
    respelt,
    unknown_argument,
)
from exporter.sources._bioc_places import Placed
from exporter.sources._bioc_relations import Link
from exporter.sources._bioc_sheet import Mark, Part, Sheet
from exporter.sources._pubtator_ids import Ids
from exporter.sources._text_units import Unit


def id_findings(marks: Sequence[Mark], said: Sequence[Ids], where: Where) -> Iterator[Finding]:
    """Yield a warning on each id that has no canonical form, though it looks like one."""
    for mark, ids in zip(marks, said, strict=True):
        if ids.faulty:
            place = _at(mark, where)
            for part in ids.parts:
                if part.trouble is not None:
                    yield malformed(mark.words, part.stated_as, part.trouble, place)


def place_findings(
    parts: Sequence[Part], marks: Sequence[Mark], placed: Placed, where: Where
) -> Iterator[Finding]:
    """Yield what was found out of offsets, and something on each mention that is elsewhere."""
    if placed.layout.unit is not Unit.CODE_POINTS:
        yield other_unit(placed.layout.unit, where)
    if placed.pages.moved:
        yield _moved([parts[number] for number in placed.pages.moved], where)
    for index, (mark, mentions) in enumerate(zip(marks, placed.mentions, strict=True)):
        if not mentions:
            yield _without_place(mark, _at(mark, where))
        elif index in placed.respelt:
            there = " ".join(mention.exact for mention in mentions)
            yield respelt(mark.words, there, _at(mark, where))


def reference_findings(sheet: Sheet, where: Where) -> Iterator[Finding]:
    """Yield a warning on each id of several annotations that a relation refers to."""
    times = Counter(mark.id for mark in sheet.marks)
    referred = {end.written for link in sheet.links for end in link.ends if end.is_reference}
    for name in sorted(name for name in referred if times[name] > 1):
        yield Finding(
            level=Level.WARNING,
            code="duplicate-id",
            message=f"{times[name]} annotations have the id {name!r}, which a relation refers to",
            where=where,
            value=name,
            hint="give each annotation of a document an id of its own",
        )


def relation_findings(
    links: Sequence[Link],
    relations: Sequence[Relation],
    meant: Mapping[str, object],
    named: Mapping[str, object] | Set[str],
    where: Where,
) -> Iterator[Finding]:
    """Yield a warning on each argument that is nothing known, and on relations without any."""
    for link, relation in zip(links, relations, strict=True):
        place = replace(where, field=f"{link.kind} {link.id}".strip())
        if not link.ends:
            yield _relates_nothing(link, place)
        for end, argument in zip(link.ends, relation.arguments, strict=True):
            known = named if end.is_reference else meant
            if not argument.stated and end.written not in known:
                yield unknown_argument(end.written, place)


def _at(mark: Mark, where: Where) -> Where:
    """Return the place of an annotation: it has an id, but seldom a line of its own."""
    return replace(where, field=f"{mark.kind} {mark.id}".strip())


def _without_place(mark: Mark, where: Where) -> Finding:
    if mark.locations:
        stretches = (f"{offset}-{offset + length}" for offset, length in mark.locations[:5])
        return misplaced(mark.words, ", ".join(stretches), where)
    return Finding(
        level=Level.NOTE,
        code="no-location",
        message=f"the annotation {mark.words!r} has no location; its place is unknown",
        where=where,
        value=mark.words,
    )


def _moved(parts: Sequence[Part], where: Where) -> Finding:
    first = parts[0]
    stated = "no offset" if first.offset is None else f"the offset {first.offset}"
    more = f", and {len(parts) - 1} more" if len(parts) > 1 else ""
    return Finding(
        level=Level.NOTE,
        code="passage-offset",
        message=f"a passage has {stated}{more}; it stands behind the one before it",
        where=replace(where, field=f"passages[{first.passage}]"),
        value="" if first.offset is None else str(first.offset),
    )


def _relates_nothing(link: Link, where: Where) -> Finding:
    return Finding(
        level=Level.WARNING,
        code="empty-relation",
        message="the relation does not tell what it relates",
        where=where,
        value=link.id,
        hint="give it nodes that refer to annotations",
    )

"""The records of a case as nodes: each field by its row of the table, each item its own node."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from rdflib import URIRef

from exporter.model.facts import About
from exporter.model.inference import is_inferred
from exporter.rdf._case_evidence import quote_triples
from exporter.rdf._case_frame import Cell, Frame, Setting, child, owner
from exporter.rdf._case_shortcuts import SHORTCUTS
from exporter.rdf._case_standing import standing_of, stated_status
from exporter.rdf._case_terms import EVERY_RECORD, Row, rows, said_by
from exporter.rdf._case_values import VALUES
from exporter.rdf.terms import Triple, boolean, integer, text_literal
from exporter.rdf.vocabulary import LC, RDF, RDFS, term

QUOTE = "quote"
_CLASS = "class"
_WITH_ID = frozenset({"Arm", "Subgroup", "EvidenceItem"})


def record_triples(frame: Frame, setting: Setting) -> Iterator[Triple]:
    """Yield everything that a record says, its own records included."""
    if frame.standing is not None:
        yield frame.node, RDF.type, frame.standing.kind
    for row in rows()[frame.record]:
        if row.kind == _CLASS and row.property is not None:
            yield frame.node, RDF.type, row.property
        elif row.kind != _CLASS:
            yield from _field(row, frame, setting)
    yield from _about(frame)
    if (shortcuts := SHORTCUTS.get(frame.record)) is not None:
        yield from shortcuts(frame, setting)


def _field(row: Row, frame: Frame, setting: Setting) -> Iterator[Triple]:
    cell = _cell(row, frame)
    if cell.value is None:
        if row.field.rstrip("_") in frame.value.about.not_reported:
            yield cell.subject, LC.notReported, cell.property
    elif cell.value == ():
        yield cell.subject, LC.statedNone, cell.property
    else:
        yield from _KINDS.get(row.kind, _plain)(cell, setting)


def _cell(row: Row, frame: Frame) -> Cell:
    around = owner(row, frame)
    of_standing = around.standing.concept if around.standing is not None else None
    said = row.property or _BY_KIND.get(row.kind) or of_standing or LC.concept
    return Cell(
        row=row,
        value=getattr(frame.value, row.field),
        subject=around.node,
        property=said_by(said, around.standing, inferred=frame.inferred),
        frame=frame,
    )


def _plain(cell: Cell, setting: Setting) -> Iterator[Triple]:
    yield from VALUES[cell.row.kind](cell, setting)


def _node(cell: Cell, setting: Setting) -> Iterator[Triple]:
    yield from _nested(cell, cell.property, cell.row.argument, setting)


def _nested(cell: Cell, link: URIRef, record: str, setting: Setting) -> Iterator[Triple]:
    frame = _framed(cell, child(cell.frame.node, cell.row.field), record, cell.value, setting)
    yield cell.subject, link if frame.standing is None else frame.standing.link, frame.node
    yield from record_triples(frame, setting)


def _framed(cell: Cell, node: URIRef, record: str, value: Any, setting: Setting) -> Frame:
    """Return a record within another; of a field on the parent it belongs to the parent."""
    inferred = cell.frame.inferred or is_inferred(value)
    return Frame(
        node=node,
        record=record,
        value=value,
        parent=owner(cell.row, cell.frame),
        standing=standing_of(record, value, setting.case, inferred=inferred),
        inferred=inferred,
    )


def _nodes(cell: Cell, setting: Setting) -> Iterator[Triple]:
    """Yield the items of a list in their order; the case links to each by its standing."""
    case = setting.node()
    base = case if cell.subject == case else cell.frame.node
    for place, (name, value) in enumerate(_named(cell.row.argument, cell.value)):
        node = child(base, cell.row.field, name)
        frame = _framed(cell, node, cell.row.argument, value, setting)
        if frame.standing is None or cell.subject != case:
            link = said_by(cell.property, None, inferred=frame.inferred)
            yield cell.subject, link, frame.node
        if frame.standing is not None:
            yield case, frame.standing.link, frame.node
        yield frame.node, LC.ordinal, integer(place)
        yield from record_triples(frame, setting)


def _named(record: str, items: Iterable[Any]) -> Iterator[tuple[str, Any]]:
    """Yield items with their id, else their place; an id that is taken gets its place as well."""
    taken: set[str] = set()
    for place, item in enumerate(items):
        name = item.id if record in _WITH_ID else str(place)
        yield f"{name}~{place}" if name in taken else name, item
        taken.add(name)


def _sex(cell: Cell, setting: Setting) -> Iterator[Triple]:
    if isinstance(cell.value, str):
        yield from VALUES["sex"](cell, setting)
    else:
        yield from _nested(cell, LC.sexCount, "SexCount", setting)


def _ever_positive(cell: Cell, setting: Setting) -> Iterator[Triple]:
    if isinstance(cell.value, bool):
        yield cell.subject, cell.property, boolean(cell.value)
    else:
        yield from _nested(cell, LC.everPositiveCount, "Count", setting)


def _status(cell: Cell, setting: Setting) -> Iterator[Triple]:
    """Yield the status as written where class and link do not tell it already."""
    frame = cell.frame
    if frame.standing is not None and frame.standing.name == "compared":
        yield cell.subject, frame.says(LC.comparisonResult), term(cell.value)
    elif (status := stated_status(frame.record, frame.value, setting.case)) is not None:
        yield cell.subject, LC.statedStatus, text_literal(status)


def _about(frame: Frame) -> Iterator[Triple]:
    """Yield what is known of a record besides its fields; unknown keys are kept as JSON."""
    about: About = frame.value.about
    for row in rows()[EVERY_RECORD]:
        value = getattr(about, row.field)
        if value is not None and row.property is not None:
            yield frame.node, row.property, _REMARKS[row.kind](value)
    for key, value in about.unknown:
        node = child(frame.node, "unknown", key)
        yield frame.node, LC.unknownKey, node
        yield node, RDF.type, LC.UnknownKey
        yield node, RDFS.label, text_literal(key)
        yield node, LC.jsonValue, text_literal(value)


_REMARKS: dict[str, Callable[[Any], Any]] = {
    "boolean": boolean,
    "integer": integer,
    "text": text_literal,
}
_BY_KIND = {QUOTE: LC.quote, "status": LC.statedStatus}
_KINDS: dict[str, Callable[[Cell, Setting], Iterator[Triple]]] = {
    "ever-positive": _ever_positive,
    "node": _node,
    "nodes": _nodes,
    QUOTE: quote_triples,
    "sex": _sex,
    "status": _status,
}

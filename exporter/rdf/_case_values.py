"""The values of a case's fields as statements, one function for each kind of the table of terms."""

import json
from collections.abc import Callable, Iterable, Iterator

from rdflib import Literal, URIRef

from exporter.errors import IdentifierError, InputError
from exporter.model.drug_names import treatments_called
from exporter.model.durations import Duration, parse_duration
from exporter.model.identifiers import EntityId
from exporter.rdf._case_frame import Cell, Setting, child
from exporter.rdf._case_terms import ucum
from exporter.rdf.terms import (
    Triple,
    boolean,
    date_literal,
    decimal,
    entity_iri,
    integer,
    text_literal,
)
from exporter.rdf.vocabulary import LC, OBO, RDF, RDFS, XSD, term

Write = Callable[[Cell, Setting], Iterator[Triple]]

_SEX = {"female": OBO.PATO_0000383, "male": OBO.PATO_0000384}
_NO_MEASURE = ("author-defined", "not-stated")
_WORDS = "Words"
_LEADS_TO = {LC.underDrugNamed: LC.observedUnder, LC.attributedToDrugNamed: LC.attributedTo}


def _text(cell: Cell, _: Setting) -> Iterator[Triple]:
    yield cell.subject, cell.property, text_literal(cell.value)


def _integer(cell: Cell, _: Setting) -> Iterator[Triple]:
    yield cell.subject, cell.property, integer(cell.value)


def _decimal(cell: Cell, _: Setting) -> Iterator[Triple]:
    yield cell.subject, cell.property, decimal(cell.value)


def _boolean(cell: Cell, _: Setting) -> Iterator[Triple]:
    yield cell.subject, cell.property, boolean(cell.value)


def _date(cell: Cell, _: Setting) -> Iterator[Triple]:
    yield cell.subject, cell.property, _date_or_words(cell.value)


def _date_or_words(text: str) -> Literal:
    try:
        return date_literal(text)
    except InputError:
        return text_literal(text)


def _term(cell: Cell, _: Setting) -> Iterator[Triple]:
    name = f"{cell.row.argument}-{cell.value}" if cell.row.argument else str(cell.value)
    yield cell.subject, cell.property, term(name)


def _unit(cell: Cell, _: Setting) -> Iterator[Triple]:
    yield cell.subject, cell.property, text_literal(cell.value)
    if (code := ucum().get(cell.value.strip())) is not None:
        yield cell.subject, LC.ucumUnit, text_literal(code)


def _measure(cell: Cell, setting: Setting) -> Iterator[Triple]:
    yield cell.subject, cell.property, measure_iri(cell.value, setting)


def measure_iri(name: str, setting: Setting) -> URIRef:
    """Return the IRI of a measure, or the term for a definition that is no measure."""
    return term(name) if name in _NO_MEASURE else setting.iris.local("measure", name)


def _sex(cell: Cell, setting: Setting) -> Iterator[Triple]:
    is_group = setting.case.is_group
    link = cell.frame.says(LC.sexOfEveryone) if is_group else cell.property
    yield cell.subject, link, _SEX[cell.value]


def _time(cell: Cell, setting: Setting) -> Iterator[Triple]:
    yield from _times_of(cell, [cell.value], setting)


def _times(cell: Cell, setting: Setting) -> Iterator[Triple]:
    yield from _times_of(cell, cell.value, setting)
    yield from _order(cell, cell.value)


def _times_of(cell: Cell, times: Iterable[str], setting: Setting) -> Iterator[Triple]:
    for text in times:
        node = setting.node("time", text)
        yield cell.subject, cell.property, node
        yield node, RDF.type, LC.TimePoint
        yield node, RDFS.label, text_literal(text)
        yield from _lengths(node, text)


def _duration(cell: Cell, _: Setting) -> Iterator[Triple]:
    yield from _lengths(cell.subject, cell.value)


def _lengths(node: URIRef, text: str) -> Iterator[Triple]:
    """Yield a time as reported, as a number to filter by and as a duration in one spelling."""
    yield node, LC.reported, text_literal(text)
    duration = _duration_in(text)
    if duration is None:
        return
    if duration.months is not None:
        yield node, LC.months, decimal(duration.months)
    if duration.days is not None:
        yield node, LC.days, decimal(duration.days)
    yield node, LC.duration, Literal(duration.canonical, datatype=XSD.duration, normalize=False)


def _duration_in(text: str) -> Duration | None:
    try:
        return parse_duration(text)
    except InputError:
        return None


def _concept(cell: Cell, setting: Setting) -> Iterator[Triple]:
    yield from _concept_of(cell, 0, cell.value, setting)


def _concepts(cell: Cell, setting: Setting) -> Iterator[Triple]:
    for place, text in enumerate(cell.value):
        yield from _concept_of(cell, place, text, setting)
    yield from _order(cell, cell.value)


def _concept_of(cell: Cell, place: int, text: str, setting: Setting) -> Iterator[Triple]:
    """Yield the concept, and the id as written where that is no canonical one."""
    concept = concept_called(text, setting, cell.row.argument)
    if concept is not None:
        yield cell.subject, cell.property, entity_iri(concept)
    if concept is not None and text == (concept.local if cell.row.argument else concept.curie):
        return
    stated = child(cell.frame.node, "stated", cell.row.field, str(place))
    yield cell.frame.node, LC.hasStatedId, stated
    yield stated, RDF.type, LC.StatedId
    yield stated, LC.ofProperty, cell.property
    yield stated, LC.statedAs, text_literal(text)
    if concept is not None:
        yield stated, LC.readAs, entity_iri(concept)


def concept_called(text: str, setting: Setting, prefix: str = "") -> EntityId | None:
    """Return the concept of an id as written; None for what no namespace fits."""
    try:
        if prefix and ":" not in text:
            return setting.namespaces.make(prefix, text)
        return setting.namespaces.parse(text)
    except IdentifierError:
        return None


def _arm(cell: Cell, setting: Setting) -> Iterator[Triple]:
    yield cell.subject, cell.property, setting.node("arms", cell.value)


def _subgroup(cell: Cell, setting: Setting) -> Iterator[Triple]:
    yield cell.subject, cell.property, setting.node("subgroups", cell.value)


def _part_or_words(cell: Cell, setting: Setting) -> Iterator[Triple]:
    if setting.is_arm(cell.value):
        yield from _arm(cell, setting)
    elif setting.is_subgroup(cell.value):
        yield from _subgroup(cell, setting)
    else:
        yield cell.subject, URIRef(cell.property + _WORDS), text_literal(cell.value)


def _drug_name(cell: Cell, setting: Setting) -> Iterator[Triple]:
    """Yield the name as written, and from the row itself the treatments that it means."""
    yield cell.subject, cell.property, text_literal(cell.value)
    parent = cell.frame.parent
    is_attribution = cell.property == LC.attributedToDrugNamed and parent is not None
    row = parent if is_attribution and parent is not None else cell.frame
    link = row.says(_LEADS_TO[cell.property])
    for place in treatments_called(setting.case, cell.value):
        yield row.node, link, setting.node("treatments", str(place))


def _texts(cell: Cell, _: Setting) -> Iterator[Triple]:
    for text in cell.value:
        yield cell.subject, cell.property, text_literal(text)
    yield from _order(cell, cell.value)


def _terms(cell: Cell, _: Setting) -> Iterator[Triple]:
    for name in cell.value:
        yield cell.subject, cell.property, term(name)
    yield from _order(cell, cell.value)


def _arms(cell: Cell, setting: Setting) -> Iterator[Triple]:
    for name in cell.value:
        yield cell.subject, cell.property, setting.node("arms", name)
    yield from _order(cell, cell.value)


def _cases(cell: Cell, setting: Setting) -> Iterator[Triple]:
    for case_id in cell.value:
        yield cell.subject, cell.property, setting.iris.case(case_id)
    yield from _order(cell, cell.value)


def _evidence(cell: Cell, setting: Setting) -> Iterator[Triple]:
    for item in cell.value:
        yield cell.subject, cell.property, setting.node("evidence", item)
    yield from _order(cell, cell.value)


def _order(cell: Cell, values: Iterable[str]) -> Iterator[Triple]:
    """Yield the list as written where its values, sorted, would not give it again."""
    written = list(values)
    if written != sorted(set(written)):
        listed = json.dumps({cell.row.field: written}, ensure_ascii=False)
        yield cell.subject, LC.listedAs, text_literal(listed)


VALUES: dict[str, Write] = {
    "arm": _arm,
    "arms": _arms,
    "boolean": _boolean,
    "cases": _cases,
    "concept": _concept,
    "concepts": _concepts,
    "date": _date,
    "decimal": _decimal,
    "drug-name": _drug_name,
    "duration": _duration,
    "evidence": _evidence,
    "integer": _integer,
    "measure": _measure,
    "part-or-words": _part_or_words,
    "sex": _sex,
    "subgroup": _subgroup,
    "term": _term,
    "terms": _terms,
    "text": _text,
    "texts": _texts,
    "time": _time,
    "times": _times,
    "unit": _unit,
}

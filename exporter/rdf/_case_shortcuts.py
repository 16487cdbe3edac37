"""What follows from a record and spares a query the way: never more than the case says."""

from collections.abc import Callable, Iterator

from rdflib import URIRef

from exporter.model.case import Case
from exporter.model.inference import is_inferred
from exporter.model.laboratory import Biomarker, Serology
from exporter.model.treatment import Dose
from exporter.rdf._case_evidence import kind_triples
from exporter.rdf._case_frame import Frame, Setting
from exporter.rdf._case_values import concept_called, measure_iri
from exporter.rdf.terms import Triple, entity_iri, text_literal
from exporter.rdf.vocabulary import LC, PROV, RDF, RDFS


def _case(frame: Frame, setting: Setting) -> Iterator[Triple]:
    case: Case = frame.value
    yield frame.node, RDF.type, LC.GroupCase if case.is_group else LC.IndividualCase
    yield frame.node, RDFS.label, text_literal(case.case_id)
    paper = _paper_iri(case, setting)
    if paper is not None:
        yield frame.node, PROV.wasDerivedFrom, paper
    if not case.is_group:
        yield from _serogroups(frame, setting)


def _paper_iri(case: Case, setting: Setting) -> URIRef | None:
    """Return the paper's IRI; of one that was not loaded, that of the DOI which the case gives."""
    if setting.sources.paper is not None:
        return setting.iris.paper(setting.sources.paper)
    doi = (case.source.doi or "").strip().lower()
    name = doi if "://" in doi else f"doi:{doi.removeprefix('doi:')}"
    entity = concept_called(name, setting)
    return None if entity is None else entity_iri(entity)


def _serogroups(frame: Frame, setting: Setting) -> Iterator[Triple]:
    """Yield the antibodies that one patient ever had: a later normal result takes none away.

    One that a curator concludes is none.
    """
    for serology in frame.value.serology or ():
        if frame.inferred or is_inferred(serology):
            continue
        term = serology.test.hpo_if_positive
        concept = None if term is None else concept_called(term, setting)
        if concept is not None and _is_ever_positive(serology):
            yield frame.node, LC.serogroup, entity_iri(concept)


def _is_ever_positive(serology: Serology) -> bool:
    """Read what the case states; only where it states nothing, a positive result decides."""
    if serology.ever_positive is None:
        results = [one for one in serology.series or () if not is_inferred(one)]
        return any(result.result == "positive" for result in results)
    return serology.ever_positive is True


def _serology_result(frame: Frame, setting: Setting) -> Iterator[Triple]:
    around, standing = frame.parent, frame.standing
    if around is None or standing is None or standing.concept is None:
        return
    serology: Serology = around.value
    antigen = serology.target
    words = f"{serology.test.label}: {frame.value.result}"
    yield frame.node, RDFS.label, text_literal(words)
    concept = concept_called(antigen.id, setting) if antigen and antigen.id else None
    if concept is not None:
        yield frame.node, standing.concept, entity_iri(concept)
    term = serology.test.hpo_if_positive
    finding = None if term is None else concept_called(term, setting)
    if standing.name == "positive" and finding is not None:
        yield frame.node, URIRef(LC.positiveFor + standing.ending), entity_iri(finding)


def _measurement(frame: Frame, setting: Setting) -> Iterator[Triple]:
    around, standing = frame.parent, frame.standing
    if around is None or standing is None or standing.concept is None:
        return
    biomarker: Biomarker = around.value
    yield frame.node, RDFS.label, text_literal(biomarker.label)
    if biomarker.measure is not None:
        yield frame.node, standing.concept, measure_iri(biomarker.measure, setting)


def _treatment(frame: Frame, setting: Setting) -> Iterator[Triple]:
    restated = frame.value.restates or ()
    for place, treatment in enumerate(setting.case.treatments or ()):
        if treatment.arm in restated and not treatment.restates:
            yield frame.node, LC.restatesTreatment, setting.node("treatments", str(place))


def _dose(frame: Frame, _: Setting) -> Iterator[Triple]:
    if (words := dose_in_words(frame.value)) is not None:
        yield frame.node, LC.reported, text_literal(words)


def dose_in_words(dose: Dose) -> str | None:
    """Return a dose as a reader would write it, or the source's own words for one without number.

    >>> from decimal import Decimal
    >>> dose_in_words(Dose(value=Decimal("0.25"), unit="mg/kg", per="day", frequency="once"))
    '0.25 mg/kg per day, once'
    """
    ends = [str(end) for end in (dose.low, dose.high) if end is not None]
    number = str(dose.value) if dose.value is not None else " to ".join(ends)
    if not number:
        return dose.as_reported
    amount = " ".join(filter(None, (number, dose.unit, f"per {dose.per}" if dose.per else "")))
    return ", ".join(filter(None, (amount, dose.frequency)))


SHORTCUTS: dict[str, Callable[[Frame, Setting], Iterator[Triple]]] = {
    "Case": _case,
    "Dose": _dose,
    "EvidenceItem": kind_triples,
    "Measurement": _measurement,
    "SerologyResult": _serology_result,
    "Treatment": _treatment,
}

"""Propositions as linked data: questions about a drug, with what each case says for and against.

A proposition asserts nothing. Its ``rdf:subject``, ``rdf:predicate`` and ``rdf:object`` say what
would be true; only its evidence lines tell what speaks for it, and those of one proposition live in
the graphs of many cases. So no plain edge is ever made of a response or of an effect on a marker.
The one plain edge is that of a use, which is silent on efficacy: of a drug that was given for a
diagnosis that everyone in the case has, and for no other that they might have got it for. A line
that is hedged, as every line of a row that a curator concludes, gives none.
"""

from collections.abc import Iterable, Iterator

from rdflib import URIRef

from exporter.model.case import Case, Outcome
from exporter.model.evidence import EvidenceLine, Proposition, PropositionKind, SilentRow
from exporter.model.extent import extent_of
from exporter.model.inference import is_inferred
from exporter.rdf._case_terms import rows, study_designs
from exporter.rdf.cases import refuse_public
from exporter.rdf.iris import Iris, digest
from exporter.rdf.terms import (
    Quad,
    Triple,
    boolean,
    decimal,
    entity_iri,
    in_graph,
    integer,
    text_literal,
)
from exporter.rdf.vocabulary import (
    AGENT_TYPE,
    BIOLINK,
    KNOWLEDGE_LEVEL,
    LC,
    OBO,
    RDF,
    RDFS,
    term,
)

_ASSOCIATION = BIOLINK.ChemicalOrDrugOrTreatmentToDiseaseOrPhenotypicFeatureAssociation
_PREDICATES = {
    PropositionKind.USE: BIOLINK.applied_to_treat,
    PropositionKind.RESPONSE: LC.improvedUnder,
    PropositionKind.MARKER_EFFECT: LC.lowersMarker,
}
_CLASSES = {
    PropositionKind.USE: LC.UseProposition,
    PropositionKind.RESPONSE: LC.ResponseProposition,
    PropositionKind.MARKER_EFFECT: LC.MarkerEffectProposition,
}
_AUTHOR_STATEMENT, _CITED_STUDY, _CURATOR = OBO.ECO_0000302, OBO.ECO_0006016, OBO.ECO_0000305


def proposition_quads(
    case: Case, lines: Iterable[EvidenceLine], silent: Iterable[SilentRow], iris: Iris
) -> Iterator[Quad]:
    """Yield the statements of a case's propositions graph, none twice.

    A restricted case is refused as in its facts graph.
    """
    refuse_public(case, iris)
    graph = iris.case(case.case_id, "graph", "propositions")
    yield from dict.fromkeys(in_graph(graph, _triples(case, lines, silent, iris)))


def proposition_iri(proposition: Proposition, iris: Iris) -> URIRef:
    """Return the IRI of a proposition: the same in every case that speaks of it."""
    said = (proposition.kind.value, proposition.drug.curie, proposition.condition.curie)
    return iris.local("proposition", digest(*said, proposition.family))


def _triples(
    case: Case, lines: Iterable[EvidenceLine], silent: Iterable[SilentRow], iris: Iris
) -> Iterator[Triple]:
    for line in lines:
        yield from _proposition(line.proposition, iris)
        yield from _line(case, line, iris)
        if _is_plain_use(case, line):
            drug, condition = line.proposition.drug, line.proposition.condition
            yield entity_iri(drug), BIOLINK.applied_to_treat, entity_iri(condition)
    for row in silent:
        yield from _silent(row, iris)


def _proposition(proposition: Proposition, iris: Iris) -> Iterator[Triple]:
    node, kind = proposition_iri(proposition, iris), proposition.kind
    drug, condition = entity_iri(proposition.drug), entity_iri(proposition.condition)
    yield node, RDF.type, _CLASSES[kind]
    yield node, RDFS.label, text_literal(_label(proposition))
    yield node, RDF.subject, drug
    yield node, RDF.predicate, _PREDICATES[kind]
    if kind is PropositionKind.MARKER_EFFECT:
        yield node, RDF.object, iris.local("measure", proposition.family)
        yield node, LC.inCondition, condition
        return
    yield node, RDF.object, condition
    if kind is PropositionKind.RESPONSE:
        yield node, LC.domain, term(proposition.family)
        return
    yield node, RDF.type, _ASSOCIATION
    yield node, BIOLINK.knowledge_level, KNOWLEDGE_LEVEL.observation
    yield node, BIOLINK.agent_type, AGENT_TYPE.manual_agent


def _label(proposition: Proposition) -> str:
    drug, condition = proposition.drug.curie, proposition.condition.curie
    if proposition.kind is PropositionKind.USE:
        return f"{drug} was given for {condition}?"
    if proposition.kind is PropositionKind.RESPONSE:
        return f"{condition} ({proposition.family}) improved under {drug}?"
    return f"{drug} lowers {proposition.family} in {condition}?"


def _line(case: Case, line: EvidenceLine, iris: Iris) -> Iterator[Triple]:
    proposition = proposition_iri(line.proposition, iris)
    node = iris.case(case.case_id, "lines", digest(line.row, proposition))
    yield node, RDF.type, LC.EvidenceLine
    yield node, RDF.type, _evidence_type(case, line)
    yield node, LC.ofProposition, proposition
    yield node, LC.ofCase, iris.case(case.case_id)
    yield node, LC.fromRow, _row(line.row, case.case_id, iris)
    yield node, LC.decidedBy, _column(line)
    yield node, BIOLINK.knowledge_level, _knowledge_level(case, line)
    yield node, BIOLINK.agent_type, AGENT_TYPE.manual_agent
    if line.direction is not None:
        yield node, LC.direction, term(line.direction.value)
    yield from _design(node, line)
    yield from _numbers(node, case, line)
    yield from _reservations(node, line, iris)
    for item in line.evidence:
        yield node, LC.evidenceItem, iris.case(case.case_id, "evidence", item)


def _evidence_type(case: Case, line: EvidenceLine) -> URIRef:
    """Return what the line rests on: the curator, a study that the source cites, or its authors."""
    group, place = line.row.split("/")
    listed = case.treatments if group == "treatments" else case.outcomes
    row = (listed or ())[int(place)]
    if case.about.inferred is True or is_inferred(row):
        return _CURATOR
    return _CITED_STUDY if case.source.level == "secondary" else _AUTHOR_STATEMENT


def _row(row: str, case_id: str, iris: Iris) -> URIRef:
    return iris.case(case_id, *row.split("/"))


def _column(line: EvidenceLine) -> URIRef:
    """Return the property of the column that decided, as the facts graph writes it."""
    record = "Treatment" if line.row.startswith("treatments/") else "Outcome"
    known = {row.field: row.property for row in rows()[record]}
    return known[line.decided_by] or LC.statedStatus


def _knowledge_level(case: Case, line: EvidenceLine) -> URIRef:
    """Return ``statistical_association`` only for a row of a group that gives a test's result."""
    outcome = _outcome(case, line)
    is_tested = outcome is not None and outcome.p is not None
    return (
        KNOWLEDGE_LEVEL.statistical_association
        if case.is_group and is_tested
        else KNOWLEDGE_LEVEL.observation
    )


def _outcome(case: Case, line: EvidenceLine) -> Outcome | None:
    group, place = line.row.split("/")
    return (case.outcomes or ())[int(place)] if group == "outcomes" else None


def _design(node: URIRef, line: EvidenceLine) -> Iterator[Triple]:
    """Yield the study design only where the case gives one: it is never read off the numbers."""
    if line.study_design is None:
        yield node, LC.studyDesign, LC.notStated
        return
    words = " ".join(line.study_design.split()).casefold()
    yield node, LC.studyDesign, study_designs().get(words, LC.OtherStudyDesign)
    yield node, LC.studyDesignReported, text_literal(line.study_design)


def _numbers(node: URIRef, case: Case, line: EvidenceLine) -> Iterator[Triple]:
    """Yield the row's own numbers; the rest of the denominator is never turned into failures."""
    yield node, LC.sampleSize, integer(case.n)
    if line.n is not None:
        yield node, LC["count"], integer(line.n)
    if line.of is not None:
        yield node, LC.denominator, integer(line.of)
    if line.percent is not None:
        yield node, LC.percent, decimal(line.percent)
    if line.approximate:
        yield node, LC.approximate, boolean(line.approximate)


def _reservations(node: URIRef, line: EvidenceLine, iris: Iris) -> Iterator[Triple]:
    """Yield what a reader must know before believing the line."""
    yield node, LC.hedged, boolean(line.hedged)
    yield node, LC.attributed, boolean(line.attributed)
    if line.wording is not None:
        yield node, LC.wording, term(line.wording)
    for row in line.confounders:
        yield node, LC.confounder, _row(row, line.case_id, iris)
    for row in line.pooled_with:
        yield node, LC.pooledWith, _row(row, line.case_id, iris)


def _is_plain_use(case: Case, line: EvidenceLine) -> bool:
    if line.proposition.kind is not PropositionKind.USE or line.hedged:
        return False
    had, condition = _had_by_everyone(case), line.proposition.condition.curie
    treatment = (case.treatments or ())[int(line.row.partition("/")[2])]
    reasons = {reason.id for reason in treatment.indication or ()}
    return condition in (had & reasons) if reasons else had == {condition}


def _had_by_everyone(case: Case) -> set[str | None]:
    """Return the confirmed diagnoses of everyone; of several none alone is why a drug was given."""
    return {
        diagnosis.id
        for diagnosis in case.diagnoses or ()
        if diagnosis.status == "confirmed" and extent_of(diagnosis).is_everyone(case)
    }


def _silent(row: SilentRow, iris: Iris) -> Iterator[Triple]:
    node = iris.case(row.case_id, "silent", *row.row.split("/"))
    yield node, RDF.type, LC.SilentRow
    yield node, LC.ofCase, iris.case(row.case_id)
    yield node, LC.fromRow, _row(row.row, row.case_id, iris)
    yield node, LC.reason, text_literal(row.reason)

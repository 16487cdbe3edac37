from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from rdflib import URIRef

from exporter.errors import UsageError
from exporter.model.case import Case, Curation, Outcome, Source, Subject
from exporter.model.document import TextKind
from exporter.model.facts import About, Attribution, Coded, Diagnosis
from exporter.model.identifiers import bundled_namespaces
from exporter.model.propositions import propositions
from exporter.model.treatment import Treatment
from exporter.rdf.cases import CaseSources, case_quads
from exporter.rdf.iris import Iris
from exporter.rdf.propositions import proposition_quads
from exporter.rdf.terms import Quad
from exporter.rdf.vocabulary import BIOLINK, KNOWLEDGE_LEVEL, LC, OBO, RDF, RDFS, SKOS
from exporter.resources import data

BARICITINIB = URIRef("http://purl.obolibrary.org/obo/CHEBI_95341")
JDM = OBO.MONDO_0008054
ASSOCIATION = BIOLINK.ChemicalOrDrugOrTreatmentToDiseaseOrPhenotypicFeatureAssociation


def outcome(**more: Any) -> Outcome:
    fields = {"domain": "skin", "label": "rash", "under": "baricitinib", "evidence": ("e1",)}
    return Outcome(**{**fields, "valence": "favourable", **more})


def case(*outcomes: Outcome, **more: Any) -> Case:
    fields: dict[str, Any] = {
        "schema": "linked-case/1",
        "case_id": "c1",
        "unit": "individual",
        "n": 1,
        "privacy": "public",
        "text_kind": TextKind.RESTATEMENT,
        "source": Source(document="PMC1", level="primary"),
        "subject": Subject(),
        "diagnoses": (Diagnosis(label="JDM", id="MONDO:0008054", status="confirmed"),),
        "treatments": (
            Treatment(drug=Coded(label="baricitinib", id="CHEBI:95341"), role="index"),
            Treatment(drug=Coded(label="steroid"), role="concomitant"),
        ),
        "outcomes": outcomes,
        "evidence": (),
        "curation": Curation(curator="x", date="2026-01-01", status="draft"),
    }
    return Case(**{**fields, **more})


def written(of: Case, base: str = Iris().base) -> list[Quad]:
    lines, silent = propositions(of, bundled_namespaces())
    return list(proposition_quads(of, lines, silent, Iris(base)))


def values(quads: list[Quad], predicate: URIRef) -> list[str]:
    return sorted(
        str(o).rpartition("/")[2].rpartition("#")[2] for _, p, o, _ in quads if p == predicate
    )


def instances(quads: list[Quad], kind: URIRef) -> set[URIRef]:
    return {s for s, p, o, _ in quads if (p, o) == (RDF.type, kind)}


def test_a_proposition_is_shared_by_cases_and_its_lines_are_not() -> None:
    here, there = written(case(outcome())), written(replace(case(outcome()), case_id="c2"))
    for kind, shared in ((LC.ResponseProposition, 1), (ASSOCIATION, 1), (LC.EvidenceLine, 0)):
        assert len(instances(here, kind) & instances(there, kind)) == shared
    other = written(case(outcome(domain="muscle")))
    kind = LC.ResponseProposition
    assert instances(here, kind).isdisjoint(instances(other, kind))
    assert {str(graph) for *_, graph in here} == {f"{Iris().base}case/c1/graph/propositions"}


def test_a_response_and_a_marker_effect_are_never_plain_edges() -> None:
    marker = outcome(domain="biomarker", measure="kl6", change="decreased")
    for rows in ((outcome(), marker), (outcome(valence="unfavourable"), marker)):
        quads = written(case(*rows))
        assert {LC.improvedUnder, LC.lowersMarker}.isdisjoint({p for _, p, *_ in quads})
        assert {p for s, p, o, _ in quads if s == BARICITINIB} == {BIOLINK.applied_to_treat}
        (response,) = instances(quads, LC.ResponseProposition)
        said = {(p, o) for s, p, o, _ in quads if s == response}
        assert {(RDF.predicate, LC.improvedUnder), (RDF.object, JDM), (LC.domain, LC.skin)} <= said
        assert ASSOCIATION not in {o for _, o in said}


def test_a_use_is_an_edge_only_where_everyone_has_the_diagnosis_for_sure() -> None:
    edge = (BARICITINIB, BIOLINK.applied_to_treat, JDM)
    assert edge in {quad[:3] for quad in written(case())}
    (diagnosis,) = case().diagnoses or ()
    (drug, _) = case().treatments or ()
    part = replace(diagnosis, n=3, of=10, subgroup="a")
    everyone = replace(drug, n=10, of=10)
    for other in (
        case(unit="group", n=10, diagnoses=(part,), treatments=(everyone,)),
        case(diagnoses=(replace(diagnosis, about=About(inferred=True)),)),
        case(diagnoses=(replace(diagnosis, status="suspected"),)),
        case(curation=replace(case().curation, confidence="low")),
    ):
        assert edge not in {quad[:3] for quad in written(other)}
    assert "treats" not in {p.rpartition("/")[2] for _, p, *_ in written(case(outcome()))}


def test_a_line_says_what_it_rests_on_and_what_to_mind() -> None:
    told = Attribution(drug="baricitinib", wording="temporal", evidence=("e2",))
    row = outcome(under=None, relation="attributed", attributed_to=told, n=2, of=3)
    numbers = replace(row, percent=Decimal("66.7"), approximate=True)
    quads = written(case(numbers))
    (line,) = {
        s for s, p, o, _ in quads if (p, o) == (LC.fromRow, Iris().case("c1", "outcomes", "0"))
    }
    of_line = [quad for quad in quads if quad[0] == line]
    expected = {
        LC.direction: ["supports"],
        LC.decidedBy: ["valence"],
        LC["count"]: ["2"],
        LC.denominator: ["3"],
        LC.percent: ["66.7"],
        LC.approximate: ["true"],
        LC.attributed: ["true"],
        LC.wording: ["temporal"],
        LC.hedged: ["false"],
        LC.confounder: ["1"],
        LC.evidenceItem: ["e1", "e2"],
        LC.studyDesign: ["notStated"],
        RDF.type: ["ECO_0000302", "EvidenceLine"],
    }
    assert {predicate: values(of_line, predicate) for predicate in expected} == expected


def test_rows_that_disagree_stand_beside_each_other() -> None:
    quads = written(case(outcome(), outcome(endpoint="not-met"), outcome(event="death")))
    assert len(instances(quads, LC.ResponseProposition)) == 1
    assert values(quads, LC.direction) == ["disputes", "noEffect", "supports"]


def test_the_design_is_a_term_only_where_the_case_names_it() -> None:
    for words, expected in (
        ("Case  report", "SingleCaseReport"),
        ("something else", "OtherStudyDesign"),
    ):
        source = Source(document="PMC1", level="primary", study_design=words)
        quads = written(case(source=source))
        assert values(quads, LC.studyDesign) == [expected]
        assert values(quads, LC.studyDesignReported) == [words]


def test_the_kind_of_evidence_follows_source_and_curator() -> None:
    secondary = Source(document="PMC1", level="secondary")
    inferred = outcome(about=About(inferred=True))
    kinds = {
        "ECO_0000302": case(outcome()),
        "ECO_0006016": case(outcome(), source=secondary),
        "ECO_0000305": case(inferred, source=secondary),
    }
    for kind, of in kinds.items():
        assert kind in values(written(of), RDF.type)


def test_only_a_tested_row_of_a_group_is_a_statistical_association() -> None:
    level = KNOWLEDGE_LEVEL.statistical_association
    tested = outcome(p="0.01")
    assert level in {o for *_, o, _ in written(case(tested, unit="group", n=10))}
    assert level not in {o for *_, o, _ in written(case(tested))}
    assert level not in {o for *_, o, _ in written(case(outcome(), unit="group", n=10))}


def test_a_silent_row_is_counted_with_its_reason() -> None:
    quads = written(case(outcome(valence="unclear")))
    (silent,) = instances(quads, LC.SilentRow)
    assert (silent, LC.fromRow, Iris().case("c1", "outcomes", "0")) in {q[:3] for q in quads}
    assert instances(quads, LC.ResponseProposition) == set()
    assert any(s == silent and p == LC.reason for s, p, *_ in quads)


def test_lines_lead_to_nodes_of_the_facts_graph() -> None:
    of = case(outcome())
    facts = {s for s, *_ in case_quads(of, CaseSources(), Iris(), bundled_namespaces())}
    quads = written(of)
    links = {LC.fromRow, LC.confounder, LC.ofCase}
    assert {o for _, p, o, _ in quads if p in links} <= facts


def test_a_restricted_case_needs_a_base_of_its_own() -> None:
    restricted = case(outcome(), privacy="restricted")
    with pytest.raises(UsageError, match="require --base"):
        written(restricted)
    assert written(restricted, "https://example.org/id/")


def test_every_term_that_is_written_has_a_label_and_a_sense() -> None:
    from rdflib import Graph

    vocabulary = Graph().parse(data("ontology") / "linked-case.ttl")
    marker = outcome(domain="biomarker", measure="kl6", change="decreased")
    used = {
        term
        for quad in written(case(outcome(), marker, outcome(valence="unclear")))
        for term in quad
        if isinstance(term, URIRef) and term.startswith(str(LC))
    }
    for term in used:
        assert vocabulary.value(term, RDFS.label), term
        assert vocabulary.value(term, SKOS.definition), term

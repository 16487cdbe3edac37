from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from exporter.model.case import Case, Curation, Outcome, Part, Source, Subject, TrialEndpoint
from exporter.model.document import TextKind
from exporter.model.evidence import Direction, EvidenceLine, PropositionKind
from exporter.model.extent import Extent
from exporter.model.facts import About, Attribution, Coded, Comparison, Diagnosis
from exporter.model.identifiers import bundled_namespaces
from exporter.model.propositions import propositions
from exporter.model.treatment import Indication, Treatment

BARI, TOFA, JDM, SAVI = "CHEBI:95341", "CHEBI:71200", "MONDO:0008054", "MONDO:0014405"
SUPPORTS, DISPUTES, NO_EFFECT = Direction.SUPPORTS, Direction.DISPUTES, Direction.NO_EFFECT
SILENT = None


def drug(label: str = "baricitinib", id: str | None = BARI, **more: Any) -> Treatment:  # noqa: A002
    return Treatment(drug=Coded(label=label, id=id), **{"role": "index", **more})


def jdm(**more: Any) -> Diagnosis:
    return Diagnosis(**{"label": "JDM", "id": JDM, "status": "confirmed", **more})


def row(**more: Any) -> Outcome:
    fields = {"domain": "skin", "label": "rash", "under": "baricitinib", "evidence": ("e1",)}
    return Outcome(**{**fields, **more})


def patient(*outcomes: Outcome, **more: Any) -> Case:
    fields: dict[str, Any] = {
        "schema": "linked-case/1",
        "case_id": "c1",
        "unit": "individual",
        "n": 1,
        "privacy": "public",
        "text_kind": TextKind.RESTATEMENT,
        "source": Source(document="PMC1", level="primary"),
        "subject": Subject(),
        "diagnoses": (jdm(),),
        "treatments": (drug(),),
        "outcomes": outcomes,
        "evidence": (),
        "curation": Curation(curator="x", date="2026-01-01", status="draft", confidence="high"),
    }
    return Case(**{**fields, **more})


def group(*outcomes: Outcome, **more: Any) -> Case:
    arms = [
        Part(id=name, n=5, partition="drug", defined_by=Coded(label=name)) for name in ("a", "b")
    ]
    fields: dict[str, Any] = {
        "unit": "group",
        "n": 10,
        "arms": tuple(arms),
        "treatments": (
            drug(arm="a", n=4, of=10),
            drug("tofacitinib", TOFA, arm="b", n=6, of=10),
            drug("JAK inhibitor", None, restates=("a", "b"), n=10, of=10),
        ),
    }
    return patient(*outcomes, **{**fields, **more})


def lines(
    case: Case, kind: PropositionKind | None = PropositionKind.RESPONSE
) -> list[EvidenceLine]:
    found, _ = propositions(case, bundled_namespaces())
    return [line for line in found if kind in {None, line.proposition.kind}]


def reasons(case: Case) -> dict[str, str]:
    _, silent = propositions(case, bundled_namespaces())
    return {each.row: each.reason for each in silent}


ORDER: list[tuple[dict[str, Any], Direction | None, str]] = [
    ({"comparison": Comparison(result="better")}, SUPPORTS, "comparison"),
    ({"comparison": Comparison(result="worse")}, DISPUTES, "comparison"),
    ({"comparison": Comparison(result="no-difference")}, NO_EFFECT, "comparison"),
    ({"trial_endpoint": TrialEndpoint(role="primary", result="met")}, SUPPORTS, "trial_endpoint"),
    (
        {"trial_endpoint": TrialEndpoint(role="primary", result="not-met")},
        NO_EFFECT,
        "trial_endpoint",
    ),
    ({"n": 0, "of": 3}, NO_EFFECT, "n"),
    ({"endpoint": "met"}, SUPPORTS, "endpoint"),
    ({"endpoint": "not-met"}, NO_EFFECT, "endpoint"),
    ({"event": "death"}, DISPUTES, "event"),
    ({"event": "flare"}, DISPUTES, "event"),
    ({"event": "treatment-stopped"}, SILENT, ""),
    ({"valence": "favourable"}, SUPPORTS, "valence"),
    ({"valence": "unfavourable"}, DISPUTES, "valence"),
    ({"valence": "neutral"}, NO_EFFECT, "valence"),
    ({"valence": "unclear"}, SILENT, ""),
    ({}, SILENT, ""),
]


@pytest.mark.parametrize(("columns", "direction", "decided_by"), ORDER)
def test_a_row_speaks_by_its_columns(
    columns: dict[str, Any], direction: Direction | None, decided_by: str
) -> None:
    found = [(line.direction, line.decided_by) for line in lines(patient(row(**columns)))]
    assert found == ([] if direction is SILENT else [(direction, decided_by)])
    assert ("outcomes/0" in reasons(patient(row(**columns)))) == (direction is SILENT)


def test_the_first_column_in_the_order_decides_over_all_later_ones() -> None:
    every: dict[str, Any] = {}
    for columns, direction, decided_by in reversed(ORDER):
        every |= columns
        if columns and direction is not SILENT and columns != {"valence": "unclear"}:
            (line,) = lines(patient(row(**every)))
            assert (line.direction, line.decided_by) == (direction, decided_by)


def test_a_stopped_treatment_speaks_only_where_failure_is_the_whole_reason() -> None:
    stopped = row(event="treatment-stopped", valence="unfavourable")
    for named, expected in (
        (("inefficacy",), [DISPUTES]),
        (("loss-of-effect", "disease-progression"), [DISPUTES]),
        (("inefficacy", "cost"), []),
        (("adverse-event",), []),
        (("remission",), []),
    ):
        case = patient(stopped, treatments=(drug(stop_reason=named),))
        assert [line.direction for line in lines(case)] == expected


def test_a_marker_speaks_for_its_own_proposition_and_never_for_a_clinical_one() -> None:
    for domain in ("biomarker", "serology"):
        fell = row(domain=domain, measure="kl6", change="decreased", valence="unfavourable")
        (line,) = lines(patient(fell), PropositionKind.MARKER_EFFECT)
        assert (line.proposition.family, line.direction) == ("kl6", SUPPORTS)
        assert lines(patient(fell)) == []


@pytest.mark.parametrize(
    ("columns", "direction"),
    [
        ({"change": "decreased"}, SUPPORTS),
        ({"change": "increased"}, DISPUTES),
        ({"change": "unchanged"}, NO_EFFECT),
        ({"change": None, "valence": "favourable"}, SILENT),
        ({"comparison": Comparison(result="lower"), "change": "increased"}, SUPPORTS),
        ({"comparison": Comparison(result="higher"), "change": "decreased"}, DISPUTES),
        ({"comparison": Comparison(result="better"), "change": "increased"}, DISPUTES),
        ({"comparison": Comparison(result="better")}, SILENT),
        ({"n": 0, "change": "decreased"}, NO_EFFECT),
        ({"change": "decreased", "measure": None}, SILENT),
    ],
)
def test_a_marker_fell_by_comparison_or_change(
    columns: dict[str, Any], direction: Direction | None
) -> None:
    case = patient(row(**{"domain": "biomarker", "measure": "kl6", **columns}))
    found = [line.direction for line in lines(case, PropositionKind.MARKER_EFFECT)]
    assert found == ([] if direction is SILENT else [direction])


def test_a_use_says_nothing_of_efficacy_and_is_of_index_drugs_only() -> None:
    others = [drug("x", TOFA, role=role) for role in ("prior", "concomitant", "comparator")]
    case = patient(treatments=(drug(evidence=("e1",)), *others))
    (use,) = lines(case, PropositionKind.USE)
    assert (use.proposition.drug.curie, use.direction, use.row) == (BARI, None, "treatments/0")
    assert use.confounders == ("treatments/2",)
    assert use.evidence == ("e1",)


def test_only_confirmed_diagnoses_with_an_id_give_propositions() -> None:
    for other in (
        jdm(status="excluded"),
        jdm(status="suspected"),
        jdm(status="previous"),
        jdm(id=None),
        jdm(id="NOSUCH:1"),
        jdm(n=0),
    ):
        case = patient(row(valence="favourable"), diagnoses=(other,))
        assert lines(case, None) == []
        assert set(reasons(case)) == {"treatments/0", "outcomes/0"}


def test_a_name_for_several_drugs_gives_a_line_for_each_and_says_so() -> None:
    case = group(row(under="JAK inhibitor", valence="favourable", n=8, of=10))
    found = {line.proposition.drug.curie: line.pooled_with for line in lines(case)}
    assert found == {BARI: ("treatments/1",), TOFA: ("treatments/0",)}
    uses = {
        line.proposition.drug.curie: (line.n, line.of) for line in lines(case, PropositionKind.USE)
    }
    assert uses == {BARI: (4, 10), TOFA: (6, 10)}
    assert "restates" in reasons(case)["treatments/2"]


def test_the_arm_of_a_row_tells_the_drugs_apart() -> None:
    case = group(row(under="JAK inhibitor", arm="b", valence="favourable"))
    (line,) = lines(case)
    assert (line.proposition.drug.curie, line.pooled_with) == (TOFA, ())
    other = group(row(under="baricitinib", arm="b", valence="favourable"))
    assert lines(other) == []
    assert "arm" in reasons(other)["outcomes/0"]


def test_a_row_is_about_the_drug_that_it_names() -> None:
    prior = drug(role="prior")
    for spelling in ("baricitinib", "Baricitinib", "chebi:95341"):
        case = patient(row(under=spelling, valence="favourable"), treatments=(prior, drug()))
        assert [line.proposition.drug.curie for line in lines(case)] == [BARI]
    unknown: list[tuple[str | None, tuple[Treatment, ...]]] = [
        (None, (drug(),)),
        ("tofacitinib", (drug(),)),
        ("baricitinib", (prior,)),
        ("new drug", (drug("new drug", None),)),
    ]
    for name, listed in unknown:
        case = patient(row(under=name, valence="favourable"), treatments=listed)
        assert lines(case) == []
        assert "outcomes/0" in reasons(case)


def test_rows_that_restate_others_are_never_counted_again() -> None:
    case = patient(row(valence="favourable", restates=("outcomes/1",)), row(valence="favourable"))
    assert [line.row for line in lines(case)] == ["outcomes/1"]
    assert "restates" in reasons(case)["outcomes/0"]


def test_a_group_of_several_diagnoses_speaks_only_where_it_tells_them_apart() -> None:
    mixed = (jdm(n=6, of=10, subgroup="jdm"), jdm(id=SAVI, n=4, of=10, subgroup="savi"))
    outcomes = (
        row(valence="favourable", n=9, of=10),
        row(valence="favourable", subgroup="savi"),
        row(valence="favourable", subgroup="else"),
    )
    everyone = (drug(n=10, of=10),)
    case = group(*outcomes, diagnoses=mixed, treatments=everyone)
    assert [(line.row, line.proposition.condition.curie) for line in lines(case)] == [
        ("outcomes/1", SAVI)
    ]
    assert {"outcomes/0", "outcomes/2"} <= set(reasons(case))
    uses = {
        line.proposition.condition.curie: (line.n, line.of)
        for line in lines(case, PropositionKind.USE)
    }
    assert uses == {JDM: (6, 10), SAVI: (4, 10)}
    some = group(diagnoses=mixed)
    assert lines(some, PropositionKind.USE) == []
    assert "treatments/0" in reasons(some)


PSORIASIS = "MONDO:0005083"


def psoriasis(**more: Any) -> Diagnosis:
    return jdm(**{"label": "psoriasis", "id": PSORIASIS, **more})


def given_for(*ids: str, **more: Any) -> Treatment:
    reasons = tuple(Indication(label=each, id=each, **more) for each in ids)
    return drug(indication=reasons)


def spoken_of(case: Case) -> dict[tuple[str, str], bool]:
    """Each row with each diagnosis that it speaks of, and whether it is hedged."""
    found = lines(case, None)
    return {(each.row, each.proposition.condition.curie): each.hedged for each in found}


def test_a_drug_speaks_of_the_diagnosis_that_it_was_given_for() -> None:
    both, good = (jdm(), psoriasis()), row(valence="favourable")
    for given, expected in ((given_for(PSORIASIS), PSORIASIS), (given_for(JDM), JDM)):
        case = patient(good, diagnoses=both, treatments=(given,))
        assert spoken_of(case) == {
            ("treatments/0", expected): False,
            ("outcomes/0", expected): False,
        }
        assert reasons(case) == {}


def test_of_several_diagnoses_no_row_says_which_it_is_about() -> None:
    hedged = {("treatments/0", JDM): True, ("treatments/0", PSORIASIS): True}
    marker = row(domain="biomarker", measure="kl6", change="decreased")
    rows = (row(valence="favourable"), marker)
    silent = "several diagnoses, the row does not say which one it is about"
    for given in (
        drug(),
        given_for(SAVI),
        given_for(JDM, n=0),
        given_for(JDM, about=About(inferred=True)),
    ):
        case = patient(*rows, diagnoses=(jdm(), psoriasis()), treatments=(given,))
        assert spoken_of(case) == hedged
        assert reasons(case) == {"outcomes/0": silent, "outcomes/1": silent}
    of_both = (given_for(JDM, PSORIASIS),)
    named_both = patient(*rows, diagnoses=(jdm(), psoriasis()), treatments=of_both)
    assert spoken_of(named_both) == dict.fromkeys(hedged, False)
    assert reasons(named_both) == {"outcomes/0": silent, "outcomes/1": silent}


def test_a_second_diagnosis_counts_without_an_id_too_but_only_if_it_is_confirmed() -> None:
    good = row(valence="favourable")
    nameless = patient(good, diagnoses=(jdm(), psoriasis(id=None)))
    assert spoken_of(nameless) == {("treatments/0", JDM): True}
    assert "several diagnoses" in reasons(nameless)["outcomes/0"]
    for other in (
        jdm(),
        psoriasis(status="suspected"),
        psoriasis(status="excluded"),
        psoriasis(n=0),
    ):
        case = patient(good, diagnoses=(jdm(), other))
        assert spoken_of(case) == {("treatments/0", JDM): False, ("outcomes/0", JDM): False}


def test_diagnoses_compete_only_in_the_same_patients() -> None:
    rows = (row(valence="favourable"), row(valence="favourable", subgroup="skin"))
    some = psoriasis(n=4, of=10, subgroup="skin")
    everyone = (drug(n=10, of=10),)
    case = group(*rows, diagnoses=(jdm(), some), treatments=everyone)
    assert spoken_of(case) == {
        ("treatments/0", JDM): False,
        ("treatments/0", PSORIASIS): True,
        ("outcomes/0", JDM): False,
    }
    assert "several diagnoses" in reasons(case)["outcomes/1"]
    for_some = replace(everyone[0], indication=given_for(PSORIASIS).indication)
    case = group(*rows, diagnoses=(jdm(), some), treatments=(for_some,))
    assert spoken_of(case) == {
        ("treatments/0", PSORIASIS): False,
        ("outcomes/1", PSORIASIS): False,
    }
    assert "another diagnosis" in reasons(case)["outcomes/0"]


def test_an_attribution_is_told_from_an_observation() -> None:
    told = Attribution(drug="baricitinib", wording="temporal", evidence=("e2", "e1"))
    attributed = row(under=None, relation="attributed", attributed_to=told, valence="favourable")
    (line,) = lines(patient(attributed))
    assert (line.attributed, line.wording, line.evidence) == (True, "temporal", ("e1", "e2"))
    (line,) = lines(patient(row(relation="observed-under", valence="favourable")))
    assert (line.attributed, line.wording) == (False, None)


def test_a_line_is_hedged_where_a_curator_concludes_or_is_unsure() -> None:
    good = row(valence="favourable")
    (line,) = lines(patient(good))
    assert not line.hedged
    inferred = About(inferred=True)
    unsure = replace(patient().curation, confidence="low")
    told = Attribution(drug="baricitinib", wording="temporal")
    named = Coded(label="baricitinib", id=BARI, about=inferred)
    for case in (
        patient(replace(good, about=inferred)),
        patient(replace(good, contradicted_by=("e9",))),
        patient(good, diagnoses=(jdm(about=inferred),)),
        patient(good, treatments=(drug(about=inferred),)),
        patient(good, curation=unsure),
        patient(good, about=inferred),
        patient(good, treatments=(replace(drug(), drug=named),)),
        patient(replace(good, comparison=Comparison(result="better", about=inferred))),
        patient(replace(good, under=None, attributed_to=replace(told, about=inferred))),
    ):
        (line,) = lines(case)
        assert line.hedged


def test_numbers_stay_as_they_are_and_the_design_only_where_it_is_given() -> None:
    (line,) = lines(group(row(valence="favourable", n=2, of=3)))
    assert (line.n, line.of, line.study_design) == (2, 3, None)
    designed = Source(document="PMC1", level="primary", study_design="case report")
    (line,) = lines(patient(row(valence="favourable"), source=designed))
    assert line.study_design == "case report"


@pytest.mark.parametrize(
    ("extent", "everyone"),
    [
        (Extent(), True),
        (Extent(n=10, of=10), True),
        (Extent(n=10), True),
        (Extent(n=9, of=10), False),
        (Extent(n=5, of=5), False),
        (Extent(of=10), False),
        (Extent(part="a"), False),
        (Extent(n=10, of=10, part="a"), False),
        (Extent(by_number=True), False),
        (Extent(n=10, by_number=True), True),
        (Extent(percent=Decimal(100), by_number=True), True),
    ],
)
def test_a_fact_of_a_group_holds_of_everyone_only_for_sure(extent: Extent, everyone: bool) -> None:
    assert extent.is_everyone(group()) is everyone
    assert extent.is_everyone(patient())


@pytest.mark.shared
def test_a_fallen_marker_supports_no_response_in_the_corpus_case(shared: Any) -> None:
    from exporter.errors import Where
    from exporter.sources import Settings
    from exporter.sources.case_yaml import READER

    path = shared / "corpus" / "cases" / "levoyer-2021-g1.yaml"
    (record,) = READER.split(path.read_bytes(), Where(file=path.name))
    case = READER.parse(record, Settings(namespaces=bundled_namespaces()))
    assert isinstance(case, Case)
    by_row = {
        (line.row, line.direction, line.decided_by, line.n, line.of)
        for line in lines(case)
        if line.proposition.drug.curie == BARI and line.proposition.family == "global"
    }
    assert by_row == {
        ("outcomes/0", SUPPORTS, "endpoint", 5, 10),
        ("outcomes/1", NO_EFFECT, "endpoint", 5, 10),
        ("outcomes/2", SUPPORTS, "endpoint", 2, 2),
        ("outcomes/3", SUPPORTS, "endpoint", 3, 4),
        ("outcomes/4", NO_EFFECT, "n", 0, 3),
    }
    markers = lines(case, PropositionKind.MARKER_EFFECT)
    assert {line.direction for line in markers} == {SUPPORTS}

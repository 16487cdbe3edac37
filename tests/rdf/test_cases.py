from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from rdflib import Dataset, Graph, Literal, URIRef

from exporter.errors import UsageError, Where
from exporter.model.case import AdverseEvent, Age, Case, EvidenceItem, SexCount
from exporter.model.document import TextKind
from exporter.model.evidence import Place, PlacedEvidence
from exporter.model.facts import About, Coded, Count, Diagnosis, Phenotype, Refractory
from exporter.model.identifiers import bundled_namespaces
from exporter.model.laboratory import Biomarker, Measurement, Serology, SerologyResult, SerologyTest
from exporter.model.treatment import Dose, Treatment
from exporter.rdf._case_terms import every_wording, rows, standings
from exporter.rdf.cases import CaseSources, case_quads
from exporter.rdf.iris import Iris
from exporter.rdf.quoting import TextMode
from exporter.rdf.terms import Quad
from exporter.rdf.vocabulary import LC, OA, OBO, PREFIXES, PROV, RDF, RDFS, SKOS, XSD
from exporter.resources import data
from exporter.sources import Settings
from exporter.sources.case_yaml import READER

FULL = Path(__file__).parent / "cases"
HOUSE = Iris("https://example.org/id/")
JDM, RASH, MDA5 = "MONDO:0008054", "HP:0000988", "HP:0033033"
PREFIX = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())


@pytest.fixture
def patient() -> Case:
    """A case of one patient with nothing but a name."""
    return emptied("full-individual")


@pytest.fixture
def group() -> Case:
    """A case of twenty patients with arms and subgroups."""
    return emptied("full-group")


def emptied(name: str) -> Case:
    """A case with everything but its observations."""
    return replace(
        full(name),
        subgroups=(),
        diagnoses=None,
        genotype=None,
        phenotypes=None,
        serology=None,
        biomarkers=None,
        treatments=None,
        outcomes=None,
        adverse_events=None,
    )


@cache
def full(name: str) -> Case:
    path = FULL / f"{name}.yaml"
    (record,) = READER.split(path.read_bytes(), Where(file=path.name))
    case = READER.parse(record, Settings(namespaces=bundled_namespaces()))
    assert isinstance(case, Case)
    return case


def written(case: Case, **sources: Any) -> list[Quad]:
    return list(case_quads(case, CaseSources(**sources), Iris(), bundled_namespaces()))


def asked(case: Case, query: str) -> list[str]:
    """The local names of what a query finds in a case, as a newcomer would write it."""
    graph = Graph()
    for subject, predicate, value, _ in written(case):
        graph.add((subject, predicate, value))
    answer: Any = graph.query(PREFIX + query)
    return sorted(str(row[0]).replace("#", "/").rpartition("/")[2] for row in answer)


def everything(case: Case, iri: URIRef) -> set[URIRef]:
    return {predicate for _, predicate, value, _ in written(case) if value == iri}


def diagnosis(status: Any, **more: Any) -> Diagnosis:
    return Diagnosis(label="JDM", id=JDM, status=status, **more)


def test_only_a_confirmed_diagnosis_looks_like_one(patient: Case) -> None:
    query = "SELECT ?c { ?case lc:hasDiagnosis ?d . ?d a lc:Diagnosis ; lc:condition ?c }"
    assert asked(replace(patient, diagnoses=(diagnosis("confirmed"),)), query) == ["MONDO_0008054"]
    for status in ("suspected", "excluded", "previous"):
        case = replace(patient, diagnoses=(diagnosis(status),))
        for one in (query, "SELECT ?c { ?d a lc:Diagnosis }", "SELECT ?c { ?d lc:condition ?c }"):
            assert asked(case, one) == [], status
        assert everything(case, OBO.MONDO_0008054) == {LC[f"{status}Condition"]}


def test_a_diagnosis_of_a_part_or_of_nobody_is_not_one_of_the_group(group: Case) -> None:
    query = "SELECT ?c { ?d lc:condition ?c }"
    assert asked(replace(group, diagnoses=(diagnosis("confirmed"),)), query) == ["MONDO_0008054"]
    whole = diagnosis("confirmed", n=20, of=20)
    assert asked(replace(group, diagnoses=(whole,)), query) == ["MONDO_0008054"]
    numbers: list[dict[str, Any]] = [{"n": 19, "of": 20}, {"of": 20}, {"subgroup": "mda5"}]
    for more in [*numbers, {"n": 5, "of": 5}]:
        case = replace(group, diagnoses=(diagnosis("confirmed", **more),))
        assert asked(case, query) == []
        assert everything(case, OBO.MONDO_0008054) == {LC.conditionInPart}
        assert asked(case, "SELECT ?c { ?case lc:hasDiagnosisInPart/lc:conditionInPart ?c }")
    case = replace(group, diagnoses=(diagnosis("confirmed", n=0, of=20),))
    assert everything(case, OBO.MONDO_0008054) == {LC.conditionOfNobody}


def test_a_disease_that_resisted_treatment_in_some_did_not_in_the_group(group: Case) -> None:
    query = "SELECT ?r { ?d lc:refractoriness/lc:resistedTreatment ?r }"
    for n, expected in ((20, ["true"]), (9, []), (0, [])):
        resisted = Refractory(value=True, n=n, of=20)
        case = replace(group, diagnoses=(diagnosis("confirmed", refractory=resisted),))
        assert asked(case, query) == expected


def test_only_a_present_finding_looks_like_one(patient: Case, group: Case) -> None:
    query = "SELECT ?c { ?case lc:hasFinding ?f . ?f a lc:Finding ; lc:feature ?c }"
    present = Phenotype(label="Rash", id=RASH, status="present")
    assert asked(replace(patient, phenotypes=(present,)), query) == ["HP_0000988"]
    words: tuple[Any, ...] = (
        "absent",
        "not-tested",
        "more-frequent",
        "less-frequent",
        "milder",
        "more-severe",
    )
    for status in words:
        for case in (patient, group):
            other = replace(case, phenotypes=(replace(present, status=status, subgroup="mda5"),))
            assert asked(other, query) == []
            assert everything(other, OBO.HP_0000988).isdisjoint({LC.feature, LC.featureInPart})


def test_a_finding_without_a_number_is_not_one_of_the_group(patient: Case, group: Case) -> None:
    positive = (serology("positive"),)
    for finding, link in (
        (Phenotype(label="Rash", id=RASH, status="present"), LC.feature),
        (Phenotype(label="Rash", id=RASH, status="absent"), LC.absentFeature),
    ):
        case = replace(group, phenotypes=(finding,), serology=positive)
        assert everything(case, OBO.HP_0000988) == {URIRef(f"{link}InPart")}
        assert everything(case, OBO.HP_0033033) == {LC.termIfPositive, LC.positiveForInPart}
        in_all = replace(group, phenotypes=(replace(finding, percent=Decimal(100)),))
        assert everything(in_all, OBO.HP_0000988) == {link}
        assert everything(replace(patient, phenotypes=(finding,)), OBO.HP_0000988) == {link}
    counted = replace(group, serology=(serology("positive", n=20, of=20),))
    assert LC.positiveFor in everything(counted, OBO.HP_0033033)


CONCLUDED = About(inferred=True)


def test_what_a_curator_concludes_looks_like_no_fact(patient: Case, group: Case) -> None:
    query = "SELECT ?x { ?case lc:hasFinding ?x } "
    for case in (patient, group):
        for more in ({}, {"n": 3, "of": 20}, {"percent": Decimal(100)}):
            fields: dict[str, Any] = {"label": "Rash", "id": RASH, "status": "present", **more}
            listed = replace(case, phenotypes=(Phenotype(**fields, about=CONCLUDED),))
            assert everything(listed, OBO.HP_0000988) == {LC.featureInferred}
            assert asked(listed, query) == []
            assert asked(listed, "SELECT ?x { ?case lc:hasFindingInferred ?x }") == ["0"]
            assert LC.FindingInferred in {value for *_, value, _ in written(listed)}
    said = Phenotype(label="Rash", id=RASH, status="present", about=About(inferred=False))
    assert everything(replace(patient, phenotypes=(said,)), OBO.HP_0000988) == {LC.feature}


def test_what_stands_in_a_conclusion_is_one(patient: Case) -> None:
    test = serology("positive", ever=True)
    whole = patient, replace(patient, about=CONCLUDED)
    parts = (
        replace(test, about=CONCLUDED),
        replace(test, target=Coded(label="IFIH1", id="NCBIGene:64135", about=CONCLUDED)),
    )
    of_result = serology("positive")
    dated = tuple(replace(each, about=CONCLUDED) for each in of_result.series or ())
    for case, expected in (
        (replace(whole[0], serology=(test,)), ["HP_0033033"]),
        (replace(whole[1], serology=(test,)), []),
        *((replace(patient, serology=(part,)), []) for part in parts),
        (replace(patient, serology=(replace(of_result, series=dated),)), []),
    ):
        assert asked(case, "SELECT ?f { ?case lc:serogroup ?f }") == expected
        assert asked(case, "SELECT ?f { ?r lc:positiveFor ?f }") == expected
        assert bool(asked(case, "SELECT ?r { ?t lc:datedResult ?r }")) is bool(expected)
    markers = (replace(biomarker(value=Decimal(7), level="elevated"), about=CONCLUDED),)
    case = replace(patient, biomarkers=markers)
    assert asked(case, "SELECT ?v { ?m lc:value|lc:markerLevel ?v }") == []
    assert asked(case, "SELECT ?v { ?m lc:valueInferred ?v }") == ["7"]


def test_a_finding_counted_in_nobody_is_absent(group: Case) -> None:
    nobody = Phenotype(label="Rash", id=RASH, status="present", n=0, of=20)
    assert everything(replace(group, phenotypes=(nobody,)), OBO.HP_0000988) == {LC.absentFeature}
    of_some = replace(nobody, of=5)
    assert everything(replace(group, phenotypes=(of_some,)), OBO.HP_0000988) == {LC.featureOfNobody}


def serology(*results: Any, ever: Any = None, **more: Any) -> Serology:
    return Serology(
        test=SerologyTest(label="anti-MDA5", hpo_if_positive=MDA5),
        target=Coded(label="IFIH1", id="NCBIGene:64135"),
        ever_positive=ever,
        series=tuple(SerologyResult(result=result, **more) for result in results),
    )


def test_only_a_positive_result_means_the_finding(patient: Case) -> None:
    query = "SELECT ?f { ?case lc:hasSerology ?s . ?s lc:positiveFor ?f ; lc:antigen ?gene }"
    positive = replace(patient, serology=(serology("positive"),))
    assert asked(positive, query) == ["HP_0033033"]
    assert asked(positive, "SELECT ?f { ?case lc:serogroup ?f }") == ["HP_0033033"]
    gene = URIRef("http://identifiers.org/ncbigene/64135")
    for result in ("negative", "normalised", "borderline", "not-tested", "titre"):
        case = replace(patient, serology=(serology(result),))
        assert asked(case, query) == [], result
        assert everything(case, OBO.HP_0033033) == {LC.termIfPositive}
        assert LC.antigen not in everything(case, gene)
        assert asked(case, "SELECT ?s { ?case lc:hasSerology ?s }") == []
    untested = replace(patient, serology=(serology("not-tested"),))
    assert asked(untested, "SELECT ?s { ?case lc:testedFor ?s }") == []
    assert asked(untested, "SELECT ?s { ?case lc:notTestedFor ?s }") != []


def test_the_serogroup_is_ever_positive_and_of_one_patient_only(patient: Case, group: Case) -> None:
    query = "SELECT ?f { ?case lc:serogroup ?f }"
    later_normal = serology("positive", "normalised", ever=True)
    assert asked(replace(patient, serology=(later_normal,)), query) == ["HP_0033033"]
    stated_only = serology(ever=True)
    assert asked(replace(patient, serology=(stated_only,)), query) == ["HP_0033033"]
    for ever in (False, None):
        case = replace(patient, serology=(serology("negative", ever=ever),))
        assert asked(case, query) == []
    everyone = serology("positive", ever=Count(n=20, of=20), n=20, of=20)
    assert asked(replace(group, serology=(everyone,)), query) == []
    some = replace(group, serology=(serology("positive", ever=Count(n=2, of=20), n=2, of=20),))
    assert asked(some, "SELECT ?n { ?test lc:everPositiveCount/lc:count ?n }") == ["2"]
    assert asked(some, "SELECT ?f { ?case lc:hasSerology ?s }") == []
    assert everything(some, OBO.HP_0033033) == {LC.termIfPositive, LC.positiveForInPart}


def biomarker(**measurement: Any) -> Biomarker:
    return Biomarker(label="KL-6", measure="kl6", series=(Measurement(**measurement),))


def test_a_value_of_a_group_is_no_patient_s_measurement(patient: Case, group: Case) -> None:
    query = "SELECT ?v { ?case lc:hasMeasurement ?m . ?m a lc:Measurement ; lc:value ?v }"
    marker = (biomarker(value=Decimal("7.0"), statistic="median"),)
    assert asked(replace(patient, biomarkers=marker), query) == ["7.0"]
    assert asked(replace(group, biomarkers=marker), query) == []
    elevated = "SELECT ?l { ?case lc:hasMeasurement/lc:markerLevel ?l }"
    everyone, some = biomarker(level="elevated"), biomarker(level="elevated", subgroup="mda5")
    assert asked(replace(group, biomarkers=(everyone,)), elevated) == ["elevated"]
    assert asked(replace(group, biomarkers=(some,)), elevated) == []


def test_a_group_has_no_sex_and_no_age_of_a_patient(patient: Case, group: Case) -> None:
    query = "SELECT ?x { ?case lc:sex|lc:hasAge ?x }"
    ages = (Age(at="report", stage="child", mean=Decimal(7), unit="year"),)
    girls: tuple[Any, ...] = (SexCount(female=20, of=20), "female")
    for sex in girls:
        case = replace(group, subject=replace(group.subject, sex=sex, ages=ages))
        assert asked(case, query) == []
        assert asked(case, "SELECT ?a { ?case lc:ageStatistic ?a }") == ["0"]
    girl = replace(patient.subject, sex="female", ages=(Age(at="report", iso8601="P4Y"),))
    case = replace(patient, subject=girl)
    assert asked(case, query) == ["0", "PATO_0000383"]
    assert asked(case, "SELECT ?m { ?case lc:hasAge/lc:months ?m }") == ["48"]


def test_an_entry_that_restates_treatments_is_no_treatment(group: Case) -> None:
    listed = (
        Treatment(drug=Coded(label="A", id="CHEBI:95341"), role="index", arm="low dose", n=8),
        Treatment(drug=Coded(label="any"), role="index", restates=("low dose",), n=8),
    )
    case = replace(group, treatments=listed)
    query = (
        "SELECT (SUM(?n) AS ?all) { ?case lc:hasTreatment ?t . ?t a lc:Treatment ; lc:count ?n }"
    )
    assert asked(case, query) == ["8"]
    assert asked(case, "SELECT ?d { ?case lc:hasTreatmentNote/lc:restatesTreatment/lc:agent ?d }")


def test_an_absent_adverse_event_is_none(patient: Case) -> None:
    query = "SELECT ?c { ?case lc:hasAdverseEvent ?a . ?a lc:adverseCondition ?c }"
    seen = AdverseEvent(label="zoster", id="MONDO:0005609", status="present")
    assert asked(replace(patient, adverse_events=(seen,)), query) == ["MONDO_0005609"]
    for other in (replace(seen, status="absent"), replace(seen, n=0, of=20)):
        assert asked(replace(patient, adverse_events=(other,)), query) == []


def test_null_none_and_left_out_are_three_things(patient: Case) -> None:
    absent = replace(patient, about=About(not_reported=("outcomes",)), adverse_events=())
    assert asked(absent, "SELECT ?p { ?case a lc:Case ; lc:notReported ?p }") == ["hasOutcome"]
    assert "hasAdverseEvent" in asked(absent, "SELECT ?p { ?case a lc:Case ; lc:statedNone ?p }")
    assert LC.hasGenotype not in {value for *_, value, _ in written(absent)}


def test_numbers_and_doses_keep_their_digits_and_words(patient: Case) -> None:
    dose = Dose(value=Decimal("0.250"), unit="mg/kg", per="day", frequency="in two doses")
    drug = Treatment(drug=Coded(label="A"), role="index", dose_series=(dose,))
    case = replace(patient, treatments=(drug,))
    (value,) = (value for _, predicate, value, _ in written(case) if predicate == LC.doseValue)
    assert isinstance(value, Literal)
    assert (str(value), value.datatype) == ("0.250", XSD.decimal)
    query = "SELECT ?x { ?d a lc:Dose ; lc:reported ?x }"
    assert asked(case, query) == ["kg per day, in two doses"]
    assert asked(case, "SELECT ?x { ?d a lc:Dose ; lc:ucumUnit ?u BIND(?u AS ?x) }") == ["kg"]


def placed(kind: TextKind, quote: str, licence_known: bool = False) -> tuple[Case, PlacedEvidence]:
    item = EvidenceItem(id="e1", document="PMC1", section="abstract", quote=quote)
    place = Place(
        document="PMC1", text_sha256="ab" * 32, start=3, end=3 + len(quote), exact=quote, kind=kind
    )
    case = replace(emptied("full-individual"), evidence=(item,))
    return case, PlacedEvidence(item=item, kind=kind, places=(place,) if not licence_known else ())


def test_a_quote_is_the_authors_only_where_its_text_is_verbatim() -> None:
    properties = {
        TextKind.VERBATIM: LC.authorsWords,
        TextKind.RESTATEMENT: LC.restatedWords,
        TextKind.MACHINE_SUMMARY: LC.summaryWords,
    }
    for kind, expected in properties.items():
        case, evidence = placed(kind, "He improved")
        quads = written(case, evidence=(evidence,))
        holding = {p for s, p, o, _ in quads if o == Literal("He improved")}
        assert holding == {expected, OA.exact}
        (source,) = (o for _, p, o, _ in quads if p == OA.hasSource)
        assert str(source) == str(Iris().text("PMC1", "ab" * 32))
        assert {str(o) for _, p, o, _ in quads if p in {OA.start, OA.end}} == {"3", "14"}


def test_long_quotes_and_silent_modes_give_length_and_hash_only() -> None:
    long = "x" * 301
    for words, mode in (("short", TextMode.NONE), (long, TextMode.QUOTES), (long, TextMode.FULL)):
        case, evidence = placed(TextKind.RESTATEMENT, words)
        quads = written(case, evidence=(evidence,), mode=mode)
        assert Literal(words) not in {value for *_, value, _ in quads}
        assert [str(o) for _, p, o, _ in quads if p == LC.exactLength] == [str(len(words))]


def test_a_restricted_case_needs_a_base_of_its_own(patient: Case) -> None:
    restricted = replace(patient, privacy="restricted")
    with pytest.raises(UsageError, match="require --base"):
        written(restricted)
    quads = list(case_quads(restricted, CaseSources(), HOUSE, bundled_namespaces()))
    assert LC.restricted in {value for *_, value, _ in quads}


@pytest.mark.parametrize("name", ["full-individual", "full-group"])
def test_every_node_is_in_the_graph_of_the_case_and_has_a_class(name: str) -> None:
    case = full(name)
    quads = written(case)
    assert {str(graph) for *_, graph in quads} == {f"{Iris().base}case/{name}/graph/facts"}
    assert len(quads) == len(set(quads))
    assert quads == written(case)
    subjects = {subject for subject, *_ in quads}
    assert subjects == {subject for subject, predicate, *_ in quads if predicate == RDF.type}


def test_every_term_that_is_written_has_a_label_and_a_sense() -> None:
    vocabulary = own_vocabulary()
    used = {
        term
        for name in ("full-individual", "full-group")
        for quad in written(full(name))
        for term in quad
        if isinstance(term, URIRef) and term.startswith(str(LC))
    }
    used |= set(terms_of_tables())
    lacking = [
        term
        for term in sorted(used)
        if not (vocabulary.value(term, RDFS.label) and vocabulary.value(term, SKOS.definition))
    ]
    assert lacking == []


@cache
def own_vocabulary() -> Graph:
    return Graph().parse(data("ontology") / "linked-case.ttl")


def terms_of_tables() -> Iterable[URIRef]:
    for listed in rows().values():
        for row in listed:
            if row.property is not None and row.property.startswith(str(LC)):
                yield row.property
    for known in standings().values():
        for standing in known.values():
            for each in standing.variants():
                yield from filter(None, (each.link, each.kind, each.concept))
    yield from every_wording()


def test_no_class_of_a_standing_is_below_that_of_the_fact() -> None:
    vocabulary = own_vocabulary()
    classes = {term for term in terms_of_tables() if (term, RDF.type, None) in vocabulary}
    below = vocabulary.transitive_subjects
    for term in classes:
        assert set(below(RDFS.subClassOf, term)) | set(below(RDFS.subPropertyOf, term)) == {term}


def test_the_paper_is_that_of_the_doi_where_no_document_was_loaded(patient: Case) -> None:
    query = "SELECT ?p { ?case prov:wasDerivedFrom ?p }"
    assert asked(patient, query) == ["made-up"]
    for doi in ("https://doi.org/10.1000/X:Y", "DOI:10.1000/x:y"):
        spelled = replace(patient, source=replace(patient.source, doi=doi))
        assert asked(spelled, query) == ["x:y"]
    unknown = replace(patient, source=replace(patient.source, doi=None))
    assert asked(unknown, query) == []
    assert PROV.wasDerivedFrom not in {predicate for _, predicate, *_ in written(unknown)}


def test_a_dataset_keeps_every_statement() -> None:
    dataset = Dataset()
    quads = written(full("full-group"))
    for subject, predicate, value, graph in quads:
        dataset.graph(graph).add((subject, predicate, value))
    assert len(dataset) == len(quads)

"""What a query meets that knows no status: facts only, and words only of those who wrote them.

Each query is what somebody writes who has looked at the output for two minutes. It is asked of
everything at once: papers, mentions, cases, propositions, ontologies, mappings and background.
Each has to find its facts as well, since an empty answer proves nothing.
"""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, QuerySolutions, Store

Stored = Callable[..., Store]
Edited = Callable[[str, str, str], Store]
Row = tuple[str, ...]

INPUTS = Path(__file__).parent / "inputs"
GIRL, NOBODY, CONCLUDED = "what-is-not-p1", "nobody-g1", "concluded-p1"
STEMS = {
    "lc": "https://w3id.org/linked-case/vocab#",
    "case": "https://w3id.org/linked-case/id/case/",
    "obo": "http://purl.obolibrary.org/obo/",
    "gene": "http://identifiers.org/ncbigene/",
    "oa": "http://www.w3.org/ns/oa#",
    "schema": "https://schema.org/",
    "bibo": "http://purl.org/ontology/bibo/",
    "bl": "https://w3id.org/biolink/vocab/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
}
JDM, PSORIASIS, LUPUS, ARTHRITIS = (
    "MONDO_0008054",
    "MONDO_0005083",
    "MONDO_0007915",
    "MONDO_0011429",
)
INTERFERONOPATHY, CALCINOSIS, RASH, LUNG = (
    "MONDO_0700264",
    "HP_0003761",
    "HP_0000988",
    "HP_0002088",
)
ZOSTER, HEADACHE = "MONDO_0005609", "HP_0002315"
BARICITINIB, TOFACITINIB, RUXOLITINIB = "CHEBI_95341", "CHEBI_71200", "CHEBI_66919"
METHOTREXATE = "CHEBI_44185"
IFIH1, CHD3, TRIM33, MORC3 = "64135", "1107", "51592", "23515"
WRONG_GENES = {IFIH1, CHD3, "1431", "847", "182", "6947", "3439", "3454"}
WRONG = {"MONDO_0011362", "MONDO_0015514"} | WRONG_GENES


def select(store: Store, query: str) -> set[Row]:
    """The rows of a query, its variables in their order; of an IRI what follows its name space."""
    head = "\n".join(f"PREFIX {prefix}: <{stem}>" for prefix, stem in STEMS.items())
    names = list(dict.fromkeys(re.findall(r"\?(\w+)", query)))
    wanted = " ".join(f"?{name}" for name in names)
    answer = store.query(f"{head}\nSELECT {wanted} WHERE {{ {query} }}")
    assert isinstance(answer, QuerySolutions)
    return {tuple(short(row[name]) for name in names) for row in answer}


def short(term: object) -> str:
    if not isinstance(term, NamedNode):
        return str(getattr(term, "value", ""))
    ends = [term.value[len(stem) :] for stem in STEMS.values() if term.value.startswith(stem)]
    return ends[0] if ends else term.value


def column(rows: set[Row], place: int = 0) -> set[str]:
    return {row[place] for row in rows}


@pytest.fixture(scope="session")
def everything(tmp_path_factory: pytest.TempPathFactory, stored: Stored, examples: Path) -> Store:
    """The examples and, beside them, reports of what was not the case."""
    folder = tmp_path_factory.mktemp("everything")
    shutil.copytree(examples, folder / "examples")
    shutil.copytree(INPUTS / "decoys", folder / "decoys")
    return stored(folder, folder / "everything.nq")


@pytest.fixture
def edited(tmp_path: Path, stored: Stored) -> Edited:
    """Export the decoys with some words of one case replaced."""

    def export(case: str, before: str, after: str) -> Store:
        copy = tmp_path / "decoys"
        shutil.copytree(INPUTS / "decoys", copy, dirs_exist_ok=True)
        file = copy / "cases" / f"{case}.yaml"
        text = file.read_text("utf-8")
        assert text.count(before) == 1, "an edit changes one place"
        file.write_text(text.replace(before, after), "utf-8")
        return stored(copy, tmp_path / "edited.nq", "--no-ontologies")

    return export


# --- mentions ---


@pytest.mark.parametrize(
    "query",
    [
        "?paper schema:mentions ?concept",
        "?annotation a oa:Annotation ; oa:hasBody ?concept",
        "?annotation oa:hasBody ?concept . ?concept rdfs:label ?name",
        "?grounding a lc:Grounding ; lc:concept ?concept",
        "?anything lc:concept ?concept",
    ],
)
def test_no_rejected_concept_is_mentioned(everything: Store, query: str) -> None:
    found = {cell for row in select(everything, query) for cell in row}
    assert {JDM, BARICITINIB, "3716"} <= found
    assert not found & WRONG


def test_no_gene_is_mentioned_in_the_paper_on_the_boy_with_antibodies(everything: Store) -> None:
    paper = '?paper bibo:doi "10.3390/jcm15020709" ; schema:mentions ?concept .'
    names = column(select(everything, f"{paper} ?concept rdfs:label ?name"), 2)
    assert {"juvenile dermatomyositis", "baricitinib"} <= names
    assert not names & {"IFIH1", "CHD3", "IFNA1"}
    assert not any(cell.isdigit() for row in select(everything, paper) for cell in row), (
        "ids of genes are numbers"
    )


def test_an_antigen_is_no_gene_of_a_patient(everything: Store) -> None:
    for query in ("?case lc:hasGenotype/lc:gene ?gene", "?case ?links ?node . ?node lc:gene ?gene"):
        rows = select(everything, query)
        assert ("clarke-2020-p1", "340061") in {(row[0], row[-1]) for row in rows}
        assert not {row[-1] for row in rows} & {IFIH1, CHD3, TRIM33, MORC3}
        assert NOBODY not in column(rows), "a variant counted in nobody"


# --- diagnoses and findings ---


@pytest.mark.parametrize(
    "query",
    [
        "?case lc:hasDiagnosis ?d . ?d lc:condition ?disease",
        "?case lc:hasDiagnosis ?d . ?d a lc:Diagnosis ; lc:condition ?disease",
        "?case ?links ?d . ?d lc:condition ?disease . ?disease rdfs:label ?name",
        "?case ?links ?d . ?d a lc:Diagnosis . ?d ?leads ?disease . ?disease rdfs:label ?name",
    ],
)
def test_no_excluded_suspected_or_previous_diagnosis_is_a_diagnosis(
    everything: Store, query: str
) -> None:
    rows = select(everything, query)
    assert cells_with("papadopoulou-2019-p1", rows) >= {JDM}
    assert INTERFERONOPATHY not in cells_with("papadopoulou-2019-p1", rows)
    assert cells_with(GIRL, rows) >= {JDM, PSORIASIS}
    assert not cells_with(GIRL, rows) & {LUPUS, ARTHRITIS, INTERFERONOPATHY}
    assert cells_with(NOBODY, rows) >= {JDM}
    assert ARTHRITIS not in cells_with(NOBODY, rows)


def cells_with(case: str, rows: set[Row]) -> set[str]:
    return {cell for row in rows if case in row for cell in row} - {case}


def test_a_wildcard_meets_the_excluded_disease_only_by_names_that_say_so(
    everything: Store,
) -> None:
    query = "?case a lc:Case ; ?links ?node . ?node ?leads obo:MONDO_0700264"
    found = {(row[0], row[1], row[3]) for row in select(everything, query)}
    assert {row for row in found if row[2] != "mentions"} == {
        ("papadopoulou-2019-p1", "excludesDiagnosis", "excludedCondition"),
        (GIRL, "excludesDiagnosis", "excludedCondition"),
        ("sanchez-2018-g1", "hasDiagnosisInPart", "conditionInPart"),
        ("sanchez-2018-g1", "hasSubgroup", "definedBy"),
    }


@pytest.mark.parametrize(
    "query",
    [
        "?case lc:hasFinding/lc:feature ?finding",
        "?case lc:hasFinding ?f . ?f a lc:Finding ; lc:feature ?finding",
        "?case ?links ?f . ?f lc:feature ?finding . ?finding rdfs:label ?name",
    ],
)
def test_no_absent_or_unsought_finding_and_none_of_a_part_is_a_finding(
    everything: Store, query: str
) -> None:
    rows = select(everything, query)
    assert cells_with(GIRL, rows) >= {CALCINOSIS}
    assert not cells_with(GIRL, rows) & {RASH, LUNG}
    assert not cells_with(NOBODY, rows), "three of eight had one, none had the other"
    assert not cells_with("ding-2020-g1", rows), "24 of 25 had a rash"
    in_part = select(everything, "?case lc:hasFindingInPart/lc:featureInPart ?finding")
    assert {(NOBODY, CALCINOSIS), ("ding-2020-g1", RASH)} <= in_part


# --- antibodies and markers ---


@pytest.mark.parametrize(
    "query",
    [
        "?case lc:hasSerology/lc:antigen ?antigen",
        "?case ?links ?r . ?r a lc:SerologyResult ; lc:antigen ?antigen",
        "?case ?links ?r . ?r lc:result lc:positive ; lc:antigen ?antigen",
        "?case lc:testedFor/lc:datedResult ?r . ?r lc:result lc:positive ; lc:antigen ?antigen",
    ],
)
def test_nobody_is_positive_who_tested_negative_or_was_not_tested(
    everything: Store, query: str
) -> None:
    rows = select(everything, query)
    assert cells_with(GIRL, rows) & {TRIM33, IFIH1, MORC3} == {TRIM33}
    assert {IFIH1, CHD3} <= cells_with("buzoianu-2026-p1", rows)
    assert not cells_with(NOBODY, rows)


def test_a_positive_result_that_counts_nobody_is_no_positive_result(everything: Store) -> None:
    tested = "?case lc:testedFor ?t . ?t lc:antigenTestedFor ?antigen ; lc:datedResult ?r ."
    positive = {row[0] for row in select(everything, f"{tested} ?r lc:result lc:positive")}
    assert {"buzoianu-2026-p1", "melki-2020-g1", GIRL} <= positive
    assert NOBODY not in positive


def test_a_normalised_antibody_is_not_found_and_the_serogroup_stays(everything: Store) -> None:
    boy = "case:buzoianu-2026-p1"
    assert select(everything, f"{boy} lc:serogroup ?group") == {("HP_0033033",), ("HP_0033554",)}
    results = select(everything, f"{boy} lc:hasSerology ?r . ?r lc:antigen gene:{IFIH1}")
    assert results == {("buzoianu-2026-p1/serology/0/series/0",)}
    assert select(everything, "?case lc:serogroup obo:HP_0033033") == {
        ("buzoianu-2026-p1",),
        ("sabbagh-2019-p1",),
        ("sabbagh-2019-p2",),
        ("yu-2020-p1",),
    }


def test_no_marker_is_raised_in_a_row_that_counts_nobody(everything: Store) -> None:
    for links in ("lc:hasMeasurement", "?links", "lc:hasBiomarker/lc:datedResult"):
        found = column(select(everything, f"?case {links} ?m . ?m lc:markerLevel lc:elevated"))
        assert {"buzoianu-2026-p1", "levoyer-2021-g1"} <= found
        assert NOBODY not in found


# --- what came of a treatment ---


@pytest.mark.parametrize(
    "query",
    [
        "?case lc:hasAdverseEvent/lc:adverseCondition ?event",
        "?case ?links ?e . ?e a lc:AdverseEvent ; lc:adverseCondition ?event",
        "?case ?links ?e . ?e lc:observedUnder ?t ; rdfs:label ?event",
    ],
)
def test_no_adverse_event_that_was_stated_to_be_absent_is_one(
    everything: Store, query: str
) -> None:
    rows = select(everything, query)
    assert cells_with(GIRL, rows) & {HEADACHE, "Headache"}
    assert cells_with("levoyer-2021-g1", rows) & {ZOSTER, "Herpes zoster"}
    for case in (GIRL, NOBODY):
        assert not cells_with(case, rows) & {ZOSTER, "Herpes zoster"}


@pytest.mark.parametrize(
    "query", ["?case lc:hasOutcome ?o . ?o lc:event lc:death", "?o lc:event lc:death"]
)
def test_nobody_died_where_the_row_counts_nobody(edited: Edited, query: str) -> None:
    died = "label: death, at: null, n: {}, of: 8"
    assert select(edited(NOBODY, died.format(0), died.format(2)), query)


@pytest.mark.parametrize(
    "query",
    [
        "?o lc:event lc:death",
        "?case lc:hasOutcome ?o . ?o lc:event lc:death",
        "?o lc:observedUnder ?t ; lc:event ?event",
    ],
)
def test_no_death_of_nobody_is_a_death(everything: Store, query: str) -> None:
    assert not [row for row in select(everything, query) if f"{NOBODY}/outcomes/1" in row]
    counted = f"case:{NOBODY} lc:countsNobodyWithOutcome ?o . ?o lc:eventInNobody ?event"
    assert (f"{NOBODY}/outcomes/1", "death") in select(everything, counted)


def test_no_endpoint_is_met_where_nobody_reached_it(everything: Store) -> None:
    for query in (
        "?o lc:endpoint lc:met",
        "?o lc:endpoint lc:met . ?case lc:hasOutcome ?o",
        "?o lc:endpoint lc:met ; lc:observedUnder|lc:attributedTo ?treatment",
    ):
        found = column(select(everything, query))
        assert {f"levoyer-2021-g1/outcomes/{place}" for place in (0, 2, 3)} <= found
        assert not found & {"levoyer-2021-g1/outcomes/4", f"{NOBODY}/outcomes/0"}


def test_no_drug_that_nobody_got_was_given(everything: Store) -> None:
    given = select(everything, "?case lc:hasTreatment/lc:agent ?drug")
    assert {(NOBODY, BARICITINIB), ("levoyer-2021-g1", RUXOLITINIB)} <= given
    assert (NOBODY, RUXOLITINIB) not in given


def test_a_row_that_restates_others_is_not_counted_with_them(everything: Store) -> None:
    query = "case:ding-2020-g1 lc:hasTreatment ?t . ?t lc:count ?n"
    rows = select(everything, query)
    assert sum(int(n) for *_, n in rows) == 25
    doses = "?case lc:hasTreatment ?t . ?t lc:agent ?drug ; lc:hasDose/lc:doseValue ?dose"
    cases = column(select(everything, doses))
    assert "savi-ruxolitinib-p1" in cases
    assert "ding-2020-g1" not in cases


# --- one patient or a group ---


@pytest.mark.parametrize(
    "query",
    [
        "?patient a lc:IndividualCase ; lc:hasDiagnosis/lc:condition obo:MONDO_0008054",
        "?patient lc:hasAge ?age ; lc:hasDiagnosis/lc:condition obo:MONDO_0008054",
        "?patient lc:hasAge/lc:months ?m ; lc:hasDiagnosis/lc:condition obo:MONDO_0008054",
        "?patient lc:sex ?sex ; lc:hasDiagnosis/lc:condition obo:MONDO_0008054",
    ],
)
def test_no_group_is_one_patient(everything: Store, query: str) -> None:
    patients = column(select(everything, query))
    assert {"buzoianu-2026-p1", GIRL} <= patients
    assert not {patient for patient in patients if patient.endswith("-g1")}


def test_the_mean_age_of_a_group_is_no_age_and_its_girls_are_no_sex(everything: Store) -> None:
    for property_ in ("lc:hasAge", "lc:sex", "lc:serogroup", "lc:hasFinding", "lc:hasGenotype"):
        rows = select(everything, f"?case {property_} ?value")
        assert rows
        assert not {row for row in rows if row[0] in {NOBODY, "ding-2020-g1"}}
    statistic = f"case:{NOBODY} lc:ageStatistic/lc:mean ?mean ; lc:sexCount/lc:femaleCount ?girls"
    assert select(everything, statistic) == {("9.5", "5")}


# --- plain edges and propositions ---


def test_no_plain_edge_says_that_a_drug_is_for_a_disease_by_the_way(everything: Store) -> None:
    edges = select(everything, "?drug bl:applied_to_treat ?disease")
    assert {(TOFACITINIB, JDM), (BARICITINIB, JDM), (RUXOLITINIB, "MONDO_0014405")} <= edges
    assert not {edge for edge in edges if edge[1] in {PSORIASIS, LUPUS, INTERFERONOPATHY}}
    assert METHOTREXATE not in column(edges)


def test_a_drug_for_one_of_two_diseases_is_no_edge_unless_the_case_says_which(
    edited: Edited,
) -> None:
    said = '\n     indication: [{label: juvenile dermatomyositis, id: "MONDO:0008054", '
    store = edited(GIRL, said, said.replace("indication:", "note_of_mine:"))
    edges = select(store, "?drug bl:applied_to_treat ?disease")
    assert edges == {(BARICITINIB, JDM)}


def test_a_drug_for_one_disease_says_nothing_of_another_that_the_patient_has(
    everything: Store,
) -> None:
    found = select(everything, "?p rdf:subject ?drug ; rdf:predicate ?says ; rdf:object ?disease")
    assert {row[3] for row in found if row[1:3] == (TOFACITINIB, "improvedUnder")} == {JDM}
    assert PSORIASIS not in column(found, 3)
    lines = f"?line lc:ofCase case:{GIRL} ; lc:hedged false ; lc:ofProposition/rdf:object ?disease"
    assert column(select(everything, lines), 1) == {JDM}


def test_a_row_that_may_be_about_one_of_two_diseases_is_said_of_neither(edited: Edited) -> None:
    said = '\n     indication: [{label: juvenile dermatomyositis, id: "MONDO:0008054", '
    store = edited(GIRL, said, said.replace("indication:", "note_of_mine:"))
    of_girl = f"?line lc:ofCase case:{GIRL} ; lc:ofProposition ?p ."
    assert not select(store, f"{of_girl} ?p a lc:ResponseProposition")
    uses = select(store, f"{of_girl} ?p rdf:object ?disease . ?line lc:hedged ?hedged")
    assert {row[2:] for row in uses} == {(JDM, "true"), (PSORIASIS, "true")}
    silent = select(store, f"?row a lc:SilentRow ; lc:ofCase case:{GIRL} ; lc:reason ?why")
    assert [why.partition(",")[0] for _, why in silent] == ["several diagnoses"] * 2


def test_no_edge_between_a_drug_and_a_disease_claims_a_benefit(everything: Store) -> None:
    query = "?drug ?says ?disease . ?case lc:hasTreatment/lc:agent ?drug . ?d lc:condition ?disease"
    assert column(select(everything, query), 1) == {"applied_to_treat"}
    assert not select(everything, "?drug lc:improvedUnder|lc:lowersMarker|bl:treats ?anything")


def test_a_response_that_may_be_disputed_reads_as_a_question(everything: Store) -> None:
    query = "?p rdf:subject ?drug ; rdf:predicate lc:improvedUnder ; rdf:object ?disease"
    found = column(select(everything, query))
    kinds = select(everything, f"{query} ; a ?kind ; rdfs:label ?label")
    assert {(row[0], row[3]) for row in kinds} == {(each, "ResponseProposition") for each in found}
    assert all(row[4].endswith("?") for row in kinds)
    of_use = column(select(everything, "?p a lc:UseProposition ; rdfs:label ?label"), 1)
    assert f"CHEBI:{TOFACITINIB[6:]} was given for MONDO:{JDM[6:]}?" in of_use
    not_better = f"?line lc:ofCase case:{GIRL} ; lc:fromRow case:{GIRL}\\/outcomes\\/1"
    assert column(select(everything, f"{not_better} ; lc:direction ?way"), 1) == {"disputes"}
    assert not select(everything, f"{not_better} ; lc:direction lc:supports")


def test_a_disputed_mechanism_is_no_edge_and_no_statement(stored: Stored, tmp_path: Path) -> None:
    pack = ["--pack", str(INPUTS / "pack")]
    for options, disputed in (([], False), (pack, True)):
        store = stored(INPUTS / "decoys", tmp_path / "x.nq", *options)
        for query in (
            "?drug lc:doesNotInhibit ?target",
            "?s rdf:subject ?drug ; rdf:predicate lc:doesNotInhibit ; rdf:object ?target",
            "?s a lc:BackgroundStatement ; rdf:subject ?drug ; rdf:object ?target",
        ):
            found = {row[-2:] for row in select(store, query)}
            assert (BARICITINIB, "7297") in found
            assert ((TOFACITINIB, "7297") in found) is not disputed
        inhibited = "?s rdf:subject ?drug ; rdf:predicate lc:inhibits ; rdf:object ?target"
        for query in ("?drug lc:inhibits ?target", inhibited):
            found = {row[-2:] for row in select(store, query)}
            assert (BARICITINIB, "3716") in found
            assert (TOFACITINIB, "7297") not in found


# --- a row follows what the case says ---

DIAGNOSIS = "?case lc:hasDiagnosis/lc:condition obo:{}"
FINDING = "?case lc:hasFinding/lc:feature obo:{}"
EVENT = "?case lc:hasAdverseEvent/lc:adverseCondition obo:{}"
POSITIVE = "?r lc:result lc:positive ; lc:antigen gene:{}"
APPEARING = [
    (GIRL, "status: suspected", "status: confirmed", DIAGNOSIS.format(LUPUS)),
    (GIRL, "status: previous", "status: confirmed", DIAGNOSIS.format(ARTHRITIS)),
    (GIRL, "status: excluded", "status: confirmed", DIAGNOSIS.format(INTERFERONOPATHY)),
    (GIRL, "status: absent, at", "status: present, at", FINDING.format(RASH)),
    (GIRL, "status: not-tested", "status: present", FINDING.format(LUNG)),
    (GIRL, "status: absent, n", "status: present, n", EVENT.format(ZOSTER)),
    (GIRL, "result: negative", "result: positive", POSITIVE.format(IFIH1)),
    (GIRL, "result: not-tested", "result: positive", POSITIVE.format(MORC3)),
    (
        NOBODY,
        "present, n: 0, of: 8, at: P0D",
        "present, n: 8, of: 8, at: P0D",
        FINDING.format(RASH),
    ),
    (NOBODY, "confirmed, n: 0", "confirmed, n: 8", DIAGNOSIS.format(ARTHRITIS)),
    (
        NOBODY,
        "elevated, change: null, n: 0",
        "elevated, change: null, n: 8",
        "?m lc:markerLevel ?l",
    ),
    (
        NOBODY,
        "label: inactive disease, at: P26W, n: 0",
        "label: x, at: P26W, n: 5",
        "?o lc:endpoint ?e",
    ),
    (NOBODY, "index, n: 0", "index, n: 4", f"?t lc:agent obo:{RUXOLITINIB}"),
    (NOBODY, "present, n: 3", "present, n: 8", FINDING.format(CALCINOSIS)),
]


@pytest.mark.parametrize(("case", "before", "after", "query"), APPEARING)
def test_what_was_no_fact_is_one_once_the_case_says_so(
    edited: Edited, case: str, before: str, after: str, query: str
) -> None:
    for words, expected in ((before, False), (after, True)):
        rows = select(edited(case, before, words), query)
        assert any(cell.startswith(case) for row in rows for cell in row) is expected


# --- what a curator concludes ---

PLAIN = [
    DIAGNOSIS.format(LUPUS),
    f"?d a lc:Diagnosis ; ?leads obo:{LUPUS}",
    "?case lc:hasDiagnosis/lc:refractoriness/lc:resistedTreatment true",
    "?case ?links ?node . ?node lc:excludedCondition ?disease",
    FINDING.format(RASH),
    f"?f a lc:Finding ; ?leads obo:{RASH}",
    "?case lc:lacksFinding/lc:absentFeature ?finding",
    "?case lc:hasGenotype/lc:gene ?gene",
    "?g a lc:Genotype ; lc:hgvsProtein ?variant",
    "?g lc:hgvsProtein ?variant",
    "?g lc:variantEffect lc:gainOfFunction",
    POSITIVE.format(CHD3),
    "?r lc:positiveFor ?antibody",
    "?case lc:serogroup ?antibody",
    "?case lc:testedFor/lc:datedResult ?r . ?r lc:result lc:positive",
    "?case lc:hasMeasurement/lc:markerLevel lc:elevated",
    "?case lc:hasBiomarker/lc:datedResult ?m . ?m lc:markerLevel lc:elevated",
    "?m a ?kind ; lc:value ?value",
    "?case lc:hasTreatment/lc:agent ?drug",
    f"?t lc:agent obo:{RUXOLITINIB}",
    "?t lc:hasDose/lc:doseValue ?dose",
    "?t lc:hasIndication/lc:indicatedFor ?disease",
    "?case lc:hasOutcome ?o . ?o lc:valence lc:favourable",
    "?o lc:valence lc:favourable",
    "?o lc:endpoint lc:met",
    "?o lc:event lc:flare",
    "?o lc:observedUnder ?t ; lc:reportedAs ?words",
    EVENT.format(ZOSTER),
    "?e lc:serious true",
    "?case lc:sex ?sex",
    "?case lc:hasAge/lc:months ?months",
    "?line lc:ofCase ?case ; lc:hedged false ; lc:ofProposition ?p",
]


@pytest.fixture(scope="session")
def stated(tmp_path_factory: pytest.TempPathFactory, stored: Stored) -> Store:
    """The decoys, had the text said what the curator concludes."""
    folder = tmp_path_factory.mktemp("stated")
    shutil.copytree(INPUTS / "decoys", folder / "decoys")
    file = folder / "decoys" / "cases" / f"{CONCLUDED}.yaml"
    text = file.read_text("utf-8")
    assert text.count("inferred: true") == 12
    file.write_text(text.replace("inferred: true", "inferred: false"), "utf-8")
    return stored(folder / "decoys", folder / "stated.nq", "--no-ontologies")


@pytest.mark.parametrize("query", PLAIN)
def test_what_a_curator_concludes_is_met_only_where_the_text_says_it(
    everything: Store, stated: Store, query: str
) -> None:
    for store, expected in ((everything, False), (stated, True)):
        rows = select(store, query)
        assert any(cell.startswith(CONCLUDED) for row in rows for cell in row) is expected


def test_a_wildcard_meets_what_a_curator_concludes_only_by_names_that_say_so(
    everything: Store, stated: Store
) -> None:
    for concept in (f"obo:{LUPUS}", f"obo:{RASH}", f"obo:{ZOSTER}", f"obo:{RUXOLITINIB}"):
        query = f"case:{CONCLUDED} ?links ?node . ?node ?leads {concept}"
        found = select(everything, query)
        assert found
        assert all(name.endswith("Inferred") for row in found for name in (row[0], row[2]))
        assert len(select(stated, query)) == len(found)


def test_a_drug_whose_use_is_concluded_is_no_edge(everything: Store, stated: Store) -> None:
    edge = f"obo:{RUXOLITINIB} bl:applied_to_treat ?disease"
    assert (LUPUS,) not in select(everything, edge)
    assert (LUPUS,) in select(stated, edge)


# --- a number that is not given ---


@pytest.mark.parametrize(
    ("before", "after", "query", "in_part"),
    [
        (
            "present, n: 3, of: 8, at",
            "present, at",
            "?case lc:hasFinding/lc:feature ?finding",
            "?case lc:hasFindingInPart/lc:featureInPart ?finding",
        ),
        (
            "titre: null, n: 0, of: 8",
            "titre: null",
            "?case lc:hasSerology/lc:antigen ?antigen",
            "?case lc:hasSerologyInPart/lc:antigenInPart ?antigen",
        ),
    ],
)
def test_what_a_group_has_in_nobody_knows_how_many_is_not_had_by_everyone(
    edited: Edited, before: str, after: str, query: str, in_part: str
) -> None:
    store = edited(NOBODY, before, after)
    assert NOBODY not in column(select(store, query))
    assert NOBODY in column(select(store, in_part))


# --- whose words ---


def test_no_quote_of_a_restated_text_is_the_authors_words(everything: Store) -> None:
    assert not select(everything, "?anything lc:authorsWords ?words")
    restated = select(everything, "?case lc:holdsEvidence/lc:restatedWords ?words")
    quoting = select(everything, "?case lc:holdsEvidence/lc:hasPlace ?place")
    assert len(column(quoting)) > 15
    assert column(restated) == column(quoting)
    assert not select(everything, "?anything lc:textKind lc:verbatim")


@pytest.fixture(params=["", "verbatim"])
def original(request: pytest.FixtureRequest, stored: Stored, tmp_path: Path) -> Store:
    """A digest of a service and a case that quotes it, its kind told by its form or declared."""
    options = ["--text-kind", request.param] if request.param else []
    return stored(INPUTS / "original", tmp_path / "original.nq", *options)


def test_only_title_and_abstract_of_a_service_are_the_authors_words(original: Store) -> None:
    quotes = select(original, "?item lc:authorsWords ?words")
    assert {item.rpartition("/")[2] for item in column(quotes)} == {"in-abstract", "in-title"}
    summaries = select(original, "?item lc:summaryWords ?words")
    ids = {item.rpartition("/")[2] for item in column(summaries)}
    assert ids == {"in-summary", "in-findings", "over-the-end"}
    unchecked = select(original, "?item lc:uncheckedWords ?words")
    assert {item.rpartition("/")[2] for item in column(unchecked)} == {"not-read"}


def test_a_text_with_a_summary_in_it_is_not_verbatim_as_a_whole(original: Store) -> None:
    assert column(select(original, "?text a lc:Text ; lc:textKind ?kind"), 1) == {"machineSummary"}
    marked = "?target oa:hasSource ?text ; oa:hasSelector/oa:exact ?words"
    assert "baricitinib" in column(select(original, marked), 2)
    assert not select(original, f"{marked} . ?text lc:textKind lc:verbatim")
    verbatim = "?passage lc:textKind lc:verbatim ; lc:section ?section"
    assert column(select(original, verbatim), 1) == {"title", "abstract"}


@pytest.mark.shared
def test_the_summary_of_the_original_digest_is_never_the_authors_words(
    shared: Path, stored: Stored, tmp_path: Path
) -> None:
    (digest,) = (shared / "data" / "seed").glob("*.digest.md")
    (tmp_path / "in").mkdir()
    shutil.copy(digest, tmp_path / "in")
    case = (INPUTS / "original" / "boy-p1.yaml").read_text("utf-8")
    case = case.replace("PMC0000001", "PMC12841639").replace(
        "10.5555/naive.1", "10.3390/jcm15020709"
    )
    for mine, theirs in (
        ("We saw a boy with juvenile dermatomyositis.", "a 4-year-old boy with JDM"),
        ("An invented report of a boy on baricitinib", "Towards New Strategies"),
        ("which may work for others too", "suggesting it may be an effective therapy"),
        ("His rash went away on baricitinib.", "MDA5 antibodies normalized following treatment"),
        ("More studies are wanted.", "in the treatment of JDM."),
        ("**Chemicals:** baricitinib", "**Proteins:** jak"),
    ):
        assert mine in case
        case = case.replace(mine, theirs)
    (tmp_path / "in" / "boy-p1.yaml").write_text(case, "utf-8")
    for options in ([], ["--text-kind", "verbatim"]):
        store = stored(tmp_path / "in", tmp_path / "original.nq", *options)
        found = column(select(store, "?item lc:authorsWords ?words"), 1)
        assert found == {"a 4-year-old boy with JDM", "Towards New Strategies"}
        kinds = select(store, "?passage lc:section ?section ; lc:textKind ?kind")
        for section in ("tl;dr", "contribution", "key findings", "linked entities"):
            assert {row[2] for row in kinds if row[1] == section} == {"machineSummary"}

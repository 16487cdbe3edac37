"""Ids of cases against the installed ontologies: what contradicts is told, what fits is not."""

from pathlib import Path

import pytest

from exporter.errors import Where
from exporter.model.case import Case
from exporter.model.findings import Finding, Level
from exporter.model.identifiers import bundled_namespaces
from exporter.ontologies.index import Ontologies
from exporter.ontologies.packs import bundled_packs, load_pack, open_ontologies
from exporter.sources import Settings, check_concepts
from exporter.sources.case_yaml import READER

NAMESPACES = bundled_namespaces()
GOOD = Path(__file__).parent / "cases" / "case" / "good-individual.yaml"
DRUG = 'drug: {label: baricitinib, id: "CHEBI:95341"}'
DIAGNOSIS = '{label: juvenile dermatomyositis, id: "MONDO:0008054"'
RASH = '{label: Skin rash, id: "HP:0000988"'
EVENT = '{label: Herpes zoster, id: "MONDO:0005609"'
TEST = '{label: anti-MDA5 antibody, hpo_if_positive: "HP:0033033"}'
TARGET = '{label: IFIH1, id: "NCBIGene:64135"}'
GENOTYPE = "genotype: []"
Told = list[tuple[str, str]]


@pytest.fixture(scope="module")
def ontologies() -> Ontologies:
    return open_ontologies(bundled_packs(), NAMESPACES)


def parse(text: str) -> Case:
    (record,) = READER.split(text.encode(), Where(file="case.yaml"))
    parsed = READER.parse(record, Settings(namespaces=NAMESPACES))
    assert isinstance(parsed, Case)
    return parsed


def case_with(*changes: tuple[str, str]) -> Case:
    text = GOOD.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return parse(text)


def check(ontologies: Ontologies, *changes: tuple[str, str]) -> tuple[Finding, ...]:
    return check_concepts(case_with(*changes), NAMESPACES, ontologies)


def told(findings: tuple[Finding, ...]) -> Told:
    return [(finding.level.value, finding.code) for finding in findings]


def coded(label: str, entity: str) -> str:
    return f'{{label: "{label}", id: "{entity}"'


def gene(label: str, entity: str) -> str:
    return f"genotype: [{{gene: {coded(label, entity)}}}}}]"


def serum(label: str, entity: str) -> str:
    return f'{{label: "{label}", hpo_if_positive: "{entity}"}}'


def test_a_sound_case_has_nothing_to_tell(ontologies: Ontologies) -> None:
    assert check(ontologies) == ()


def test_the_examples_have_notes_at_most(ontologies: Ontologies, examples: Path) -> None:
    files = sorted((examples / "cases").glob("*.yaml"))
    cases = [parse(path.read_text(encoding="utf-8")) for path in files]
    found = [each for case in cases for each in check_concepts(case, NAMESPACES, ontologies)]
    assert cases
    assert {finding.level for finding in found} == {Level.NOTE}


@pytest.mark.parametrize(
    ("old", "new", "meant"),
    [
        (DRUG, "drug: " + coded("baricitinib", "CHEBI:66919") + "}", "CHEBI:95341"),
        (DRUG, "drug: " + coded("methotrexate", "CHEBI:2948") + "}", "CHEBI:44185"),
        (DIAGNOSIS, coded("juvenile dermatomyositis", "MONDO:0007915"), "MONDO:0008054"),
        (DIAGNOSIS, coded("lupus (SLE)", "MONDO:0005609"), "MONDO:0007915"),
        (RASH, coded("skin ulcers", "HP:0000988"), "HP:0200042"),
        (EVENT, coded("Aicardi-Gouti\u00e8res syndrome", "MONDO:0005609"), "MONDO:0018866"),
        (TARGET, coded("TRIM33", "NCBIGene:64135") + "}", "NCBIGene:51592"),
        (GENOTYPE, gene("JAK2", "NCBIGene:3716"), "NCBIGene:3717"),
    ],
)
def test_the_name_of_another_concept_is_an_error_that_names_both(
    ontologies: Ontologies, old: str, new: str, meant: str
) -> None:
    (finding,) = check(ontologies, (old, new))
    assert (finding.level, finding.code) == (Level.ERROR, "label-against-id")
    assert f"but {finding.value} is " in finding.message
    assert meant in finding.hint
    assert finding.where.line
    assert finding.where.field


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (DRUG, "drug: " + coded("Olumiant (baricitinib)", "PUBCHEM.COMPOUND:44205240") + "}"),
        (DRUG, "drug: " + coded("anything", "UNII:ISP4442I3Y") + "}"),
        (DRUG, "drug: " + coded("Baricitinib", "MESH:C000596027") + "}"),
        (DIAGNOSIS, coded("JDM", "MONDO:0008054")),
        (DIAGNOSIS, coded("Juvenile Dermatomyositis (JDM)", "MONDO:0008054")),
        (DIAGNOSIS, coded("systemic lupus erythematosus", "MONDO:0007915")),
        (DIAGNOSIS, coded("SLE", "MONDO:0007915")),
        (RASH, coded("skin rashs", "HP:0000988")),
        (RASH, coded("Anti-Jo1 antibody positive", "HP:0034152")),
        (TARGET, coded("MDA5", "NCBIGene:64135") + "}"),
        (GENOTYPE, gene("TMEM173", "NCBIGene:340061")),
        (TEST, serum("Anti-MDA-5 antibodies", "HP:0033033")),
        (TEST, serum("anti-MDA5", "HP:0033033")),
    ],
)
def test_another_way_to_write_a_name_is_no_contradiction(
    ontologies: Ontologies, old: str, new: str
) -> None:
    found = check(ontologies, (old, new))
    assert [finding for finding in found if finding.level is not Level.NOTE] == []
    if "Olumiant" not in new:
        assert found == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (DIAGNOSIS, coded("severe vasculopathic disease", "MONDO:0008054")),
        (RASH, coded("rash of the face and hands", "HP:0000988")),
        (EVENT, coded("shingles of the left eye", "MONDO:0005609")),
        (DRUG, "drug: " + coded("study drug", "CHEBI:95341") + "}"),
    ],
)
def test_a_label_that_names_nothing_known_is_a_note(
    ontologies: Ontologies, old: str, new: str
) -> None:
    assert told(check(ontologies, (old, new))) == [("note", "label-against-id")]


def test_a_finding_called_as_a_disease_is_no_error(ontologies: Ontologies) -> None:
    (finding,) = check(ontologies, (RASH, coded("Herpes zoster", "HP:0000988")))
    assert finding.level is Level.NOTE
    assert "MONDO:0005609" in finding.hint


def test_an_abbreviation_of_something_else_is_a_warning(ontologies: Ontologies) -> None:
    (finding,) = check(ontologies, (DIAGNOSIS, coded("JDM", "MONDO:0007915")))
    assert finding.level is Level.WARNING
    assert "MONDO:0008054" in finding.hint


def test_what_is_no_name_of_the_antigen_is_a_warning(ontologies: Ontologies) -> None:
    found = check(ontologies, (TARGET, coded("some protein", "NCBIGene:64135") + "}"))
    assert told(found) == [("warning", "label-against-id")]


@pytest.mark.parametrize(
    ("label", "finding", "target", "meant"),
    [
        ("anti-MDA5 antibody", "HP:0033554", "null", "HP:0033033"),
        ("anti-Ro52", "HP:0034144", "null", "HP:0034093"),
        ("anti-Ku antibodies", "HP:0034088", coded("IFIH1", "NCBIGene:64135") + "}", "HP:0033033"),
        ("antinuclear antibody", "HP:0002923", "null", "HP:0003493"),
    ],
)
def test_the_finding_of_another_antibody_is_an_error(
    ontologies: Ontologies, label: str, finding: str, target: str, meant: str
) -> None:
    found = check(ontologies, (TEST, serum(label, finding)), (TARGET, target))
    assert told(found) == [("error", "label-against-id")]
    assert meant in found[0].hint


@pytest.mark.parametrize(
    ("label", "finding", "target"),
    [
        ("anti-Mi2-alpha antibody", "HP:0033554", coded("CHD3", "NCBIGene:1107") + "}"),
        ("anti-TIF1\u03b3 antibody", "HP:0034105", coded("TRIM33", "NCBIGene:51592") + "}"),
        ("anti-Ro52 antibody", "HP:0034093", coded("TRIM21", "NCBIGene:6737") + "}"),
        ("rheumatoid factor", "HP:0002923", "null"),
        ("anti-Jo-1", "HP:0034152", "null"),
    ],
)
def test_the_antibody_of_the_test_has_nothing_to_tell(
    ontologies: Ontologies, label: str, finding: str, target: str
) -> None:
    assert check(ontologies, (TEST, serum(label, finding)), (TARGET, target)) == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (DIAGNOSIS, coded("juvenile dermatomyositis", "MONDO:9999999")),
        ("NCBITaxon:9606", "NCBITaxon:10090"),
        ('id: "MONDO:0005609"', 'id: "MONDO:0005609", other_ids: ["HP:9999999"]'),
    ],
)
def test_an_id_that_the_slices_lack_is_a_warning_that_names_their_release(
    ontologies: Ontologies, old: str, new: str
) -> None:
    (finding,) = check(ontologies, (old, new))
    assert (finding.level, finding.code) == (Level.WARNING, "unknown-id")
    release = ontologies.release(finding.value.partition(":")[0])
    assert f"not in the installed slices ({release}): not checked" in finding.message
    assert "--pack" in finding.hint


def test_an_id_without_any_slice_is_passed_over(ontologies: Ontologies) -> None:
    assert check(ontologies, (DIAGNOSIS, coded("sarcoidosis", "DOID:11335"))) == ()
    assert check_concepts(case_with(), NAMESPACES, Ontologies([], [], NAMESPACES)) == ()


def test_a_pack_with_a_slice_makes_an_id_known(tmp_path: Path) -> None:
    (tmp_path / "slices").mkdir()
    (tmp_path / "slices" / "mondo.tsv").write_text(
        "# ontology: mondo\n# version: 1\n# licence: CC0-1.0\n# source: made up\n"
        "id\tlabel\texact\tobsolete\treplaced_by\tconsider\n"
        "MONDO:9999999\tnew fever\tfever, new\t\t\t\n"
        "MONDO:9999998\told fever\t\tyes\t\tMONDO:9999999|MONDO:0008054\n"
        "MONDO:9999997\tlost fever\t\tyes\t\t\n"
        "MONDO:9999996\tmoved fever\t\tyes\tMONDO:9999999\t\n",
        encoding="utf-8",
    )
    held = open_ontologies([*bundled_packs(), load_pack(tmp_path)], NAMESPACES)
    assert check(held, (DIAGNOSIS, coded("Fever, new", "MONDO:9999999"))) == ()
    assert check(held, (DIAGNOSIS, coded("moved fever", "MONDO:9999999"))) == ()
    (proposed,) = check(held, (DIAGNOSIS, coded("old fever", "MONDO:9999998")))
    assert "MONDO:9999999 (new fever), MONDO:0008054 (juvenile" in proposed.hint
    (lost,) = check(held, (DIAGNOSIS, coded("lost fever", "MONDO:9999997")))
    assert (lost.level, lost.code) == (Level.ERROR, "obsolete-id")


def test_an_obsolete_id_is_an_error_that_names_its_successor(ontologies: Ontologies) -> None:
    new = coded("systemic lupus erythematosus", "MONDO:0005205")
    (finding,) = check(ontologies, (DIAGNOSIS, new))
    assert (finding.level, finding.code) == (Level.ERROR, "obsolete-id")
    assert finding.hint == "write MONDO:0007915 (systemic lupus erythematosus)"


def test_an_index_drug_without_an_id_is_a_warning(ontologies: Ontologies) -> None:
    found = check(ontologies, (DRUG, "drug: {label: pulsed methylprednisolone, id: null}"))
    assert told(found) == [("warning", "index-drug-without-id")]
    assert "CHEBI, PUBCHEM.COMPOUND, RXNORM" in found[0].hint


def test_an_index_drug_that_restates_others_needs_no_id(ontologies: Ontologies) -> None:
    row = "  - {drug: {label: JAK inhibitors, id: null}, role: index, restates: [baricitinib]}\n"
    assert check(ontologies, ("outcomes:\n", f"{row}outcomes:\n")) == ()

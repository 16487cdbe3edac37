"""The questions give the answers that were worked out by hand, and follow the data."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import Store

from exporter.resources import data

Ask = Callable[..., list[dict[str, str]]]
Changed = Callable[[Callable[[Path], None]], Store]
QUESTIONS = sorted(path.stem for path in data("queries").glob("*/*.rq"))


def column(rows: list[dict[str, str]], name: str) -> set[str]:
    return {row[name] for row in rows if name in row}


def test_baricitinib_is_index_drug_in_jdm_in_four_documents(corpus: Store, ask: Ask) -> None:
    rows = ask(corpus, "index-drug-in-disease")
    assert {(row["document"], row["case"]) for row in rows} == {
        ("PMC12841639", "buzoianu-2026-p1"),
        ("PMID33576769", "levoyer-2021-g1"),
        ("DOI-10.3389-fped.2022.962585", "wang-2022-g1"),
        ("PMC8466894", "papadopoulou-2019-p1"),
    }
    (arm,) = {(row["patients"], row["of"]) for row in rows if row["case"] == "levoyer-2021-g1"}
    assert arm == ("3", "10")
    assert all(row["evidence"] and row["text_kind"].endswith("restatement") for row in rows)


def test_six_jdm_patients_got_a_jak_inhibitor_each_counted_once(corpus: Store, ask: Ask) -> None:
    rows = ask(corpus, "patients-on-family-inhibitor")
    assert [set(row["records"].split()) for row in rows] == [
        {"aeschlimann-2018-p1", "review2021-t3-aeschlimann"},
        {"buzoianu-2026-p1"},
        {"papadopoulou-2019-p1"},
        {"sabbagh-2019-p1"},
        {"sabbagh-2019-p2"},
        {"yu-2020-p1"},
    ]


def test_ever_positive_patients_stay_and_unknown_outcomes_stay_unknown(
    corpus: Store, ask: Ask
) -> None:
    rows = ask(corpus, "serogroup-outcomes")
    found = {(row["case"], row["drug"], row.get("reported_as"), row.get("at")) for row in rows}
    assert found == {
        ("buzoianu-2026-p1", "baricitinib", "resolved", None),
        ("sabbagh-2019-p1", "tofacitinib", "improved", "P26W"),
        ("sabbagh-2019-p2", "tofacitinib", "improved", "P26W"),
        ("yu-2020-p1", "tofacitinib", None, None),
    }
    assert not column(rows, "assay")


def test_interferonopathies_on_a_jak1_inhibitor_are_three_records(corpus: Store, ask: Ask) -> None:
    rows = ask(corpus, "disease-branch-target")
    assert {(row["case"], int(row["patients"])) for row in rows} == {
        ("sanchez-2018-g1", 18),
        ("vanderver-2020-g1", 35),
        ("savi-ruxolitinib-p1", 1),
    }
    assert sum(int(row["patients"]) for row in rows) == 54


def test_dermatomyositis_on_a_jak_inhibitor_is_a_range_of_patients(corpus: Store, ask: Ask) -> None:
    rows = ask(corpus, "disease-branch-family")
    assert column(rows, "case") == {
        "aeschlimann-2018-p1",
        "review2021-t3-aeschlimann",
        "buzoianu-2026-p1",
        "ding-2020-g1",
        "ladislau-2018-g1",
        "levoyer-2021-g1",
        "papadopoulou-2019-p1",
        "sabbagh-2019-p1",
        "sabbagh-2019-p2",
        "wang-2022-g1",
        "yu-2020-p1",
        "zhang-2023-g1",
    }
    patients = {row["patient"]: int(row["patients"]) for row in rows}
    assert (len(patients), sum(patients.values())) == (11, 153)
    overlapping = {row["patient"] for row in rows if row.get("also_in") in column(rows, "case")}
    assert sum(patients[patient] for patient in overlapping) == 1


def test_the_dose_is_missing_in_twelve_of_fifteen_records(corpus: Store, ask: Ask) -> None:
    rows = ask(corpus, "dose-missing")
    assert {row["case"] for row in rows if row["dose"] == "true"} == {
        "ding-2020-g1",
        "savi-ruxolitinib-p1",
        "vanderver-2020-g1",
    }
    assert len(rows) == 15


def test_the_answer_names_a_case_by_the_id_that_its_file_gives(changed: Changed, ask: Ask) -> None:
    def rename(folder: Path) -> None:
        old = folder / "cases" / "wang-2022-g1.yaml"
        new = folder / "cases" / "another-name.yaml"
        new.write_text(old.read_text("utf-8").replace("wang-2022-g1", "another-name"), "utf-8")
        old.unlink()

    found = column(ask(changed(rename), "index-drug-in-disease"), "case")
    assert "another-name" in found
    assert "wang-2022-g1" not in found


def test_a_case_that_is_gone_is_gone_from_the_answer(changed: Changed, ask: Ask) -> None:
    store = changed(lambda folder: (folder / "cases" / "yu-2020-p1.yaml").unlink())
    assert len(ask(store, "patients-on-family-inhibitor")) == 5


@pytest.mark.parametrize(
    ("question", "before", "after"),
    [
        ("index-drug-in-disease", "role: index", "role: prior"),
        ("index-drug-in-disease", "status: confirmed", "status: excluded"),
        ("index-drug-in-disease", "status: confirmed", "status: suspected"),
    ],
)
def test_a_case_that_no_longer_fits_leaves_the_answer(
    changed: Changed, ask: Ask, question: str, before: str, after: str
) -> None:
    def edit(folder: Path) -> None:
        file = folder / "cases" / "wang-2022-g1.yaml"
        file.write_text(file.read_text("utf-8").replace(before, after), "utf-8")

    assert "wang-2022-g1" not in column(ask(changed(edit), question), "case")


def test_a_decoy_with_another_drug_is_not_in_the_answer(changed: Changed, ask: Ask) -> None:
    def add(folder: Path) -> None:
        text = (folder / "cases" / "yu-2020-p1.yaml").read_text("utf-8")
        text = text.replace("yu-2020-p1", "decoy-p1").replace("tofacitinib", "methotrexate")
        text = text.replace("CHEBI:71200", "CHEBI:44185")
        text = text.replace("children given methotrexate", "children given tofacitinib")
        (folder / "cases" / "decoy-p1.yaml").write_text(text, "utf-8")

    rows = ask(changed(add), "disease-branch-family")
    assert "decoy-p1" not in column(rows, "case")


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_question_names_a_case_or_a_document(question: str) -> None:
    (file,) = data("queries").glob(f"*/{question}.rq")
    text = file.read_text(encoding="utf-8")
    names = [path.stem for path in data("examples").rglob("*.*")]
    assert not [name for name in names if name in text]

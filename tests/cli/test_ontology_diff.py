"""What a new version touches: told to a curator with file, line, label and what to do."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

Run = Callable[..., Result]

HEAD = "format-version: 1.2\ndata-version: releases/{}\nontology: mondo\n"
OLD = """
[Term]
id: MONDO:0000001
name: disease

[Term]
id: MONDO:0000002
name: soft sort
is_a: MONDO:0000001

[Term]
id: MONDO:0000003
name: hard sort
is_a: MONDO:0000001

[Term]
id: MONDO:0000010
name: pale illness
is_a: MONDO:0000002

[Term]
id: MONDO:0000011
name: blue illness
is_a: MONDO:0000002

[Term]
id: MONDO:0000012
name: red illness
is_a: MONDO:0000002

[Term]
id: MONDO:0000013
name: dark red illness
is_a: MONDO:0000012

[Term]
id: MONDO:0000014
name: grey illness
synonym: "ash illness" EXACT []

[Term]
id: MONDO:0000015
name: quiet illness
is_a: MONDO:0000002
"""
NEW = """
[Term]
id: MONDO:0000001
name: disease

[Term]
id: MONDO:0000002
name: soft sort
is_a: MONDO:0000001

[Term]
id: MONDO:0000003
name: hard sort
is_a: MONDO:0000001

[Term]
id: MONDO:0000010
name: obsolete pale illness
is_obsolete: true
replaced_by: MONDO:0000020

[Term]
id: MONDO:0000020
name: pallor
is_a: MONDO:0000002

[Term]
id: MONDO:0000012
name: red illness
is_a: MONDO:0000003

[Term]
id: MONDO:0000013
name: dark red illness
alt_id: MONDO:0000011
is_a: MONDO:0000012

[Term]
id: MONDO:0000014
name: grey disease
synonym: "grey illness" EXACT []

[Term]
id: MONDO:0000015
name: quiet illness
def: "Reworded." [x]
is_a: MONDO:0000002
"""
TEXT = (
    "1|t|Illness\n1|a|Pale illness, blue illness, dark red illness, ash illness, quiet illness.\n"
)
MENTIONS = [
    ("pale illness", "MONDO:0000010"),
    ("blue illness", "MONDO:0000011"),
    ("dark red illness", "MONDO:0000013"),
    ("ash illness", "MONDO:0000014"),
    ("quiet illness", "MONDO:0000015"),
]


@pytest.fixture
def sides(tmp_path: Path) -> tuple[Path, Path]:
    found = []
    for version, terms in (("2025-01-01", OLD), ("2026-01-01", NEW)):
        path = tmp_path / f"mondo-{version}.obo"
        path.write_text(HEAD.format(version) + terms)
        found.append(path)
    return found[0], found[1]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """One paper as PubTator text, in which every kind of change has an annotation."""
    folder = tmp_path / "papers"
    folder.mkdir()
    text = TEXT.replace("1|t|", "").replace("\n1|a|", " ")
    lines = []
    for label, curie in MENTIONS:
        start = text.lower().index(label)
        exact = text[start : start + len(label)]
        lines.append(f"1\t{start}\t{start + len(label)}\t{exact}\tDisease\t{curie}\n")
    (folder / "paper.pubtator").write_text(TEXT + "".join(lines))
    return folder


def values(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_without_a_corpus_every_change_is_listed_gravest_first(
    run: Run, sides: tuple[Path, Path]
) -> None:
    lines = run("ontology", "diff", *sides).stdout.splitlines()
    assert lines[0] == "compared     mondo 2025-01-01 -> mondo 2026-01-01"
    assert [line.split()[:2] for line in lines[1:-1]] == [
        ["obsoleted", "MONDO:0000010"],
        ["merged", "MONDO:0000011"],
        ["moved", "MONDO:0000012"],
        ["relabelled", "MONDO:0000014"],
        ["names-lost", "MONDO:0000014"],
        ["new", "MONDO:0000020"],
    ]
    assert lines[1].endswith("obsolete, replaced by MONDO:0000020 (pallor)")
    assert lines[-1].startswith("changes      6 (obsoleted 1, merged 1, moved 1, ")


def test_equal_releases_have_no_changes(run: Run, sides: tuple[Path, Path]) -> None:
    result = run("ontology", "diff", sides[0], sides[0], "--fail-on", "changed")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1] == "changes      0"


def test_each_touched_annotation_is_told_with_place_states_and_remedy(
    run: Run, sides: tuple[Path, Path], corpus: Path
) -> None:
    shown = run("ontology", "diff", *sides, "--corpus", corpus).stdout.splitlines()
    file = corpus / "paper.pubtator"
    place = shown.index(f'  {file}:3: obsoleted: Disease annotation "Pale illness" (MONDO:0000010)')
    assert shown[place + 1 : place + 4] == [
        '    was       in force: "pale illness"',
        "    is now    obsolete, replaced by MONDO:0000020 (pallor)",
        "    do        write MONDO:0000020 (pallor) in place of MONDO:0000010",
    ]
    assert f'  {file}:4: merged: Disease annotation "blue illness" (MONDO:0000011)' in shown
    assert "    do        write MONDO:0000013 (dark red illness) in place of MONDO:0000011" in shown
    assert not any("quiet illness" in line for line in shown)


def test_a_term_below_a_moved_one_is_touched_and_what_is_above_it_told(
    run: Run, sides: tuple[Path, Path], corpus: Path
) -> None:
    found = values(run("ontology", "diff", *sides, "--corpus", corpus, "--json"))
    (touched,) = (
        each["touched"] for each in found if each.get("touched", {}).get("change") == "moved-above"
    )
    assert touched["id"] == "MONDO:0000013"
    assert touched["lost_above"] == ["MONDO:0000002"]
    assert touched["gained_above"] == ["MONDO:0000003"]


def test_a_name_that_is_lost_touches_only_who_is_called_so(
    run: Run, sides: tuple[Path, Path], corpus: Path
) -> None:
    found = values(run("ontology", "diff", *sides, "--corpus", corpus, "--json"))
    touched = [each["touched"] for each in found if "touched" in each]
    lost = [each["label_in_corpus"] for each in touched if each["change"] == "names-lost"]
    assert lost == ["ash illness"]
    other = corpus / "paper.pubtator"
    other.write_text(other.read_text().replace("ash illness", "odd illness"))
    found = values(run("ontology", "diff", *sides, "--corpus", corpus, "--json"))
    touched = [each["touched"] for each in found if "touched" in each]
    assert not [each for each in touched if each["change"] == "names-lost"]
    assert [each["change"] for each in touched if each["id"] == "MONDO:0000014"] == ["relabelled"]


def test_a_label_that_another_term_has_now_is_told_for_its_type_only(
    run: Run, sides: tuple[Path, Path], tmp_path: Path
) -> None:
    paper = tmp_path / "paper.pubtator"
    for kind, number in (("Disease", 1), ("Chemical", 0)):
        paper.write_text(f"1|t|Pallor\n1|a|\n1\t0\t6\tPallor\t{kind}\tMESH:D010167\n")
        found = values(run("ontology", "diff", *sides, "--corpus", paper, "--json"))
        named = [each["touched"] for each in found if each.get("touched", {}).get("by") == "named"]
        assert len(named) == number, kind
        assert all(each["id"] == "MONDO:0000020" for each in named)


def test_moves_between_terms_of_the_corpus_are_said_to_matter(
    run: Run, sides: tuple[Path, Path], corpus: Path
) -> None:
    shown = run("ontology", "diff", *sides, "--corpus", corpus).stdout
    assert "matters" not in shown
    paper = corpus / "other.pubtator"
    paper.write_text("2|t|Soft sort\n2|a|\n2\t0\t9\tSoft sort\tDisease\tMONDO:0000002\n")
    shown = run("ontology", "diff", *sides, "--corpus", corpus).stdout
    told = "MONDO:0000013 (dark red illness) is no longer below MONDO:0000002 (soft sort)"
    assert f"matters      {told}\n" in shown


def test_the_account_counts_what_is_there_and_what_is_touched(
    run: Run, sides: tuple[Path, Path], corpus: Path
) -> None:
    account = values(run("ontology", "diff", *sides, "--corpus", corpus, "--json"))[-1]["account"]
    assert account["changes"]["moved"] == 1
    assert account["uses"] == {"annotation": 5, "relation": 0, "field": 0}
    assert account["touched"]["annotation"] == 4
    assert account["documents_touched"] == 1
    by_term = {(each["id"], each["change"]): each["touched"] for each in account["by_term"]}
    assert by_term["MONDO:0000010", "obsoleted"] == 1


@pytest.mark.parametrize(("fail_on", "status"), [("never", 0), ("changed", 1), ("touched", 1)])
def test_the_exit_status_is_what_was_asked_for(
    fail_on: str, status: int, run: Run, sides: tuple[Path, Path], corpus: Path
) -> None:
    result = run("ontology", "diff", *sides, "--corpus", corpus, "--fail-on", fail_on)
    assert result.exit_code == status


def test_changes_that_touch_nothing_do_not_fail_a_run_for_what_is_touched(
    run: Run, sides: tuple[Path, Path], tmp_path: Path
) -> None:
    paper = tmp_path / "paper.pubtator"
    paper.write_text("1|t|Quiet illness\n1|a|\n1\t0\t13\tQuiet illness\tDisease\tMONDO:0000015\n")
    options = ("--corpus", paper, "--fail-on", "touched")
    assert run("ontology", "diff", *sides, *options).exit_code == 0
    assert run("ontology", "diff", *sides, "--fail-on", "touched").exit_code == 2


def test_the_same_call_gives_the_same_bytes(
    run: Run, sides: tuple[Path, Path], corpus: Path
) -> None:
    call = ("ontology", "diff", *sides, "--corpus", corpus, "--all")
    assert run(*call).stdout_bytes == run(*call).stdout_bytes


def test_a_broken_record_ends_the_run_or_is_left_out_and_counted(
    run: Run, sides: tuple[Path, Path], corpus: Path
) -> None:
    (corpus / "broken.pubtator").write_bytes(
        b"3|t|B\xff\n3|a|\n3\t0\t1\tB\tDisease\tMONDO:0000010\n"
    )
    call = ("ontology", "diff", *sides, "--corpus", corpus)
    assert run(*call).exit_code == 3
    result = run(*call, "--keep-going")
    assert result.exit_code == 3
    assert "left out: " in result.stdout
    assert "write MONDO:0000020 (pallor) in place of MONDO:0000010" in result.stdout
    assert "1 record was left out; the rest is in the report" in result.stderr


def test_a_corpus_without_papers_and_cases_is_no_corpus(
    run: Run, sides: tuple[Path, Path], tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    result = run("ontology", "diff", *sides, "--corpus", tmp_path / "empty")
    assert result.exit_code == 3
    assert "no paper and no case was read" in result.stderr


def test_the_report_goes_into_a_file_but_into_none_that_is_read(
    run: Run, sides: tuple[Path, Path], corpus: Path, tmp_path: Path
) -> None:
    output = tmp_path / "report.txt"
    call = ("ontology", "diff", *sides, "--corpus", corpus)
    run(*call, "-o", output)
    assert output.read_text(encoding="utf-8") == run(*call).stdout
    before = sides[1].read_bytes()
    assert run(*call, "-o", sides[1]).exit_code == 2
    assert run(*call, "-o", corpus / "paper.pubtator").exit_code == 2
    assert sides[1].read_bytes() == before


def test_a_pipe_is_no_release(run: Run, sides: tuple[Path, Path], tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    result = run("ontology", "diff", sides[0], pipe)
    assert result.exit_code == 3
    assert "not a regular file" in result.stderr


@pytest.mark.shared
def test_real_cases_and_digests_are_touched_by_a_real_release(run: Run, shared: Path) -> None:
    hpo, corpus = shared / "data" / "hpo", shared / "corpus"
    result = run(
        *("ontology", "diff", hpo / "hp.2016-04-01.obo.gz", hpo / "mondo_hp_import.obo.gz"),
        *("--corpus", corpus / "digests", "--corpus", corpus / "cases", "--json"),
    )
    found = values(result)
    fields = {
        (each["touched"]["document"], each["touched"]["field"]): each["touched"]
        for each in found
        if "touched" in each
    }
    case = (corpus / "cases" / "zhang-2023-g1.yaml").read_text(encoding="utf-8").splitlines()
    touched = fields["zhang-2023-g1", "subgroups[0].defined_by.id"]
    assert touched["change"] == "relabelled"
    assert "HP:0006530" in case[touched["line"] - 1]
    assert touched["label_in_corpus"] == "interstitial lung disease at baseline"
    account = found[-1]["account"]
    assert account["papers"] == len(list((corpus / "digests").glob("*.md")))
    assert account["cases"] == len(list((corpus / "cases").glob("*.yaml")))
    assert "gone" not in account["changes"]

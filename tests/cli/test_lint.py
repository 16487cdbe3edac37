"""The linter at the command line: what it tells, in which form, and with which exit status."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

Run = Callable[..., Result]
SEED = "PMC12841639.md"
ANTIGEN = """\
7000001|t|A case of dermatomyositis.
7000001|a|The boy had anti-MDA5 antibodies. Antibodies against MDA5 fell in the patients.
7000001	44	48	MDA5	Gene	64135
7000001	80	84	MDA5	Gene	64135
7000001	10	25	dermatomyositis	Disease	D003882

"""
SOUND = """\
7000002|t|Dermatomyositis in a boy.
7000002|a|It was treated.
7000002	0	15	Dermatomyositis	Disease	D003882

"""
UNKNOWN = """\
7000003|t|Something about XYZ9 genes.
7000003|a|It was seen.
7000003	16	20	XYZ9	Gene	999999998

"""


@pytest.fixture
def here(tmp_path: Path, examples: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of one's own with a digest, a case and a PubTator file."""
    monkeypatch.chdir(tmp_path)
    shutil.copy(examples / "digests" / SEED, tmp_path)
    shutil.copy(examples / "cases" / "sabbagh-2019-p1.yaml", tmp_path)
    (tmp_path / "antigen.pubtator").write_text(ANTIGEN, "utf-8")
    (tmp_path / "sound.pubtator").write_text(SOUND, "utf-8")
    return tmp_path


def lines(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def account(result: Result) -> dict[str, Any]:
    found: dict[str, Any] = lines(result)[-1]["account"]
    return found


def rules(result: Result) -> list[str]:
    return [each["rule"] for line in lines(result)[:-1] for each in line["findings"]]


def test_a_finding_tells_place_what_the_id_is_why_and_what_to_do(run: Run, here: Path) -> None:
    result = run("lint", "antigen.pubtator")
    assert result.exit_code == 1
    told = result.stdout
    assert "antigen.pubtator:3: error autoantibody-target: MDA5 64135 (Gene)" in told
    assert "44-48 in abstract" in told
    assert "The boy had anti->>MDA5<< antibodies." in told
    assert "the id is NCBIGene:64135 IFIH1 (ncbigene " in told
    assert "proposed  HP:0033033 Anti-MDA5 antibody positivity (hp " in told


def test_the_command_that_is_told_accepts_the_proposal_for_every_later_run(
    run: Run, here: Path
) -> None:
    before = run("lint", "antigen.pubtator", "--format", "json")
    commands = {each["accept"] for each in lines(before)[0]["findings"]}
    assert len(commands) == 1
    accepted = run(*commands.pop().split()[1:], "--curator", "A. Curator")
    assert accepted.exit_code == 0, accepted.stderr
    after = run("lint", "antigen.pubtator", "--format", "json")
    assert (after.exit_code, rules(after)) == (0, [])
    assert account(after)["review"]["applied"] == 1
    without = run("lint", "antigen.pubtator", "--format", "json", "--no-review")
    assert rules(without) == rules(before)


def test_options_that_review_needs_stand_in_the_command(run: Run, here: Path) -> None:
    shutil.copy("antigen.pubtator", "odd name.txt")
    result = run("lint", "odd name.txt", "--from", "pubtator", "--format", "json")
    command = lines(result)[0]["findings"][0]["accept"]
    assert command.startswith("exporter review 'odd name.txt' --from pubtator --accept r")


def test_a_sound_paper_has_no_finding_and_no_failure(run: Run, here: Path) -> None:
    result = run("lint", "sound.pubtator")
    assert result.exit_code == 0
    assert "findings    0 (none)" in result.stdout
    assert "PMID7000002" not in result.stdout


def test_findings_stand_below_their_document_worst_first(run: Run, here: Path) -> None:
    result = run("lint", SEED, "--format", "json")
    levels = [each["level"] for each in lines(result)[0]["findings"]]
    assert levels == sorted(levels, key=["error", "warning", "note"].index)
    assert len(set(levels)) == 3


@pytest.mark.parametrize(
    ("options", "status"),
    [
        ((), 1),
        (("--fail-on", "never"), 0),
        (("--no-rule", "autoantibody-target"), 0),
        (("--rule", "wrong-id"), 0),
        (("--rule", "autoantibody-target"), 1),
        (("--rule", "autoantibody-target", "--fail-on", "note"), 1),
    ],
)
def test_the_exit_status_follows_what_was_asked_for(
    run: Run, here: Path, options: tuple[str, ...], status: int
) -> None:
    assert run("lint", "antigen.pubtator", *options).exit_code == status


def test_a_level_hides_findings_but_neither_forgets_nor_forgives_them(run: Run, here: Path) -> None:
    result = run("lint", SEED, "--format", "json", "--level", "error", "--fail-on", "note")
    every = run("lint", SEED, "--format", "json")
    assert set(rules(result)) < set(rules(every))
    told, whole = account(result), account(every)
    assert told["findings"] == whole["findings"] == told["shown"] + sum(told["hidden"].values())
    notes = run("lint", SEED, "--level", "error", "--rule", "second-label", "--fail-on", "note")
    assert notes.exit_code == 1


def test_every_annotation_is_in_the_account(run: Run, here: Path) -> None:
    (here / "unknown.pubtator").write_text(UNKNOWN, "utf-8")
    result = run("lint", ".", "--format", "json", "--all")
    told = account(result)
    annotations = [each for line in lines(result)[:-1] for each in line["annotations"]]
    assert len(annotations) == told["annotations"] == sum(told["statuses"].values())
    assert told["annotations"] == sum(told["decided_by"].values())
    assert told["findings"] == sum(told["by_rule"].values()) == sum(told["by_level"].values())
    assert told["uncertain"]["not-checked"]["NCBIGene"] == {"NCBIGene:999999998": 1}
    assert (told["papers"], told["cases"]) == (4, 1)


def test_nothing_that_is_neither_shown_as_fact_nor_told_is_missing_from_the_account(
    run: Run, here: Path
) -> None:
    result = run("lint", SEED, "--format", "json", "--all")
    (paper, last) = lines(result)
    told = {
        (each["annotation"]["key"], each["annotation"]["annotator"])
        for each in paper["findings"]
        if each["annotation"]
    }
    silent = [
        each
        for each in paper["annotations"]
        if each["status"] not in {"clean", "accepted"}
        and (each["key"], each["annotator"]) not in told
    ]
    counted = last["account"]["uncertain"]
    assert len(silent) == sum(
        n for by in counted.values() for ids in by.values() for n in ids.values()
    )
    assert silent


def test_all_tells_every_grounding_with_its_reasons(run: Run, here: Path) -> None:
    paper = lines(run("lint", SEED, "--format", "json", "--all"))[0]
    jdm = next(a for a in paper["annotations"] if a["stated_as"] == "MESH:D003882")
    assert (jdm["status"], jdm["rule"]) == ("narrowed", "broader-id")
    assert jdm["proposed"]["id"] == "MONDO:0008054"
    assert jdm["is"]["label"] == "Dermatomyositis"
    assert {"score", "candidates", "mappings", "version", "verdict"} <= set(jdm)
    mapped = [each for a in paper["annotations"] for each in a["mappings"]]
    assert any(each["subject"].startswith("MESH:") and each["source"] for each in mapped)


def test_all_belongs_to_json_only(run: Run, here: Path) -> None:
    result = run("lint", SEED, "--all")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--format json" in result.stderr


def test_a_case_is_linted_with_the_line_of_each_finding(run: Run, here: Path) -> None:
    text = Path("sabbagh-2019-p1.yaml").read_text("utf-8")
    Path("made-up.yaml").write_text(text.replace("MONDO:0008054", "MONDO:0011362"), "utf-8")
    sound, wrong = (
        run("lint", name, "--format", "json", "--level", "warning")
        for name in ("sabbagh-2019-p1.yaml", "made-up.yaml")
    )
    assert "label-against-id" not in rules(sound)
    assert "label-against-id" in rules(wrong)
    found = [e for e in lines(wrong)[0]["findings"] if e["rule"] == "label-against-id"]
    assert all(each["where"]["line"] for each in found)
    assert wrong.exit_code == 1


def test_releases_are_told_with_where_they_are_held(run: Run, here: Path) -> None:
    told = account(run("lint", "antigen.pubtator", "--format", "json"))["releases"]
    genes = next(each for each in told if each["name"] == "ncbigene")
    assert (genes["held"], genes["annotations"]) == ("bundled", 2)
    assert any(each["annotations"] == 0 for each in told)


@pytest.mark.parametrize("form", ["text", "json", "sarif", "html"])
def test_the_same_input_gives_the_same_bytes(run: Run, here: Path, form: str) -> None:
    first, second = (
        run("lint", ".", "--format", form, "--fail-on", "never").stdout_bytes for _ in range(2)
    )
    assert first == second
    assert first


def test_the_same_paper_is_judged_alike_whatever_was_read_before(run: Run, here: Path) -> None:
    alone = run("lint", "antigen.pubtator", "--format", "json").stdout.splitlines()[0]
    after = run("lint", "sound.pubtator", SEED, "antigen.pubtator", "--format", "json")
    assert alone in after.stdout.splitlines()


def test_an_empty_file_is_refused_and_a_file_without_annotations_is_not(
    run: Run, here: Path
) -> None:
    Path("empty.md").write_bytes(b"")
    assert run("lint", "empty.md").exit_code == 3
    Path("none.pubtator").write_text("7000009|t|A title.\n7000009|a|A text.\n\n", "utf-8")
    result = run("lint", "none.pubtator")
    assert result.exit_code == 0
    assert "annotations 0 (none)" in result.stdout


def test_what_cannot_be_read_ends_the_run_unless_it_is_to_go_on(run: Run, here: Path) -> None:
    Path("broken.pubtator").write_text(
        f"{SOUND}7000004|t|Title\n7000004|a|Text\n7000004\tx\ty\tz\tGene\t1\n\n{ANTIGEN}", "utf-8"
    )
    stopped = run("lint", "broken.pubtator", "-o", "report.txt")
    assert (stopped.exit_code, Path("report.txt").exists()) == (3, False)
    result = run("lint", "broken.pubtator", "--keep-going", "--format", "json")
    assert result.exit_code == 3
    assert "autoantibody-target" in result.stdout
    told = [json.loads(line) for line in result.stdout.splitlines()]
    assert told[-1]["account"]["left_out"] == 1
    assert [line["left_out"]["where"]["line"] for line in told if "left_out" in line] == [7]


def test_nothing_named_and_nothing_found_are_told(run: Run, here: Path) -> None:
    assert run("lint").exit_code == 2
    Path("empty").mkdir()
    assert run("lint", "empty").exit_code == 3


def test_the_report_does_not_replace_what_is_linted(run: Run, here: Path) -> None:
    assert run("lint", SEED, "-o", SEED).exit_code == 2
    before = Path(SEED).read_bytes()
    assert run("lint", ".", "-o", SEED).exit_code == 2
    assert Path(SEED).read_bytes() == before
    assert [each.name for each in here.iterdir() if each.name.endswith(".part")] == []


def test_a_report_in_the_folder_that_is_linted_may_be_written_again(run: Run, here: Path) -> None:
    for _ in range(2):
        assert run("lint", ".", "-o", "report.txt", "--fail-on", "never").exit_code == 0


def test_decisions_are_applied_or_left_out_but_not_both(run: Run, here: Path) -> None:
    assert run("lint", SEED, "--review", "mine.tsv", "--no-review").exit_code == 2


def test_a_file_that_is_passed_over_is_named_and_counted(run: Run, here: Path) -> None:
    Path("notes.xyz").write_text("nothing of ours", "utf-8")
    result = run("lint", ".", "--fail-on", "never")
    assert "notes.xyz" in result.stderr
    assert "passed over 1 file" in result.stdout

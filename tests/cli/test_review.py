"""A curator's round: list, decide, import again in any way; no decision is lost or misapplied."""

import csv
import gzip
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from pyoxigraph import QuerySolutions, RdfFormat, Store

Run = Callable[..., Result]
Rows = list[dict[str, str]]
SEED, OTHER = "PMC12841639.md", "DOI-10.3389-fped.2022.962585.md"
LC = "https://w3id.org/linked-case/vocab#"
OBO = "http://purl.obolibrary.org/obo/"
BY = ("--curator", "A. Curator")
PUBTATOR = """\
7000001|t|A case of dermatomyositis.
7000001|a|The boy had anti-MDA5 antibodies. Antibodies against MDA5 fell in the patients.
7000001	44	48	MDA5	Gene	64135
7000001	80	84	MDA5	Gene	64135
7000001	10	25	dermatomyositis	Disease	D003882

"""


@pytest.fixture
def here(tmp_path: Path, examples: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of one's own with some digests and a PubTator file, and no name of a curator."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("LINKED_CASE_CURATOR", raising=False)
    (tmp_path / "papers").mkdir()
    for name in (SEED, OTHER, "PMC7149096.md"):
        shutil.copy(examples / "digests" / name, tmp_path / "papers")
    (tmp_path / "papers" / "some.pubtator").write_text(PUBTATOR, "utf-8")
    return tmp_path


def rows(path: Path | str = "review.tsv") -> Rows:
    with Path(path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def fill(path: Path | str, *verdicts: tuple[str, dict[str, str]]) -> None:
    """Fill lines as a curator does in a spreadsheet; a line is found by its label, or key."""
    table = rows(path)
    for label, cells in verdicts:
        for row in table:
            if label in (row["label"], row["key"]):
                row.update(cells)
    save(path, table)


def save(path: Path | str, table: Rows) -> None:
    with Path(path).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(table[0]), delimiter="\t", lineterminator="\n")
        writer.writeheader()
        writer.writerows(table)


def key(label: str, path: Path | str = "review.tsv", rule: str = "") -> str:
    found = [row for row in rows(path) if row["label"] == label and rule in row["rule"]]
    return found[0]["key"]


def states(path: Path | str = "review.tsv") -> dict[str, str]:
    """The verdict and state of each decided line, by label."""
    return {r["label"]: f"{r['verdict']}: {r['state']}" for r in rows(path) if r["verdict"]}


def exported(run: Run, *inputs: str, review: str = "review.tsv") -> tuple[Store, str]:
    result = run("export", *inputs, "--review", review, "-o", "out.nq", "--no-ontologies")
    assert result.exit_code == 0, result.stderr
    store = Store()
    store.load(path="out.nq", format=RdfFormat.N_QUADS)
    return store, result.stderr


def bodies(store: Store, label: str) -> set[str]:
    """What annotations of a label mean, as a query without any filter sees it."""
    said = f'?a <{LC}statedLabel> "{label}" ; <http://www.w3.org/ns/oa#hasBody> ?b'
    answer = store.query(f"SELECT ?b WHERE {{ GRAPH ?g {{ {said} }} }}")
    assert isinstance(answer, QuerySolutions)
    return {row["b"].value for row in answer}


def account(told: str) -> str:
    return next(line for line in told.splitlines() if line.startswith("review      "))


DECIDED = (
    ("muscle and skin involvement", {"verdict": "reject", "reason": "a phrase"}),
    ("CHD3", {"verdict": "accept", "curator": "B", "date": "2026-01-15"}),
    ("CS", {"verdict": "replace-with CHEBI:50858", "reason": "steroids"}),
    ("growth failure", {"verdict": "narrow-to", "target": "HP:0001510"}),
    ("rash", {"verdict": "keep"}),
    ("MDA5", {"verdict": "accept"}),
)
MEANT = {
    "muscle and skin involvement": set(),
    "CHD3": {f"{OBO}HP_0033554"},
    "CS": {f"{OBO}CHEBI_50858"},
    "growth failure": {f"{OBO}HP_0001510"},
    "rash": {f"{OBO}MONDO_0006547"},
    "MDA5": {f"{OBO}HP_0033033"},
}


@pytest.fixture
def decided(here: Path, run: Run) -> Path:
    """The folder after a round: listed, filled in a spreadsheet."""
    assert run("review", "papers", "-o", "review.tsv").exit_code == 0
    fill("review.tsv", *DECIDED)
    return here


# --- the list ---


def test_there_is_a_line_for_each_open_finding_with_place_words_and_proposal(
    here: Path, run: Run
) -> None:
    result = run("review", f"papers/{SEED}")
    (line,) = [
        r
        for r in csv.DictReader(result.stdout.splitlines(), delimiter="\t")
        if r["label"] == "CHD3"
    ]
    assert line["document"] == "PMC12841639"
    assert line["place"].startswith("line 33")
    assert (line["rule"], line["level"]) == ("autoantibody-target", "error")
    assert (line["stated"], line["concept"], line["concept_label"]) == (
        "NCBI Gene 1107",
        "NCBIGene:1107",
        "CHD3",
    )
    assert "antibodies against" in line["says"]
    assert (line["proposal"], line["proposal_label"]) == (
        "HP:0033554",
        "Anti-Mi2 antibody positivity",
    )
    assert line["verdict"] == line["curator"] == line["date"] == ""


def test_what_is_right_has_no_line_unless_all_is_asked_for(here: Path, run: Run) -> None:
    right = "baricitinib"
    assert right not in {
        row["label"]
        for row in csv.DictReader(
            run("review", f"papers/{SEED}").stdout.splitlines(), delimiter="\t"
        )
    }
    every = run("review", f"papers/{SEED}", "--all").stdout
    assert right in {row["label"] for row in csv.DictReader(every.splitlines(), delimiter="\t")}


def test_the_same_papers_give_the_same_bytes_in_any_order(here: Path, run: Run) -> None:
    one = run("review", f"papers/{SEED}", f"papers/{OTHER}", "papers/some.pubtator").stdout
    assert run("review", "papers/some.pubtator", f"papers/{OTHER}", f"papers/{SEED}").stdout == one


def test_listing_again_keeps_what_is_filled_and_adds_what_is_new(here: Path, run: Run) -> None:
    run("review", f"papers/{SEED}", "-o", "review.tsv")
    fill(
        "review.tsv",
        ("CHD3", {"verdict": "accept", "reason": "seen", "curator": "B", "date": "2026-01-15"}),
        ("jak", {"reason": "ask a colleague"}),
    )
    before = rows()
    result = run("review", "papers", "-o", "review.tsv")
    assert result.exit_code == 0
    after = {row["key"]: row for row in rows()}
    assert set(after) > {row["key"] for row in before}
    (chd3,) = [row for row in before if row["label"] == "CHD3"]
    kept = after[chd3["key"]]
    for column in ("verdict", "reason", "curator", "date", "proposal"):
        assert kept[column] == chd3[column]
    assert (kept["state"], kept["number"]) == ("decided", "1")
    assert (
        next(row for row in after.values() if row["label"] == "jak")["reason"] == "ask a colleague"
    )
    again = Path("review.tsv").read_bytes()
    run("review", "papers", "-o", "review.tsv")
    assert Path("review.tsv").read_bytes() == again


def test_a_file_that_is_no_review_is_not_overwritten(here: Path, run: Run) -> None:
    Path("notes.tsv").write_text("my notes\n", "utf-8")
    assert run("review", f"papers/{SEED}", "-o", "notes.tsv").exit_code == 3
    assert Path("notes.tsv").read_text("utf-8") == "my notes\n"
    refused = run("review", f"papers/{SEED}", "-o", f"papers/{SEED}")
    assert refused.exit_code in (2, 3)
    assert Path("papers", SEED).read_text("utf-8").startswith("# ")


# --- the round trip ---


def test_every_verdict_is_applied_to_digests_and_pubtator_files(decided: Path, run: Run) -> None:
    store, told = exported(run, "papers")
    assert {label: bodies(store, label) for label in MEANT} == MEANT
    assert "validation  conforms" in told
    assert ", 0 not applied, 0 about other papers" in account(told)
    assert {row["format"] for row in rows() if row["verdict"]} == {"digest", "pubtator"}


def test_verdicts_follow_papers_that_are_renamed_edited_and_read_in_another_order(
    decided: Path, run: Run
) -> None:
    papers = Path("papers")
    text = (papers / SEED).read_text("utf-8")
    edited = text.replace("**Diseases:** ", "**Diseases:** vasculitis (MESH:D014657), ", 1)
    edited = edited.replace("## Abstract\n\n", "## Abstract\n\nA new sentence begins it. ")
    assert len(edited) > len(text) + 30
    (papers / "z-renamed.md").write_text(edited, "utf-8")
    (papers / SEED).unlink()
    (papers / "some.pubtator").rename("a.txt")
    inputs = ["papers/z-renamed.md", "papers/PMC7149096.md", "a.txt", f"papers/{OTHER}"]
    store, told = exported(run, *inputs)
    assert {label: bodies(store, label) for label in MEANT} == MEANT
    assert ", 0 not applied, 0 about other papers" in account(told)


def test_a_paper_that_gets_a_better_id_keeps_its_verdicts(decided: Path, run: Run) -> None:
    paper = Path("papers", OTHER)
    text = paper.read_text("utf-8")
    (line,) = [row for row in rows() if row["label"] == "CS" and row["format"] == "digest"]
    assert line["document"] == "10.3389/fped.2022.962585"
    head = next(part for part in text.splitlines() if "DOI: " in part)
    paper.write_text(text.replace(head, f"PMID: 35911111 · {head}"), "utf-8")
    store, told = exported(run, "papers")
    assert "paper/PMID35911111/" in Path("out.nq").read_text("utf-8")
    assert bodies(store, "CS") == MEANT["CS"]
    assert ", 0 not applied, 0 about other papers" in account(told)


def test_verdicts_on_papers_that_are_not_read_are_counted_and_kept(decided: Path, run: Run) -> None:
    _, told = exported(run, f"papers/{SEED}")
    assert "2 applied, 0 not applied, 4 about other papers" in account(told)
    run("review", f"papers/{SEED}", "-o", "review.tsv")
    assert set(states()) == {label for label, _ in DECIDED}


def test_a_verdict_whose_annotation_is_gone_is_told_kept_and_comes_back(
    decided: Path, run: Run
) -> None:
    paper = Path("papers", SEED)
    text = paper.read_text("utf-8")
    paper.write_text(
        text.replace("CHD3 (", "JAK1 (").replace("NCBI Gene 1107", "NCBI Gene 3716"), "utf-8"
    )
    _, told = exported(run, "papers")
    assert re.search(r"doubtful: review\.tsv:\d+: stale-verdict .*no such annotation", told)
    assert ", 1 not applied" in account(told)
    run("review", "papers", "-o", "review.tsv")
    assert states()["CHD3"].startswith("accept: no longer applies")
    paper.write_text(text, "utf-8")
    store, told = exported(run, "papers")
    assert bodies(store, "CHD3") == MEANT["CHD3"]
    run("review", "papers", "-o", "review.tsv")
    assert states()["CHD3"] == "accept: decided"


def test_accept_does_not_take_another_proposal_and_a_new_decision_settles_it(
    decided: Path, run: Run
) -> None:
    run("review", "papers", "-o", "review.tsv")
    fill("review.tsv", (key("CHD3"), {"proposal": "HP:0033033", "target": "HP:0033033"}))
    store, told = exported(run, "papers")
    assert bodies(store, "CHD3") == set()
    assert "stale-verdict HP:0033033" in told
    run("review", "papers", "-o", "review.tsv")
    assert {row["verdict"] for row in rows() if row["label"] == "CHD3"} == {"", "accept"}
    table = rows()
    for row in table:
        if row["label"] == "CHD3" and not row["verdict"]:
            row["verdict"] = "accept"
    save("review.tsv", table)
    store, told = exported(run, "papers")
    assert bodies(store, "CHD3") == MEANT["CHD3"]
    assert "stale-verdict" not in told


def test_the_sheet_may_be_sorted_cut_and_saved_in_another_form(decided: Path, run: Run) -> None:
    columns = ["verdict", "key", "target", "reason", "proposal"]
    table = [[row[c] for c in columns] for row in reversed(rows()) if row["verdict"]]
    text = "\r\n".join(";".join(cells) for cells in [columns, *table])
    Path("mine.csv").write_bytes(text.encode("utf-16"))
    store, _ = exported(run, "papers", review="mine.csv")
    assert {label: bodies(store, label) for label in MEANT} == MEANT


def test_the_same_review_gives_the_same_bytes(decided: Path, run: Run) -> None:
    exported(run, "papers")
    once = Path("out.nq").read_bytes()
    exported(
        run, "papers/PMC7149096.md", "papers/some.pubtator", f"papers/{SEED}", f"papers/{OTHER}"
    )
    assert Path("out.nq").read_bytes() == once
    for name in (str(decided), "review.tsv"):
        assert name.encode() not in once


# --- which file ---


def test_the_usual_file_is_applied_and_announced(decided: Path, run: Run) -> None:
    Path("review.tsv").rename("linked-case.review.tsv")
    told = run("export", "papers", "--dry-run").stderr
    assert "applied     linked-case.review.tsv of this folder" in told
    assert "6 applied" in account(told)
    ignored = run("export", "papers", "--dry-run", "--no-review").stderr
    assert "linked-case.review.tsv" not in ignored
    assert "review      " not in ignored
    both = run("export", "papers", "--no-review", "--review", "linked-case.review.tsv")
    assert both.exit_code == 2


def test_verdicts_of_several_files_add_up_and_differing_ones_are_refused(
    decided: Path, run: Run
) -> None:
    table = rows()
    first = [row for row in table if row["label"] == "CHD3"]
    save("one.tsv", first)
    save("two.tsv", [row for row in table if row["label"] == "rash" and row["verdict"]])
    both = run("export", "papers", "--dry-run", "--review", "one.tsv", "--review", "two.tsv")
    assert "2 applied" in account(both.stderr)
    save("two.tsv", [{**first[0], "verdict": "reject"}])
    refused = run("export", "papers", "--dry-run", "--review", "one.tsv", "--review", "two.tsv")
    assert refused.exit_code == 3
    assert "one.tsv:2" in refused.stderr
    assert "two.tsv:2" in refused.stderr


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        ("replace-with MONDO:9999999", "none of the installed"),
        ("replace-with dermatomyositis", "MONDO:0016367"),
        ("narrow-to MONDO:0017960", "MONDO:0009726"),
        ("perhaps", "accept, keep, reject"),
    ],
)
def test_a_line_that_cannot_be_used_stops_the_export_and_says_where(
    verdict: str, said: str, decided: Path, run: Run
) -> None:
    fill("review.tsv", ("CHD3", {"verdict": verdict}))
    refused = run("export", "papers", "--review", "review.tsv", "-o", "out.nq")
    assert refused.exit_code == 3
    assert re.search(r"review\.tsv:\d+: E190", refused.stderr)
    assert said in refused.stderr
    assert not Path("out.nq").exists()


# --- deciding by key ---


@pytest.fixture
def listed(here: Path, run: Run) -> Path:
    run("review", "papers", "-o", "review.tsv")
    return here


def test_one_command_accepts_a_proposal_and_one_takes_it_back(listed: Path, run: Run) -> None:
    call = ("review", "--review", "review.tsv")
    accepted = run(*call, "--accept", key("CHD3"), *BY, "--reason", "as the text says")
    assert accepted.exit_code == 0
    assert "accept HP:0033554 for 'CHD3'" in accepted.stderr
    assert states() == {"CHD3": "accept: decided"}
    store, _ = exported(run, "papers")
    assert bodies(store, "CHD3") == MEANT["CHD3"]
    undone = run(*call, "--undo")
    assert undone.exit_code == 0
    store, _ = exported(run, "papers")
    assert bodies(store, "CHD3") == set()
    assert run(*call, "--undo").exit_code == 2
    assert states() == {"CHD3": "accept: undone"}


def test_several_decisions_are_made_at_once_and_taken_back_one_by_one(
    listed: Path, run: Run
) -> None:
    call = ("review", "--review", "review.tsv")
    made = run(
        *call,
        *("--reject", key("muscle and skin involvement")),
        *("--replace", key("CS", rule="wrong-id"), "corticosteroid"),
        *("--narrow", key("growth failure"), "HP:0001510"),
        *("--keep", key("rash")),
        *BY,
    )
    assert made.exit_code == 0, made.stderr
    assert len([row for row in rows() if row["state"] == "decided"]) == 4
    for left in (3, 2, 1, 0):
        assert run(*call, "--undo").exit_code == 0
        assert len([row for row in rows() if row["state"] == "decided"]) == left
    assert len([row for row in rows() if row["state"] == "undone"]) == 4


def test_without_a_list_the_papers_serve_and_the_usual_file_takes_the_decision(
    here: Path, run: Run
) -> None:
    table = list(
        csv.DictReader(run("review", f"papers/{SEED}").stdout.splitlines(), delimiter="\t")
    )
    (line,) = [row for row in table if row["label"] == "CHD3"]
    unknown = run("review", "--accept", line["key"], *BY)
    assert unknown.exit_code == 2
    assert "exporter review FILE --accept KEY" in unknown.stderr
    assert not Path("linked-case.review.tsv").exists()
    assert run("review", f"papers/{SEED}", "--accept", line["key"], *BY).exit_code == 0
    assert states("linked-case.review.tsv") == {"CHD3": "accept: decided"}


def test_what_no_rule_doubts_may_be_rejected_too(listed: Path, run: Run) -> None:
    every = run("review", f"papers/{SEED}", "--all", "--no-review").stdout
    right = min(
        row["key"]
        for row in csv.DictReader(every.splitlines(), delimiter="\t")
        if row["label"] == "baricitinib" and row["kind"] == "Chemicals"
    )
    done = run("review", "papers", "--review", "review.tsv", "--reject", right, *BY)
    assert done.exit_code == 0
    _, told = exported(run, "papers")
    assert "stale-verdict" not in told
    assert "1 applied" in account(told)


def test_a_decision_needs_a_curator_who_may_come_from_the_environment(
    listed: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    call = ("review", "--review", "review.tsv", "--accept", key("CHD3"))
    refused = run(*call)
    assert refused.exit_code == 2
    assert "--curator NAME" in refused.stderr
    assert states() == {}
    monkeypatch.setenv("LINKED_CASE_CURATOR", "E. Nvironment")
    assert run(*call).exit_code == 0
    (line,) = [row for row in rows() if row["verdict"]]
    assert line["curator"] == "E. Nvironment"
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", line["date"])


@pytest.mark.parametrize(
    ("options", "status", "said"),
    [
        (("--replace", "CHD3", "MONDO:9999999"), 3, "none of the installed"),
        (("--replace", "CHD3", "dermatomyosits"), 3, "dermatomyositis"),
        (("--narrow", "skin lesions", "MONDO:0015925"), 3, "--replace"),
        (("--accept", "nothing"), 2, "no line has the key"),
        (("--accept", "CHD3", "--undo"), 2, "do not go together"),
        (("--accept", "CHD3", "--interactive"), 2, "do not go together"),
        (("--interactive",), 2, "standard input is none"),
    ],
)
def test_what_cannot_be_decided_is_refused_and_changes_nothing(
    options: tuple[str, ...], status: int, said: str, listed: Path, run: Run
) -> None:
    before = Path("review.tsv").read_bytes()
    labels = {row["label"]: row["key"] for row in rows()}
    arguments = [labels.get(option, option) for option in options]
    refused = run("review", "papers", "--review", "review.tsv", *BY, *arguments)
    assert refused.exit_code == status, refused.stderr
    assert said in refused.stderr
    assert Path("review.tsv").read_bytes() == before


def test_review_of_nothing_says_what_to_name(here: Path, run: Run) -> None:
    assert "exporter review papers/" in run("review").stderr
    Path("empty").mkdir()
    assert run("review", "empty").exit_code == 3


def test_unsigned_lines_are_told_by_the_shapes_and_signed_on_request(
    decided: Path, run: Run
) -> None:
    _, told = exported(run, "papers")
    assert "verdict-signed" in told
    run("review", "papers", "-o", "review.tsv", "--curator", "C")
    signed = {row["label"]: row["curator"] for row in rows() if row["verdict"]}
    assert signed == {**dict.fromkeys(signed, "C"), "CHD3": "B"}
    _, told = exported(run, "papers")
    assert "verdict-signed" not in told


def test_a_decision_leaves_links_and_permissions_as_they_were(listed: Path, run: Run) -> None:
    before = Path("review.tsv").read_bytes()
    Path("review.tsv").chmod(0o600)
    Path("link.tsv").symlink_to("review.tsv")
    assert run("review", "--review", "link.tsv", "--keep", key("CHD3"), *BY).exit_code == 0
    assert Path("link.tsv").is_symlink()
    assert Path("review.tsv").read_bytes() != before
    assert Path("review.tsv").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in listed.iterdir() if path.name.startswith(".exporter")] == []


@pytest.mark.shared
def test_every_verdict_on_real_papers_holds_in_another_order(
    here: Path, shared: Path, run: Run
) -> None:
    corpus = gzip.decompress((shared / "data/corpora/biored/Dev.PubTator.gz").read_bytes())
    papers = corpus.decode("utf-8").split("\n\n")[:25]
    Path("papers", "b.pubtator").write_text("\n\n".join(papers) + "\n", "utf-8")
    shutil.copytree(shared / "corpus" / "digests", "digests")
    assert run("review", "papers", "digests", "-o", "review.tsv").exit_code == 0
    table = rows()
    assert {"digest", "pubtator"} <= {row["format"] for row in table}
    for number, row in enumerate(table):
        row["verdict"] = "accept" if row["proposal"] else ("keep", "reject")[number % 2]
    save("review.tsv", table)
    turned = "\n\n".join(reversed(papers))
    Path("papers", "b.pubtator").unlink()
    Path("a.txt").write_text(turned.strip("\n") + "\n", "utf-8")
    _, told = exported(run, "digests", "a.txt", "papers")
    assert f"review      {len(table)} ({len(table)} applied, 0 not applied, 0 about" in told
    assert "validation  conforms" in told

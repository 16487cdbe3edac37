"""``export`` writes all of it or nothing, the same bytes each time, and names what is wrong."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pyoxigraph import RdfFormat, Store
from rdflib import Dataset, Graph
from rdflib.compare import isomorphic

from exporter.cli import main

Run = Callable[..., Result]
CASE = "yu-2020-p1.yaml"


@pytest.fixture
def cases(tmp_path: Path, examples: Path) -> Path:
    """A folder with a few cases to break, and the digests they quote."""
    folder = tmp_path / "cases"
    folder.mkdir()
    for name in (CASE, "buzoianu-2026-p1.yaml", "wang-2022-g1.yaml"):
        shutil.copy(examples / "cases" / name, folder)
    digests = folder / "digests"
    digests.mkdir()
    for name in ("PMC8466894.md", "PMC12841639.md", "DOI-10.3389-fped.2022.962585.md", "texts.csv"):
        shutil.copy(examples / "digests" / name, digests)
    return folder


def edited(folder: Path, before: str, after: str, name: str = CASE) -> Path:
    file = folder / name
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after), encoding="utf-8")
    return file


def test_a_digest_goes_to_standard_output_as_turtle(run: Run, examples: Path) -> None:
    result = run("export", examples / "digests" / "PMC7218611.md")
    assert result.exit_code == 0
    graph = Graph().parse(data=result.stdout, format="turtle")
    assert len(graph) > 100
    assert "validation  conforms" in result.stderr


def test_a_digest_from_standard_input_needs_a_name(run: Run) -> None:
    nameless = b"# A title\n\n## TL;DR\n\nSome words.\n\n## Abstract\n\nMore words.\n"
    refused = run("export", "-", stdin=nameless)
    assert refused.exit_code == 2
    assert "--id" in refused.stderr
    named = run("export", "-", "--id", "mine", stdin=nameless)
    assert named.exit_code == 0
    assert "paper/mine" in named.stdout


FORMS = {
    "ttl": (RdfFormat.TURTLE, "turtle"),
    "trig": (RdfFormat.TRIG, "trig"),
    "nq": (RdfFormat.N_QUADS, "nquads"),
    "nt": (RdfFormat.N_TRIPLES, "nt"),
    "jsonld": (RdfFormat.JSON_LD, "json-ld"),
}


@pytest.fixture(scope="module")
def reference(examples: Path) -> Graph:
    """Every statement of the digests, as N-Triples gives it to rdflib."""
    result = CliRunner().invoke(main, ["export", str(examples / "digests"), "-t", "ntriples"])
    assert result.exit_code == 0, result.stderr
    return Graph().parse(data=result.stdout, format="nt")


@pytest.mark.parametrize("suffix", FORMS)
def test_both_libraries_read_every_format_as_the_same_graph(
    reference: Graph, examples: Path, tmp_path: Path, suffix: str
) -> None:
    target = tmp_path / f"out.{suffix}"
    call = ["export", str(examples / "digests"), "-o", str(target), "--no-ontologies"]
    assert CliRunner().invoke(main, [*call, "--no-validate"]).exit_code == 0
    ours, theirs = FORMS[suffix]
    dataset = Dataset(default_union=True)
    dataset.parse(str(target), format=theirs)
    one = Graph()
    for triple in dataset.triples((None, None, None)):
        one.add(triple)
    assert isomorphic(one, reference)
    store = Store()
    store.load(path=str(target), format=ours)
    lines = "".join(sorted({f"{quad.triple} .\n" for quad in store}))
    assert isomorphic(Graph().parse(data=lines, format="nt"), reference)


@pytest.mark.parametrize("seed", ["1", "4242"])
def test_order_and_hash_seed_do_not_change_a_byte(
    examples: Path, tmp_path: Path, seed: str
) -> None:
    files = [str(path) for path in examples.rglob("*") if path.parent != examples]
    files = sorted(file for file in files if file.endswith((".md", ".yaml")))
    shuffled = sorted(files, key=lambda file: hashlib.sha256((file + seed).encode()).digest())
    assert shuffled != files
    written = []
    for number, (order, hash_seed) in enumerate(((files, "0"), (shuffled, seed))):
        target = tmp_path / f"{number}.trig"
        call = [sys.executable, "-m", "exporter", "-q", "export", "--no-validate", *order]
        environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
        subprocess.run([*call, "-o", str(target)], check=True, env=environment)  # noqa: S603
        written.append(target.read_bytes())
    assert written[0] == written[1]


BROKEN = [
    ("sex: female", "sex: {value: 5", "not closed"),
    ("case_id: yu-2020-p1", "case_id: wang-2022-g1", "case id"),
    ("iso8601: P11Y", "iso8601: -P11Y", "age"),
    ('id: "MONDO:0008054"', 'id: "MONDOO:0008054"', "MONDO"),
    ('id: "CHEBI:71200"', 'id: "MONDO:0016367"', "drug"),
    ('label: tofacitinib, id: "CHEBI:71200"', "label: glibberstoff, id: null", "glibberstoff"),
    ("dose_series: null", "dose_series: [{at: P0D, value: 5}]", "unit"),
    ("start: P0D, stop: null", "start: P8W, stop: P4W", "stop"),
    ("schema: linked-case/1", "schema: !!python/object:os.system linked-case/1", "tag"),
    ("sex: female", "sex: &x [*x, *x]", ""),
]


@pytest.mark.parametrize("fault", BROKEN)
def test_one_broken_case_stops_all_and_with_keep_going_only_itself(
    run: Run, cases: Path, tmp_path: Path, fault: tuple[str, str, str]
) -> None:
    before, after, said = fault
    broken = edited(cases, before, after)
    target = tmp_path / "out.nq"
    stopped = run("export", cases, "-o", target)
    assert stopped.exit_code == 3
    assert not target.exists()
    assert f"{broken}:" in stopped.stderr
    assert said.lower() in stopped.stderr.lower()
    assert "Traceback" not in stopped.stderr
    went_on = run("export", cases, "-o", target, "--keep-going", "--no-validate")
    assert went_on.exit_code == 3
    written = target.read_text(encoding="utf-8")
    assert "case/buzoianu-2026-p1" in written
    assert "case/yu-2020-p1>" not in written


def test_a_label_of_another_concept_keeps_its_case_out(run: Run, cases: Path) -> None:
    edited(cases, "CHEBI:71200", "CHEBI:66919")
    result = run("export", cases, "-o", cases / "out.nq")
    assert result.exit_code == 3
    assert "label-against-id the label is 'tofacitinib'" in result.stderr
    assert not (cases / "out.nq").exists()


def test_an_id_that_no_slice_holds_is_doubtful_and_kept(run: Run, cases: Path) -> None:
    edited(cases, "MONDO:0008054", "MONDO:9999999")
    result = run("export", cases, "-o", cases / "out.nq")
    assert "doubtful: " in result.stderr
    assert "unknown-id MONDO:9999999" in result.stderr
    assert (cases / "out.nq").exists()


def test_a_quote_that_nobody_wrote_keeps_its_case_out(run: Run, cases: Path) -> None:
    edited(
        cases,
        "his IFN signature was markedly elevated",
        "the IFN signature was low",
        "buzoianu-2026-p1.yaml",
    )
    result = run("export", cases, "-o", cases / "out.nq")
    assert result.exit_code == 3
    assert "buzoianu-2026-p1.yaml:75" in result.stderr
    assert not (cases / "out.nq").exists()


def test_a_quote_whose_text_is_not_loaded_is_noted_and_kept(run: Run, examples: Path) -> None:
    result = run("export", examples / "cases" / "wang-2022-g1.yaml", "-t", "nquads")
    assert result.exit_code == 0
    assert "The rash improved in 19 of 20 patients" in result.stdout


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("latin.md", "# Größe\n\n## Abstract\n\nWörter\n".encode("latin-1"), "latin.md:1:5"),
        ("prose.md", b"Dear all,\nsome notes.\n", "not a digest"),
        ("empty.md", b"", "not a digest"),
        (
            "open.md",
            b"# T\n\nPMC\n\n## Abstract\n\nWords.\n\n## Full-text entities\n\n"
            b"- **Genes:** JAK1 (Janus kinase 1 [NCBI Gene 3716]\n",
            "open.md:11",
        ),
    ],
)
def test_what_cannot_be_read_is_named_with_its_place(
    run: Run, tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    result = run("export", file, "-o", tmp_path / "out.ttl")
    assert result.exit_code == 3
    assert said in result.stderr
    assert name in result.stderr
    assert not (tmp_path / "out.ttl").exists()


def test_a_folder_is_no_output_file_and_an_old_file_survives(
    run: Run, examples: Path, tmp_path: Path
) -> None:
    digest = examples / "digests" / "PMC7218611.md"
    assert run("export", digest, "-o", tmp_path, "-t", "turtle").exit_code == 3
    old = tmp_path / "old.ttl"
    old.write_text("# old\n", encoding="utf-8")
    broken = tmp_path / "broken.md"
    broken.write_bytes(b"\xff")
    assert run("export", broken, "-o", old).exit_code == 3
    assert old.read_text(encoding="utf-8") == "# old\n"


def test_a_dry_run_tells_the_same_and_writes_nothing(
    run: Run, examples: Path, tmp_path: Path
) -> None:
    target = tmp_path / "out.trig"
    result = run("export", examples, "-o", target, "--dry-run")
    assert result.exit_code == 0
    assert "cases       19" in result.stderr
    assert not target.exists()


def test_a_restricted_case_needs_a_base_of_its_own(run: Run, cases: Path) -> None:
    file = edited(cases, "privacy: public", "privacy: restricted")
    refused = run("export", file)
    assert refused.exit_code == 2
    assert "--base" in refused.stderr
    assert run("export", file, "--base", "https://clinic.example/id/").exit_code == 0


def test_skipping_validation_is_said_loudly(run: Run, examples: Path) -> None:
    result = run("export", examples / "digests" / "PMC7218611.md", "--no-validate")
    assert result.exit_code == 0
    assert "not validated" in result.stderr

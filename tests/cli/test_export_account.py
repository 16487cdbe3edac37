"""What ``export`` tells of its groundings: the same in RDF, in JSON and in the account."""

import gzip
import json
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from rdflib import Dataset, Graph, Literal, URIRef
from rdflib.namespace import OWL, RDF, RDFS

from exporter.model.identifiers import bundled_namespaces
from exporter.rdf.vocabulary import LC, SSSOM

Run = Callable[..., Result]
Told = tuple[Any, ...]
SEED = "PMC12841639.md"
PAPERS = 25
IN_QUESTION = ("/graph/mentions/", "/graph/mappings>")
PAPER = """7|t|Cancer and dermatomyositis with JAK1
7|a|On JAK1, baricitinib, ARA and foo.
7\t0\t6\tCancer\tDisease\tD999001
7\t11\t26\tdermatomyositis\tDisease\tMESH:D999002
7\t32\t36\tJAK1\tGene\t3716
7\t40\t44\tJAK1\tGene\t3716
7\t46\t57\tbaricitinib\tChemical\tC000596027
7\t59\t62\tARA\tChemical\tD999001
7\t67\t70\tfoo\tChemical\t-
"""


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "paper.pubtator"
    path.write_text(PAPER, encoding="utf-8")
    return path


def lines(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


def of_json(annotations: list[dict[str, Any]]) -> Counter[Told]:
    """Everything that JSON says of groundings, in a form in which it can be compared."""
    return Counter(
        (
            (each["annotator"], each["kind"], each["label"], each["stated_as"]),
            (each["status"], each["rule"], each["why"], each["version"]),
            None if each["score"] is None else Decimal(str(each["score"])),
            frozenset(row_of(each) for each in each["mappings"]),
            each["weighed"],
            tuple(
                (at["rank"], at["iri"], Decimal(str(at["score"])), at["why"], at["version"])
                for at in each["candidates"]
            ),
        )
        for each in annotations
    )


def row_of(mapping: dict[str, str]) -> Told:
    """A row, whichever way round it is told."""
    parse = bundled_namespaces().parse
    ends = frozenset(parse(mapping[name]).iri for name in ("subject", "object"))
    said = (mapping[name].rpartition(":")[2] for name in ("predicate", "justification"))
    return (ends, *said, mapping["source"], mapping["version"])


def of_rdf(file: Path) -> Counter[Told]:
    """Everything that the RDF says of groundings, in the same form."""
    quads = file.read_text(encoding="utf-8").splitlines()
    asked = "\n".join(quad for quad in quads if any(graph in quad for graph in IN_QUESTION))
    dataset = Dataset(default_union=True)
    dataset.parse(data=asked, format="nquads")
    graph = Graph()
    for triple in dataset.triples((None, None, None)):
        graph.add(triple)
    return Counter(
        grounding_of(graph, node, annotation)
        for node, annotation in graph.subject_objects(LC.ofAnnotation)
    )


def grounding_of(graph: Graph, node: Any, annotation: Any) -> Told:
    def said(about: Any, *names: str) -> Told:
        return tuple(str(graph.value(about, LC[name], default=Literal(""))) for name in names)

    score = graph.value(node, LC.groundingScore)
    candidates = [
        (
            int(str(graph.value(each, LC.candidateRank))),
            str(graph.value(each, LC.candidateConcept)),
            Decimal(str(graph.value(each, LC.candidateScore))),
            *said(each, "candidateReason", "ontologyVersion"),
        )
        for each in graph.objects(node, LC.hasCandidate)
    ]
    return (
        said(annotation, "annotator", "entityKind", "statedLabel", "statedAs"),
        (
            str(graph.value(node, LC.status)).rpartition("#")[2],
            *said(node, "rule", "reason", "ontologyVersion"),
        ),
        None if score is None else Decimal(str(score)),
        frozenset(mapping_of(graph, each) for each in graph.objects(node, LC.mappingUsed)),
        int(str(graph.value(node, LC.candidateCount, default=Literal("0")))),
        tuple(sorted(candidates)),
    )


def mapping_of(graph: Graph, row: Any) -> Told:
    (held,) = graph.subjects(SSSOM.mappings, row)
    ends: tuple[URIRef, ...] = (OWL.annotatedSource, OWL.annotatedTarget)
    names: tuple[URIRef, ...] = (OWL.annotatedProperty, SSSOM.mapping_justification)
    assert (row, RDF.type, OWL.Axiom) in graph, "the row is written, not only named"
    return (
        frozenset(str(graph.value(row, end)) for end in ends),
        *(str(graph.value(row, name)).replace("/", "#").rpartition("#")[2] for name in names),
        str(graph.value(held, RDFS.label)),
        str(graph.value(held, OWL.versionInfo, default=Literal(""))),
    )


def compared(run: Run, file: Path, target: Path) -> Iterator[Counter[Told]]:
    exported = lines(run("export", file, "-o", target, "--json", "--no-validate"))
    linted = lines(run("lint", file, "--format", "json", "--all", "--fail-on", "never"))
    for told in (exported, linted):
        yield of_json([each for paper in told[:-1] for each in paper["annotations"]])
    yield of_rdf(target)


def test_rdf_and_both_reports_say_the_same_of_a_paper_with_rivals(
    run: Run, paper: Path, tmp_path: Path
) -> None:
    exported, linted, written = compared(run, paper, tmp_path / "out.nq")
    assert exported == linted == written
    assert any(told[4] for told in written), "something was weighed"
    assert any(told[3] for told in written), "a mapping was used"


def test_rdf_and_both_reports_say_the_same_of_a_digest(
    run: Run, examples: Path, tmp_path: Path
) -> None:
    exported, linted, written = compared(run, examples / "digests" / SEED, tmp_path / "out.nq")
    assert exported == linted == written
    assert written.total() == 17


@pytest.mark.shared
def test_candidates_of_a_corpus_are_few_and_the_same_everywhere(
    run: Run, shared: Path, tmp_path: Path
) -> None:
    packed = (shared / "data" / "corpora" / "biored" / "Dev.PubTator.gz").read_bytes()
    papers = gzip.decompress(packed).split(b"\n\n")[:PAPERS]
    file = tmp_path / "papers.pubtator"
    file.write_bytes(b"\n\n".join(papers) + b"\n")
    exported, linted, written = compared(run, file, tmp_path / "out.nq")
    assert exported == linted == written
    assert max(len(told[5]) for told in written) <= 7
    assert sum(len(told[5]) * n for told, n in written.items()) < written.total()


def test_without_ontologies_the_rows_that_were_used_are_written_and_no_others(
    run: Run, paper: Path
) -> None:
    result = run("export", paper, "-t", "turtle")
    assert result.exit_code == 0, result.stderr
    graph = Graph().parse(data=result.stdout, format="turtle")
    used = set(graph.objects(None, LC.mappingUsed))
    assert used == set(graph.subjects(RDF.type, OWL.Axiom)) != set()
    assert used == set(graph.objects(None, SSSOM.mappings))
    assert {str(graph.value(row, OWL.annotatedSource)) for row in used} == {
        "http://id.nlm.nih.gov/mesh/C000596027"
    }


def test_ids_that_lead_nowhere_are_listed_by_namespace_and_none_is_missing(
    run: Run, paper: Path, tmp_path: Path
) -> None:
    result = run("export", paper, "-o", tmp_path / "out.nq", "--json")
    account = lines(result)[-1]["account"]
    assert account["uncertain"] == {
        "no-mapping": {"MESH": {"MESH:D999001": 2, "MESH:D999002": 1}},
        "unresolved": {"no id": {"foo": 1}},
    }
    assert "no-mapping  3 annotations" in result.stderr
    assert "  MESH: 3 of 2 (MESH:D999001 2, MESH:D999002 1)" in result.stderr
    assert account["annotations"] == sum(account["statuses"].values()) == 7
    uncounted = account["annotations"] - account["statuses"]["clean"] - account["findings"]
    assert uncounted == 4


def test_of_many_ids_the_text_names_some_and_json_all(run: Run, tmp_path: Path) -> None:
    heading, rest = "JAK1 " * 20, ""
    for number in range(20):
        start = 5 * number
        rest += f"8\t{start}\t{start + 4}\tJAK1\tDisease\tMESH:D{999100 + number}\n"
    path = tmp_path / "many.pubtator"
    path.write_text(f"8|t|{heading}\n8|a|\n{rest}", encoding="utf-8")
    result = run("export", path, "--dry-run", "--json")
    assert "MESH: 20 of 20 (MESH:D999100 1, " in result.stderr
    assert "and 15 more)" in result.stderr
    assert len(lines(result)[-1]["account"]["uncertain"]["no-mapping"]["MESH"]) == 20


def test_the_account_adds_up_over_papers_and_cases(run: Run, examples: Path) -> None:
    result = run("export", examples, "--dry-run", "--json")
    *papers, last = lines(result)
    account = last["account"]
    assert account["papers"] == len(papers)
    assert account["annotations"] == sum(len(paper["annotations"]) for paper in papers)
    assert account["findings"] == sum(account["by_rule"].values())
    assert f"findings    {account['findings']} " in result.stderr
    assert f"statements  {account['statements']}" in result.stderr
    assert f"evidence    {account['evidence_lines']} lines" in result.stderr


def test_what_was_left_out_has_its_line(run: Run, paper: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.md"
    broken.write_bytes(b"")
    result = run("export", paper, broken, "--dry-run", "--json", "--keep-going")
    assert result.exit_code == 3
    told = [json.loads(line) for line in result.stdout.splitlines()]
    assert [next(iter(each)) for each in told] == ["document", "left_out", "account"]
    assert told[1]["left_out"]["where"]["file"] == str(broken)
    assert told[2]["account"]["left_out"] == 1


def test_standard_output_holds_the_data_or_the_account(run: Run, paper: Path) -> None:
    result = run("export", paper, "--json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "E206" in result.stderr
    assert "--output" in result.stderr

"""PubMed XML goes all the way: exported, valid, the same in any order, and joined with others."""

import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from pyoxigraph import NamedNode, QuerySolutions, RdfFormat, Store
from rdflib import Graph

from exporter.resources import data
from tests.sources._pubmed import article, whole

Run = Callable[..., Result]
LC = "https://w3id.org/linked-case/vocab#"
VOCABULARY = data("ontology") / "linked-case.ttl"
HEADINGS = (
    '<MeshHeadingList><MeshHeading><DescriptorName UI="D003882">Dermatomyositis</DescriptorName>'
    "</MeshHeading></MeshHeadingList>"
)
WITHDRAWN = '<DeleteCitation><PMID Version="1">9</PMID></DeleteCitation>'


def stored(path: Path) -> Store:
    store = Store()
    store.load(path=str(path), format=RdfFormat.TRIG)
    return store


def asked(store: Store, query: str) -> list[list[str]]:
    found = store.query(query, use_default_graph_as_union=True)
    assert isinstance(found, QuerySolutions)
    return [[str(value) for value in row] for row in found]


@pytest.mark.shared
def test_real_records_are_valid_and_the_same_in_any_order(
    run: Run, shared: Path, tmp_path: Path
) -> None:
    files = sorted((shared / "data" / "pubmed_xml").glob("*.xml"))
    result = run("export", *files, "-o", tmp_path / "one.trig")
    assert result.exit_code == 0, result.stderr
    assert "validation  conforms" in result.stderr
    assert "retracted-paper" in result.stderr
    cut = [
        re.findall("<PubmedArticle>.*</PubmedArticle>", f.read_text("utf-8"), re.S) for f in files
    ]
    together = [record for records in cut for record in records]
    random.Random(7).shuffle(together)  # noqa: S311
    (tmp_path / "all.xml").write_text(whole(*together), "utf-8")
    run("export", tmp_path / "all.xml", "-o", tmp_path / "two.trig", "--no-validate")
    assert (tmp_path / "one.trig").read_bytes() == (tmp_path / "two.trig").read_bytes()


@pytest.mark.shared
def test_every_term_of_ours_in_real_records_is_declared(
    run: Run, shared: Path, tmp_path: Path
) -> None:
    target = tmp_path / "out.nq"
    folder = shared / "data" / "pubmed_xml"
    result = run("export", folder, "-o", target, "--no-validate", "--no-ontologies")
    assert result.exit_code == 0, result.stderr
    used = set(re.findall(rf"<({LC}\w+)>", target.read_text("utf-8")))
    declared = {str(each) for each in Graph().parse(VOCABULARY).subjects()}
    assert len(used) > 30
    assert used <= declared


def test_a_newcomers_queries_meet_no_heading(run: Run, tmp_path: Path) -> None:
    file, target = tmp_path / "a.xml", tmp_path / "out.trig"
    file.write_text(whole(article(citation=HEADINGS), WITHDRAWN), "utf-8")
    result = run("export", file, "-o", target)
    assert result.exit_code == 0, result.stderr
    assert "validation  conforms" in result.stderr
    store = stored(target)
    heading = NamedNode("http://id.nlm.nih.gov/mesh/D003882")
    quads = store.quads_for_pattern(None, None, heading, None)
    of_papers = [quad for quad in quads if "/paper/" in str(quad.subject)]
    assert [quad.predicate.value for quad in of_papers] == [f"{LC}filedUnder"]
    articles = "SELECT ?p WHERE { ?p a <http://purl.org/spar/fabio/JournalArticle> }"
    assert asked(store, articles) == [["<http://www.ncbi.nlm.nih.gov/pubmed/7>"]]


def test_lint_says_that_there_are_no_annotations(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.xml"
    file.write_text(whole(article()), "utf-8")
    result = run("lint", file)
    assert result.exit_code == 0, result.stderr
    assert "annotations 0 (none)" in result.stdout + result.stderr


@pytest.mark.parametrize("other", ["digest", "pubtator"])
def test_one_paper_of_two_formats_has_two_texts(run: Run, tmp_path: Path, other: str) -> None:
    record, target = tmp_path / "a.xml", tmp_path / "out.trig"
    doi = '<ArticleIdList><ArticleId IdType="doi">10.1000/A</ArticleId></ArticleIdList>'
    record.write_text(whole(article(data=doi, citation=HEADINGS)), "utf-8")
    digest = "# A title.\n\nDOI: 10.1000/a · PMID: 7 · 2020\n\n## Abstract\n\nOther words.\n"
    second = {"digest": ("b.md", digest), "pubtator": ("b.pubtator", "7|t|A title.\n7|a|More.\n")}
    name, content = second[other]
    (tmp_path / name).write_text(content, "utf-8")
    result = run("export", record, tmp_path / name, "-o", target)
    assert result.exit_code == 0, result.stderr
    assert "papers      1 (2 texts)" in result.stderr
    assert "validation  conforms" in result.stderr
    store = stored(target)
    texts = asked(store, f"SELECT ?t WHERE {{ <https://doi.org/10.1000/a> <{LC}hasText> ?t }}")
    assert len(texts) == 2
    assert asked(store, f"SELECT ?r WHERE {{ ?p <{LC}hasIndexRecord> ?r }}")


def test_a_doi_that_another_file_contradicts_is_told(run: Run, tmp_path: Path) -> None:
    record, digest = tmp_path / "a.xml", tmp_path / "b.md"
    doi = '<ArticleIdList><ArticleId IdType="doi">10.1000/a</ArticleId></ArticleIdList>'
    record.write_text(whole(article(data=doi)), "utf-8")
    digest.write_text("# A title.\n\nDOI: 10.1000/b · PMID: 7\n\n## Abstract\n\nWords.\n", "utf-8")
    result = run("export", record, digest, "-o", tmp_path / "out.trig")
    assert result.exit_code == 1
    assert "identifier-conflict PMID7 has several identifiers of the kind DOI" in result.stderr
    assert not (tmp_path / "out.trig").exists()


def test_a_broken_record_stops_the_export_and_can_be_left_out(run: Run, tmp_path: Path) -> None:
    file, target = tmp_path / "a.xml", tmp_path / "out.trig"
    bad = article(pmid="<PMID>8</PMID>", abstract="<Abstract>")
    file.write_text(whole(article(), bad), "utf-8")
    refused = run("export", file, "-o", target)
    assert refused.exit_code == 3
    assert f"{file}:5" in refused.stderr
    assert "E133" in refused.stderr
    assert not target.exists()
    run("export", file, "-o", target, "--keep-going")
    assert "pubmed/7" in target.read_text("utf-8")
    assert "pubmed/8" not in target.read_text("utf-8")

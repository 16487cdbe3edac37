"""PubTator files go all the way: exported, valid, and the same in any order of their papers."""

import gzip
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from pyoxigraph import Literal, NamedNode, RdfFormat, Store

from exporter.errors import Where
from exporter.sources import readers

Run = Callable[..., Result]
OA, LC = "http://www.w3.org/ns/oa#", "https://w3id.org/linked-case/vocab#"
PAPER = """7|t|Breast and ovarian cancer with JAK1
7|a|On JAK1.
7	0	25	Breast and ovarian cancer	Disease	D001943|D010051
7	31	35	JAK1	Gene	3716
7	90	94	JAK1	Gene	3716
7	Association	D001943	3716	Novel
"""
SHARED_BY_BOTH = b"11009181|"
CORPORA = [
    "aioner/NCBIdisease_TrainDev.PubTator.gz",
    "aioner/NLMchem_Test.part.PubTator.gz",
    "aioner/NLMgene_Train.PubTator.gz",
    "aioner/tmVar3_Train.PubTator.gz",
    "bc5cdr/BC5CDR_TrainDev.mentions.PubTator.gz",
    "bc5cdr/CDR_TrainingSet.PubTator.gz",
    "biored/Dev.PubTator.gz",
    "biored/Train.PubTator.gz",
    "pubtator/bioconcepts2pubtator_offsets.sample.gz",
]


def stored(path: Path) -> Store:
    store = Store()
    store.load(path=str(path), format=RdfFormat.TRIG)
    return store


def values(store: Store, name: str) -> list[str]:
    quads = store.quads_for_pattern(None, NamedNode(name), None, None)
    return sorted(str(q.object.value) for q in quads if isinstance(q.object, Literal | NamedNode))


def papers(content: bytes) -> list[bytes]:
    records = readers()["pubtator"].split(content, Where())
    return [record.content.rstrip() + b"\n\n" for record in records]


def test_mentions_get_their_places_and_what_has_none_says_so(run: Run, tmp_path: Path) -> None:
    file, target = tmp_path / "a.pubtator", tmp_path / "out.trig"
    file.write_text(PAPER, encoding="utf-8")
    result = run("export", file, "-o", target, "--no-ontologies")
    assert result.exit_code == 0, result.stderr
    assert "misplaced-mention" in result.stderr
    assert f"{file}:5" in result.stderr
    assert "relations   1 read from papers, none of them written" in result.stderr
    assert "validation  conforms" in result.stderr
    store = stored(target)
    assert values(store, f"{OA}start") == ["0", "0", "31"]
    assert values(store, f"{LC}position") == [f"{LC}positionUnknown"]
    assert set(values(store, f"{LC}positionFrom")) == {f"{LC}Given"}
    assert len(values(store, f"{LC}statedTogether")) == 4


def test_a_broken_paper_stops_the_export_and_can_be_left_out(run: Run, tmp_path: Path) -> None:
    file, target = tmp_path / "a.pubtator", tmp_path / "out.nq"
    file.write_text(f"{PAPER}\n8|t|T\n8|a|A\n8\toops\n\n{PAPER.replace('7', '9', 3)}", "utf-8")
    refused = run("export", file, "-o", target)
    assert refused.exit_code == 3
    assert f"{file}:10" in refused.stderr
    assert not target.exists()
    went_on = run("export", file, "-o", target, "--keep-going", "--no-ontologies")
    assert went_on.exit_code == 3
    written = target.read_text(encoding="utf-8")
    assert "paper/PMID7/" in written
    assert "paper/PMID8/" not in written


@pytest.mark.shared
@pytest.mark.parametrize("name", CORPORA)
def test_papers_of_every_corpus_are_valid_and_the_same_in_any_order(
    run: Run, shared: Path, tmp_path: Path, name: str
) -> None:
    packed = (shared / "data" / "corpora" / name).read_bytes()
    found = papers(gzip.decompress(packed).replace(b"\r\n", b"\n"))
    found = found[: 3 if "NLMchem" in name else 20]  # these papers are whole ones
    (tmp_path / "one.pubtator").write_bytes(b"".join(found))
    random.Random(7).shuffle(found)  # noqa: S311
    (tmp_path / "two.pubtator").write_bytes(b"".join(found).replace(b"\n", b"\r\n"))
    checked = run("export", tmp_path / "one.pubtator", "-o", tmp_path / "one.trig")
    assert checked.exit_code == 0, checked.stderr
    assert "validation  conforms" in checked.stderr
    run("export", tmp_path / "two.pubtator", "-o", tmp_path / "two.trig", "--no-validate")
    assert (tmp_path / "one.trig").read_bytes() == (tmp_path / "two.trig").read_bytes()


@pytest.mark.shared
def test_two_corpora_that_share_papers_keep_their_statements_apart(
    run: Run, shared: Path, tmp_path: Path
) -> None:
    folder = shared / "data" / "corpora"
    files = []
    for number, name in enumerate(("bc5cdr/BC5CDR_TrainDev.mentions", "biored/Train")):
        found = papers(gzip.decompress((folder / f"{name}.PubTator.gz").read_bytes()))
        files.append(tmp_path / f"{number}.pubtator")
        files[-1].write_bytes(b"".join(each for each in found if each.startswith(SHARED_BY_BOTH)))
    result = run("export", *files, "-o", tmp_path / "out.trig")
    assert result.exit_code == 0, result.stderr
    assert "validation  conforms" in result.stderr
    annotators = set(values(stored(tmp_path / "out.trig"), f"{LC}annotator"))
    assert len(annotators) == 2
    assert "papers      1 (2 texts)" in result.stderr

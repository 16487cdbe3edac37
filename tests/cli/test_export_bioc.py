"""BioC files go all the way: linted, exported, valid; what is refused says so in one line."""

import gzip
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import pytest
from click.testing import Result
from pyoxigraph import Literal, NamedNode, RdfFormat, Store

from exporter.errors import Where
from exporter.sources import readers

Run = Callable[..., Result]
OA, LC = "http://www.w3.org/ns/oa#", "https://w3id.org/linked-case/vocab#"
PAPER = """<collection><document><id>7</id>
<passage><offset>0</offset><text>Breast and ovarian cancer with JAK1</text>
<annotation id="1"><infon key="type">Disease</infon><infon key="MESH">D001943</infon>
<location offset="0" length="6"/><location offset="19" length="6"/><text>Breast cancer</text>
</annotation>
<annotation id="2"><infon key="type">Gene</infon><infon key="identifier">3716</infon>
<location offset="31" length="4"/><text>JAK1</text></annotation>
<annotation id="3"><infon key="type">Gene</infon><infon key="identifier">3716</infon>
<location offset="90" length="4"/><text>JAK1</text></annotation></passage></document>
"""
CORPORA = [
    "biored/Dev.BioC.JSON.gz",
    "biored/Dev.BioC.XML.gz",
    "pubtator/pubtator_central_fulltext_ccby.BioC.xml.gz",
    "pubtator3_bioc_json",
]


def values(path: Path, name: str) -> list[str]:
    store = Store()
    store.load(path=str(path), format=RdfFormat.TRIG)
    quads = store.quads_for_pattern(None, NamedNode(name), None, None)
    return sorted(str(q.object.value) for q in quads if isinstance(q.object, Literal | NamedNode))


def some_papers(file: Path, folder: Path) -> Path:
    """Return a collection of the first papers of a large one; others are taken whole."""
    if file.is_dir() or "biored" not in str(file):
        return file
    form = "xml" if "XML" in file.name else "json"
    found = readers()[f"bioc-{form}"].split(gzip.decompress(file.read_bytes()), Where())
    papers = [record.content for record in islice(found, 20)]
    small = folder / f"small.{form}"
    if form == "xml":
        small.write_bytes(b"<collection>" + b"".join(papers) + b"</collection>")
    else:
        small.write_bytes(b'{"documents": [' + b",".join(papers) + b"]}")
    return small


def test_mentions_get_their_places_and_what_has_none_says_so(run: Run, tmp_path: Path) -> None:
    file, target = tmp_path / "a.xml", tmp_path / "out.trig"
    file.write_text(f"{PAPER}</collection>", encoding="utf-8")
    result = run("export", file, "-o", target, "--no-ontologies")
    assert result.exit_code == 0, result.stderr
    assert "misplaced-mention" in result.stderr
    assert f"{file}:1 (7, Gene 3)" in result.stderr
    assert "validation  conforms" in result.stderr
    assert values(target, f"{OA}start") == ["0", "19", "31"]
    assert values(target, f"{LC}position") == [f"{LC}positionUnknown"]
    assert run("lint", file).exit_code in {0, 1}


def test_a_broken_document_stops_the_export_and_can_be_left_out(run: Run, tmp_path: Path) -> None:
    file, target = tmp_path / "a.xml", tmp_path / "out.nq"
    bad = "<document><id>8</id><passage><offset>x</offset></passage></document>"
    file.write_text(f"{PAPER}{bad}</collection>", encoding="utf-8")
    refused = run("export", file, "-o", target)
    assert refused.exit_code == 3
    assert f"{file}:10 (8, passages[0].offset): E178" in refused.stderr
    assert not target.exists()
    went_on = run("export", file, "-o", target, "--keep-going", "--no-ontologies")
    assert went_on.exit_code == 3
    written = target.read_text(encoding="utf-8")
    assert "paper/PMID7/" in written
    assert "paper/PMID8/" not in written


@pytest.mark.shared
@pytest.mark.parametrize("name", CORPORA)
def test_every_kind_of_bioc_file_is_linted_and_its_export_is_valid(
    run: Run, shared: Path, tmp_path: Path, name: str
) -> None:
    target = tmp_path / "out.trig"
    file = some_papers(shared / "data" / "corpora" / name, tmp_path)
    linted = run("lint", file)
    assert linted.exit_code in {0, 1}, linted.stderr
    exported = run("export", file, "-o", target)
    assert exported.exit_code == 0, exported.stderr
    assert "validation  conforms" in exported.stderr

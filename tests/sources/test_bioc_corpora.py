"""Every BioC file of the shared material, whole: nothing lost, and others read the same."""

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from bioc import biocjson, biocxml  # type: ignore[import-untyped]

from exporter.errors import Where
from exporter.model.document import Annotation, Document, Text
from exporter.model.identifiers import bundled_namespaces
from exporter.sources import Settings, choose, merge, parse, readers

pytestmark = pytest.mark.shared

SETTINGS = Settings(namespaces=bundled_namespaces())
# Documents, annotations, relations, and annotations whose words are not at their offsets: the
# sample holds the annotations of whole papers, but no more text of these than their abstracts.
CORPORA = {
    "biored/Dev.BioC.JSON.gz": (100, 3533, 1162, 0),
    "biored/Dev.BioC.XML.gz": (100, 3533, 1162, 0),
    "biored/Train.BioC.XML.gz": (400, 13351, 4178, 0),
    "pubtator/pubtator_central_fulltext_ccby.BioC.xml.gz": (4, 1152, 0, 0),
    "pubtator/pubtator_sample_abstracts.BioC.xml.gz": (132, 9504, 0, 7748),
    "pubtator3_bioc_json/10.1016_j.molcel.2016.11.034.json": (1, 23, 9, 0),
    "pubtator3_bioc_json/10.1016_j.molcel.2019.03.023.json": (1, 13, 4, 0),
    "pubtator3_bioc_json/10.1016_j.molcel.2024.01.007.json": (1, 15, 2, 0),
    "pubtator3_bioc_json/10.1038_s41556-021-00642-9.json": (1, 23, 3, 0),
    "pubtator3_bioc_json/10.15252_embj.2023113616.json": (1, 8, 0, 0),
    "pubtator3_bioc_json/pubtator_8.json": (1, 25, 0, 0),
}
TWINS = ["Dev.BioC.JSON.gz", "Dev.BioC.XML.gz", "Train.BioC.XML.gz"]


def unpacked(file: Path) -> bytes:
    return gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()


def read(file: Path) -> Iterator[Document]:
    content = unpacked(file)
    reader = choose(content, file.name)
    for record in reader.split(content, Where(file=file.name)):
        parsed = parse(record, SETTINGS)
        assert isinstance(parsed, Document)
        yield parsed


def texts(file: Path) -> list[Text]:
    return [text for document in read(file) for text in document.texts]


def marks(annotations: tuple[Annotation, ...]) -> int:
    """Count what was one annotation in the file: each of its ids is one of ours."""
    total = 0
    for each in annotations:
        total += 1 - (each.together.index(each.stated) > 0 if each.stated in each.together else 0)
    return total


def counted(file: Path) -> tuple[int, int, int]:
    """Count documents, annotations and relations with nothing but a parser."""
    content = unpacked(file)
    if ".json" in file.name.lower():
        tree = json.loads(content)
        documents = tree.get("documents", [tree])
        parts = [each for document in documents for each in [document, *document["passages"]]]
        annotations = sum(len(each.get("annotations", [])) for each in parts)
        return len(documents), annotations, sum(len(each.get("relations", [])) for each in parts)
    root = ET.fromstring(content)  # noqa: S314 - a file of ours
    numbers = Counter(element.tag for element in root.iter())
    return numbers["document"], numbers["annotation"], numbers["relation"]


def test_every_bioc_file_of_the_material_is_listed_here(shared: Path) -> None:
    folder = shared / "data" / "corpora"
    files = {str(file.relative_to(folder)) for file in folder.rglob("*") if is_bioc(file.name)}
    assert files == set(CORPORA)


def is_bioc(name: str) -> bool:
    return "BioC" in name or name.endswith(".json")


@pytest.mark.parametrize("name", CORPORA)
def test_every_document_annotation_and_relation_is_read(shared: Path, name: str) -> None:
    file = shared / "data" / "corpora" / name
    found = texts(file)
    relations = sum(len(text.relations) for text in found)
    reported = Counter(finding.code for text in found for finding in text.findings)
    number = sum(marks(text.annotations) for text in found)
    assert (len(found), number, relations) == counted(file) == CORPORA[name][:3]
    assert reported["misplaced-mention"] == CORPORA[name][3]
    assert set(reported) <= {"misplaced-mention", "malformed-id"}


@pytest.mark.parametrize("name", CORPORA)
def test_every_place_holds_its_words_and_every_passage_its_own(shared: Path, name: str) -> None:
    for text in texts(shared / "data" / "corpora" / name):
        for annotation in text.annotations:
            for mention in annotation.mentions:
                assert text.content[mention.start : mention.end] == mention.exact
            assert not annotation.mentions or annotation.mentions[0].exact == annotation.label
        ends = [0, *(passage.end for passage in text.passages)]
        for end, passage in zip(ends, text.passages, strict=False):
            assert text.content[end : passage.start].isspace() or end == passage.start


@pytest.mark.parametrize("name", CORPORA)
def test_another_library_reads_the_same(shared: Path, name: str) -> None:
    file = shared / "data" / "corpora" / name
    ours = texts(file)
    theirs = loaded(file)
    assert len(ours) == len(theirs)
    for text, other in zip(ours, theirs, strict=True):
        passages = [(p.offset, p.text) for p in other.passages if p.text]
        words = [(p.start, text.content[p.start : p.end]) for p in text.passages]
        assert words == passages
        assert said(text) == Counter(
            (each.infons["type"], each.text, *spans(each, text))
            for passage in other.passages
            for each in passage.annotations
        )
        assert [relation.kind for relation in text.relations] == [
            relation.infons["type"] for relation in other.relations
        ]


def loaded(file: Path) -> list[Any]:
    """Read a file with the library; it wants infons in every passage, which BioRED lacks."""
    content = unpacked(file)
    if ".json" not in file.name.lower():
        return list(biocxml.load(BytesIO(content)).documents)
    tree = json.loads(content)
    tree = tree if "documents" in tree else {"documents": [tree]}
    for document in tree["documents"]:
        document.setdefault("infons", {})
        document.setdefault("annotations", [])
        for part in [document, *document["passages"], *document["relations"]]:
            part.setdefault("infons", {})
            part.setdefault("nodes", [])
            part.setdefault("sentences", [])
            part.setdefault("relations", [])
    for name in ("source", "date", "key"):
        tree.setdefault(name, "")
    tree.setdefault("infons", {})
    return list(biocjson.loads(json.dumps(tree)).documents)


def spans(annotation: Any, text: Text) -> tuple[tuple[int, int], ...]:
    """Return where the library has an annotation, nowhere if other words are there."""
    found = [(each.offset, each.offset + each.length) for each in annotation.locations]
    return tuple(found) if [text.content[a:b] for a, b in found] == [annotation.text] else ()


def said(text: Text) -> Counter[Any]:
    first = [
        each
        for each in text.annotations
        if not each.together or each.stated == each.together[0] or each.stated is None
    ]
    return Counter(
        (each.kind, each.label, *((m.start, m.end) for m in each.mentions)) for each in first
    )


@pytest.mark.parametrize("name", TWINS)
def test_twins_of_a_corpus_in_other_formats_say_the_same(shared: Path, name: str) -> None:
    folder = shared / "data" / "corpora" / "biored"
    lines = gzip.decompress((folder / f"{name.partition('.')[0]}.PubTator.gz").read_bytes())
    twins = [
        parse(record, SETTINGS) for record in readers()["pubtator"].split(lines, Where(file="a"))
    ]
    ours = list(read(folder / name))
    assert len(ours) == len(twins)
    for document, twin in zip(ours, twins, strict=True):
        assert isinstance(twin, Document)
        (text,), (other,) = document.texts, twin.texts
        assert (document.id, text.content) == (twin.id, other.content)
        assert [plain(each) for each in text.annotations] == [
            plain(each) for each in other.annotations
        ]
        assert [(r.kind, r.arguments, r.novelty) for r in text.relations] == [
            (r.kind, r.arguments, r.novelty) for r in other.relations
        ]


def test_twins_under_one_annotator_count_once(shared: Path) -> None:
    folder = shared / "data" / "corpora" / "biored"
    parsed = []
    for reader, name in (
        ("pubtator", "PubTator"),
        ("bioc-json", "BioC.JSON"),
        ("bioc-xml", "BioC.XML"),
    ):
        content = gzip.decompress((folder / f"Dev.{name}.gz").read_bytes())
        first = next(readers()[reader].split(content, Where(file=name)))
        parsed.append(parse(replace(first, annotator="BioRED"), SETTINGS))
    (merged,) = merge(each for each in parsed if isinstance(each, Document))
    (text,) = merged.texts
    assert {each.annotator for each in text.annotations} == {"BioRED"}
    assert [finding.code for finding in merged.findings] == ["duplicate-text"] * 2


def plain(annotation: Annotation) -> tuple[Any, ...]:
    return (
        *(annotation.label, annotation.kind, annotation.ordinal, annotation.stated_as),
        *(annotation.stated, annotation.together, annotation.mentions),
    )


def test_full_texts_are_known_by_their_own_ids_and_tell_who_wrote_them(shared: Path) -> None:
    name = "pubtator/pubtator_central_fulltext_ccby.BioC.xml.gz"
    first = next(read(shared / "data" / "corpora" / name))
    assert first.id == "PMC4272814"
    assert [str(each) for each in first.identifiers] == [
        "DOI:10.1186/s13099-014-0046-9",
        "PMC:PMC4272814",
        "PMID:25530808",
    ]
    assert (first.journal, first.issued, first.authors[0].name) == (
        "Gut Pathog",
        "2014",
        "Feeney A",
    )
    sections = {passage.section for passage in first.texts[0].passages}
    assert {"title", "abstract", "methods", "results"} <= sections
    assert all(
        p.prose != (p.section in {"ref", "table"})
        for p in first.texts[0].passages
        if p.section in {"ref", "methods"}
    )


def test_relations_of_the_service_name_the_concepts_of_the_paper(shared: Path) -> None:
    name = "pubtator3_bioc_json/10.1038_s41556-021-00642-9.json"
    (text,) = texts(shared / "data" / "corpora" / name)
    assert [
        (relation.kind, *(str(each) for end in relation.arguments for each in end.stated))
        for relation in text.relations
    ] == [
        ("Positive_Correlation", "NCBIGene:108909", "NCBIGene:22227"),
        ("Association", "MESH:D007035", "NCBIGene:108909"),
        ("Association", "MESH:D002395", "NCBIGene:22227"),
    ]
    assert all(
        re.fullmatch(r"(MESH:)?\w+", e.stated_as) for r in text.relations for e in r.arguments
    )

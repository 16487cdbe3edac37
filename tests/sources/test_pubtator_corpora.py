"""The expert corpora, whole: nothing lost, and the same as another library reads in them."""

import gzip
import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from bioc import pubtator  # type: ignore[import-untyped]

from exporter.errors import Where
from exporter.model.document import Document, Relation, Text
from exporter.model.identifiers import bundled_namespaces
from exporter.sources import Settings, parse, readers

pytestmark = pytest.mark.shared

SETTINGS = Settings(namespaces=bundled_namespaces())
READER = readers()["pubtator"]
# What can be counted with other tools: papers, annotation lines, relations, mentions that stand
# elsewhere than their offsets say.
CORPORA = {
    "aioner/NCBIdisease_TrainDev.PubTator.gz": (692, 5920, 0, 0),
    "aioner/NLMchem_Test.part.PubTator.gz": (34, 8637, 0, 0),
    "aioner/NLMgene_Train.PubTator.gz": (429, 13196, 0, 10),
    "aioner/tmVar3_Train.PubTator.gz": (318, 7267, 0, 21),
    "bc5cdr/BC5CDR_TrainDev.mentions.PubTator.gz": (979, 18469, 0, 0),
    "bc5cdr/CDR_TrainingSet.PubTator.gz": (490, 9137, 1022, 0),
    "biored/Dev.PubTator.gz": (100, 3533, 1162, 0),
    "biored/Train.PubTator.gz": (400, 13351, 4178, 0),
    "pubtator/bioconcepts2pubtator_offsets.sample.gz": (651, 7539, 0, 2),
}
COMPARED = ["bc5cdr/CDR_TrainingSet", "biored/Dev", "biored/Train"]


def read(file: Path) -> Iterator[Document]:
    with gzip.open(file) as opened:
        for record in READER.split(opened.read(), Where(file=file.name)):
            parsed = parse(record, SETTINGS)
            assert isinstance(parsed, Document)
            yield parsed


def lines(text: Text) -> int:
    return len({annotation.line for annotation in text.annotations})


@pytest.mark.parametrize("name", CORPORA)
def test_every_paper_annotation_and_relation_of_a_corpus_is_read(shared: Path, name: str) -> None:
    texts = [text for each in read(shared / "data" / "corpora" / name) for text in each.texts]
    placeless = {
        (number, annotation.line)
        for number, text in enumerate(texts)
        for annotation in text.annotations
        if not annotation.mentions
    }
    relations = sum(len(text.relations) for text in texts)
    assert (len(texts), sum(map(lines, texts)), relations, len(placeless)) == CORPORA[name]
    reported = [
        each for text in texts for each in text.findings if each.code == "misplaced-mention"
    ]
    assert len(reported) == len(placeless)


@pytest.mark.parametrize("name", CORPORA)
def test_every_place_holds_its_words_and_every_id_is_kept(shared: Path, name: str) -> None:
    for document in read(shared / "data" / "corpora" / name):
        for text in document.texts:
            for annotation in text.annotations:
                for mention in annotation.mentions:
                    assert text.content[mention.start : mention.end] == mention.exact
                if annotation.stated is not None:
                    assert annotation.stated_as
            known = {
                each.stated_as
                for each in text.annotations
                if each.stated is None and each.stated_as
            }
            told = {
                each.value for each in text.findings if each.code.endswith(("-id", "namespace"))
            }
            assert all(is_variant(each) for each in known - told)


def is_variant(written: str) -> bool:
    return re.match(r"[a-z]?\||[cgmnopr]\.", written) is not None


@pytest.mark.parametrize("name", COMPARED)
def test_another_library_reads_the_same(shared: Path, name: str) -> None:
    file = shared / "data" / "corpora" / f"{name}.PubTator.gz"
    theirs = pubtator.load(StringIO(gzip.decompress(file.read_bytes()).decode("utf-8")))
    ours = list(read(file))
    assert len(ours) == len(theirs)
    for document, other in zip(ours, theirs, strict=True):
        (text,) = document.texts
        assert document.id == f"PMID{other.pmid}"
        assert text.content.rstrip() == other.text  # it strips every line that it reads
        assert placed(text) == sorted(
            (each.start, each.end, each.text, each.type, frozenset(parts(each.id, each.type)))
            for each in other.annotations
        )
        assert [relation_of(each) for each in text.relations] == [
            (each.type, each.id1.strip(), each.id2.strip(), each.neg or "")
            for each in other.relations
        ]


def placed(text: Text) -> list[tuple[int, int, str, str, frozenset[str]]]:
    by_line: dict[int | None, set[str]] = {}
    for annotation in text.annotations:
        by_line.setdefault(annotation.line, set()).update({annotation.stated_as} - {""})
    return sorted(
        {
            (m.start, m.end, each.label, each.kind, frozenset(by_line[each.line]))
            for each in text.annotations
            for m in each.mentions
        }
    )


def parts(written: str, kind: str) -> set[str]:
    single = [written] if kind == "SequenceVariant" else re.split(r"[,;|+ ]", written)
    return {part for part in map(str.strip, single) if part not in {"", "-", "-1"}}


def relation_of(relation: Relation) -> tuple[str, str, str, str]:
    first, second = relation.arguments
    kind, novelty = relation.kind, relation.novelty
    return kind, first.stated_as, second.stated_as, novelty

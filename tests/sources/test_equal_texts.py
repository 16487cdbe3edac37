"""One text annotated by several: all of it is kept, and each of them can be told."""

import itertools
from collections.abc import Iterable

import pytest

from exporter.errors import Where
from exporter.model.document import Document, Text, TextKind
from exporter.model.identifiers import bundled_namespaces
from exporter.sources import Record, Settings, merge, parse

SETTINGS = Settings(namespaces=bundled_namespaces())
TEXT = "7|t|JAK1 and TYK2\n7|a|Words.\n"
JAK1, TYK2 = "7\t0\t4\tJAK1\tGene\t3716\n", "7\t9\t13\tTYK2\tGene\t7297\n"
RELATED = "7\tBind\t3716\t7297\n"


def paper(file: str, lines: str, line: int = 1, annotator: str | None = None) -> Document:
    found = parse(
        Record(
            reader="pubtator",
            where=Where(file=file, line=line),
            content=(TEXT + lines).encode(),
            annotator=annotator,
        ),
        SETTINGS,
    )
    assert isinstance(found, Document)
    return found


def joined(documents: Iterable[Document]) -> Document:
    (document,) = merge(documents)
    return document


def said(text: Text) -> list[tuple[str, str, int]]:
    return [(each.label, str(each.stated), each.ordinal) for each in text.annotations]


def annotators(document: Document) -> set[str]:
    return {each.annotator for text in document.texts for each in text.annotations}


def notes(document: Document) -> list[str]:
    return sorted(finding.code for finding in document.findings)


def test_two_who_annotate_one_text_differently_are_both_kept_under_names_of_their_own() -> None:
    both = joined([paper("a", JAK1), paper("b", JAK1 + TYK2)])
    assert len(both.texts) == 2
    assert len({text.sha256 for text in both.texts}) == 1
    assert sorted(map(said, both.texts)) == [
        [("JAK1", "NCBIGene:3716", 0)],
        [("JAK1", "NCBIGene:3716", 0), ("TYK2", "NCBIGene:7297", 1)],
    ]
    assert len(annotators(both)) == 2
    assert all(name.startswith("PubTator file (") for name in annotators(both))
    assert notes(both) == ["annotated-twice"]


def test_each_text_keeps_the_file_and_the_lines_of_its_own_annotator() -> None:
    both = joined([paper("a", JAK1, line=10), paper("b", TYK2, line=20)])
    places = {text.where.file: [each.line for each in text.annotations] for text in both.texts}
    assert places == {"a": [12], "b": [22]}


def test_the_same_statements_read_twice_count_once_wherever_they_stand() -> None:
    both = joined([paper("a", JAK1, line=3), paper("b", JAK1, line=30)])
    assert [said(text) for text in both.texts] == [[("JAK1", "NCBIGene:3716", 0)]]
    assert annotators(both) == {"PubTator file"}
    assert notes(both) == ["duplicate-text"]


def test_a_copy_without_annotations_adds_nothing() -> None:
    both = joined([paper("a", ""), paper("b", JAK1), paper("c", "")])
    assert [said(text) for text in both.texts] == [[("JAK1", "NCBIGene:3716", 0)]]
    assert notes(both) == ["duplicate-text", "duplicate-text"]
    assert len(joined([paper("a", ""), paper("b", "")]).texts) == 1


def test_relations_of_a_copy_that_is_annotated_alike_are_added() -> None:
    both = joined([paper("a", JAK1 + TYK2), paper("b", JAK1 + TYK2 + RELATED)])
    (text,) = both.texts
    assert [relation.kind for relation in text.relations] == ["Bind"]
    again = joined([paper("a", JAK1 + TYK2 + RELATED), paper("b", JAK1 + TYK2 + RELATED)])
    assert len(again.texts[0].relations) == 1


def test_annotators_who_have_names_keep_them() -> None:
    both = joined([paper("a", JAK1, annotator="Ann"), paper("b", TYK2, annotator="Bo")])
    assert annotators(both) == {"Ann", "Bo"}


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
def test_the_order_of_reading_changes_nothing(order: tuple[int, ...]) -> None:
    papers = [paper("a", JAK1), paper("b", TYK2), paper("c", JAK1 + RELATED), paper("d", "")]
    assert merge([papers[index] for index in order]) == merge(papers)


def test_all_copies_get_the_kind_that_is_declared_of_one() -> None:
    declared = Settings(namespaces=bundled_namespaces(), text_kind=TextKind.VERBATIM)
    content = (TEXT + TYK2).encode()
    own = parse(Record(reader="pubtator", where=Where(file="b"), content=content), declared)
    assert isinstance(own, Document)
    both = joined([paper("a", JAK1), own])
    assert {(text.kind, text.kind_declared) for text in both.texts} == {(TextKind.VERBATIM, True)}
    assert {p.kind for text in both.texts for p in text.passages} == {TextKind.VERBATIM}

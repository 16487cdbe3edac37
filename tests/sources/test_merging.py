"""Texts of one paper come together, whatever the order; contradictions are shown, not settled."""

import random
from dataclasses import replace
from pathlib import Path

import pytest

from exporter.errors import Where
from exporter.model.document import Document, TextKind
from exporter.model.findings import Level
from exporter.model.identifiers import bundled_namespaces
from exporter.sources import Record, Settings, merge, parse, read


def paper(name: str, header: str, words: str = "Words.", kind: TextKind | None = None) -> Document:
    content = f"# T\n\n{header}\n\n## Abstract\n\n{words}\n"
    found = parse(
        Record(
            reader="digest",
            where=Where(file=f"{name}.md"),
            content=content.encode(),
            name=name,
            text_kind=kind,
        ),
        Settings(namespaces=bundled_namespaces()),
    )
    assert isinstance(found, Document)
    return found


def codes(document: Document) -> list[str]:
    return [finding.code for finding in document.findings if finding.level is not Level.NOTE]


@pytest.mark.shared
def test_fifteen_texts_are_fourteen_papers_and_both_texts_of_one_keep_their_kind(
    shared: Path, examples: Path
) -> None:
    paths = [str(examples / "digests"), str(shared / "data" / "seed")]
    found = [
        document
        for document in read(paths, Settings(namespaces=bundled_namespaces()))
        if isinstance(document, Document)
    ]
    papers = merge(found)
    assert (len(found), len(papers)) == (15, 14)
    (both,) = [document for document in papers if len(document.texts) == 2]
    assert both.id == "PMC12841639"
    assert {text.kind for text in both.texts} == {TextKind.RESTATEMENT, TextKind.VERBATIM}
    assert codes(both) == []


def test_papers_are_joined_by_any_shared_identifier_even_by_way_of_a_third() -> None:
    first = paper("a", "DOI: 10.1234/a · 2020", "One.")
    second = paper("b", "PMC7 · DOI: 10.1234/A · J · 2020-03", "Two.")
    third = paper("c", "PMID: 9 · PMCID: PMC7", "Three.")
    (joined,) = merge([first, second, third])
    assert joined.id == "PMC7"
    assert {i.curie for i in joined.identifiers} == {"DOI:10.1234/a", "PMID:9", "PMC:PMC7"}
    assert (joined.journal, joined.issued, len(joined.texts)) == ("J", "2020-03", 3)
    assert {"a", "b", "c", "PMID9", "10.1234/a"} <= set(joined.names)
    assert codes(joined) == []


def test_papers_that_share_no_identifier_stay_apart() -> None:
    apart = merge([paper("a", "DOI: 10.1234/a"), paper("b", "DOI: 10.1234/ab"), paper("c", "PMC")])
    assert [document.id for document in apart] == ["10.1234/a", "10.1234/ab", "c"]


def test_the_order_of_reading_changes_nothing() -> None:
    found = [
        paper("a", "PMC7 · J · 2020", "One."),
        paper("b", "PMC7 · DOI: 10.1234/a · K · 2021", "Two."),
        paper("c", "DOI: 10.1234/a", "One."),
        paper("d", "PMC8", "One."),
        paper("e", "PMC7 · J · 2020", "One."),
    ]
    expected = merge(found)
    for seed in range(5):
        shuffled = random.Random(seed).sample(found, len(found))  # noqa: S311
        assert merge(shuffled) == expected


def test_one_text_read_twice_counts_once_with_a_note() -> None:
    once, twice = paper("a", "PMC7 · 2020"), paper("b", "PMC7 · 2020")
    (joined,) = merge([once, twice])
    assert len(joined.texts) == 1
    notes = [finding for finding in joined.findings if finding.code == "duplicate-text"]
    assert [note.where.file for note in notes] == ["b.md"]


def test_a_text_whose_kind_is_declared_twice_gets_the_weaker_kind_with_a_warning() -> None:
    found = [
        paper("a", "PMC7", kind=TextKind.VERBATIM),
        paper("b", "PMC7", kind=TextKind.RESTATEMENT),
        paper("c", "PMC7"),
    ]
    (joined,) = merge(found)
    assert [text.kind for text in joined.texts] == [TextKind.RESTATEMENT]
    assert codes(joined) == ["text-kind-conflict"]


def test_one_pmcid_with_two_dois_is_an_error_that_keeps_both() -> None:
    first = paper("a", "PMC7 · DOI: 10.1234/a", "One.")
    second = paper("b", "PMC7 · DOI: 10.1234/b", "Two.")
    (joined,) = merge([first, second])
    (conflict,) = [f for f in joined.findings if f.code == "identifier-conflict"]
    assert conflict.level is Level.ERROR
    assert conflict.value == "10.1234/a, 10.1234/b"
    assert {"DOI:10.1234/a", "DOI:10.1234/b"} <= {i.curie for i in joined.identifiers}


def test_a_date_that_is_another_one_is_reported_and_a_shorter_one_is_not() -> None:
    exact = paper("a", "PMC7 · J · 2020-03-01", "One.")
    month = paper("b", "PMC7 · 2020-03", "Two.")
    other = paper("c", "PMC7 · 2021", "Three.")
    assert codes(merge([month, exact])[0]) == []
    (joined,) = merge([other, month, exact])
    assert (joined.issued, codes(joined)) == ("2020-03-01", ["metadata-differs"])


def test_one_paper_alone_is_left_as_it_is() -> None:
    alone = replace(paper("a", "PMC7"), journal="J")
    assert merge([alone]) == (alone,)

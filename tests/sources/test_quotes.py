"""Quotes stand where they are said to stand, and never as words of a paper that are not its own."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from exporter.errors import Where
from exporter.model.case import Case
from exporter.model.document import Document, Passage, Text, TextKind
from exporter.model.identifiers import bundled_namespaces
from exporter.sources import (
    Settings,
    Shelf,
    declared_restatements,
    merge,
    place_evidence,
    read,
)
from exporter.sources.case_yaml import READER

SETTINGS = Settings(namespaces=bundled_namespaces())
GOOD = Path(__file__).parent / "cases" / "case" / "good-individual.yaml"
QUOTE = "An eight-year-old girl with a rash since the age of six."
Made = Callable[..., Case]


def text_of(
    *sections: tuple[str, str], kind: TextKind = TextKind.VERBATIM, declared: bool = False
) -> Text:
    """A text with one passage for each section, and words outside of all of them at its end."""
    content, passages = "", []
    for name, words in sections:
        content += f"## {name}\n"
        passages.append(
            Passage(
                section=name,
                start=len(content),
                end=len(content) + len(words),
                kind=kind,
                prose=True,
            )
        )
        content += f"{words}\n"
    return Text(
        content=f"{content}The end.",
        kind=kind,
        passages=tuple(passages),
        annotations=(),
        kind_declared=declared,
        where=Where(file="paper.md"),
    )


def paper(*texts: Text, name: str = "PMC9000001") -> Document:
    return Document(id=name, texts=texts)


@pytest.fixture
def case() -> Made:
    def made(*, section: str = "abstract", quote: str = QUOTE, kind: str = "restatement") -> Case:
        content = GOOD.read_text(encoding="utf-8")
        content = content.replace("section: abstract", f"section: {section}")
        content = content.replace(QUOTE, quote).replace(
            "text_kind: restatement", f"text_kind: {kind}"
        )
        (record,) = READER.split(content.encode(), Where(file="lindgren-2021-p1.yaml"))
        parsed = READER.parse(record, SETTINGS)
        assert isinstance(parsed, Case)
        return parsed

    return made


def test_a_quote_is_placed_in_its_section(case: Made) -> None:
    text = text_of(("title", QUOTE), ("abstract", f"First. {QUOTE} Again: {QUOTE}"))
    placed, findings = place_evidence(case(), [paper(text)])
    assert findings == ()
    assert [place.exact for place in placed[0].places] == [QUOTE, QUOTE]
    start = text.passages[1].start
    assert all(place.start > start for place in placed[0].places)
    assert all(text.content[p.start : p.end] == p.exact for p in placed[0].places)
    assert {place.text_sha256 for place in placed[0].places} == {text.sha256}


def test_a_quote_outside_its_section_is_found_and_told(case: Made) -> None:
    text = text_of(("title", QUOTE), ("abstract", "Other words."))
    placed, findings = place_evidence(case(), [paper(text)])
    assert len(placed[0].places) == 1
    assert [(f.level, f.code, f.hint) for f in findings] == [
        ("warning", "quote-in-other-section", "write section: title")
    ]


def test_a_quote_that_stands_in_two_texts_of_a_paper_is_placed_in_both(case: Made) -> None:
    one, other = text_of(("abstract", QUOTE)), text_of(("results", f"{QUOTE} More."))
    placed, findings = place_evidence(case(), [paper(one, other)])
    assert {place.text_sha256 for place in placed[0].places} == {one.sha256, other.sha256}
    assert findings == ()


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ("An eight-year-old girl\nwith a rash since the age of six.", "copy it exactly"),
        ("An Eight-year-old girl with a rash since the age of six.", "copy it exactly"),
        ("An eight\u2010year\u2010old girl with a rash since the age of six.", "copy it exactly"),
        ("An eight-year-old girl with a rash since birth.", "the words differ after 7 words"),
        ("Nothing of the kind.", "copy the words of the text exactly"),
    ],
)
def test_a_quote_that_stands_nowhere_is_an_error_with_the_closest_words(
    case: Made, words: str, hint: str
) -> None:
    placed, (finding,) = place_evidence(case(), [paper(text_of(("abstract", words)))])
    assert placed[0].places == ()
    assert (finding.level, finding.code) == ("error", "quote-not-found")
    assert (finding.where.line, finding.where.field) == (74, "evidence[0].quote")
    assert hint in finding.hint


def test_a_document_that_was_not_read_is_noted_once(case: Made) -> None:
    made = case()
    twice = replace(made, evidence=(made.evidence[0], replace(made.evidence[0], id="e3")))
    placed, findings = place_evidence(twice, [paper(text_of(("a", QUOTE)), name="PMC1")])
    assert [item.places for item in placed] == [(), ()]
    assert [(f.level, f.code) for f in findings] == [("note", "document-not-loaded")]


def test_a_document_is_known_by_its_names_identifiers_and_doi(case: Made) -> None:
    text = text_of(("abstract", QUOTE))
    doi = bundled_namespaces().parse("DOI:10.1234/example.2021.01")
    pmc = bundled_namespaces().parse("PMC:PMC9000001")
    for known in (
        Document(id="x", names=("pmc9000001",), texts=(text,)),
        Document(id="x", identifiers=(pmc,), texts=(text,)),
        Document(id="x", identifiers=(doi,), texts=(text,)),
    ):
        placed, findings = place_evidence(case(), Shelf([known]))
        assert (len(placed[0].places), findings) == (1, ())


@pytest.mark.parametrize(
    ("of_case", "of_text", "shown"),
    [
        ("verbatim", TextKind.VERBATIM, TextKind.VERBATIM),
        ("restatement", TextKind.VERBATIM, TextKind.RESTATEMENT),
        ("verbatim", TextKind.MACHINE_SUMMARY, TextKind.MACHINE_SUMMARY),
    ],
)
def test_evidence_is_shown_as_the_weakest_kind(
    case: Made, of_case: str, of_text: TextKind, shown: TextKind
) -> None:
    placed, _ = place_evidence(
        case(kind=of_case), [paper(text_of(("abstract", QUOTE), kind=of_text))]
    )
    assert placed[0].kind is shown


def test_a_case_lowers_the_assumed_kind_of_the_text_that_it_quotes(case: Made) -> None:
    quoted, other = text_of(("abstract", QUOTE)), text_of(("abstract", "The true words."))
    (document,), (note,) = declared_restatements([paper(quoted, other)], [case()])
    assert [text.kind for text in document.texts] == [TextKind.RESTATEMENT, TextKind.VERBATIM]
    assert document.texts[0].passages[0].kind is TextKind.RESTATEMENT
    assert (note.level, note.code) == ("note", "text-kind-from-case")


def test_of_two_texts_the_one_with_more_of_the_quotes_is_meant(case: Made) -> None:
    made = case()
    second = replace(made.evidence[0], id="e3", quote="Second words.")
    both = replace(made, evidence=(*made.evidence, second))
    more, fewer = text_of(("abstract", f"{QUOTE} Second words.")), text_of(("abstract", QUOTE))
    (document,), _ = declared_restatements([paper(more, fewer)], [both])
    assert [text.kind for text in document.texts] == [TextKind.RESTATEMENT, TextKind.VERBATIM]


@pytest.mark.parametrize(
    ("of_case", "text", "codes"),
    [
        ("verbatim", text_of(("abstract", QUOTE), kind=TextKind.RESTATEMENT), []),
        ("restatement", text_of(("abstract", QUOTE), kind=TextKind.MACHINE_SUMMARY), []),
        ("restatement", text_of(("abstract", QUOTE), declared=True), ["text-kind-conflict"]),
        ("verbatim", text_of(("abstract", QUOTE), declared=True), []),
        ("restatement", text_of(("abstract", "Other words.")), []),
    ],
)
def test_a_kind_is_never_raised_and_a_declared_one_never_changed(
    case: Made, of_case: str, text: Text, codes: list[str]
) -> None:
    (document,), findings = declared_restatements([paper(text)], [case(kind=of_case)])
    assert document.texts == (text,)
    assert [finding.code for finding in findings] == codes


def test_a_case_that_calls_its_text_a_summary_makes_it_one(case: Made) -> None:
    text = text_of(("abstract", QUOTE))
    (document,), _ = declared_restatements([paper(text)], [case(kind="machine-summary")])
    assert document.texts[0].kind is TextKind.MACHINE_SUMMARY


@pytest.mark.shared
def test_every_quote_of_the_corpus_stands_in_its_section(shared: Path) -> None:
    parsed = list(read([str(shared / "corpus"), str(shared / "data" / "seed")], SETTINGS))
    cases = [item for item in parsed if isinstance(item, Case)]
    papers = merge(item for item in parsed if isinstance(item, Document))
    documents, _ = declared_restatements(papers, cases)
    shelf = Shelf(documents)
    contents = {text.sha256: text for paper in documents for text in paper.texts}
    quotes = 0
    for case in cases:
        placed, findings = place_evidence(case, shelf)
        assert findings == ()
        for evidence in placed:
            quotes += evidence.item.quote is not None
            assert bool(evidence.places) is (evidence.item.quote is not None)
            assert evidence.kind is not TextKind.VERBATIM
            for place in evidence.places:
                text = contents[place.text_sha256]
                (passage,) = [p for p in text.passages if p.start <= place.start < p.end]
                assert text.content[place.start : place.end] == evidence.item.quote
                assert passage.section == evidence.item.section
    assert quotes == 90


@pytest.mark.shared
def test_the_original_digest_stays_verbatim_beside_its_restatement(shared: Path) -> None:
    paths = [
        str(shared / "data" / "seed"),
        str(shared / "corpus" / "digests" / "PMC12841639.md"),
        str(shared / "corpus" / "cases" / "buzoianu-2026-p1.yaml"),
    ]
    parsed = list(read(paths, SETTINGS))
    papers = merge(item for item in parsed if isinstance(item, Document))
    (document,), _ = declared_restatements(papers, [c for c in parsed if isinstance(c, Case)])
    assert sorted(text.kind for text in document.texts) == ["restatement", "verbatim"]

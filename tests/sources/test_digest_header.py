"""Header and authors are read in all their variants; what cannot be read is reported."""

import pytest

from exporter.errors import Where
from exporter.model.document import Document
from exporter.model.identifiers import bundled_namespaces
from exporter.sources import Record, Settings, parse


def paper(front: str) -> Document:
    content = f"# T\n\n{front}\n\n## Abstract\n\nWords.\n"
    found = parse(
        Record(reader="digest", where=Where(file="a.md"), content=content.encode(), name="a"),
        Settings(namespaces=bundled_namespaces()),
    )
    assert isinstance(found, Document)
    return found


@pytest.mark.parametrize(
    ("front", "journal", "issued", "ids"),
    [
        ("PMC", None, None, set()),
        ("2018", None, "2018", set()),
        ("Brain · 2018-06-01", "Brain", "2018-06-01", set()),
        ("PubMed · Rheumatology (Oxford) · 2020-08", "Rheumatology (Oxford)", "2020-08", set()),
        ("PMC · Clinical · Experimental · 2020", "Clinical · Experimental", "2020", set()),
        ("medRxiv · DOI: 10.1101/2020.1.2 · 2020", None, "2020", {"DOI:10.1101/2020.1.2"}),
        ("arXiv · arXiv:2101.00001v2 · 2021-01-02", None, "2021-01-02", set()),
        (
            "PMC · DOI: 10.1016/S0140-6736(22)02546-6 · Lancet",
            "Lancet",
            None,
            {"DOI:10.1016/s0140-6736(22)02546-6"},
        ),
        (
            "https://doi.org/10.1016/S0140-6736%2822%2902546-6 · 2022",
            None,
            "2022",
            {"DOI:10.1016/s0140-6736(22)02546-6"},
        ),
        (
            "PMCID: PMC12 · PMID: 34 · doi 10.1234/A.",
            None,
            None,
            {"PMC:PMC12", "PMID:34", "DOI:10.1234/a"},
        ),
    ],
)
def test_the_header_line_is_read_in_every_form(
    front: str, journal: str | None, issued: str | None, ids: set[str]
) -> None:
    document = paper(front)
    assert (document.journal, document.issued) == (journal, issued)
    assert {identifier.curie for identifier in document.identifiers} == ids


@pytest.mark.parametrize(
    ("line", "names", "complete"),
    [
        ("**Authors:** Ann Example", ["Ann Example"], True),
        ("**Authors:** Le Voyer T, Gitiaux C", ["Le Voyer T", "Gitiaux C"], True),
        ("Authors: A B, C D, and E F", ["A B", "C D", "E F"], True),
        ("**Authors:** Gina A Montealegre Sanchez et al.", ["Gina A Montealegre Sanchez"], False),
        ("**Authors:** A B, C D, …", ["A B", "C D"], False),
        ("**Authors:** John Smith, Jr., A B, MD", ["John Smith, Jr.", "A B, MD"], True),
        ("**Author:** Smith, J; Doe, K", ["Smith, J", "Doe, K"], True),
        ("**Authors:** A B, Group (Italy, Spain)", ["A B", "Group (Italy, Spain)"], True),
        ("**Authors:** A B, Group (Italy, C D", ["A B", "Group (Italy", "C D"], True),
        ("**Authors:**", [], False),
    ],
)
def test_the_authors_are_read_in_every_form(line: str, names: list[str], complete: bool) -> None:
    document = paper(f"{line}\n\nPMC")
    assert [author.name for author in document.authors] == names
    assert document.authors_complete is complete


@pytest.mark.parametrize("text", ["2020-13", "2021-02-29", "15 January 2026", "Jan 2026", "26/1/1"])
def test_a_date_that_cannot_be_read_is_neither_used_nor_taken_for_a_journal(text: str) -> None:
    document = paper(f"PMC · {text}")
    assert (document.issued, document.journal) == (None, None)
    (finding,) = [f for f in document.findings if f.code == "unreadable-date"]
    assert (finding.value, finding.where.line) == (text, 3)


@pytest.mark.parametrize("text", ["DOI: n/a", "PMID: seven", "PMC · DOI: 10.1/x"])
def test_an_identifier_that_is_none_is_reported_and_not_used(text: str) -> None:
    document = paper(text)
    assert document.identifiers == ()
    assert "malformed-id" in {finding.code for finding in document.findings}


def test_other_front_lines_are_kept_as_text_with_a_note() -> None:
    document = paper("PMC · 2020\n\nCorresponding address: a hospital")
    (note,) = [finding for finding in document.findings if finding.code == "unread-line"]
    assert note.where.line == 5


def test_a_second_doi_is_reported_and_the_first_is_used() -> None:
    document = paper("DOI: 10.1234/a · DOI: 10.1234/b · 2020")
    assert document.id == "10.1234/a"
    assert [f.value for f in document.findings if f.code == "identifier-conflict"] == [
        "DOI:10.1234/b"
    ]

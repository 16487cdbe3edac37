"""The key of an annotation, and the names under which a verdict on its paper is found."""

import pytest

from exporter.errors import Where
from exporter.model.document import Document, Text, TextKind
from exporter.model.identifiers import bundled_namespaces
from exporter.model.review import review_key, review_names

PARTS = ("PMC1", "Genes", "CS", "NCBI Gene 1431")


def test_the_key_is_that_of_the_content() -> None:
    assert review_key(*PARTS) == review_key(*PARTS)
    for place in range(len(PARTS)):
        other = [part if at != place else f"{part}x" for at, part in enumerate(PARTS)]
        assert review_key(*other) != review_key(*PARTS)


def test_what_stands_at_the_border_of_two_parts_is_told_apart() -> None:
    assert review_key("PMC1", "Genes", "CS", "") != review_key("PMC1", "Genes", "", "CS")


@pytest.mark.parametrize("number", range(50))
def test_no_spreadsheet_takes_a_key_for_a_number_or_a_date(number: int) -> None:
    key = review_key(f"PMC{number}", "Genes", "CS", "")
    with pytest.raises(ValueError, match="could not convert"):
        float(key)
    assert key[0] == "r"


def paper(*, file: str, **more: object) -> Document:
    text = Text(
        content="x",
        kind=TextKind.RESTATEMENT,
        passages=(),
        annotations=(),
        where=Where(file=file),
    )
    fields: dict[str, object] = {"id": "PMC1", "texts": (text,)}
    return Document(**{**fields, **more})  # type: ignore[arg-type]


def test_a_paper_goes_by_all_its_identifiers_and_by_what_its_archive_calls_it() -> None:
    ids = bundled_namespaces()
    identifiers = (ids.parse("DOI:10.1000/a"), ids.parse("PMC:PMC1"), ids.parse("PMID:7"))
    known = list(review_names(paper(file="a.md", identifiers=identifiers, names=("HAL-1", "a"))))
    assert known[0] == "PMC1"
    assert {"PMID7", "10.1000/a", "HAL-1"} <= set(known)
    assert len(known) == len(set(known))


def test_a_paper_with_an_id_does_not_go_by_the_name_of_its_file() -> None:
    known = paper(file="papers/paper.md", names=("paper",))
    assert "paper" not in review_names(known)
    nameless = paper(file="papers/paper.md", id="paper")
    assert list(review_names(nameless)) == ["paper"]

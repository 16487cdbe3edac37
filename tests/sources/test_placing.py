# Greek letters are what these papers are full of:
# ruff: noqa: RUF001
"""Words are found whole, in prose only, in any script; a flood of them is refused."""

import pytest

from exporter.errors import LimitError
from exporter.model.document import Passage, PositionSource, TextKind
from exporter.sources._placing import MAX_MENTIONS, checked_count, mentions_of, prose_of


def found(content: str, label: str, *others: str) -> list[tuple[int, str]]:
    passage = Passage(
        section="abstract", start=0, end=len(content), kind=TextKind.VERBATIM, prose=True
    )
    mentions = mentions_of(prose_of(content, [passage]), label, others)
    return [(mention.start, mention.exact) for mention in mentions]


@pytest.mark.parametrize(
    ("content", "label", "starts"),
    [
        ("JAK1, JAK and pan-JAK", "JAK", [6, 18]),
        ("JAK1 TJAK JAKs", "JAK", []),
        ("IFN-α and IFNα", "IFN", [0]),
        ("IFN-α, IFN-α2 and IFN-α.", "IFN-α", [0, 18]),
        ("jak JAK", "jak", [0]),
        ("Mi2-αβ Mi2-α", "Mi2-α", [7]),
        ("cafe\u0301 cafe", "cafe", [6]),
        ("x IFNA@ y", "IFNA@", [2]),
        ("IFNA@b", "IFNA@", []),
        ("(R)-ketamine S(R)-ketamine", "(R)-ketamine", [0]),
        ("snake_JAK_case", "JAK", [6]),
        ("a a a", "a a", [0, 2]),
        ("skin\nlesions", "skin lesions", []),
        ("@ @", "@", []),
        ("tail JAK", "JAK", [5]),
    ],
)
def test_a_word_is_bounded_by_anything_but_letters_and_digits(
    content: str, label: str, starts: list[int]
) -> None:
    assert found(content, label) == [(start, label) for start in starts]


def test_the_first_name_that_occurs_decides_and_says_how_it_was_found() -> None:
    assert found("MDA5 and MDA-5", "IFIH1", "Hlcd", "MDA-5", "MDA5") == [(9, "MDA-5")]
    assert found("IFIH1 and MDA5", "IFIH1", "MDA5") == [(0, "IFIH1")]
    passage = Passage(section="abstract", start=0, end=4, kind=TextKind.VERBATIM, prose=True)
    (mention,) = mentions_of(prose_of("MDA5", [passage]), "IFIH1", ["MDA5"])
    assert mention.source is PositionSource.ALIAS_SEARCH


def test_a_word_is_not_found_outside_prose_or_across_its_end() -> None:
    content = "JAK JAK inhibitor"
    passages = [
        Passage(section="figures", start=0, end=3, kind=TextKind.VERBATIM, prose=False),
        Passage(section="abstract", start=4, end=11, kind=TextKind.VERBATIM, prose=True),
    ]
    prose = prose_of(content, passages)
    assert [mention.start for mention in mentions_of(prose, "JAK", ())] == [4]
    assert mentions_of(prose, "JAK inhibitor", ()) == ()


def test_more_mentions_than_memory_holds_are_refused() -> None:
    assert checked_count(MAX_MENTIONS) == MAX_MENTIONS
    with pytest.raises(LimitError, match=str(MAX_MENTIONS)):
        checked_count(MAX_MENTIONS + 1)

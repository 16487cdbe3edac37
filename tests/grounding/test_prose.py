"""Names are found in prose as whole words, however they are spelt, and nowhere else."""

import pytest

from exporter.grounding.prose import prose_of, read_prose
from exporter.model.document import Passage, Text, TextKind

FOUND = [
    ("MDA-5", "raised MDA5", "MDA5"),
    ("Mi2-ALPHA", "raised Mi2-\u03b1.", "Mi2-\u03b1"),
    ("IFN-ALPHA", "IFN\u03b1 rose", "IFN\u03b1"),
    ("TIF1GAMMA", "anti-TIF1\u03b3 rose", "TIF1\u03b3"),
    ("JAK", "JAKs are four", "JAKs"),
    ("jak", "a JAK inhibitor", "JAK"),
    ("Kaposi sarcoma", "Kaposi\u2019s sarcoma", "Kaposi\u2019s sarcoma"),
    ("Goutieres", "of Gouti\u00e8res and", "Gouti\u00e8res"),
    ("Goutieres", "of Goutie\u0300res and", "Goutie\u0300res"),
]
NOT_FOUND = [
    ("CAT", "the cat sat"),
    ("CAT", "CATALASE"),
    ("JAK1", "JAK 1. Then"),
    ("MX1", "in the mix. 1 of"),
    ("IFN alpha", "IFN. Alpha cells"),
    ("", "anything"),
]


@pytest.mark.parametrize(("name", "prose", "exact"), FOUND)
def test_a_name_is_found_in_other_spelling(name: str, prose: str, exact: str) -> None:
    places = prose_of(prose).occurrences(name)
    assert [place.exact for place in places] == [exact]
    assert prose[places[0].start : places[0].end] == exact


@pytest.mark.parametrize(("name", "prose"), NOT_FOUND)
def test_a_name_is_not_found_in_other_words(name: str, prose: str) -> None:
    assert not prose_of(prose).says(name)


def test_a_place_knows_its_sentence_and_no_other() -> None:
    place = prose_of("First one. Then MDA5 rose. Last one.").occurrences("MDA5")[0]
    assert (place.before, place.after) == ("Then ", " rose")


def test_only_prose_passages_are_searched_and_offsets_are_those_of_the_text() -> None:
    content = "JAK1 list\nJAK1 prose"
    passages = [
        Passage(section=name, start=start, end=end, kind=TextKind.VERBATIM, prose=prose)
        for name, start, end, prose in [("list", 0, 9, False), ("abstract", 10, 20, True)]
    ]
    kind = TextKind.VERBATIM
    text = Text(content=content, kind=kind, passages=tuple(passages), annotations=())
    assert [place.start for place in read_prose(text).occurrences("JAK1")] == [10]


def test_an_endless_name_is_searched_without_filling_the_memory() -> None:
    name = "A" * 400_000
    assert not prose_of(f"{name[:-1]} and JAK1").says(name)

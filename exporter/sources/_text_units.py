"""What offsets of annotated texts count, and whether words are those of a text but for spelling."""

import unicodedata
from array import array
from collections.abc import Sequence
from enum import StrEnum
from itertools import accumulate

from exporter.model.document import Mention

_LONGEST_LETTER = len("epsilon")


class Unit(StrEnum):
    """What offsets count."""

    CODE_POINTS = "characters"
    BYTES = "bytes of UTF-8"
    UTF_16 = "units of UTF-16"


def _width(letter: str, unit: Unit) -> int:
    return len(letter.encode()) if unit is Unit.BYTES else 1 + (letter > "\uffff")


def starts_of(content: str, unit: Unit) -> Sequence[int]:
    """Return where each character starts, and the end, counted in a unit."""
    if unit is Unit.CODE_POINTS:
        return range(len(content) + 1)
    return array("I", accumulate((_width(letter, unit) for letter in content), initial=0))


def units_of(content: str) -> list[Unit]:
    """Return the units that may count a text in ways of their own, the usual one first."""
    units = [Unit.CODE_POINTS]
    units += [] if content.isascii() else [Unit.BYTES]
    return units + ([Unit.UTF_16] if any(letter > "\uffff" for letter in content) else [])


def places_more(other: Sequence[Sequence[Mention]], best: Sequence[Sequence[Mention]]) -> bool:
    """Tell whether a reading of the offsets places all that another one does, and more."""
    pairs = list(zip(other, best, strict=True))
    return all(new for new, old in pairs if old) and any(not old for new, old in pairs if new)


def spells(there: str, words: str) -> bool:
    """Tell whether words differ from those of a text in spelling only."""
    length, other = len(there), len(words)
    alike = length <= _LONGEST_LETTER * other and other <= _LONGEST_LETTER * length
    return alike and bool(_spellings(there) & _spellings(words))


def _spellings(words: str) -> set[str]:
    """Return the letters and digits of some words, with Greek letters by name and by initial."""
    plain = unicodedata.normalize("NFKD", words).casefold()
    letters = [letter for letter in plain if letter.isalnum()]
    names = [_greek(letter) for letter in letters]
    return {"".join(names), "".join(name[0] for name in names)} if letters else set()


def _greek(letter: str) -> str:
    name = unicodedata.name(letter, "")
    return name.rpartition(" ")[2].casefold() if name.startswith("GREEK SMALL LETTER") else letter

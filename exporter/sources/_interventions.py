"""Names of drugs, biologics and procedures, for drugs without an id."""

import csv
import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from exporter.resources import data

_BRACKETED = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
_JOINTS = re.compile(r"[,;/+&]|\b(?:and|or|plus|with|followed by)\b")
_WORD = re.compile(r"[^\W_]+")
_LONGEST = 200
# A stem makes a name only with something before it: "april" is no ACE inhibitor.
_LETTERS_BEFORE_STEM = 3

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Interventions:
    """What is known by name, by the ending of a name, and words that may follow a name."""

    names: frozenset[Words]
    endings: tuple[str, ...]
    forms: frozenset[str]

    def know(self, label: str) -> bool:
        """Tell whether a label names drugs or procedures: ``pulsed methylprednisolone (IV)`` does.

        The name must stand at the end, words such as "injection" left out; of several joined
        names each must be known.
        """
        text = label[:_LONGEST].casefold()
        return (
            self._knows_one(text)
            or self._knows_one(_BRACKETED.sub(" ", text))
            or all(self._knows_one(part) for part in _JOINTS.split(_BRACKETED.sub(" ", text)))
        )

    def _knows_one(self, text: str) -> bool:
        words = _words(text)
        while words:
            if any(words[start:] in self.names for start in range(len(words))):
                return True
            if self._has_known_ending(words[-1]):
                return True
            if words[-1] not in self.forms:
                return False
            words = words[:-1]
        return False

    def _has_known_ending(self, word: str) -> bool:
        return any(
            word.endswith(stem) and len(word) >= len(stem) + _LETTERS_BEFORE_STEM
            for stem in self.endings
        )


def _words(text: str) -> Words:
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return tuple(_singular(word) for word in _WORD.findall(letters))


def _singular(word: str) -> str:
    """Return a word without its plural s, as far as needed to let equal things meet.

    >>> _singular("inhibitors"), _singular("abscess")
    ('inhibitor', 'abscess')
    """
    plural = len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us"))
    return word[:-1] if plural else word


@cache
def known_interventions() -> Interventions:
    """Return the interventions of the bundled table."""
    with (data("ontology") / "interventions.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    names = [
        name
        for row in rows
        if row["match"] == "name" and row["kind"] != "form"
        for name in (row["name"], *row["aliases"].split("|"))
        if name
    ]
    return Interventions(
        names=frozenset(_words(name) for name in names),
        endings=tuple(
            _singular(row["name"])
            for row in rows
            if row["match"] == "ending" and row["kind"] != "form"
        ),
        forms=frozenset(_singular(row["name"]) for row in rows if row["kind"] == "form"),
    )

"""Labels with a slip of the pen: a letter lost, added, changed or swapped with its neighbour."""

import csv
import re
from collections.abc import Iterable
from functools import cache

from exporter.ontologies.names import name_key
from exporter.resources import data

_SHORTEST = 5
_LONG = 8
_NUMBER = re.compile(r"\d+")


def nearly(label: str, names: Iterable[str]) -> str | None:
    """Return the name that a label is but for one slip, in a long one two; None if there is none.

    Short names, other numbers and the British for the American spelling are no slips.

    >>> nearly("ruxoltiinib", ["ruxolitinib"]), nearly("AGS type 2", ["AGS type 1"])
    ('ruxolitinib', None)
    """
    said = _plain(label)
    spelt = {name: _plain(name) for name in names}
    if said in spelt.values():
        return None
    return next((name for name, named in spelt.items() if _is_near(said, named)), None)


def _is_near(said: str, named: str) -> bool:
    most = 1 if len(said) < _LONG else 2
    too_short = min(len(said), len(named)) < _SHORTEST
    if too_short or abs(len(said) - len(named)) > most:
        return False
    return _NUMBER.findall(said) == _NUMBER.findall(named) and slips(said, named) <= most


def slips(one: str, other: str) -> int:
    """Return how many letters must be lost, added, changed or swapped to make one of the other.

    >>> slips("tofaciitnib", "tofacitinib"), slips("metotrexat", "methotrexate")
    (1, 2)
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        two_before, before = before, row
        row = [i]
        for j, found in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != found))
            swapped = i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == found
            row.append(min(cost, two_before[j - 2] + 1) if swapped else cost)
    return row[-1]


def _plain(name: str) -> str:
    key = name_key(name)
    for british, american in _spellings():
        key = key.replace(british, american)
    return key


@cache
def _spellings() -> tuple[tuple[str, str], ...]:
    with (data("ontology") / "word-variants.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return tuple((row["word"], row["means"]) for row in rows if row["how"] == "spelling")

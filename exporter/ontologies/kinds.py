"""What the types of annotations in use are about, by the table of kinds."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from exporter.resources import data


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What a type of annotation is about and which namespaces its concepts are of, best first.

    ``otherwise`` are namespaces of which an id stands for itself where it leads to none of these;
    for some kinds there are only such.
    """

    category: str
    targets: tuple[str, ...]
    otherwise: tuple[str, ...] = ()


_UNKNOWN = Kind(category="", targets=())


@cache
def kinds() -> Mapping[str, Kind]:
    """Return every type of annotation that is known, by its name in lower case."""
    table = data("ontology") / "annotation-kinds.csv"
    with table.open(encoding="utf-8", newline="") as file:
        found = {
            row["kind"]: Kind(
                category=row["category"],
                targets=tuple(filter(None, row["targets"].split("|"))),
                otherwise=tuple(filter(None, row["otherwise"].split("|"))),
            )
            for row in csv.DictReader(file)
        }
    return MappingProxyType(found)


def kind_of(name: str) -> Kind:
    """Return what a type of annotation, as its source writes it, is about; nothing if unknown."""
    return kinds().get(name.strip().casefold(), _UNKNOWN)

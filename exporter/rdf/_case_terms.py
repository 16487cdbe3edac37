"""The tables that say how each field of a case is written, and what a standing changes."""

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from rdflib import URIRef

from exporter.errors import InputError, Where
from exporter.rdf.vocabulary import DCTERMS, LC, RDFS
from exporter.resources import data

_PREFIXES = {"lc": str(LC), "rdfs": str(RDFS), "dct": str(DCTERMS)}
_BY_STANDING = "@"
EVERY_RECORD = "*"
IN_PART = "InPart"
IN_NOBODY = "InNobody"
_IN_NOBODY = frozenset({"nobody", "absent"})
# What these say of a row is said of patients, so a row that counts none says it by its own.
_OF_PATIENTS = frozenset(
    {
        LC.attributedTo,
        LC.change,
        LC.endpoint,
        LC.event,
        LC.markerLevel,
        LC.observedUnder,
        LC.reportedAs,
        LC.result,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """How one field is written: by which property, as which kind of value, on which node.

    ``on_parent`` tells that the field belongs to the node around its record. ``property`` is None
    where the standing of the record (or whose words a quote is) decides.
    """

    field: str
    property: URIRef | None
    kind: str
    argument: str
    on_parent: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What tells a fact of one standing from all others: link, class and concept property.

    ``statuses`` are the words of a case file that mean it; ``has_parts`` that a fact which holds
    of a part of a group only has a link, class and concept property of its own.
    """

    name: str
    statuses: tuple[str, ...]
    link: URIRef
    kind: URIRef
    concept: URIRef | None
    has_parts: bool

    def in_part(self) -> "Standing":
        """Return the same standing of a part of a group."""
        return Standing(
            name=self.name,
            statuses=self.statuses,
            link=URIRef(self.link + IN_PART),
            kind=URIRef(self.kind + IN_PART),
            concept=None if self.concept is None else URIRef(self.concept + IN_PART),
            has_parts=False,
        )


def said_by(said: URIRef, standing: Standing | None) -> URIRef:
    """Return a property, or in a row that counts nobody the one that says it of nobody."""
    of_nobody = standing is not None and standing.name in _IN_NOBODY and said in _OF_PATIENTS
    return URIRef(said + IN_NOBODY) if of_nobody else said


@cache
def rows() -> dict[str, tuple[Row, ...]]:
    """Return how the fields of each record are written, by the record's name, in order."""
    found: dict[str, list[Row]] = defaultdict(list)
    for cells, where in _cells("case-terms.csv"):
        kind, _, argument = cells["kind"].partition(":")
        found[cells["record"]].append(
            Row(
                field=cells["field"],
                property=_term(cells["property"], where),
                kind=kind,
                argument=argument,
                on_parent=cells["on"] == "parent",
            )
        )
    return {record: tuple(listed) for record, listed in found.items()}


@cache
def standings() -> dict[str, dict[str, Standing]]:
    """Return the standings of each record that has any, by the record's name and their own."""
    found: dict[str, dict[str, Standing]] = defaultdict(dict)
    for cells, where in _cells("case-standings.csv"):
        link, kind = _term(cells["link"], where), _term(cells["class"], where)
        if link is None or kind is None:
            raise _malformed("a standing has a link and a class", where)
        found[cells["record"]][cells["standing"]] = Standing(
            name=cells["standing"],
            statuses=tuple(filter(None, cells["statuses"].split("|"))),
            link=link,
            kind=kind,
            concept=_term(cells["concept"], where),
            has_parts=cells["parts"] == "yes",
        )
    return dict(found)


@cache
def ucum() -> dict[str, str]:
    """Return the UCUM code of each unit as it is written in cases."""
    return {cells["written"]: cells["ucum"] for cells, _ in _cells("ucum.csv")}


@cache
def study_designs() -> dict[str, URIRef]:
    """Return the term of each study design by its names, in lower case."""
    return {
        name: LC[cells["id"]]
        for cells, _ in _cells("study-designs.csv")
        for name in (cells["label"], *filter(None, cells["other_names"].split("|")))
    }


def _cells(name: str) -> Iterator[tuple[dict[str, str], Where]]:
    path = data("ontology") / name
    with path.open(encoding="utf-8", newline="") as file:
        for line, cells in enumerate(csv.DictReader(file), start=2):
            where = Where(file=name, line=line)
            if None in cells or None in cells.values():
                raise _malformed("a row has as many cells as the first line", where)
            yield cells, where


def _term(cell: str, where: Where) -> URIRef | None:
    if not cell or cell.startswith(_BY_STANDING):
        return None
    prefix, _, name = cell.partition(":")
    if prefix not in _PREFIXES or not name:
        raise _malformed(f"{cell!r} is no term", where)
    return URIRef(_PREFIXES[prefix] + name)


def _malformed(problem: str, where: Where) -> InputError:
    return InputError(problem, code="E160", where=where, hint="install the package again")

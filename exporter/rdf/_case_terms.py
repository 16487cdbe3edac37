"""The tables that say how each field of a case is written, and what a standing changes."""

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
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
INFERRED = "Inferred"
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

# The same for a row that a curator concludes: nothing that it says of patients is said plainly.
_CONCLUDED = _OF_PATIENTS | {
    LC.actionTaken,
    LC.baselineValue,
    LC.comparisonResult,
    LC.datedResult,
    LC.everPositive,
    LC.hasDose,
    LC.hasIndication,
    LC.hgvsCoding,
    LC.hgvsProtein,
    LC.indicatedFor,
    LC.otherId,
    LC.reportedResponse,
    LC.serious,
    LC.sex,
    LC.sexOfEveryone,
    LC.stopReason,
    LC.titreReported,
    LC.trialResult,
    LC.valence,
    LC.value,
    LC.variant,
    LC.variantEffect,
    LC.zygosity,
}


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
    of a part of a group only has a link, class and concept property of its own. ``ending`` is what
    those of such a fact, or of one that a curator concludes, end in.
    """

    name: str
    statuses: tuple[str, ...]
    link: URIRef
    kind: URIRef
    concept: URIRef | None
    has_parts: bool
    ending: str = ""

    def in_part(self) -> "Standing":
        """Return the same standing of a part of a group."""
        return self._with(IN_PART)

    def inferred(self) -> "Standing":
        """Return the same standing of what a curator concludes, of everyone or of a part."""
        return self._with(INFERRED)

    def variants(self) -> tuple["Standing", ...]:
        """Return every standing that a record of this name may have."""
        return self, self.inferred(), *([self.in_part()] if self.has_parts else [])

    def _with(self, ending: str) -> "Standing":
        return replace(
            self,
            link=URIRef(self.link + ending),
            kind=URIRef(self.kind + ending),
            concept=None if self.concept is None else URIRef(self.concept + ending),
            has_parts=False,
            ending=ending,
        )


def said_by(said: URIRef, standing: Standing | None, *, inferred: bool) -> URIRef:
    """Return a property, or the one that says the same of nobody, or as a curator's conclusion."""
    of_nobody = standing is not None and standing.name in _IN_NOBODY and said in _OF_PATIENTS
    ending = IN_NOBODY * of_nobody + INFERRED * (inferred and said in _CONCLUDED)
    return URIRef(said + ending) if ending else said


def every_wording() -> Iterator[URIRef]:
    """Yield the properties that only rows which count nobody or are concluded are written with."""
    for said in sorted(_CONCLUDED):
        if said in _OF_PATIENTS:
            yield URIRef(said + IN_NOBODY)
            yield URIRef(said + IN_NOBODY + INFERRED)
        yield URIRef(said + INFERRED)


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

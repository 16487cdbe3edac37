"""Where in a case something is written: the record, its node and what stands around it."""

from dataclasses import dataclass
from typing import Any

from rdflib import URIRef

from exporter.model.case import Case
from exporter.model.document import Document
from exporter.model.evidence import PlacedEvidence
from exporter.model.identifiers import Namespaces
from exporter.rdf._case_terms import Row, Standing, said_by
from exporter.rdf.iris import Iris, below, digest
from exporter.rdf.quoting import TextMode


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSources:
    """Where the words of a case come from, and how much of them may be written.

    ``paper`` is the document that the case was read in, if it was loaded; an item of the case that
    ``evidence`` does not hold is written without a place.
    """

    evidence: tuple[PlacedEvidence, ...] = ()
    paper: Document | None = None
    mode: TextMode = TextMode.FULL


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What stays the same while one case is written."""

    case: Case
    sources: CaseSources
    iris: Iris
    namespaces: Namespaces

    def node(self, *parts: str) -> URIRef:
        """Return the IRI of the case or of something in it, whatever a curator called it."""
        return self.iris.case(self.case.case_id, *(part_name(part) for part in parts))

    def is_arm(self, name: str) -> bool:
        """Tell whether the case has an arm of that id."""
        return any(part.id == name for part in self.case.arms or ())

    def is_subgroup(self, name: str) -> bool:
        """Tell whether the case has a subgroup of that id."""
        return any(part.id == name for part in self.case.subgroups or ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One record of a case and its node, within the record around it.

    ``inferred`` tells that a curator concludes it, or something that it stands in.
    """

    node: URIRef
    record: str
    value: Any
    parent: "Frame | None" = None
    standing: Standing | None = None
    inferred: bool = False

    def says(self, said: URIRef) -> URIRef:
        """Return the property by which a record of this standing says something."""
        return said_by(said, self.standing, inferred=self.inferred)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One field of a record with its value: ``subject`` says it by ``property``."""

    row: Row
    value: Any
    subject: URIRef
    property: URIRef
    frame: Frame


def owner(row: Row, frame: Frame) -> Frame:
    """Return the frame whose node a field is written on."""
    if row.on_parent and frame.parent is not None:
        return frame.parent
    return frame


def child(node: URIRef, *parts: str) -> URIRef:
    """Return the IRI of something below a node, whatever a curator called it."""
    return below(node, *(part_name(part) for part in parts))


def part_name(part: str) -> str:
    """Return what stands for a name in an IRI: the name itself, unless no IRI may end in it."""
    return part if part.strip(".") else f"name-{digest(part)}"

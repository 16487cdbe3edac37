"""Which concept an annotation means in our view, and why."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from exporter.model.findings import Level
from exporter.model.identifiers import EntityId
from exporter.model.mappings import Mapping
from exporter.model.review import Verdict

__all__ = ["Candidate", "Grounding", "Mapping", "Ranked", "Status"]

_MOST_RANKED = 5


class Status(StrEnum):
    """The standing of a grounding; only clean and accepted ones are shown as fact."""

    CLEAN = "clean"
    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REPLACED = "replaced"
    NARROWED = "narrowed"
    REJECTED = "rejected"
    UNRESOLVED = "unresolved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A concept that a label may mean: by which of its names, and how well that fits.

    ``scope`` is that of the name (``exact``, ``alias``, …); ``score`` goes from 0 to 1;
    ``version`` is the release that holds the concept.
    """

    concept: EntityId
    name: str
    scope: str
    score: float
    version: str = ""


class Ranked(NamedTuple):
    """A candidate with its place among all that were weighed, counted from 1."""

    rank: int
    candidate: Candidate

    @property
    def reason(self) -> str:
        """Return why it is a candidate, in a sentence for a curator."""
        article = "an" if self.candidate.scope[:1] in "ae" else "a"
        return f"{self.candidate.name!r} is {article} {self.candidate.scope} name of it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounding:
    """Our statement which concept an annotation means.

    ``concept`` is what the stated id leads to (for a rejected one: the wrong concept that it
    names), ``proposed`` what should stand there instead. ``rule`` is the code of the rule that
    decided, ``reason`` a sentence for a curator, ``mappings`` the steps used, ``version`` the
    ontology release (``mondo 2026-05-05``). ``score`` tells from 0 to 1 how well the label fits
    the concept, ``candidates`` what else was weighed, best first. ``verdict`` is what a curator
    decided; then status and proposal are the curator's. ``level`` is that of the
    finding, where it is another one than the rule's: the doubt is smaller than usual.
    """

    status: Status
    concept: EntityId | None
    rule: str
    reason: str
    proposed: EntityId | None = None
    mappings: tuple[Mapping, ...] = ()
    version: str = ""
    score: float | None = None
    candidates: tuple[Candidate, ...] = ()
    verdict: Verdict | None = None
    level: Level | None = None

    @property
    def ranked(self) -> tuple[Ranked, ...]:
        """Return the candidates that are told of: the five best, and what the grounding names."""
        named = {self.concept, self.proposed}
        return tuple(
            Ranked(rank, each)
            for rank, each in enumerate(self.candidates, start=1)
            if rank <= _MOST_RANKED or each.concept in named
        )

    @property
    def body(self) -> EntityId | None:
        """Return the concept that may be shown as fact.

        That is the concept of a clean or accepted grounding, and what a curator put in its place.
        """
        if self.status in {Status.CLEAN, Status.ACCEPTED}:
            return self.concept
        by_curator = self.verdict and self.status in {Status.REPLACED, Status.NARROWED}
        return self.proposed if by_curator else None

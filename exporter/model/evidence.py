"""Propositions about the world and what each case says for or against them."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from exporter.model.case import EvidenceItem
from exporter.model.document import TextKind
from exporter.model.identifiers import EntityId


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a quote stands: code points of one pinned text, ``end`` excluded."""

    document: str
    text_sha256: str
    start: int
    end: int
    exact: str
    kind: TextKind


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedEvidence:
    """An evidence item of a case with its places and whose words it may be shown as.

    ``kind`` is the weakest of the case's own text kind and those of its places. A statement, or a
    quote whose text was not loaded, has no places.
    """

    item: EvidenceItem
    kind: TextKind
    places: tuple[Place, ...] = ()


class Direction(StrEnum):
    """What an evidence line says of its proposition."""

    SUPPORTS = "supports"
    DISPUTES = "disputes"
    NO_EFFECT = "no-effect"


class PropositionKind(StrEnum):
    """Use is silent on efficacy; response and marker effect have for and against."""

    USE = "use"
    RESPONSE = "response"
    MARKER_EFFECT = "marker-effect"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Proposition:
    """One statement per kind, drug, condition and family of outcome measures.

    ``family`` is the outcome domain of a response and the measure id of a marker effect; a use has
    none.
    """

    kind: PropositionKind
    drug: EntityId
    condition: EntityId
    family: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceLine:
    """What one row of a case says of one proposition.

    ``row`` names the row (``outcomes/0``, ``treatments/1``). ``direction`` is None for a use.
    ``decided_by`` is the column of the row that decided. ``n`` of ``of`` are the row's own numbers;
    ``of`` minus ``n`` is never read as failures. ``confounders`` are rows of drugs given at the
    same time, ``pooled_with`` other index drugs that the row does not tell apart.
    """

    proposition: Proposition
    case_id: str
    row: str
    direction: Direction | None
    decided_by: str
    study_design: str | None = None
    n: int | None = None
    of: int | None = None
    percent: Decimal | None = None
    approximate: bool = False
    attributed: bool = False
    wording: str | None = None
    confounders: tuple[str, ...] = ()
    pooled_with: tuple[str, ...] = ()
    hedged: bool = False
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SilentRow:
    """A row that gives no evidence line, and why: counted, never read as evidence."""

    case_id: str
    row: str
    reason: str

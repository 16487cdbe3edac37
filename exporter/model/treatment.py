"""Treatments of a case: drug, role, doses, times and why it was given or stopped."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from exporter.model.facts import NOTHING, About, Coded, Evidence, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Dose:
    """One step of a dose series; a number needs its unit, ``per`` says per dose or per day."""

    at: str | None = None
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str | None = None
    per: Literal["dose", "day", "week"] | None = None
    frequency: str | None = None
    band: str | None = None
    n: int | None = None
    as_reported: str | None = None
    evidence: Evidence | None = None
    about: About = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Indication:
    """Why a drug was given; not a finding of every patient."""

    label: str
    id: str | None = None
    n: int | None = None
    of: int | None = None
    evidence: Evidence | None = None
    about: About = NOTHING


StopReason = Literal[
    "inefficacy",
    "loss-of-effect",
    "adverse-event",
    "disease-progression",
    "remission",
    "cost",
    "lost-to-follow-up",
    "protocol-end",
    "other",
    "not-stated",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Treatment:
    """A drug or procedure given; one that ``restates`` others is no further treatment."""

    drug: Coded
    role: Literal["index", "prior", "concomitant", "subsequent", "comparator"]
    arm: str | None = None
    restates: tuple[str, ...] | None = None
    n: int | None = None
    of: int | None = None
    indication: tuple[Indication, ...] | None = None
    dose_series: tuple[Dose, ...] | None = None
    route: str | None = None
    formulation: str | None = None
    start: str | None = None
    stop: str | None = None
    start_date: str | None = None
    stop_date: str | None = None
    duration: Span | None = None
    after_diagnosis: Span | None = None
    line: Literal["first", "early-add-on", "add-on"] | None = None
    stop_reason: tuple[StopReason, ...] | None = None
    stop_reason_reported: str | None = None
    reported_response: Literal["refractory", "partial", "varying", "complete"] | None = None
    as_reported: str | None = None
    evidence: Evidence | None = None
    about: About = NOTHING

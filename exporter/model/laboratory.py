"""Laboratory facts of a case: antibody tests and markers, each with its dated results."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from exporter.model.facts import (
    NOTHING,
    About,
    Change,
    Coded,
    Comparison,
    Count,
    Evidence,
    Phase,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SerologyTest:
    """What was tested, and the finding that a positive result means."""

    label: str
    hpo_if_positive: str | None = None
    about: About = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class SerologyResult:
    """One dated result; ``positive`` holds at its time only."""

    at: str | None = None
    phase: Phase | None = None
    result: Literal["positive", "negative", "normalised", "borderline", "not-tested", "titre"]
    titre: str | None = None
    n: int | None = None
    of: int | None = None
    subgroup: str | None = None
    reported_as: str | None = None
    evidence: Evidence | None = None
    about: About = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Serology:
    """An antibody test: ``target`` is the antigen, never a gene of the patient."""

    test: SerologyTest
    target: Coded | None = None
    assay: str | None = None
    ever_positive: bool | Count | None = None
    series: tuple[SerologyResult, ...] | None = None
    evidence: Evidence | None = None
    about: About = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Assay:
    """How a marker was measured; None where the text does not say."""

    kind: (
        Literal["gene-expression", "immunoassay", "flow-cytometry", "immunohistochemistry"] | None
    ) = None
    panel: str | None = None
    platform: str | None = None
    about: About = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """One dated value, level or direction of a marker."""

    at: str | None = None
    phase: Phase | None = None
    value: Decimal | None = None
    unit: str | None = None
    statistic: str | None = None
    level: Literal["elevated", "normal", "low"] | None = None
    change: Change | None = None
    strength: Literal["marked", "slight"] | None = None
    comparison: Comparison | None = None
    arm: str | None = None
    subgroup: str | None = None
    n: int | None = None
    of: int | None = None
    reported_as: str | None = None
    evidence: Evidence | None = None
    about: About = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Correlation:
    """How a marker goes along with something else."""

    with_: str
    subgroup: str | None = None
    statistic: str | None = None
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    p: str | None = None
    evidence: Evidence | None = None
    about: About = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Biomarker:
    """A marker with its assay and its course; ``measure`` is an id of a measures table."""

    measure: str | None = None
    label: str
    assay: Assay | None = None
    sample: str | None = None
    series: tuple[Measurement, ...] | None = None
    correlations: tuple[Correlation, ...] | None = None
    evidence: Evidence | None = None
    about: About = NOTHING

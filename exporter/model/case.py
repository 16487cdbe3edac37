"""A case: what was observed in one patient or one group, with its evidence."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from exporter.errors import NOWHERE, Where
from exporter.model.document import TextKind
from exporter.model.facts import (
    NOTHING,
    About,
    Attribution,
    Change,
    Coded,
    Comparison,
    Diagnosis,
    Evidence,
    Genotype,
    Phase,
    Phenotype,
    Relation,
    Span,
)
from exporter.model.findings import Finding
from exporter.model.laboratory import Biomarker, Serology
from exporter.model.treatment import Treatment

Domain = Literal[
    "global",
    "skin",
    "muscle",
    "lung",
    "heart",
    "calcinosis",
    "survival",
    "serology",
    "biomarker",
    "steroid-sparing",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialEndpoint:
    """The verdict on a trial, not on patients."""

    role: Literal["primary", "key-secondary", "secondary"]
    result: Literal["met", "not-met"]
    about: About = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One outcome row: what was judged, when, in whom, with which result and whose attribution."""

    domain: Domain
    measure: str | None = None
    label: str
    at: str | None = None
    phase: Phase | None = None
    arm: str | None = None
    subgroup: str | None = None
    baseline: Decimal | None = None
    value: Decimal | None = None
    unit: str | None = None
    statistic: str | None = None
    p: str | None = None
    n: int | None = None
    of: int | None = None
    percent: Decimal | None = None
    approximate: bool | None = None
    change: Change | None = None
    valence: Literal["favourable", "unfavourable", "neutral", "unclear"] | None = None
    endpoint: Literal["met", "not-met"] | None = None
    trial_endpoint: TrialEndpoint | None = None
    event: (
        Literal[
            "death",
            "death-or-transplant",
            "transplant",
            "treatment-stopped",
            "flare",
            "hospitalisation",
        ]
        | None
    ) = None
    comparison: Comparison | None = None
    reported_as: str | None = None
    response_definition: str | None = None
    relation: Relation | None = None
    under: str | None = None
    attributed_to: Attribution | None = None
    contradicted_by: tuple[str, ...] | None = None
    restates: tuple[str, ...] | None = None
    evidence: Evidence | None = None
    about: About = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """How grave an adverse event was, by a named scheme."""

    scheme: Literal["authors-word", "ctcae-v4", "ctcae-v5"]
    value: str
    about: About = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class AdverseEvent:
    """An adverse event that was seen (or stated to be absent) under a drug."""

    label: str
    id: str | None = None
    other_ids: tuple[str, ...] | None = None
    status: Literal["present", "absent"]
    n: int | None = None
    of: int | None = None
    percent: Decimal | None = None
    arm: str | None = None
    subgroup: str | None = None
    at: str | None = None
    phase: Phase | None = None
    serious: bool | None = None
    grade: Grade | None = None
    action: Literal["dose-reduced", "drug-stopped", "drug-interrupted", "none"] | None = None
    outcome: str | None = None
    relation: Relation | None = None
    under: str | None = None
    attributed_to: Attribution | None = None
    evidence: Evidence | None = None
    about: About = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where the case was read: the paper itself or a secondary source that cites it."""

    document: str
    doi: str | None = None
    level: Literal["primary", "secondary"]
    cites: str | None = None
    study_design: str | None = None
    seen: str | None = None
    url: str | None = None
    trial: str | None = None
    about: About = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class SexCount:
    """How many of a group are female."""

    female: int
    of: int | None = None
    about: About = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Age:
    """An age at its own anchor: a duration, a statistic in ``unit``, or a stage of life."""

    at: Literal["onset", "diagnosis", "index-start", "report", "last-visit"]
    iso8601: str | None = None
    median: Decimal | None = None
    mean: Decimal | None = None
    sd: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: Literal["year", "month"] | None = None
    stage: Literal["neonate", "child", "juvenile", "adult"] | None = None
    evidence: Evidence | None = None
    about: About = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Who was observed."""

    species: str | None = None
    sex: Literal["female", "male"] | SexCount | None = None
    ancestry: str | None = None
    relation: str | None = None
    ages: tuple[Age, ...] | None = None
    disease_duration: Span | None = None
    evidence: Evidence | None = None
    about: About = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """An arm (set by treatment) or a subgroup (set by anything else) of a group."""

    id: str
    n: int | None = None
    partition: str
    defined_by: Coded
    evidence: Evidence | None = None
    about: About = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceItem:
    """A quote at its section, or a statement about a part that the text leaves out."""

    id: str
    document: str
    section: str | None = None
    quote: str | None = None
    statement: str | None = None
    about: About = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Curation:
    """Who wrote the case down, when, and how sure they are."""

    curator: str
    date: str
    status: Literal["draft", "reviewed"]
    confidence: str | None = None
    about: About = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One unit of observation with everything that ``linked-case/1`` holds."""

    schema: Literal["linked-case/1"]
    case_id: str
    unit: Literal["individual", "group"]
    n: int
    privacy: Literal["public", "restricted"]
    text_kind: TextKind
    source: Source
    same_patient_as: tuple[str, ...] | None = None
    possible_overlap_with: tuple[str, ...] | None = None
    subject: Subject
    arms: tuple[Part, ...] | None = None
    subgroups: tuple[Part, ...] | None = None
    diagnoses: tuple[Diagnosis, ...] | None = None
    genotype: tuple[Genotype, ...] | None = None
    phenotypes: tuple[Phenotype, ...] | None = None
    serology: tuple[Serology, ...] | None = None
    biomarkers: tuple[Biomarker, ...] | None = None
    treatments: tuple[Treatment, ...] | None = None
    outcomes: tuple[Outcome, ...] | None = None
    follow_up: Span | None = None
    adverse_events: tuple[AdverseEvent, ...] | None = None
    evidence: tuple[EvidenceItem, ...]
    curation: Curation
    where: Where = NOWHERE
    findings: tuple[Finding, ...] = ()
    about: About = NOTHING

    @property
    def is_group(self) -> bool:
        """Tell whether the facts are about a group, never to be read as one patient's."""
        return self.unit == "group"

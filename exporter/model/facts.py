"""The facts of a case (``linked-case/1``), named as in the case file.

None means not seen or not reported, ``()`` means looked for and none. A record is what the
curator wrote: ids are CURIEs as written, times ISO 8601 durations from the start of the index
drug. ``about.not_reported`` names the fields that the file sets to null.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Wording = Literal["causal", "temporal"]
Relation = Literal["observed-under", "attributed"]
Change = Literal["increased", "decreased", "unchanged"]
Phase = Literal["baseline", "on-treatment", "after-treatment"]
Evidence = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What is known of a record besides its fields: its line, nulls, unknown keys and remarks.

    ``lines`` holds the line of each key of the file. ``unknown`` holds keys that the schema does
    not know, with their value as JSON, so that nothing a curator wrote is lost.
    """

    line: int | None = None
    lines: tuple[tuple[str, int], ...] = ()
    not_reported: tuple[str, ...] = ()
    unknown: tuple[tuple[str, str], ...] = ()
    note: str | None = None
    inferred: bool | None = None


NOTHING = About()


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """Something with a label and an id, or None where no id fits."""

    label: str
    id: str | None = None
    about: About = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """How a result stands against a comparator (an arm, a subgroup or words)."""

    result: Literal["better", "worse", "no-difference", "higher", "lower"]
    comparator: str | None = None
    comparator_percent: Decimal | None = None
    adjusted: bool | None = None
    about: About = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """The evidence texts that name the drug together with the change, and how they word it."""

    drug: str
    wording: Wording
    evidence: Evidence | None = None
    about: About = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Refractory:
    """Whether the disease had resisted treatment, by which definition."""

    value: bool | None = None
    n: int | None = None
    of: int | None = None
    definition: str | None = None
    about: About = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """A diagnosis and its standing; an excluded one is not a diagnosis of the patient."""

    label: str
    id: str | None = None
    as_reported: str | None = None
    status: Literal["confirmed", "suspected", "excluded", "previous"]
    n: int | None = None
    of: int | None = None
    subgroup: str | None = None
    refractory: Refractory | None = None
    at: str | None = None
    evidence: Evidence | None = None
    about: About = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Genotype:
    """A variant of the patient, with the gene's current id and its symbol as reported."""

    gene: Coded
    as_reported_gene: str | None = None
    transcript: str | None = None
    hgvs_c: str | None = None
    hgvs_p: str | None = None
    zygosity: (
        Literal["heterozygous", "homozygous", "hemizygous", "compound-heterozygous"] | None
    ) = None
    effect: Literal["gain-of-function", "loss-of-function"] | None = None
    dbsnp: str | None = None
    n: int | None = None
    of: int | None = None
    subgroup: str | None = None
    evidence: Evidence | None = None
    about: About = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Phenotype:
    """A finding and whether it was seen, excluded or not looked for; the rest compares groups."""

    label: str
    id: str | None = None
    status: Literal[
        "present",
        "absent",
        "not-tested",
        "more-frequent",
        "less-frequent",
        "milder",
        "more-severe",
    ]
    as_reported: str | None = None
    n: int | None = None
    of: int | None = None
    percent: Decimal | None = None
    at: str | None = None
    phase: Phase | None = None
    onset: str | None = None
    subgroup: str | None = None
    comparator: str | None = None
    evidence: Evidence | None = None
    about: About = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """So many of so many."""

    n: int | None = None
    of: int | None = None
    about: About = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A length of time: exact, as a bound, or as a statistic in ``unit``."""

    iso8601: str | None = None
    more_than: str | None = None
    at_least: str | None = None
    planned: str | None = None
    median: Decimal | None = None
    mean: Decimal | None = None
    sd: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: Literal["year", "month", "week", "day"] | None = None
    n: int | None = None
    at: str | None = None
    visits: tuple[str, ...] | None = None
    as_reported: str | None = None
    evidence: Evidence | None = None
    about: About = NOTHING

"""The keys of each record of ``linked-case/1``, read off the model, and what may stand there."""

import dataclasses
import types
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from exporter.model.case import (
    AdverseEvent,
    Case,
    Curation,
    EvidenceItem,
    Outcome,
    Part,
    Source,
    Subject,
)
from exporter.model.facts import Coded, Diagnosis, Genotype, Phenotype, Refractory
from exporter.model.laboratory import Assay, Biomarker, Measurement, Serology, SerologyResult
from exporter.sources._case_remarks import NOT_IN_FILES, sentence, yaml_name

# Keys that every record of the kind has, if only as null; a case without one gets a note.
ALWAYS_THERE: dict[type, str] = {
    Case: "same_patient_as possible_overlap_with diagnoses genotype phenotypes serology biomarkers"
    " treatments outcomes follow_up adverse_events",
    Source: "doi seen url",
    Subject: "species sex ancestry evidence ages disease_duration",
    Part: "n",
    Coded: "id",
    Diagnosis: "id",
    Refractory: "value definition",
    Genotype: "hgvs_c hgvs_p zygosity effect dbsnp",
    Phenotype: "id at",
    Serology: "target assay ever_positive series",
    SerologyResult: "at",
    Biomarker: "measure assay sample series",
    Assay: "kind panel platform",
    Measurement: "at value unit level change",
    Outcome: "measure at change valence endpoint event reported_as relation",
    AdverseEvent: "id at serious grade action relation",
    EvidenceItem: "section quote",
    Curation: "confidence",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One key of a record: the model's field, what may stand there and whether it has to."""

    field: str
    kind: Any
    required: bool
    always_there: bool


@cache
def keys_of(record: type) -> dict[str, Key]:
    """Return the keys of a record by their name in the file, in the model's order."""
    hints = get_type_hints(record)
    always = ALWAYS_THERE.get(record, "").split()
    return {
        yaml_name(field.name): Key(
            field=field.name,
            kind=hints[field.name],
            required=field.default is dataclasses.MISSING,
            always_there=field.name in always,
        )
        for field in dataclasses.fields(record)
        if field.name not in NOT_IN_FILES
    }


def options(kind: Any) -> tuple[Any, ...]:
    """Return what may stand for a kind, null left out."""
    if get_origin(kind) in (Union, types.UnionType):
        return tuple(option for option in get_args(kind) if option is not types.NoneType)
    return (kind,)


def allows_null(kind: Any) -> bool:
    """Tell whether null may stand for a kind."""
    return types.NoneType in get_args(kind)


def choices(kind: Any) -> tuple[str, ...]:
    """Return the words that a kind is limited to; nothing when it is not."""
    if get_origin(kind) is Literal:
        return tuple(get_args(kind))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return tuple(member.value for member in kind)
    return ()


def item_kind(kind: Any) -> Any:
    """Return what the items of a list are, or None for what is no list."""
    return get_args(kind)[0] if get_origin(kind) is tuple else None


def in_words(kind: Any) -> str:
    """Say what may stand for a kind.

    >>> in_words(tuple[str, ...])
    'a list, each item text'
    """
    return " or ".join(_one_in_words(option) for option in options(kind))


def _one_in_words(kind: Any) -> str:
    if choices(kind):
        words = choices(kind)
        return words[0] if len(words) == 1 else f"one of {sentence(words)}"
    if item_kind(kind) is not None:
        return f"a list, each item {in_words(item_kind(kind))}"
    if dataclasses.is_dataclass(kind):
        return f"a record {{{_shown_keys(kind)}}}"
    return _SIMPLE[kind]


def _shown_keys(record: Any) -> str:
    keys = keys_of(record)
    needed = [name for name, key in keys.items() if key.required or key.always_there]
    shown = needed or list(keys)
    return ", ".join([*shown, "..."] if len(shown) < len(keys) else shown)


_SIMPLE = {
    str: "text",
    int: "a whole number",
    Decimal: "a number",
    bool: "true or false",
}
